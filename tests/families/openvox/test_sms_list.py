"""Looking at the messages that the gateway keeps."""

from dataclasses import replace
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from simulators.openvox import OpenVoxSimulator
from tests.conftest import SetUpModem
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    ago,
    contact,
    local_options,
    send,
    set_up,
)


async def list_sms(hass: HomeAssistant, **fields: Any) -> Any:
    """Return what the action returns."""
    return await hass.services.async_call(
        DOMAIN, "list_sms", fields, blocking=True, return_response=True
    )


def texts(response: Any) -> list[str]:
    """Return the texts of a response."""
    return [message["text"] for message in response["messages"]]


@pytest.fixture
async def gateway(hass: HomeAssistant, start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway that is set up and has received messages."""
    gateway = await start_gateway(**local_options(send_seconds=0))
    gateway.lab.receive_sms(1, ANN, "Old", when=ago(days=2))
    gateway.lab.mark_read()
    gateway.lab.receive_sms(2, BEN, "Middle", when=ago(hours=2))
    gateway.lab.receive_sms(3, ANN, "New", when=ago(minutes=1))
    await set_up(hass, gateway, contact("Ann", ANN))
    return gateway


async def test_inbox(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Received messages are listed newest first, page by page."""
    response = await list_sms(hass, page_size=2)
    assert texts(response) == ["New", "Middle"]
    assert response["page"] == 1
    assert response["pages"] == 2
    message = response["messages"][0]
    time = message.pop("time")
    assert message == {"id": "3", "number": ANN, "contact": "Ann", "port": 3, "text": "New"}
    assert f"{ago(minutes=1)[:-2]}".replace(" ", "T")[:13] in time
    assert "contact" not in response["messages"][1]
    assert texts(await list_sms(hass, page_size=2, page=2)) == ["Old"]
    assert texts(await list_sms(hass, page=7)) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"number": "+1 (555) 0100-200"}, ["New", "Old"]),
        ({"filter": "unread"}, ["New", "Middle"]),
        ({"filter": "read"}, ["Old"]),
    ],
)
async def test_filters(
    hass: HomeAssistant, gateway: OpenVoxSimulator, fields: dict[str, str], expected: list[str]
) -> None:
    """The list can be narrowed down."""
    assert texts(await list_sms(hass, **fields)) == expected


async def test_times(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Times are those of the clocks of the house."""
    assert texts(await list_sms(hass, since=ago(hours=3))) == ["New", "Middle"]
    assert texts(await list_sms(hass, since=ago(hours=3), until=ago(hours=1))) == ["Middle"]


async def test_outbox(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """So are messages that were sent."""
    await send(hass, ANN, message="Answer", port=5)
    gateway.lab.advance(10)
    response = await list_sms(hass, box="outbox")
    message = response["messages"][0]
    del message["time"]
    assert message == {
        "number": ANN,
        "contact": "Ann",
        "port": 5,
        "status": "delivered",
        "text": "Answer",
    }
    with pytest.raises(HomeAssistantError) as error:
        await list_sms(hass, box="outbox", filter="unread")
    assert error.value.translation_key == "filter_of_inbox"


async def test_messages_are_private(
    hass: HomeAssistant, gateway: OpenVoxSimulator, hass_read_only_user: User
) -> None:
    """Only administrators may look."""
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "list_sms",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_device_without_list(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """Where messages cannot be listed, and where there are no ports, that is said."""
    coordinator = (await set_up(modem)).runtime_data
    family = coordinator.family
    coordinator.family = replace(family, sms=replace(family.sms, listing=None))
    with pytest.raises(HomeAssistantError) as error:
        await list_sms(hass)
    assert error.value.translation_key == "sms_list_not_supported"
    with pytest.raises(HomeAssistantError) as error:
        await send(hass, port=1)
    assert error.value.translation_key == "no_ports"
    assert modem.lab.sent == []
