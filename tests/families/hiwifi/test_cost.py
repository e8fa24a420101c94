"""What a router has to bear."""

from collections import Counter
import time

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from simulators.hiwifi import HiwifiSimulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import NextRound

ROUNDS_AN_HOUR = 120
CALL = "proxy/call"
LEAST = {
    "system.get_info": 120,
    "wan.get_inet_stat": 120,
    "network.ipstat.get_realspeed": 120,
    "device.sta.list": 120,
    "wan.get_status": 22,
    "network.ipstat.get_total_load": 22,
    "wireless.guest.get_status": 22,
    "system.led.get_status": 3,
    "wireless.get_device_info": 3,
    "wireless.get_iface_info": 4,
}
"""How often at least each method is called in an hour."""
NEVER = {
    "system.upgrade.check",
    "wireless.get_quality",
    "system.board.get_lan_status",
    "device.sta.get_sta_stat",
}
"""What nobody looks at."""


@pytest.mark.parametrize(
    ("options", "signed", "most", "rounds"),
    [
        ({}, False, 1, ROUNDS_AN_HOUR),
        ({"multi_call": False}, False, 5, ROUNDS_AN_HOUR // 2),
        ({}, True, 5, ROUNDS_AN_HOUR // 2),
    ],
)
async def test_rounds(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    options: dict[str, object],
    most: int,
    rounds: int,
    *,
    signed: bool,
) -> None:
    """A round is one request with the last firmware, and otherwise at most five.

    Everything has its turn, nobody logs in again, though the router's clock goes on and a session
    could expire.
    """
    router = await start_router(clock=lambda: time.monotonic(), **options)  # noqa: PLW0108 - frozen later
    await set_up_router(router, signed=signed)
    await next_round(30)
    methods: Counter[str] = Counter()
    requests: list[int] = []
    for _ in range(rounds):
        router.lab.reset_counts()
        await next_round(30)
        assert set(router.lab.counts()) == {"call" if signed else CALL}
        requests.append(sum(router.lab.counts().values()))
        methods.update(router.lab.calls())
    assert max(requests) == most
    assert router.router.uptime >= 30 * rounds
    assert router.lab.state()["logins"] == (0 if signed else 1)
    for method, times in LEAST.items():
        assert methods[method] >= times * rounds // ROUNDS_AN_HOUR, method
    assert NEVER & methods.keys() == set()
    assert state_of(hass, "binary_sensor.router_internet") == "on"


@pytest.mark.parametrize(("options", "most"), [({}, 2), ({"firmware": "0.9003"}, 12)])
async def test_set_up(
    start_router: StartRouter, set_up_router: SetUpRouter, options: dict[str, object], most: int
) -> None:
    """At the beginning everything is read once, with one login."""
    router = await start_router(**options)
    await set_up_router(router)
    assert router.lab.state()["logins"] == 1
    counts = router.lab.counts()
    assert counts[CALL] <= most
    assert sum(counts.values()) <= most + 2


async def test_firmware_is_not_looked_for(
    router: HiwifiSimulator, set_up_router: SetUpRouter, entity_registry: er.EntityRegistry
) -> None:
    """The vendor's server is gone, so the update entity waits for somebody to enable it."""
    await set_up_router(router)
    entity = entity_registry.async_get("update.router_firmware")
    assert entity is not None
    assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION


async def test_older_firmware(
    start_router: StartRouter, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """Pages for single things are few enough too."""
    router = await start_router(firmware="0.9003")
    await set_up_router(router)
    for _ in range(10):
        router.lab.reset_counts()
        await next_round(30)
        assert 1 <= sum(router.lab.counts().values()) <= 5
