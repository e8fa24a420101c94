"""A cloud that refuses the secret, that moves, or whose account is changed."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from simulators.hiwifi import HiwifiCloudSimulator
from tests.flow_helpers import TEXTS, checked, field_of, flows, submit, suggested

from .conftest import ACCOUNT, SetUpCloud, StartCloud
from .flow_helpers import WRONG

type NextRound = Callable[..., Awaitable[None]]


async def test_new_secret(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """A refused secret is not sent again before the owner has given a new one."""
    entry = await set_up_cloud(cloud)
    routers = dict(entry.subentries)
    cloud.lab.set_options(app_secret="changed-2026")
    await next_round()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    cloud.requests.clear()
    await next_round()
    await hass.config_entries.async_reload(entry.entry_id)
    assert cloud.requests == []

    (flow,) = flows(hass)
    assert flow["context"]["source"] == SOURCE_REAUTH
    form = await submit(hass, flow, None)
    assert form["step_id"] == "reauth_confirm_cloud"
    assert "app_secret" not in suggested(form)
    form = await submit(hass, form, WRONG)
    assert form["errors"] == {"base": "invalid_auth"}
    result = await submit(hass, form, {**ACCOUNT, "app_secret": "changed-2026"})
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert entry.subentries == routers


async def test_secret_refused_at_the_start(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """With routers or without, a wrong secret is noticed when the entry is set up."""
    entry = await set_up_cloud(cloud, {}, app_secret="wrong")
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert [flow["context"]["source"] for flow in flows(hass)] == [SOURCE_REAUTH]


async def test_move(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    start_cloud: StartCloud,
    set_up_cloud: SetUpCloud,
) -> None:
    """A cloud may get another address; the secret need not be entered again."""
    entry = await set_up_cloud(cloud)
    moved = await start_cloud()
    form = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    assert suggested(form) == {"host": cloud.url, "device_type": "hiwifi_cloud"}
    form = await submit(hass, form, field_of(moved.url, "hiwifi_cloud"))
    assert form["step_id"] == "reconfigure_credentials_cloud"
    result = await submit(hass, form, {**ACCOUNT, "app_secret": ""})
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == moved.url
    assert entry.data["app_secret"] == ACCOUNT["app_secret"]
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("routers", [{}, {"Hall": "d4:ee:07:a0:52:01"}])
async def test_another_account(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    start_cloud: StartCloud,
    set_up_cloud: SetUpCloud,
    routers: dict[str, str],
) -> None:
    """Another plug-in's account is another device."""
    entry = await set_up_cloud(cloud, routers)
    other = await start_cloud(app_id="999")
    form = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    form = await submit(hass, form, field_of(other.url, "hiwifi_cloud"))
    result = await submit(hass, form, {**ACCOUNT, "app_id": "999"})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert entry.data["url"] == cloud.url
