"""Everything in the maker's document is reached from Home Assistant, and the manual says how."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, ConfigSubentryData
from homeassistant.const import CONF_MAC, CONF_URL
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from simulators.hiwifi import HiwifiCloudOptions, HiwifiCloudSimulator, HiwifiSimulator, identity
from simulators.hiwifi.client_api import ROUTER_INFO
from simulators.hiwifi.errors import FRAMEWORK_CODES, Code
from simulators.hiwifi.server_api import ACTIONS as CLOUD_ACTIONS, CALL
from tests.conftest import state_of
from tests.families.gl_s20.action_helpers import act
from tests.families.hiwifi_cloud.conftest import ACCOUNT, HALL
from tests.flow_helpers import field_of, flows, start_user_flow, submit

from .conftest import SIGNATURE, SetUpRouter
from .entity_helpers import NextRound, refused
from .flow_helpers import PASSWORD, choose

type Trigger = Callable[[HomeAssistant], Awaitable[object]]
"""What somebody does in Home Assistant."""

MANUAL: Final = Path(__file__).parents[3] / "docs" / "hiwifi.md"

NOT_IN_THE_DOCUMENT: Final = {"proxy/call", "login_admin", "proxy/router_info"}
NOT_USED: Final = {"status"}
"""Of the router's own actions: no known firmware has it, and every other answer tells the same."""

LED_OFF: Final[Mapping[str, Any]] = {"method": "system.led.set_status", "data": {"status": 0}}

NAMESPACES: Final = {
    "system": "system.led.get_status",
    "component": "component.aria2.download",
    "apps": f"apps.{identity.APP_ID}.anything",
    "legacy": "legacy.luci",
    "unsigned": "unsigned.anything",
}
"""A method of each."""

ASKS_FOR_LOGIN: Final = "asks for the login"


def rows(first: str) -> list[list[str]]:
    """Return the rows of the manual's table whose first heading is given."""
    chapter = MANUAL.read_text("utf-8").partition("\n## Everything in the API")[2]
    table = chapter.partition(f"| {first} |")[2].partition("\n\n")[0]
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


CODES: Final = {int(row[0]): row[-1] for row in rows("Code")}
"""What the manual says that somebody sees."""


def actions(host: str) -> set[str]:
    """Return the actions that the manual knows of one of the hosts."""
    found, present = set(), ""
    for names, of, *_ in rows("Action"):
        present = present if of == "the same" else of
        if host in present:
            found |= set(re.findall(r"`([^`]+)`", names))
    return found


@pytest.fixture
async def cloud(hass: HomeAssistant, socket_enabled: None) -> AsyncGenerator[HiwifiCloudSimulator]:
    """Return a cloud, with an entry for one of its routers."""
    simulator = HiwifiCloudSimulator(HiwifiCloudOptions(), clock=lambda: 0.0)
    await simulator.start()
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Cloud",
        data={CONF_DEVICE_TYPE: DeviceFamily.HIWIFI_CLOUD, CONF_URL: simulator.url, **ACCOUNT},
        subentries_data=[
            ConfigSubentryData(
                data={CONF_MAC: HALL}, subentry_type="router", title="Hall", unique_id=HALL
            )
        ],
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    yield simulator
    await simulator.stop()


async def nothing(hass: HomeAssistant) -> None:
    """Do nothing more than setting up."""


def action(name: str, **fields: Any) -> Trigger:
    """Make a trigger of an action of Gatehouse."""

    async def trigger(hass: HomeAssistant) -> None:
        """Call the action."""
        await act(hass, name, **fields)

    return trigger


async def several(hass: HomeAssistant) -> None:
    """Call a method of several routers, and ask what came of it."""
    await act(
        hass,
        "hiwifi_call_multi_result",
        **await act(hass, "hiwifi_call_multi", routers="all", **LED_OFF),
    )


TRIGGERS: Final[Mapping[str, Trigger]] = {
    "bind": action("hiwifi_bind", router=HALL, client_id="home"),
    "unbind": action("hiwifi_unbind", router=HALL, client_id=identity.CLIENT_ID),
    "status": nothing,
    "call": nothing,
    "call_multi": several,
    "call_multi_result": several,
}
"""How each action of a server is reached."""


def test_manual_is_complete() -> None:
    """The manual's tables have what the document has."""
    assert actions("openapi.hiwifi.com`, or your server") == {*CLOUD_ACTIONS, CALL}
    assert {*CLOUD_ACTIONS, CALL} == set(TRIGGERS)
    assert actions("client.openapi.hiwifi.com") == {CALL, ROUTER_INFO, *NOT_USED}
    assert actions("not in the document") == NOT_IN_THE_DOCUMENT
    named = {name for row in rows("Namespace") for name in re.findall(r"`(\w+)`", row[0])}
    assert named >= NAMESPACES.keys()
    assert [0, *FRAMEWORK_CODES] == list(CODES)
    assert set(FRAMEWORK_CODES) <= set(Code)


