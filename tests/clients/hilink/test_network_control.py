"""Modes, bands and operators: what is written, waited for, and undone."""

import asyncio
from collections.abc import Awaitable
import dataclasses
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    ChangeNotUndone,
    ChangeUndone,
    CommandRefused,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink import network_control, radio_changes
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import Status
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, login_posts, posts
from tests.conftest import StartModem, until

BEFORE = {"NetworkMode": "00", "NetworkBand": "2000004400000", "LTEBand": "80800D5"}


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause whether the network is back."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0.001)


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a stick that is in its network again at once."""
    return await start_modem(register_seconds=0)


def stored(modem: HilinkSimulator) -> dict[str, Any]:
    """Return the modes and bands that the modem has."""
    return modem.modem.record("net/net-mode")


async def test_mode(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A mode is written once, and the bands stay."""
    assert (await client.network_control.mode_list()).modes == ("00", "02", "03")
    await client.network_control.set_mode("03")
    assert stored(modem) == BEFORE | {"NetworkMode": "03"}
    assert posts(modem, "net/net-mode") == 1
    await client.network_control.set_mode("03")
    assert posts(modem, "net/net-mode") == 1


async def test_everything_is_kept(start_modem: StartModem, new_client: NewClient) -> None:
    """Newer firmware has more fields, in an order of its own."""
    modem = await start_modem(profile="h165-383", register_seconds=0)
    before = stored(modem)
    mixed = ("networkOption", "LTEBand", "NetworkMode", "NetworkBand", "LTEBandOption")
    modem.lab.set_endpoint("net/net-mode", {name: before[name] for name in mixed})
    await new_client(modem).network_control.set_mode("08")
    assert stored(modem) == before | {"NetworkMode": "08"}


async def carried_out(modem: HilinkSimulator, change: Awaitable[None], seconds: float) -> None:
    """Carry a change out while time passes for the modem."""
    task = asyncio.ensure_future(change)
    await until(lambda: gets(modem, "net/net-mode") > 3)
    assert not task.done()
    modem.lab.advance(seconds)
    await task


