"""Actions of a cloud: one router or several at once, and clients of their own."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.gatehouse.clients.hiwifi.openapi_client import OpenApiClient
from custom_components.gatehouse.connection import create_session
from custom_components.gatehouse.const import DOMAIN
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, HiwifiOptions, HiwifiSimulator, identity
from tests.families.gl_s20.action_helpers import act, failure, refusal
from tests.families.hiwifi.conftest import router_data
from tests.flow_helpers import flows

from .conftest import ATTIC, BARN, HALL, SetUpCloud, dev_id

type NextRound = Callable[..., Awaitable[None]]

LED_OFF: dict[str, Any] = {"method": "system.led.set_status", "data": {"status": 0}}


def led(cloud: HiwifiCloudSimulator, mac: str) -> bool:
    """Tell whether the lights of a router are on."""
    found: bool = cloud.lab.state()["routers"][dev_id(mac)]["led"]
    return found


def bound(cloud: HiwifiCloudSimulator, mac: str) -> list[str]:
    """Return who may call a router."""
    found: list[str] = cloud.lab.state()["routers"][dev_id(mac)]["bindings"]
    return found


async def set_up_direct(hass: HomeAssistant, simulator: HiwifiSimulator) -> MockConfigEntry:
    """Set up an entry for a router that is reached directly."""
    entry = MockConfigEntry(domain=DOMAIN, title="Direct", data=router_data(simulator))
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def test_call(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """A single router is called at once, whichever it is."""
    await set_up_cloud(cloud)
    answer = await act(hass, "hiwifi_call", router=dev_id(ATTIC), **LED_OFF)
    assert (answer["ok"], answer["code"], answer["transport"]) == (True, 0, "openapi_server")
    assert (led(cloud, HALL), led(cloud, ATTIC)) == (True, False)
    answer = await act(hass, "hiwifi_call", router=ATTIC, method="system.nothing.at_all")
    assert (answer["ok"], answer["code"]) == (False, 100004)
    key, _ = await failure(hass, "hiwifi_call", router=BARN, **LED_OFF)
    assert key == "cannot_connect"


async def test_call_of_the_only_router(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Where there is but one router, nobody need name it."""
    entry = await set_up_cloud(cloud, {"Hall": HALL})
    assert (await act(hass, "hiwifi_call", **LED_OFF))["ok"]
    assert not led(cloud, HALL)
    await hass.config_entries.async_remove(entry.entry_id)
    await set_up_cloud(cloud)
    key, text = await refusal(hass, "hiwifi_call", **LED_OFF)
    assert key == "router_not_named"
    assert "3 routers" in text
    key, _ = await refusal(hass, "hiwifi_call", router="hall", **LED_OFF)
    assert key == "invalid_mac"


