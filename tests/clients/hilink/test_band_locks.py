"""Bands of 5G routers that lock them: what is written, and what is kept."""

from collections.abc import Collection
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    ChangeUndone,
    CommandRefused,
    ExcludedByMode,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink import radio_changes
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import (
    FrequencyLock,
    FrequencyLocks,
    OfferedBands,
)
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

UNLOCKED = {"lock_mode": "0", "freq_infos": None, "all_bands": None}


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause whether the network is back."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0.001)


@pytest.fixture
async def router(start_modem: StartModem) -> HilinkSimulator:
    """Return a 5G router with locks that is in its network again at once."""
    return await start_modem(profile="h165-383", locks_bands=True, register_seconds=0)


@pytest.fixture
async def client(router: HilinkSimulator, new_client: NewClient) -> HilinkClient:
    """Return a client of the router."""
    return new_client(router)


def stored(router: HilinkSimulator) -> dict[str, Any]:
    """Return the locks that the router has."""
    return router.modem.record("net/lock-freq")


def locked(*bands: int) -> dict[str, Any]:
    """Return a lock of bands, as the parser of XML gives it."""
    rows = [{"band": str(band)} for band in bands]
    return {
        "lock_mode": "3",
        "freq_infos": {"freq_info": rows[0] if len(rows) == 1 else rows},
        "all_bands": ",".join(map(str, bands)),
    }


async def test_nr_bands(router: HilinkSimulator, client: HilinkClient) -> None:
    """5G bands are locked and freed, LTE and the mask of net-mode stay."""
    before = router.modem.record("net/net-mode")
    locks = client.network_control.locks
    assert await locks.offered() == OfferedBands(
        lte=(1, 3, 5, 7, 8, 20, 28, 32, 38, 40, 41, 42, 43), nr=(1, 28, 41, 78)
    )
    assert await locks.read() == FrequencyLocks(lte=FrequencyLock(kind=0), nr=FrequencyLock(kind=0))
    await locks.set_nr_bands([78, 1, 78])
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": locked(1, 78)}
    assert (await locks.read()).nr == FrequencyLock(kind=3, bands=(1, 78))
    await locks.set_nr_bands([78])
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": locked(78)}
    assert (await locks.read()).nr == FrequencyLock(kind=3, bands=(78,))
    await locks.set_nr_bands(None)
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": UNLOCKED}
    assert router.modem.record("net/net-mode") == before
    assert posts(router, "net/net-mode") == 0


async def test_lte_bands(router: HilinkSimulator, client: HilinkClient) -> None:
    """LTE bands are locked in the same place, and what 5G is locked to stays."""
    await client.network_control.locks.set_nr_bands([78])
    await client.network_control.set_lte_bands([7])
    assert stored(router) == {"lte_info": locked(7), "nr_info": locked(78)}
    assert posts(router, "net/net-mode") == 0


@pytest.mark.parametrize("wanted", [[78], None])
async def test_nothing_to_do(
    router: HilinkSimulator, client: HilinkClient, wanted: Collection[int] | None
) -> None:
    """What is locked already is not locked again: the router would leave its network for it."""
    await client.network_control.locks.set_nr_bands(wanted)
    before = posts(router, "net/lock-freq")
    await client.network_control.locks.set_nr_bands(wanted)
    assert posts(router, "net/lock-freq") == before


async def test_cell_of_the_same_band(router: HilinkSimulator, client: HilinkClient) -> None:
    """A router that is locked to a cell of the band is not locked to the band."""
    cell = {"band": "78", "freq": "633984", "pci": "360"}
    lock: dict[str, Any] = {"lock_mode": "2", "freq_infos": {"freq_info": cell}, "all_bands": "78"}
    router.lab.set_endpoint("net/lock-freq", {"lte_info": UNLOCKED, "nr_info": lock})
    assert (await client.network_control.locks.read()).nr == FrequencyLock(kind=2, bands=(78,))
    await client.network_control.locks.set_nr_bands([78])
    assert stored(router)["nr_info"] == locked(78)


@pytest.mark.parametrize(
    ("mode", "written"), [("03", {"lte_info": locked(7)}), ("08", {"nr_info": locked(78)})]
)
async def test_mode_of_one_technology(
    router: HilinkSimulator, client: HilinkClient, mode: str, written: dict[str, Any]
) -> None:
    """Of what the network mode leaves out nothing is written, and nothing can be chosen."""
    control = client.network_control
    await control.set_mode(mode)
    [(part, lock)] = written.items()
    chosen, left_out = (
        (control.set_lte_bands, control.locks.set_nr_bands)
        if part == "lte_info"
        else (control.locks.set_nr_bands, control.set_lte_bands)
    )
    with pytest.raises(ExcludedByMode):
        await left_out([1])
    assert posts(router, "net/lock-freq") == 0
    await chosen([int(lock["all_bands"])])
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": UNLOCKED} | written


