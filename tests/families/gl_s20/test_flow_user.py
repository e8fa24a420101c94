"""Adding a GL-S20 by hand."""

import logging

from aiohttp.test_utils import unused_port
from homeassistant.config_entries import SOURCE_IGNORE, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.clients.gl_s20 import login
from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from tests.flow_helpers import created, field_of, find, start_user_flow, submit, suggested

from .conftest import MAC, SetUpRouter, StartRouter
from .flow_helpers import CREDENTIALS, WRONG, add_router, become_another, logins


@pytest.mark.parametrize("device_type", ["auto", "gl_s20"])
@pytest.mark.parametrize("share", [True, False])
async def test_create(
    hass: HomeAssistant, router: GlS20Simulator, device_type: str, *, share: bool
) -> None:
    """An address and a password are all it takes; the consent becomes an option."""
    result = await submit(hass, await start_user_flow(hass), field_of(router.url, device_type))
    assert result["step_id"] == "credentials"
    assert result["errors"] == {}
    assert result["description_placeholders"] == {"device": "GL-S20", "url": router.url}
    own = [path for _, path in router.requests if path.startswith("/ui/")]
    assert own == ["/ui/check_initialized"]

    entry = created(await submit(hass, result, {**CREDENTIALS, "share_network": share}))
    assert entry.title == "GL-S20"
    assert entry.unique_id == "94:83:c4:a0:51:a2"
    assert entry.data == {
        "device_type": "gl_s20",
        "url": router.url,
        "password": "gatehouse-2026",
    }
    assert entry.options == {"share_network": share}
    assert entry.state is ConfigEntryState.LOADED
    assert router.lab.state()["sessions"] == 1, "the wizard has logged out"


async def test_wrong_password(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """Each press of the button makes one attempt, of two answers in case a nonce was lost."""
    result = await find(hass, router)
    for count in (2, 4):
        result = await submit(hass, result, WRONG)
        assert result["step_id"] == "credentials"
        assert result["errors"] == {"base": "invalid_auth"}
        assert suggested(result) == {"share_network": True}
        assert logins(router) == count
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.data["password"] == "gatehouse-2026"
    assert entry.state is ConfigEntryState.LOADED


async def test_network_too_slow_for_the_login(
    hass: HomeAssistant, router: GlS20Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nonce that has expired on the way does not make the password wrong."""
    result = await find(hass, router)
    router.lab.set_options(nonce_seconds=-1, latency_seconds=0.01)
    monkeypatch.setattr(login, "_SURELY_FRESH", 0.005)
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "cannot_connect"}
    assert logins(router) == 3
    router.lab.set_options(nonce_seconds=2, latency_seconds=0)
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("kind", "error"), [("drop", "cannot_connect"), ("html", "not_recognized")]
)
async def test_router_has_a_bad_day(
    hass: HomeAssistant, router: GlS20Simulator, kind: str, error: str
) -> None:
    """Without the device at its place no password is sent; the form works as soon as it is back."""
    result = await find(hass, router)
    router.lab.break_replies("*", kind, None)
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": error}
    assert logins(router) == 0
    router.lab.repair()
    assert created(await submit(hass, result, CREDENTIALS)).state is ConfigEntryState.LOADED


async def test_another_unit_takes_the_address(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A password is for the unit that was found; another one does not get to see it."""
    result = await find(hass, router)
    become_another(router)
    result = await submit(hass, result, CREDENTIALS)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert logins(router) == 0


@pytest.mark.parametrize("state", ["loaded", "waiting"])
async def test_known_device_at_a_new_address(
    hass: HomeAssistant,
    router: GlS20Simulator,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    state: str,
) -> None:
    """A unit that has an entry tells so at once: its entry goes there, nobody is asked."""
    old = await start_router()
    if state == "waiting":
        await old.stop()
    entry = await set_up_router(old)
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert entry.data["url"] == router.url
    assert entry.data["password"] == "gatehouse-2026"
    assert entry.state is ConfigEntryState.LOADED
    assert logins(router) == 1, "by a single reload"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_known_device_at_its_address(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """The same address again leads to nothing."""
    entry = add_router(hass, router)
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_ignored_device(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """Whoever ignored a discovery can still add the device by hand."""
    ignored = MockConfigEntry(domain=DOMAIN, unique_id=MAC, source=SOURCE_IGNORE)
    ignored.add_to_hass(hass)
    result = await find(hass, router)
    assert ignored.data == {}
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == MAC
    assert entry.state is ConfigEntryState.LOADED
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_bluetooth_firmware(hass: HomeAssistant, start_router: StartRouter) -> None:
    """A unit with the other firmware is told apart, and what to do about it is said."""
    router = await start_router(firmware_category="2b")
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "not_thread_firmware"
    assert logins(router) == 0


async def test_sibling(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A product whose name only begins the same is not taken for a GL-S20."""
    router.lab.set_field("ui/check_initialized", "model", "GL-S200")
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["reason"] == "other_gl_inet"


@pytest.mark.usefixtures("socket_enabled")
async def test_nothing_answers(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A wrong address can be put right."""
    address = f"127.0.0.1:{unused_port()}"
    result = await submit(hass, await start_user_flow(hass), field_of(address, "gl_s20"))
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "cannot_connect"}
    result = await submit(hass, result, field_of(router.url, "gl_s20"))
    assert created(await submit(hass, result, CREDENTIALS)).state is ConfigEntryState.LOADED


async def test_nothing_secret_is_logged(
    hass: HomeAssistant, router: GlS20Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """However much is logged, the passwords typed here are not."""
    caplog.set_level(logging.DEBUG)
    result = await submit(hass, await find(hass, router), {**WRONG, "password": "mistyped-2026"})
    created(await submit(hass, result, CREDENTIALS))
    assert "custom_components.gatehouse" in caplog.text
    assert "mistyped-2026" not in caplog.text
    assert "gatehouse-2026" not in caplog.text


async def test_through_the_web_interface(
    hass: HomeAssistant, router: GlS20Simulator, hass_client: ClientSessionGenerator
) -> None:
    """The forms survive the way to the browser."""
    await async_setup_component(hass, "config", {})
    client = await hass_client()
    flow_url = "/api/config/config_entries/flow"
    form = await (await client.post(flow_url, json={"handler": DOMAIN})).json()
    flow_url += f"/{form['flow_id']}"
    form = await (await client.post(flow_url, json=field_of(router.url))).json()
    password, share = form["data_schema"]
    assert password["name"] == "password"
    assert password["required"]
    assert password["selector"]["text"]["type"] == "password"
    assert share["name"] == "share_network"
    assert share["default"] is True
    outcome = await (await client.post(flow_url, json={"password": router.password})).json()
    assert outcome["type"] == "create_entry"
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.options == {"share_network": True}
    assert entry.state is ConfigEntryState.LOADED
