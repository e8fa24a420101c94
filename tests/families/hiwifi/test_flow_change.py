"""A router that was reset, that has another password or another address, or another way to it."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.gatehouse.const import DeviceFamily
from simulators.hiwifi import HiwifiSimulator
from tests.flow_helpers import TEXTS, checked, field_of, flows, submit, suggested

from .conftest import SIGNATURE, SetUpRouter, StartRouter
from .flow_helpers import PASSWORD, choose, logins

type NextRound = Callable[..., Awaitable[None]]


async def test_password_changed(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """The entry asks for the new password, and does not try the old one again."""
    entry = await set_up_router(router)
    router.lab.set_options(admin_password="changed")
    router.lab.expire_sessions()
    await next_round()
    before = logins(router)
    await next_round()
    (flow,) = flows(hass)
    assert flow["context"]["source"] == SOURCE_REAUTH
    form = await submit(hass, flow, None)
    assert form["step_id"] == "reauth_confirm"
    assert logins(router) == before

    result = await submit(hass, form, {"password": "changed"})
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_router_reset(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """After a reset the owner is told to bind the client again, not that a password is wrong."""
    entry = await set_up_router(router, signed=True)
    router.lab.reset_binding()
    await next_round()
    assert entry.data["credentials_refused"] == "binding_lost"
    (flow,) = flows(hass)
    form = await submit(hass, flow, None)
    assert form["step_id"] == "reauth_confirm_signed"
    assert "client_secret" not in suggested(form)

    form = await submit(hass, form, SIGNATURE)
    assert form["errors"] == {"base": "binding_lost"}
    secret = router.lab.bind(str(SIGNATURE["app_id"]), "again", ["system.*", "wan.*"])
    result = await submit(hass, form, {**SIGNATURE, "client_id": "again", "client_secret": secret})
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("signed", [False, True])
async def test_another_way(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """An owner may change from one way to the other; entities and name stay."""
    entry = await set_up_router(router, signed=signed)
    form = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    assert suggested(form)["device_type"] == "hiwifi"
    menu = await submit(hass, form, field_of(router.url, "hiwifi"))
    assert menu["menu_options"] == ["by_password", "by_signature"]
    if signed:
        form = await choose(hass, menu, "by_password")
        assert form["step_id"] == "reconfigure_credentials"
        result = await submit(hass, form, PASSWORD)
    else:
        form = await choose(hass, menu, "by_signature")
        assert form["step_id"] == "reconfigure_credentials_signed"
        result = await submit(hass, form, SIGNATURE)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["device_type"] == (
        DeviceFamily.HIWIFI if signed else DeviceFamily.HIWIFI_SIGNED
    )
    assert ("password" in entry.data) is signed
    assert ("client_secret" in entry.data) is not signed
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("signed", [False, True])
async def test_secret_is_kept(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """Whoever changes the address only leaves the secret empty."""
    entry = await set_up_router(router, signed=signed)
    known = dict(entry.data)
    form = await entry.start_reconfigure_flow(hass)
    menu = await submit(hass, form, field_of(router.url))
    form = await choose(hass, menu, "by_signature" if signed else "by_password")
    assert not {"password", "client_secret"} & suggested(form).keys()
    fields = {**SIGNATURE, "client_secret": ""} if signed else {"password": ""}
    result = await submit(hass, form, fields)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == known


async def test_another_router(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
) -> None:
    """An entry does not become that of another router."""
    entry = await set_up_router(router)
    other = await start_router(mac="D4EE07A05301")
    form = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, form, field_of(other.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert logins(other) == 0