async def test_bands_without_network(router: HilinkSimulator, client: HilinkClient) -> None:
    """Bands on which there is no network are undone, and the lock that was there is back."""
    await client.network_control.set_mode("08")
    await client.network_control.locks.set_nr_bands([1, 78])
    router.lab.set_options(nr_bands=(78,))
    with pytest.raises(ChangeUndone):
        await client.network_control.locks.set_nr_bands([28], patience=15)
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": locked(1, 78)}
    assert router.modem.in_service


async def test_refusal(router: HilinkSimulator, client: HilinkClient) -> None:
    """A band that the router refuses leaves it as it was."""
    with pytest.raises(CommandRefused) as error:
        await client.network_control.locks.set_nr_bands([79])
    assert error.value.code == 100006
    assert stored(router) == {"lte_info": UNLOCKED, "nr_info": UNLOCKED}


def test_lock_that_is_over() -> None:
    """Bands that are left over from an earlier lock do not count."""
    assert FrequencyLock.from_fields(locked(78) | {"lock_mode": "0"}) == FrequencyLock(kind=0)


async def test_refused_reading(router: HilinkSimulator, client: HilinkClient) -> None:
    """A router that is busy is not taken for one without locks."""
    router.lab.break_replies("net/lock-freq", "error", 1, code=112001)
    with pytest.raises(CommandRefused):
        await client.network_control.set_lte_bands([7])
    assert posts(router, "net/net-mode") == 0


async def test_ended_session(router: HilinkSimulator, client: HilinkClient) -> None:
    """The router ends the session with the change: a new one looks what became of it."""
    router.lab.set_options(lock_ends_session=True)
    await client.status()
    await client.network_control.locks.set_nr_bands([78])
    assert stored(router)["nr_info"] == locked(78)
    assert posts(router, "net/lock-freq") == 1


async def test_mode_of_a_router_with_locks(router: HilinkSimulator, client: HilinkClient) -> None:
    """Its modes are changed as ever, though it says that it failed, as it takes no band mask."""
    await client.network_control.set_mode("08")
    assert router.modem.record("net/net-mode")["NetworkMode"] == "08"
    assert posts(router, "net/net-mode") == 1


async def test_router_without_locks(start_modem: StartModem, new_client: NewClient) -> None:
    """Without locks 5G has no bands to choose; LTE bands are in net-mode."""
    router = await start_modem(profile="h165-383", register_seconds=0)
    client = new_client(router)
    with pytest.raises(NotSupported):
        await client.network_control.locks.set_nr_bands([78])
    with pytest.raises(NotSupported):
        await client.network_control.locks.offered()
    await client.network_control.set_lte_bands([3])
    assert router.modem.record("net/net-mode")["LTEBand"] == "4"
    assert gets(router, "net/lock-freq") == 2


@pytest.mark.parametrize(
    "reply",
    [
        {"error": {"code": "100003"}},
        {"error": {"code": "100006"}},
        {"error": {"code": "-1"}},
        {"Mode": "0", "Enable": "0", "Band": "0", "Freq": "0"},
        "OK",
    ],
)
async def test_router_without_such_locks(
    start_modem: StartModem, new_client: NewClient, reply: Any
) -> None:
    """So it is where the page is refused in any way, or has the locks of older firmware."""
    router = await start_modem(profile="h165-383", register_seconds=0)
    router.lab.set_endpoint("net/lock-freq", reply)
    client = new_client(router)
    with pytest.raises(NotSupported):
        await client.network_control.locks.set_nr_bands([78])
    await client.network_control.set_lte_bands([3])
    assert router.modem.record("net/net-mode")["LTEBand"] == "4"
    assert posts(router, "net/lock-freq") == 0


async def test_router_with_half_of_it(router: HilinkSimulator, client: HilinkClient) -> None:
    """A router that tells of LTE only has no 5G bands to choose, and an empty part is none."""
    router.lab.set_endpoint("net/lock-freq", {"lte_info": UNLOCKED, "nr_info": None})
    with pytest.raises(NotSupported):
        await client.network_control.locks.set_nr_bands([78])
    await client.network_control.set_lte_bands([7])
    assert stored(router)["lte_info"] == locked(7)
