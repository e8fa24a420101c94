"""Adding a cloud by hand, by its address or on the way to a router."""

from aiohttp import ClientTimeout
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from yarl import URL

from custom_components.gatehouse.clients import transport
from custom_components.gatehouse.const import DeviceFamily
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, HiwifiOptions, HiwifiSimulator
from tests.flow_helpers import created, field_of, start_user_flow, submit

from .conftest import ACCOUNT, UNIQUE_ID, SetUpCloud
from .flow_helpers import WRONG, find


@pytest.mark.parametrize("device_type", ["auto", "hiwifi_cloud"])
async def test_by_address(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, device_type: str
) -> None:
    """A cloud is known by how it refuses; the account is tested before the entry is made."""
    form = await find(hass, cloud, device_type)
    assert form["description_placeholders"] == {"device": "HiWiFi cloud", "url": cloud.url}
    entry = created(await submit(hass, form, ACCOUNT))

    assert entry.title == "HiWiFi cloud"
    assert entry.unique_id == UNIQUE_ID
    assert entry.data == {
        "device_type": DeviceFamily.HIWIFI_CLOUD,
        "url": cloud.url,
        **ACCOUNT,
    }
    assert entry.supported_subentry_types == {"router": {"supports_reconfigure": False}}
    assert entry.state is ConfigEntryState.LOADED
    state = hass.states.get("sensor.hiwifi_cloud_routers")
    assert state is not None
    assert state.state == "0"


@pytest.mark.parametrize("change", [{"app_secret": "wrong"}, {"app_id": "0"}])
async def test_wrong_account(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, change: dict[str, str]
) -> None:
    """What is wrong is said, and can be corrected."""
    form = await submit(hass, await find(hass, cloud), {**ACCOUNT, **change})
    assert form["step_id"] == "credentials_cloud"
    assert form["errors"] == {"base": "invalid_auth"}
    created(await submit(hass, form, ACCOUNT))


async def test_on_the_way_to_a_router(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, socket_enabled: None
) -> None:
    """Whoever chooses the cloud in the menu of a router enters where that is."""
    router = HiwifiSimulator(HiwifiOptions(), clock=lambda: 0.0)
    await router.start()
    menu = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["by_password", "by_signature", "by_cloud"]
    form = await submit(hass, menu, {"next_step_id": "by_cloud"})
    assert form["step_id"] == "user"
    await router.stop()

    form = await submit(hass, form, field_of(cloud.url, "hiwifi_cloud"))
    entry = created(await submit(hass, form, ACCOUNT))
    assert entry.unique_id == UNIQUE_ID
    assert entry.data["url"] == cloud.url
    assert "mac" not in entry.data


async def test_router_is_no_cloud(hass: HomeAssistant, socket_enabled: None) -> None:
    """A router that answers bound clients is not taken for a cloud."""
    router = HiwifiSimulator(HiwifiOptions(), clock=lambda: 0.0)
    await router.start()
    form = await submit(hass, await start_user_flow(hass), field_of(router.url, "hiwifi_cloud"))
    assert form["step_id"] == "user"
    assert form["errors"] == {"base": "not_recognized"}
    await router.stop()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.HTML, "not_recognized"),
        (FaultKind.GARBAGE, "not_recognized"),
        (FaultKind.EMPTY, "not_recognized"),
        (FaultKind.DROP, "cannot_connect"),
    ],
)
async def test_dead_at_first(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, kind: FaultKind, error: str
) -> None:
    """Whatever stands where the cloud was is told apart from it."""
    cloud.lab.break_replies("*", kind, times=None)
    form = await start_user_flow(hass)
    form = await submit(hass, form, field_of(cloud.url, "hiwifi_cloud"))
    assert form["errors"] == {"base": error}
    cloud.lab.repair()
    form = await submit(hass, form, field_of(cloud.url, "hiwifi_cloud"))
    assert form["step_id"] == "credentials_cloud"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.HTML, "invalid_reply"),
        (FaultKind.TIMEOUT, "cannot_connect"),
        (FaultKind.DROP, "cannot_connect"),
    ],
)
async def test_dead_at_the_login(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    monkeypatch: pytest.MonkeyPatch,
    kind: FaultKind,
    error: str,
) -> None:
    """Nothing is created that was not tested."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.2))
    form = await find(hass, cloud)
    cloud.lab.break_replies("status", kind)
    form = await submit(hass, form, ACCOUNT)
    assert form["errors"] == {"base": error}
    created(await submit(hass, form, ACCOUNT))


async def test_refused_for_another_reason(hass: HomeAssistant, cloud: HiwifiCloudSimulator) -> None:
    """An error of the cloud is no proof of the secret."""
    form = await find(hass, cloud)
    cloud.lab.break_replies("status", FaultKind.ERROR, code=100001)
    form = await submit(hass, form, WRONG)
    assert form["errors"] == {"base": "command_refused"}
    cloud.lab.break_replies("status", FaultKind.ERROR, code=100018)
    form = await submit(hass, form, WRONG)
    assert form["errors"] == {"base": "not_supported"}


async def test_same_account_at_another_address(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """An account that is known follows the cloud instead of being there twice."""
    entry = await set_up_cloud(cloud, {})
    other = str(URL(cloud.url).with_host("localhost"))
    hass.config_entries.async_update_entry(entry, data={**entry.data, "url": other})
    await hass.async_block_till_done()

    result = await submit(hass, await find(hass, cloud), ACCOUNT)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert entry.data["url"] == cloud.url
