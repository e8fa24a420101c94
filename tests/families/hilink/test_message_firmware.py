"""Firmware that lists messages by conversation only, or encrypts them, on sticks and routers."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from tests.conftest import SetUpModem
from tests.families.hilink.conftest import ANN, BEN, StartEmpty, call, contents, unread
from tests.families.openvox.message_helpers import Events

CONVERSATIONS = {"/api/sms/sms-list-contact", "/api/sms/sms-list-phone"}
BOXES = {"/api/sms/sms-list"}
RECEIVED = "event.modem_message_received"


SEALED = {"sms_encryption": "sealed"}


@pytest.mark.parametrize(
    ("profile", "options", "lists"),
    [
        ("e3372", {"sms_style": "conversation"}, CONVERSATIONS),
        ("b535-932", {"sms_style": "conversation"}, CONVERSATIONS),
        ("e3372", {"sms_style": "conversation", **SEALED}, CONVERSATIONS),
        ("e8372h-320", {"sms_style": "conversation", **SEALED}, CONVERSATIONS),
        ("e8372h-320", SEALED, BOXES),
        ("h165-383", SEALED, BOXES),
    ],
)
async def test_messages(
    hass: HomeAssistant,
    start_empty: StartEmpty,
    set_up: SetUpModem,
    next_round: Callable[..., Awaitable[None]],
    profile: str,
    options: dict[str, Any],
    lists: set[str],
) -> None:
    """Messages are received once, listed, marked, deleted, kept as drafts and sent."""
    modem = await start_empty(profile=profile, **options)
    modem.lab.inject_sms(ANN, "Before")
    await set_up(modem)
    events = Events(hass, RECEIVED)
    modem.lab.inject_sms(ANN, "One")
    modem.lab.inject_sms(BEN, "Two")
    for _ in range(3):
        await next_round()
    assert events.all("text") == ["One", "Two"]
    assert events.all("sender") == [ANN, BEN]
    listed = (await call(hass, "list_sms"))["messages"]
    assert [each["text"] for each in listed] == ["Two", "One", "Before"]
    await call(hass, "mark_sms_read", ids=[listed[0]["id"]])
    assert unread(modem) == ["Before", "One"]
    await call(hass, "delete_sms", ids=[listed[1]["id"]])
    assert contents(modem) == ["Before", "Two"]
    await call(hass, "save_sms_draft", numbers=[ANN], message="Later")
    assert contents(modem, "3") == ["Later"]
    response = await call(hass, "send_sms", numbers=[BEN], message="Answer")
    assert response["results"] == {BEN: "sent"}
    assert [message.text for message in modem.lab.sent] == ["Answer"]
    await next_round()
    assert len(events) == 2
    requests = {path for _, path in modem.requests}
    assert lists <= requests
