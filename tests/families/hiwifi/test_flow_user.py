"""Adding a router by hand, in either way that leads to it directly."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.gatehouse.const import DeviceFamily
from simulators.hiwifi import Cloud, Firmware, HiwifiSimulator
from tests.flow_helpers import created, field_of, start_user_flow, submit

from .conftest import MAC, SIGNATURE, SetUpRouter, StartRouter
from .flow_helpers import PASSWORD, WRONG, choose, find, logins

FIRMWARES = pytest.mark.parametrize("firmware", Firmware)


@FIRMWARES
async def test_by_password(
    hass: HomeAssistant, start_router: StartRouter, firmware: Firmware
) -> None:
    """The password of the web page is all that an owner needs, whatever the firmware."""
    router = await start_router(firmware=firmware)
    menu = await find(hass, router)
    assert menu["description_placeholders"] == {
        "device": router.router.options.traits.board,
        "url": router.url,
    }
    form = await choose(hass, menu, "by_password")
    assert form["step_id"] == "credentials"
    assert form["data_schema"] is not None
    assert list(form["data_schema"].schema) == ["password"]
    assert router.lab.state()["logins"] == 0, "nothing secret is sent before it is entered"

    entry = created(await submit(hass, form, PASSWORD))
    assert entry.unique_id == MAC
    assert entry.data == {
        "device_type": DeviceFamily.HIWIFI,
        "url": router.url,
        "mac": MAC,
        **PASSWORD,
    }
    assert entry.state is ConfigEntryState.LOADED


@FIRMWARES
async def test_by_signature(
    hass: HomeAssistant, start_router: StartRouter, firmware: Firmware
) -> None:
    """Whoever has bound a client signs in with what came of it; no password is sent."""
    router = await start_router(firmware=firmware)
    form = await choose(hass, await find(hass, router), "by_signature")
    assert form["step_id"] == "credentials_signed"

    entry = created(await submit(hass, form, SIGNATURE))
    assert entry.unique_id == MAC
    assert entry.data["device_type"] == DeviceFamily.HIWIFI_SIGNED
    assert entry.data["client_secret"] == SIGNATURE["client_secret"]
    assert entry.state is ConfigEntryState.LOADED
    assert router.lab.state()["logins"] == 0


async def test_wrong_password(hass: HomeAssistant, router: HiwifiSimulator) -> None:
    """A wrong password is named, tried once, and can be corrected."""
    form = await choose(hass, await find(hass, router), "by_password")
    form = await submit(hass, form, WRONG)
    assert form["errors"] == {"base": "invalid_auth"}
    assert logins(router) == 1
    created(await submit(hass, form, PASSWORD))


async def test_lock_out_near(hass: HomeAssistant, start_router: StartRouter) -> None:
    """The router is not locked out for its owner: the last tries are left alone."""
    router = await start_router(max_failed_logins=2)
    form = await choose(hass, await find(hass, router), "by_password")
    for _ in range(4):
        form = await submit(hass, form, WRONG)
        assert form["type"] is FlowResultType.FORM
    assert router.lab.state()["refused_logins"] < 2
    assert router.lab.state()["locked_for"] == 0


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_secret": "another"}, "invalid_auth"),
        ({"client_id": "nobody"}, "binding_lost"),
    ],
)
async def test_wrong_signature(
    hass: HomeAssistant, router: HiwifiSimulator, wrong: dict[str, str], error: str
) -> None:
    """A wrong secret is told from a client that the router does not know."""
    form = await choose(hass, await find(hass, router), "by_signature")
    form = await submit(hass, form, {**SIGNATURE, **wrong})
    assert form["step_id"] == "credentials_signed"
    assert form["errors"] == {"base": error}
    created(await submit(hass, form, SIGNATURE))


@pytest.mark.parametrize("cloud", [Cloud.BAD_GATEWAY, Cloud.GATEWAY_TIMEOUT, Cloud.PAGE])
async def test_other_kind_of_device(
    hass: HomeAssistant, cloud: Cloud, router: HiwifiSimulator
) -> None:
    """A router is told from a modem, and found by its kind too."""
    router.lab.set_options(cloud=cloud)
    form = await submit(hass, await start_user_flow(hass), field_of(router.url, "hilink"))
    assert form["errors"] == {"base": "not_recognized"}
    form = await submit(hass, form, field_of(router.url, "hiwifi"))
    assert form["step_id"] == "way"


async def test_already_configured(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A router has one entry, whichever way leads to it."""
    await set_up_router(router, signed=True)
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
