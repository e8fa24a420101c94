"""Joiners: who may join, what the list says, and moving it to another router."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.clients.gl_s20.joiners import Joiners
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .action_helpers import ACTIONS, act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter

PSKD = "J01NU5"
EUI64 = "0123456789abcdef"
COMMISSIONER = "binary_sensor.gl_s20_commissioner"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the commissioner without pauses."""
    monkeypatch.setattr(f"{ACTIONS}.commissioner.LOOK_INTERVAL", 0)


@pytest.fixture
async def quick_router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router whose commissioner needs no time."""
    return await start_router(commissioner_seconds=0)


def fill(router: GlS20Simulator, number: int) -> None:
    """Put joiners on the list of a router."""
    device = router.device
    entries = [(f"{each:016x}", PSKD) for each in range(1, number + 1)]
    device.commissioner.add(entries, 120, device.now)


async def test_add(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A joiner is added and the network opened for it, which is shown at once."""
    await set_up_router(quick_router)
    assert state_of(hass, COMMISSIONER) == "off"
    await act(hass, "add_joiner", pskd=" j01nu5", eui64="01:23:45:67:89:AB:CD:EF", timeout=60)
    [joiner] = quick_router.lab.joiners()
    assert (joiner["EUI64"], joiner["PSKd"], joiner["Timeout"]) == (EUI64, PSKD, 60)
    assert state_of(hass, COMMISSIONER) == "on"
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "1"
    assert sent(quick_router, "otbr/set_commissioning") == 1
    await act(hass, "add_joiner", pskd="ANYB0DY")
    assert quick_router.lab.joiners()[1]["EUI64"] == "*"
    assert quick_router.lab.joiners()[1]["Timeout"] == 120
    assert sent(quick_router, "otbr/set_commissioning") == 1


