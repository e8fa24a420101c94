"""New firmware, planned restarts, and switching a modem off."""

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CommandRefused,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import (
    RestartSchedule,
    UpdateOffer,
    UpdateState,
    UpdateStatus,
)
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

URL_LIST = "online-update/url-list"
SCHEDULE = "diagnosis/time_reboot"
NEW = "10.0.6.1(H192SP2C00)"


async def test_nothing_new(modem: HilinkSimulator, client: HilinkClient) -> None:
    """While the server offers nothing, its list is not asked for."""
    await client.upkeep.check()
    assert (await client.upkeep.offer()).state is UpdateState.CHECKING
    modem.lab.advance(5)
    offer = await client.upkeep.offer()
    assert (offer.state, offer.version) == (UpdateState.NONE, None)
    assert gets(modem, URL_LIST) == 0


async def test_offer(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What is offered is asked for once, until something else is."""
    modem.lab.offer_firmware(NEW)
    await client.upkeep.check()
    modem.lab.advance(5)
    for _ in range(3):
        offer = await client.upkeep.offer()
        assert (offer.state, offer.version) == (UpdateState.FOUND, NEW)
    assert gets(modem, URL_LIST) == 1


async def test_offline_modem_finds_nothing(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Without a connection the server cannot be asked, which is no error."""
    modem.lab.offer_firmware(NEW)
    await client.set_mobile_data(enabled=False)
    await client.upkeep.check()
    modem.lab.advance(5)
    assert (await client.upkeep.status()).code == 13
    assert (await client.upkeep.offer()).state is UpdateState.NONE


async def test_installation(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The modem downloads, installs and comes back with the new firmware."""
    modem.lab.offer_firmware(NEW)
    await client.upkeep.check()
    modem.lab.advance(5)
    await client.upkeep.install()
    modem.lab.advance(30)
    status = await client.upkeep.status()
    assert (status.state, status.progress) == (UpdateState.DOWNLOADING, 50)
    modem.lab.advance(35)
    assert (await client.upkeep.status()).state is UpdateState.INSTALLING
    modem.lab.advance(30)
    with pytest.raises(CannotConnect):
        await client.upkeep.status()
    modem.lab.advance(60)
    assert (await client.device_information()).software_version == NEW
    assert (await client.upkeep.offer()).state is UpdateState.NONE


@pytest.mark.parametrize(("battery_low", "code"), [(False, 110023), (True, 110024)])
async def test_refused_installation(
    modem: HilinkSimulator, client: HilinkClient, *, battery_low: bool, code: int
) -> None:
    """Without an offer, or without power, nothing is installed."""
    if battery_low:
        modem.lab.set_options(battery_low=True)
        modem.lab.offer_firmware(NEW)
        await client.upkeep.check()
        modem.lab.advance(5)
    with pytest.raises(CommandRefused) as error:
        await client.upkeep.install()
    assert error.value.code == code
    assert posts(modem, "online-update/ack-newversion") == 1


async def test_model_without_updates(start_modem: StartModem, new_client: NewClient) -> None:
    """An old stick knows nothing of it."""
    client = new_client(await start_modem(profile="e3372"))
    with pytest.raises(NotSupported):
        await client.upkeep.offer()


@pytest.mark.parametrize(
    ("fields", "state", "progress"),
    [
        ({"CurrentComponentStatus": "31"}, UpdateState.FOUND, None),
        ({"CurrentComponentStatus": "40", "DownloadProgress": "101"}, "downloading", None),
        ({"CurrentComponentStatus": "51"}, UpdateState.FAILED, None),
        ({"CurrentComponentStatus": "90", "DownloadProgress": "100"}, UpdateState.DONE, 100),
        ({"CurrentComponentStatus": "77"}, None, None),
        ({"CurrentComponentStatus": ""}, None, None),
        ({}, None, None),
    ],
)
def test_status(fields: dict[str, str], state: str | None, progress: int | None) -> None:
    """Numbers become states, and unknown ones nothing."""
    status = UpdateStatus.from_fields(fields)
    assert (status.state, status.progress) == (state, progress)


@pytest.mark.parametrize(
    ("components", "version"),
    [
        ({"Component": {"Version": NEW}}, NEW),
        ({"Component": [{"Version": ""}, {"Version": NEW}, {"Version": "UI 1"}]}, NEW),
        ({"Component": "odd"}, None),
        (None, None),
    ],
)
def test_versions(components: object, version: str | None) -> None:
    """The list has one part or several, of which the first with a version counts."""
    assert UpdateOffer.from_fields({"ComponentList": components}).version == version


async def test_schedule(start_modem: StartModem, new_client: NewClient) -> None:
    """The schedule of restarts is changed field by field; the rest stays."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    assert await client.upkeep.restart_schedule() == RestartSchedule(
        enabled=True, days=7, begin=60, end=300
    )
    await client.upkeep.set_restart_schedule(enabled=False)
    assert modem.modem.record(SCHEDULE) == {
        "enable": "0",
        "dayinterval": "7",
        "begintime": "60",
        "endtime": "300",
    }
    await client.upkeep.set_restart_schedule(enabled=True, days=1, begin=0, end=1439)
    assert modem.modem.record(SCHEDULE) == {
        "enable": "1",
        "dayinterval": "1",
        "begintime": "0",
        "endtime": "1439",
    }
    with pytest.raises(CommandRefused):
        await client.upkeep.set_restart_schedule(days=31)


async def test_shutdown(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A modem that was switched off stays so, and nobody asks twice."""
    await client.upkeep.shut_down()
    assert not modem.lab.state()["up"]
    modem.lab.advance(3600)
    assert not modem.lab.state()["up"]
    assert posts(modem, "device/control") == 1
    modem.lab.power_on()
    modem.lab.advance(60)
    assert (await client.status()).connection_status == 901


async def test_shutdown_without_an_answer(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A modem that goes before it has answered has done what it was told."""
    modem.lab.break_replies("device/control", "cut", 1)
    await client.upkeep.shut_down()
    assert not modem.lab.state()["up"]