@pytest.mark.parametrize("name", TRIGGERS)
async def test_server(hass: HomeAssistant, cloud: HiwifiCloudSimulator, name: str) -> None:
    """Each action of a server is reached."""
    assert hass.config_entries.async_entries(DOMAIN)[0].state is ConfigEntryState.LOADED
    await TRIGGERS[name](hass)
    assert ("POST", f"/{name}") in cloud.requests


async def log_in(
    hass: HomeAssistant, router: HiwifiSimulator, way: str, login: Mapping[str, str]
) -> ConfigFlowResult:
    """Add a router of which one says what it is, so that nobody else looks at it."""
    field = field_of(router.url, DeviceFamily.HIWIFI)
    menu = await submit(hass, await start_user_flow(hass), field)
    return await submit(hass, await choose(hass, menu, way), login)


async def test_router_signed(hass: HomeAssistant, router: HiwifiSimulator) -> None:
    """A router that is found and logged in to by signed requests answers call and router_info."""
    result = await log_in(hass, router, "by_signature", SIGNATURE)
    assert result["result"].state is ConfigEntryState.LOADED
    assert {CALL, ROUTER_INFO} <= router.lab.counts().keys()
    assert NOT_USED.isdisjoint(router.lab.counts())


async def test_router_by_password(hass: HomeAssistant, router: HiwifiSimulator) -> None:
    """The way with the password takes the pages that are not in the document."""
    result = await log_in(hass, router, "by_password", PASSWORD)
    assert result["result"].state is ConfigEntryState.LOADED
    assert {
        "proxy/call",
        "api/login/login_admin",
        "proxy/router_info",
    } <= router.lab.counts().keys()


@pytest.mark.parametrize("signed", [False, True], ids=["password", "signature"])
@pytest.mark.parametrize("namespace", NAMESPACES)
async def test_namespace(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    namespace: str,
    *,
    signed: bool,
) -> None:
    """A method of any namespace can be called, and the router has the last word on it."""
    await set_up_router(router, signed=signed)
    router.lab.reset_counts()
    answer = await act(hass, "hiwifi_call", method=NAMESPACES[namespace])
    if signed and namespace in {"component", "legacy"}:
        assert answer["code"] == Code.NO_PERMISSION
        return
    assert NAMESPACES[namespace] in router.lab.calls()
    assert answer["code"] == (0 if namespace == "system" else Code.NO_API)


@pytest.mark.parametrize("code", [each for each in FRAMEWORK_CODES if each != Code.ALREADY_BOUND])
async def test_code(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, code: int
) -> None:
    """Whoever switches something that the router refuses sees what the manual says."""
    entry = await set_up_router(router, signed=True)
    router.lab.fail_method("system.led.set_status", code, times=None)
    error = str(await refused(hass, "turn_off", "switch.router_led"))
    quoted = re.findall(r"\"([^\"]+)\"", CODES[code])
    assert any(each in error for each in quoted), error
    await hass.async_block_till_done()
    asked = bool(flows(hass))
    assert asked is (ASKS_FOR_LOGIN in CODES[code])
    assert ("credentials_refused" in entry.data) is asked
    answer = None if asked else await act(hass, "hiwifi_call", **LED_OFF)
    assert answer is None or (answer["ok"], answer["code"]) == (False, code)


@pytest.mark.parametrize(
    "code", [code for code, seen in CODES.items() if "A reading is tried once more" in seen]
)
async def test_tried_once_more(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    code: int,
) -> None:
    """A reading that fails for a moment is not seen to fail."""
    await set_up_router(router, signed=True)
    router.lab.fail_method("wan.get_inet_stat", code)
    router.lab.reset_counts()
    await next_round()
    assert state_of(hass, "binary_sensor.router_internet") == "on"
    assert router.lab.calls()["wan.get_inet_stat"] == 2


async def test_bound_already(hass: HomeAssistant, cloud: HiwifiCloudSimulator) -> None:
    """To bind a client that is bound already is a success, with the secret that there is."""
    response = await act(
        hass, "hiwifi_bind", router=HALL, client_id=identity.CLIENT_ID, return_secret=True
    )
    assert response == {"client_secret": identity.CLIENT_SECRET}
    assert "`hiwifi_bind`: success" in CODES[Code.ALREADY_BOUND]