async def test_slow_commissioner(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A commissioner that needs a moment gets it, before the joiner is added."""
    await set_up_router(router)
    read = Joiners.commissioner
    answers = []

    async def commissioner(self: Joiners) -> Any:
        """Let time pass between two looks."""
        answers.append(status := await read(self))
        router.lab.advance(0.4)
        return status

    monkeypatch.setattr(Joiners, "commissioner", commissioner)
    await act(hass, "add_joiner", pskd=PSKD, eui64=EUI64)
    assert [each.active for each in answers] == [False, False, False, True]
    assert len(router.lab.joiners()) == 1


async def test_commissioner_that_does_not_start(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """No joiner is added when nobody would let it in."""
    await set_up_router(router)
    key, _ = await failure(hass, "add_joiner", pskd=PSKD)
    assert key == "commissioner_not_active"
    assert router.lab.joiners() == []
    assert sent(router, "otbr/get_commissioning_status") == 5


async def test_add_without_network(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A router without a network says so, and stays as it is."""
    router = await start_router(thread_enabled=False)
    await set_up_router(router)
    key, text = await refusal(hass, "add_joiner", pskd=PSKD)
    assert key == "not_in_thread_network"
    assert "Start the Thread network" in text
    assert sent(router, "otbr/set_commissioning") == 0


async def test_full_list(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The 51st joiner is refused with what to do; one that is on the list is welcome."""
    await set_up_router(quick_router)
    fill(quick_router, 50)
    key, text = await refusal(hass, "add_joiner", pskd=PSKD, eui64=EUI64)
    assert key == "joiners_full"
    assert "50 joiners at most and has 50 already" in text
    assert (await refusal(hass, "add_joiner", pskd=PSKD))[0] == "joiners_full"
    assert sent(quick_router, "otbr/set_commissioning") == 0
    await act(hass, "add_joiner", pskd="NEWPSKD", eui64=f"{7:016x}")
    assert len(quick_router.lab.joiners()) == 50
    assert quick_router.lab.joiners()[6]["PSKd"] == "NEWPSKD"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"pskd": "SHORT"}, "invalid_pskd"),
        ({"pskd": "J01NUI"}, "invalid_pskd"),
        ({"pskd": ""}, "invalid_pskd"),
        ({"pskd": PSKD, "eui64": "0123"}, "invalid_eui64"),
        ({"pskd": PSKD, "eui64": "0123456789abcdeg"}, "invalid_eui64"),
        ({"pskd": PSKD, "timeout": 0}, "invalid_timeout"),
        ({"pskd": PSKD, "timeout": 86401}, "invalid_timeout"),
    ],
)
async def test_wrong_joiner(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """What cannot be right is told, without the PSKd, before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    found, text = await refusal(hass, "add_joiner", **fields)
    assert found == key
    assert PSKD not in text
    assert router.requests == []


async def test_list(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The list tells how far each joiner got, and PSKds only to who asks for them."""
    await set_up_router(quick_router)
    await act(hass, "add_joiner", pskd=PSKD, eui64=EUI64)
    assert quick_router.lab.let_join(EUI64)
    quick_router.lab.advance(6)
    [joiner] = (await act(hass, "list_joiners"))["joiners"]
    assert joiner == {
        "eui64": EUI64,
        "status": "joined",
        "timeout": 120,
        "added_at": "2026-09-01T12:00:00+00:00",
        "joined_at": "2026-09-01T12:00:05+00:00",
    }
    [joiner] = (await act(hass, "list_joiners", include_credentials=True))["joiners"]
    assert joiner["pskd"] == PSKD


async def test_odd_list(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Values that make no sense cost nothing but themselves."""
    await set_up_router(router)
    odd = {"EUI64": "*", "Status": 9, "AddTime": 10**18, "JoinedTime": 0}
    router.lab.set_field("otbr/get_joiner_list", "DeviceList", [odd])
    assert (await act(hass, "list_joiners", include_credentials=True))["joiners"] == [
        {
            "eui64": "*",
            "status": None,
            "timeout": None,
            "added_at": None,
            "joined_at": None,
            "pskd": None,
        }
    ]


async def test_remove(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Joiners are struck off the list; one that is not on it is named, and nothing is removed."""
    await set_up_router(router)
    fill(router, 3)
    wanted = [f"{1:016X}", "00:00:00:00:00:00:00:03"]
    key, text = await refusal(hass, "remove_joiners", eui64=[*wanted, EUI64])
    assert key == "joiner_not_listed"
    assert EUI64 in text
    assert len(router.lab.joiners()) == 3
    await act(hass, "remove_joiners", eui64=wanted)
    assert [each["EUI64"] for each in router.lab.joiners()] == [f"{2:016x}"]
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "1"
    assert (await refusal(hass, "remove_joiners", eui64="nobody"))[0] == "invalid_eui64"
    assert (await refusal(hass, "remove_joiners", eui64=[]))[0] == "nothing_to_change"


@pytest.mark.parametrize(
    ("fields", "statuses", "timeouts"),
    [
        ({}, [0, 2], [120, 60]),
        ({"kind": "timed_out", "timeout": 30}, [0, 2], [30, 60]),
        ({"kind": "joined"}, [3, 0], [60, 120]),
        ({"kind": "all", "timeout": 90}, [0, 0], [90, 90]),
    ],
)
async def test_rejoin(
    hass: HomeAssistant,
    quick_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    statuses: list[int],
    timeouts: list[int],
) -> None:
    """Those who are meant get another chance."""
    await set_up_router(quick_router)
    await act(hass, "add_joiner", pskd=PSKD, eui64=f"{1:016x}", timeout=60)
    await act(hass, "add_joiner", pskd=PSKD, eui64=EUI64, timeout=60)
    assert quick_router.lab.let_join(EUI64)
    quick_router.lab.advance(61)
    await act(hass, "rejoin_joiners", **fields)
    assert [each["Status"] for each in quick_router.lab.joiners()] == statuses
    assert [each["Timeout"] for each in quick_router.lab.joiners()] == timeouts
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == str(statuses.count(0))


async def test_wrong_rejoin(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A choice that does not exist is answered with those that do."""
    await set_up_router(router)
    assert await refusal(hass, "rejoin_joiners", kind="some") == (
        "unknown_choice",
        "The field kind takes one of these: timed_out, joined, all.",
    )
    assert (await refusal(hass, "rejoin_joiners", timeout=-1))[0] == "invalid_timeout"
    assert sent(router, "otbr/rejoin_all") == 0


async def test_moving_the_list(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What one router exports another imports."""
    await set_up_router(router)
    fill(router, 50)
    exported = await act(hass, "export_joiners")
    assert exported["version"] == "1.0"
    assert exported["joiners"][49] == {"eui64": f"{50:016x}", "pskd": PSKD}
    await act(hass, "remove_joiners", eui64=[f"{each:016x}" for each in range(1, 50)])
    await act(hass, "import_joiners", **exported, timeout=45)
    assert len(router.lab.joiners()) == 50
    assert {each["Timeout"] for each in router.lab.joiners()} == {45}
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "50"


@pytest.mark.parametrize(
    ("joiners", "key", "said"),
    [
        ([], "invalid_joiner_count", "1 to 50"),
        (None, "invalid_joiner_count", "1 to 50"),
        ([{"eui64": EUI64, "pskd": PSKD}] * 51, "invalid_joiner_count", "1 to 50"),
        ([{"pskd": PSKD}, {"eui64": EUI64, "pskd": "BAD"}], "invalid_joiner", "Entry 2"),
        ([{"pskd": PSKD}, {"pskd": PSKD}, {"eui64": "1", "pskd": PSKD}], "invalid_joiner", "3"),
        ([PSKD], "invalid_joiner", "Entry 1"),
        ({"eui64": EUI64}, "invalid_joiner", "Entry 1"),
    ],
)
async def test_wrong_import(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    joiners: Any,
    key: str,
    said: str,
) -> None:
    """A list of which one entry is wrong changes nothing, and the entry is told by its place."""
    await set_up_router(router)
    router.requests.clear()
    found, text = await refusal(hass, "import_joiners", version="1.0", joiners=joiners)
    assert found == key
    assert said in text
    assert PSKD not in text
    assert router.requests == []


async def test_import_into_a_full_list(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Known joiners take no further room, new ones do."""
    await set_up_router(router)
    fill(router, 49)
    entries = [{"eui64": f"{each:016x}", "pskd": "NEWPSKD"} for each in (1, 2, 98, 99)]
    key, text = await refusal(hass, "import_joiners", version="1.0", joiners=entries)
    assert key == "joiners_full"
    assert "has 49 already" in text
    assert sent(router, "otbr/import_joiner_list") == 0
    await act(hass, "import_joiners", version="1.0", joiners=entries[:3])
    assert len(router.lab.joiners()) == 50
    assert (await refusal(hass, "import_joiners", version="1.0", joiners=entries[:1], timeout=0))[
        0
    ] == "invalid_timeout"


async def test_login_lost_on_the_way(
    hass: HomeAssistant,
    quick_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A login that the router forgets between two steps is renewed, and no step repeated."""
    await set_up_router(quick_router)
    add = Joiners.add

    async def add_later(self: Joiners, *args: Any, **kwargs: Any) -> None:
        """Let the router forget everybody right before the last step."""
        quick_router.lab.expire_tokens()
        await add(self, *args, **kwargs)

    monkeypatch.setattr(Joiners, "add", add_later)
    await act(hass, "add_joiner", pskd=PSKD, eui64=EUI64)
    assert len(quick_router.lab.joiners()) == 1
    assert sent(quick_router, "ui/login") == 2
    assert sent(quick_router, "otbr/set_commissioning") == 1
    assert state_of(hass, COMMISSIONER) == "on"


async def test_commit_that_fails(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A list that cannot be put into effect is an error, with none of its PSKds."""
    await set_up_router(router)
    router.lab.break_replies("otbr/commit_joiner_list", "error", 2, code=-6)
    entries = [{"eui64": EUI64, "pskd": PSKD}]
    key, text = await failure(hass, "import_joiners", version="1.0", joiners=entries)
    assert key == "command_refused"
    assert PSKD not in text
    assert router.lab.joiners() == []