async def test_modem_that_drops_the_link(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The modem answers that it failed, is away and comes back: the change was made, once."""
    modem.lab.set_options(net_mode_reply_lost=True, register_seconds=20)
    await carried_out(modem, client.network_control.set_mode("03"), 20)
    assert stored(modem)["NetworkMode"] == "03"
    assert posts(modem, "net/net-mode") == 1


async def test_lost_answer(
    modem: HilinkSimulator, client: HilinkClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is where the answer does not arrive, and where the modem is away for a moment."""
    status = Status.from_fields
    looks = 0

    def disturbed(fields: Any) -> Status:
        """Let the next replies get lost after the look that comes before the change."""
        nonlocal looks
        looks += 1
        if looks == 1:
            modem.lab.break_replies("net/net-mode", "cut", 3)
        return status(fields)

    monkeypatch.setattr(Status, "from_fields", disturbed)
    await client.network_control.set_mode("02")
    assert stored(modem)["NetworkMode"] == "02"
    assert posts(modem, "net/net-mode") == 1


async def test_mode_without_network(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A mode in which there is no network is undone, and said so."""
    modem.lab.set_options(missing_modes=("02",))
    with pytest.raises(ChangeUndone):
        await client.network_control.set_mode("02", patience=30)
    assert stored(modem) == BEFORE
    assert modem.modem.in_service
    assert posts(modem, "net/net-mode") == 2


async def test_network_that_is_gone(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where the previous mode finds nothing either, that is said, and nothing more is tried."""
    task = asyncio.ensure_future(client.network_control.set_mode("02", patience=300))
    await until(lambda: posts(modem, "net/net-mode") == 1)
    modem.lab.set_options(missing_modes=("01", "02", "03"))
    with pytest.raises(ChangeNotUndone):
        await task
    assert stored(modem) == BEFORE
    assert posts(modem, "net/net-mode") == 2


async def test_undoing_that_is_refused(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where the device does not even take its previous mode back, that is said."""
    modem.lab.set_options(missing_modes=("02",))
    task = asyncio.ensure_future(client.network_control.set_mode("02", patience=15))
    await until(lambda: posts(modem, "net/net-mode") == 1)
    modem.lab.break_replies("net/net-mode", "error", None, code=112003)
    with pytest.raises(ChangeNotUndone):
        await task
    assert posts(modem, "net/net-mode") == 2


async def test_login_that_is_lost_meanwhile(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A password that is no longer right is not tried again and again while waiting."""
    modem.lab.set_options(missing_modes=("02",))
    task = asyncio.ensure_future(client.network_control.set_mode("02", patience=300))
    await until(lambda: posts(modem, "net/net-mode") == 1)
    logins = login_posts(modem)
    modem.lab.set_options(password="another")
    modem.lab.expire_sessions()
    with pytest.raises(AuthenticationFailed):
        await task
    assert login_posts(modem) - logins <= 2


async def test_device_that_tells_of_its_operator_only(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """Where the status does not say whether there is a network, an operator does."""
    modem.lab.remove_field("monitoring/status", "ServiceStatus")
    await client.network_control.set_mode("03")
    modem.lab.set_options(missing_modes=("02",))
    with pytest.raises(ChangeUndone):
        await client.network_control.set_mode("02", patience=15)
    assert stored(modem) == BEFORE | {"NetworkMode": "03"}


async def test_no_network_before(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A modem that has no network keeps what is set: somebody may be looking for one."""
    modem.lab.set_options(missing_modes=("01", "02", "03"))
    await client.network_control.set_mode("02")
    assert stored(modem)["NetworkMode"] == "02"


async def test_refused_mode(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What the device refuses is not waited for."""
    with pytest.raises(CommandRefused) as error:
        await client.network_control.set_mode("08")
    assert error.value.code == 112007
    assert stored(modem) == BEFORE
    assert posts(modem, "net/net-mode") == 1


async def test_modem_that_keeps_its_setting(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A modem that says yes and does nothing has refused."""
    modem.lab.set_field("net/net-mode", "NetworkMode", "00")
    with pytest.raises(CommandRefused) as error:
        await client.network_control.set_mode("02")
    assert error.value.code == 112003


async def test_bands(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Bands are written as a mask, and the mode stays."""
    assert (await client.network_control.mode_list()).lte_bands == (1, 3, 5, 7, 8, 20, 28)
    await client.network_control.set_lte_bands([20, 3, 3])
    assert stored(modem) == BEFORE | {"LTEBand": "80004"}
    await client.network_control.set_lte_bands(None)
    assert stored(modem)["LTEBand"].lower() == "7ffffffffffffff"
    assert (await client.network_mode()).lte_bands == ()


async def test_bands_without_network(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Bands on which there is no network are undone."""
    await client.network_control.set_mode("03")
    modem.lab.set_options(lte_bands=(3, 20))
    with pytest.raises(ChangeUndone):
        await client.network_control.set_lte_bands([7, 28], patience=15)
    assert stored(modem) == BEFORE | {"NetworkMode": "03"}
    await client.network_control.set_lte_bands([20, 28], patience=15)


async def test_all_bands_by_the_modems_own_mask(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """Some firmware answers a request for all bands with those it has."""
    modem = await start_modem(profile="h165-383", register_seconds=0)
    client = new_client(modem)
    await client.network_control.set_lte_bands([3])
    await client.network_control.set_lte_bands(None)
    assert stored(modem)["LTEBand"] == "7A0880800D5"


async def test_device_without_modes(modem: HilinkSimulator, client: HilinkClient) -> None:
    """An incomplete record is not replaced."""
    modem.lab.set_endpoint("net/net-mode", {"NetworkMode": "00"})
    with pytest.raises(NotSupported):
        await client.network_control.set_mode("03")
    assert posts(modem, "net/net-mode") == 0


async def test_scan_and_select(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Networks are found, one is chosen, and then the best one again."""
    found = (await client.network_control.scan()).operators
    assert [(each.numeric, each.state) for each in found] == [
        ("45005", 2),
        ("00102", 1),
        ("00103", 3),
    ]
    await client.network_control.select_operator("00102", 7)
    assert (await client.operator()).name == "Other Network"
    registration = await client.network_control.registration()
    assert dataclasses.astuple(registration) == (True, "00102", 7)
    await client.network_control.select_operator(None)
    assert (await client.operator()).name == "SKTelecom"
    assert (await client.network_control.registration()).manual is False


async def test_forbidden_network(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A network that does not let the card in is left again."""
    with pytest.raises(ChangeUndone):
        await client.network_control.select_operator("00103", patience=30)
    assert (await client.network_control.registration()).manual is False
    assert modem.modem.in_service


async def test_slow_search(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search may take longer than any other request."""
    modem = await start_modem(register_seconds=0, latency_seconds=0.05)
    client = new_client(modem)
    await client.status()
    monkeypatch.setattr(network_control, "_SCAN_PATIENCE", 0.01)
    with pytest.raises(Exception, match="plmn-list"):
        await client.network_control.scan()
    monkeypatch.setattr(network_control, "_SCAN_PATIENCE", 5)
    assert (await client.network_control.scan()).operators