async def test_direct_router_leads_nowhere_else(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """An action that both kinds have goes to the one that is meant, with its fields only."""
    entry = await set_up_cloud(cloud)
    simulator = HiwifiSimulator(HiwifiOptions(), clock=lambda: 0.0)
    await simulator.start()
    direct = await set_up_direct(hass, simulator)
    key, _ = await refusal(hass, "hiwifi_call", router=HALL, **LED_OFF)
    assert key == "device_not_named"
    key, text = await refusal(
        hass, "hiwifi_call", config_entry_id=direct.entry_id, router=HALL, **LED_OFF
    )
    assert key == "field_not_taken"
    assert "router" in text
    answer = await act(hass, "hiwifi_call", config_entry_id=direct.entry_id, **LED_OFF)
    assert answer["transport"] == "router_admin"
    assert led(cloud, HALL)
    key, _ = await refusal(
        hass, "hiwifi_bind", config_entry_id=direct.entry_id, router=HALL, client_id="home"
    )
    assert key == "action_of_another_family"
    answer = await act(hass, "hiwifi_call", config_entry_id=entry.entry_id, router=HALL, **LED_OFF)
    assert not led(cloud, HALL)
    assert await hass.config_entries.async_unload(direct.entry_id)
    await simulator.stop()


@pytest.mark.parametrize("action", ["hiwifi_call", "hiwifi_call_multi"])
async def test_dangerous(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud, action: str
) -> None:
    """What can do harm is called only where the owner has allowed it."""
    entry = await set_up_cloud(cloud, {"Hall": HALL})
    fields: dict[str, Any] = {
        "method": "system.reset",
        **({"routers": "all"} if "multi" in action else {}),
    }
    cloud.requests.clear()
    key, text = await refusal(hass, action, **fields)
    assert key == "dangerous_method"
    assert "system.reset" in text
    assert cloud.requests == []
    hass.config_entries.async_update_entry(entry, options={"dangerous_methods": True})
    await hass.async_block_till_done()
    cloud.requests.clear()
    await act(hass, action, **fields)
    assert cloud.requests


async def test_stored_for_offline(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """A call waits for routers that are offline; what came of it is told when they are back."""
    await set_up_cloud(cloud)
    asked = await act(hass, "hiwifi_call_multi", routers=[HALL, dev_id(BARN)], **LED_OFF)
    assert await act(hass, "hiwifi_call_multi_result", **asked) == {"results": []}
    cloud.lab.advance(2)
    (result,) = (await act(hass, "hiwifi_call_multi_result", **asked))["results"]
    assert (result["router"], result["name"], result["ok"]) == (HALL, "Hall", True)
    assert (led(cloud, HALL), led(cloud, ATTIC), led(cloud, BARN)) == (False, True, True)

    cloud.lab.set_online(dev_id(BARN), online=True)
    cloud.lab.advance(2)
    results = (await act(hass, "hiwifi_call_multi_result", **asked))["results"]
    assert {each["name"] for each in results} == {"Hall", "Barn"}
    assert not led(cloud, BARN)

    cloud.lab.advance(86400)
    key, _ = await refusal(hass, "hiwifi_call_multi_result", **asked)
    assert key == "request_not_known"


async def test_skip_offline(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Whoever is away is left out at somebody's wish; all means those not added here too."""
    await set_up_cloud(cloud, {"Hall": HALL})
    asked = await act(hass, "hiwifi_call_multi", routers="all", skip_offline=True, **LED_OFF)
    cloud.lab.advance(2)
    cloud.lab.set_online(dev_id(BARN), online=True)
    cloud.lab.advance(2)
    results = (await act(hass, "hiwifi_call_multi_result", **asked))["results"]
    assert {(each["router"], each["name"]) for each in results} == {(HALL, "Hall"), (ATTIC, None)}
    assert led(cloud, BARN)


async def test_refusing_routers(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Each router has a code of its own."""
    await set_up_cloud(cloud)
    asked = await act(hass, "hiwifi_call_multi", routers=[HALL], method="system.nothing")
    cloud.lab.advance(2)
    (result,) = (await act(hass, "hiwifi_call_multi_result", **asked))["results"]
    assert (result["ok"], result["code"]) == (False, 100004)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"routers": []}, "no_routers"),
        ({"routers": ["all", HALL]}, "invalid_mac"),
        ({"routers": "hall"}, "invalid_mac"),
        ({"method": "reboot"}, "invalid_method"),
        ({"version": "auto"}, "unknown_choice"),
        ({"timeout": 0}, "invalid_timeout"),
        ({"timeout": 86401}, "invalid_timeout"),
    ],
)
async def test_nonsense(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    fields: dict[str, Any],
    expected: str,
) -> None:
    """What cannot be right is said before anything is sent."""
    await set_up_cloud(cloud)
    cloud.requests.clear()
    key, _ = await refusal(hass, "hiwifi_call_multi", **{"routers": "all", **LED_OFF, **fields})
    assert key == expected
    assert cloud.requests == []


async def test_bind_and_unbind(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A client is bound with permissions, and its secret is told to who asks for it."""
    entry = await set_up_cloud(cloud)
    client: dict[str, Any] = {"router": HALL, "client_id": "home"}
    before = dict(entry.data)
    response = await act(hass, "hiwifi_bind", **client, permissions=["system.led.*"])
    assert response == {}
    assert f"{identity.APP_ID}/home" in bound(cloud, HALL)

    response = await act(hass, "hiwifi_bind", **client, return_secret=True)
    secret = response["client_secret"]
    assert secret not in caplog.text
    assert entry.data == before
    session = create_session(hass, verify_ssl=True)
    channel = OpenApiClient(
        session,
        URL(cloud.url),
        app_id=identity.APP_ID,
        app_name=identity.APP_NAME,
        client_id="home",
        client_secret=secret,
        mac=HALL,
    )
    assert await channel.online()
    session.detach()

    await act(hass, "hiwifi_unbind", **client)
    assert f"{identity.APP_ID}/home" not in bound(cloud, HALL)
    key, _ = await refusal(hass, "hiwifi_unbind", **client)
    assert key == "client_not_bound"
    assert entry.state is ConfigEntryState.LOADED
    assert not flows(hass), "the account's own secret is as good as before"


async def test_bound_already(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """A client that is bound keeps its secret."""
    await set_up_cloud(cloud)
    response = await act(
        hass, "hiwifi_bind", router=HALL, client_id=identity.CLIENT_ID, return_secret=True
    )
    assert response == {"client_secret": identity.CLIENT_SECRET}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"permissions": ["utils.*"]}, "binding_refused"),
        ({"router": "d4:ee:07:ff:ff:ff"}, "binding_refused"),
        ({"router": BARN}, "cannot_connect"),
    ],
)
async def test_bind_refused(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    fields: dict[str, Any],
    expected: str,
) -> None:
    """The plug-in has fewer permissions, the router no plug-in, or no connection."""
    await set_up_cloud(cloud)
    key, _ = await failure(hass, "hiwifi_bind", **{"router": HALL, "client_id": "home", **fields})
    assert key == expected


async def test_bind_without_answer(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Nobody knows whether the client is bound; it is not tried again by itself."""
    await set_up_cloud(cloud)
    cloud.requests.clear()
    cloud.lab.break_replies("bind", FaultKind.DROP)
    key, _ = await failure(hass, "hiwifi_bind", router=HALL, client_id="home")
    assert key == "outcome_unknown"
    assert [path for _, path in cloud.requests] == ["/bind"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"client_id": "../root"}, "invalid_client_id"),
        ({"client_id": ""}, "invalid_client_id"),
        ({"permissions": ["*"]}, "invalid_permission"),
        ({"permissions": ["system.*.led"]}, "invalid_permission"),
        ({"router": "hall"}, "invalid_mac"),
    ],
)
async def test_bind_nonsense(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    fields: dict[str, Any],
    expected: str,
) -> None:
    """A client's name becomes that of a folder on the router."""
    await set_up_cloud(cloud)
    key, _ = await refusal(hass, "hiwifi_bind", **{"router": HALL, "client_id": "home", **fields})
    assert key == expected


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("hiwifi_call", {"router": HALL, **LED_OFF}),
        ("hiwifi_call_multi", {"routers": "all", **LED_OFF}),
        ("hiwifi_call_multi_result", {"request_id": "1"}),
        ("hiwifi_bind", {"router": HALL, "client_id": "home"}),
        ("hiwifi_unbind", {"router": HALL, "client_id": "home"}),
    ],
)
async def test_for_administrators(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    hass_read_only_user: User,
    action: str,
    fields: dict[str, Any],
) -> None:
    """Nobody else calls methods or hands out secrets."""
    await set_up_cloud(cloud)
    with pytest.raises(Unauthorized):
        await act(hass, action, context=Context(user_id=hass_read_only_user.id), **fields)
    assert led(cloud, HALL)


async def test_secret_refused_meanwhile(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """An account that is refused is asked for anew."""
    await set_up_cloud(cloud)
    cloud.lab.set_options(app_secret="changed-2026")
    key, _ = await failure(hass, "hiwifi_call_multi", routers="all", **LED_OFF)
    assert key == "invalid_auth"
    await hass.async_block_till_done()
    assert len(flows(hass)) == 1
