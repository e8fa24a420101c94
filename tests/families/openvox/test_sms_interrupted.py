"""Messages while the entry is set up anew or Home Assistant stops."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.gatehouse.messaging import dispatch
from custom_components.gatehouse.messaging.store import BoxStore
from simulators.openvox import OpenVoxSimulator
from tests.conftest import until
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    RECEIVED,
    STATUS,
    Events,
    local_options,
    send,
    set_up,
    taken,
)

type NextRound = Callable[..., Awaitable[None]]


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right."""
    return await start_gateway(**local_options())


async def test_reload_while_the_inbox_is_read(
    hass: HomeAssistant, gateway: OpenVoxSimulator
) -> None:
    """A message that is being read when its entity goes away is told afterwards."""
    entry = await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "In between")
    gateway.lab.set_options(latency_seconds=0.1)
    gateway.lab.reset_counts()
    collecting = asyncio.create_task(entry.runtime_data.messaging.async_collect())
    await until(lambda: "/smsinbox/get" in gateway.lab.counts())
    assert await hass.config_entries.async_unload(entry.entry_id)
    await collecting
    assert len(events) == 0
    gateway.lab.set_options(latency_seconds=0)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert events.all("text") == ["In between"]
    assert events.all("redelivered") == [False]


async def test_stop_while_the_inbox_is_read(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read is left for the next start when it can no longer be saved."""
    entry = await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Last")
    client = entry.runtime_data.client
    read = client.inbox

    async def and_stop(*args: Any) -> Any:
        """Read a page while Home Assistant begins to stop."""
        page = await read(*args)
        hass.set_state(CoreState.stopping)
        return page

    with monkeypatch.context() as patch:
        patch.setattr(client, "inbox", and_stop)
        await next_round()
    assert len(events) == 0
    hass.set_state(CoreState.running)
    await entry.runtime_data.messaging.async_collect()
    assert events.all("text") == ["Last"]


async def test_reload_while_a_message_is_looked_for(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reload does not wait until a lost message is found; it is found by the rounds."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0.05)
    monkeypatch.setattr(dispatch, "_LOOKS", 1_000)
    entry = await set_up(hass, gateway)
    events = Events(hass, STATUS)
    gateway.lab.break_replies("sms/send", "drop", 1, executed=True)
    gateway.lab.reset_counts()
    sending = asyncio.create_task(send(hass))
    await until(lambda: "/smsoutbox/get" in gateway.lab.counts())
    await hass.config_entries.async_reload(entry.entry_id)
    assert (await sending)["results"] == {ANN: "unknown"}
    assert events.kinds == ["unknown"]
    gateway.lab.advance(2)
    await entry.runtime_data.messaging.async_collect()
    assert events.kinds == ["unknown", "sent"]
    assert len(taken(gateway)) == 1


async def test_reload_while_messages_wait_for_their_port(
    hass: HomeAssistant, gateway: OpenVoxSimulator
) -> None:
    """What is under way is sent; what waits for its turn is refused, not sent unseen."""
    entry = await set_up(hass, gateway)
    gateway.lab.set_options(latency_seconds=0.1)
    gateway.lab.reset_counts()
    first = asyncio.create_task(send(hass, ANN))
    second = asyncio.create_task(send(hass, BEN))
    await until(lambda: "/sms/send" in gateway.lab.counts())
    await hass.config_entries.async_reload(entry.entry_id)
    assert (await first)["results"] == {ANN: "accepted"}
    with pytest.raises(HomeAssistantError) as error:
        await second
    assert error.value.translation_key == "device_reloading"
    assert [number for _, number, _ in taken(gateway)] == [ANN]


async def test_files(hass: HomeAssistant, tmp_path: Path) -> None:
    """A damaged file keeps its content under another name, until the entry is removed."""
    hass.config.config_dir = str(tmp_path)
    folder = tmp_path / ".storage"
    folder.mkdir()
    file = folder / "gatehouse.abc.inbox"
    other = folder / "gatehouse.abcd.inbox"
    for path in (file, other):
        path.write_text("damaged", "utf-8")
    store = BoxStore(hass, "abc", "inbox")
    name = await store.set_aside(dt_util.now())
    assert (folder / name).read_text("utf-8") == "damaged"
    assert not file.exists()
    await store.save({"version": 1})
    assert await store.load() == {"version": 1}
    await store.remove()
    assert list(folder.iterdir()) == [other]
