"""Messages are nobody else's business."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.messaging import dispatch
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    STATUS,
    Events,
    contact,
    local_options,
    send,
    set_up,
)

type NextRound = Callable[..., Awaitable[None]]

PRIVATE = ("5550100", "secret", "Ann")


async def test_texts_and_numbers_stay_private(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    start_gateway: StartGateway,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the finest log nor diagnostics have them; both help to find a fault."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)
    caplog.set_level("DEBUG")
    assert await async_setup_component(hass, "diagnostics", {})
    gateway = await start_gateway(**local_options())
    entry = await set_up(hass, gateway, contact("Ann", ANN))
    events = Events(hass, STATUS)
    gateway.lab.receive_sms(1, ANN, "A secret")
    await send(hass, message="Another secret", idempotency_key="secret key")
    gateway.lab.break_replies("sms/send", "drop", 1)
    await send(hass, BEN, message="A lost secret")
    gateway.lab.reject_sends(4)
    await send(hass, BEN, message="A rejected secret")
    gateway.lab.break_replies("smsoutbox/get", "garbage", 1)
    await next_round()
    gateway.lab.reset_inbox_ids()
    gateway.lab.receive_sms(1, ANN, "One more secret")
    gateway.lab.advance(60)
    await next_round()
    assert events.kinds == ["unknown", "delivered"]
    ours = [
        record.getMessage()
        for record in caplog.records
        if "gatehouse" in record.name and not record.name.startswith("pytest")
    ]
    assert ours
    for private in PRIVATE:
        assert not [line for line in ours if private in line]

    gateway.lab.break_replies("smsinbox/get", "garbage", 1)
    await next_round()
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert diagnostics["messages"] == {
        "collecting": True,
        "epoch": 1,
        "last_collect": {"complete": True, "delivered": 1},
        "outbox": {"delivered": 1, "unknown": 1, "rejected": 4},
        "errors": {"inbox": "InvalidReply"},
    }
    assert diagnostics["readings"]["messages"]["value"]["failed"] == 4
    text = json_dumps(diagnostics)
    for private in PRIVATE:
        assert private not in text
