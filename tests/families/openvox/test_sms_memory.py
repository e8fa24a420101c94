"""What is remembered of messages that were sent, over restarts and crashes."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.gatehouse.const import CONF_PORT_POLICY, DOMAIN
from custom_components.gatehouse.messaging import dispatch
from custom_components.gatehouse.messaging.store import BoxStore
from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    STATUS,
    Events,
    local_options,
    restart,
    send,
    set_up,
    taken,
)

type NextRound = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
def quick_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for lost messages without a pause, which frozen time would never end."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right, and that sends in turn."""
    return await start_gateway(**local_options())


async def test_crash_while_sending(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message that was under way in a crash is looked for afterwards, and not sent again."""
    entry = await set_up(hass, gateway)
    key = f"{DOMAIN}.{entry.entry_id}.outbox"
    disk: list[Any] = []
    save = BoxStore.save

    async def spy(store: BoxStore, document: dict[str, Any]) -> None:
        """Remember what is on the disk when a message is about to be sent."""
        await save(store, document)
        disk.append(deepcopy(storage[key]))

    monkeypatch.setattr(BoxStore, "save", spy)
    await send(hass, idempotency_key="x")
    assert [each["state"] for each in disk[0]["data"]["document"]["entries"]] == ["sending"]
    monkeypatch.setattr(BoxStore, "save", save)
    await hass.config_entries.async_unload(entry.entry_id)
    storage[key] = disk[0]
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert (await send(hass, idempotency_key="x"))["results"] == {ANN: "unknown"}
    gateway.lab.advance(3)
    await next_round()
    assert events.kinds == ["sent"]
    assert taken(gateway) == [(1, ANN, "Hello")]


async def test_restart_keeps_what_is_known(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """Keys, counts, turns and pending messages survive a restart."""
    entry = await set_up(hass, gateway, **{CONF_PORT_POLICY: "round_robin"})
    await send(hass, idempotency_key="x")
    await restart(hass, entry)
    assert state_of(hass, "sensor.sms_gateway_pending_messages") == "1"
    await send(hass)
    await send(hass, idempotency_key="x")
    assert [port for port, _, _ in taken(gateway)] == [1, 2]
    events = Events(hass, STATUS)
    gateway.lab.advance(2)
    await next_round()
    assert events.kinds == ["sent", "sent"]


async def test_damaged_journal(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
) -> None:
    """A journal that makes no sense is put aside; the owner is told, and messages can be sent."""
    entry = await set_up(hass, gateway)
    await send(hass)
    await hass.config_entries.async_unload(entry.entry_id)
    storage[f"{DOMAIN}.{entry.entry_id}.outbox"]["data"]["document"]["entries"] = [{"key": 1}]
    await restart(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, f"{entry.entry_id}_outbox_damaged")
    await send(hass)
    assert len(taken(gateway)) == 2
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issue_registry.async_get_issue(DOMAIN, f"{entry.entry_id}_outbox_damaged")


async def test_long_outbox(
    hass: HomeAssistant, start_gateway: StartGateway, next_round: NextRound
) -> None:
    """A message is found among many others, and no round takes more than two pages."""
    gateway = await start_gateway(**local_options(send_seconds=0))
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    await send(hass, message="The first")
    for number in range(70):
        await send(hass, message=f"Other {number}", port=1 + number % 8)
    gateway.lab.reset_counts()
    await next_round()
    assert gateway.lab.counts()["/smsoutbox/get"] == 2
    assert events.kinds == ["sent"] * 71
    assert sum(gateway.lab.counts().values()) <= 5
