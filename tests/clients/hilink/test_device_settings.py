"""Lights and antennas."""

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, NotSupported
from custom_components.gatehouse.clients.hilink.models import AntennaChoice
from custom_components.gatehouse.clients.hilink.models.device_settings import Antenna
from tests.conftest import StartModem

from .conftest import NewClient


async def test_led(start_modem: StartModem, new_client: NewClient) -> None:
    """The lights go off and on."""
    client = new_client(await start_modem(profile="h122-373"))
    assert (await client.device_settings.led()).on is True
    await client.device_settings.set_led(on=False)
    assert (await client.device_settings.led()).on is False


async def test_no_led(start_modem: StartModem, new_client: NewClient) -> None:
    """Some firmware has the page, and refuses every use of it."""
    with pytest.raises(CommandRefused):
        await new_client(await start_modem(profile="b525s-23a")).device_settings.led()


@pytest.mark.parametrize(
    ("profile", "endpoint", "field", "code"),
    [
        ("h165-383", "device/antenna_set_type", "antennasettype", "2"),
        ("b535-932", "device/antenna_settings", "antenna_type", "0"),
    ],
)
async def test_antenna(
    start_modem: StartModem,
    new_client: NewClient,
    profile: str,
    endpoint: str,
    field: str,
    code: str,
) -> None:
    """Both pages for it have codes of their own."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    assert (await client.device_settings.antenna()).antenna is Antenna.AUTOMATIC
    await client.device_settings.set_antenna(Antenna.INTERNAL)
    assert modem.lab.recorded(endpoint, field) == code
    assert (await client.device_settings.antenna()).antenna is Antenna.INTERNAL


async def test_other_antenna(start_modem: StartModem, new_client: NewClient) -> None:
    """What a device lacks is not chosen."""
    with pytest.raises(NotSupported):
        await new_client(await start_modem(profile="h165-383")).device_settings.set_antenna(
            Antenna.EXTERNAL_1
        )
    with pytest.raises(NotSupported):
        await new_client(await start_modem(profile="e3372")).device_settings.antenna()


def test_unknown_antenna() -> None:
    """A code that nobody has explained is no choice, but the others can be made."""
    found = AntennaChoice.from_fields({"antennasettype": "7"})
    assert found.antenna is None
    assert Antenna.INTERNAL in found.choices
