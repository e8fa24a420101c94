"""Adding an SMS gateway by hand."""

import logging
from pathlib import Path

from aiohttp.test_utils import unused_port
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from simulators.openvox import OpenVoxSimulator
from tests.flow_helpers import created, field_of, find, start_user_flow, submit, suggested
from tests.tls import served_by_https

from .conftest import StartGateway, add_gateway
from .flow_helpers import CREDENTIALS, WRONG, logins


@pytest.mark.parametrize("device_type", ["auto", "openvox"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"prefix": "/api"},
        {"prefix": "/api/v1"},
        {"prefix": "/index.php", "unknown_path_status": 200},
        {"prefix": "/v1", "unknown_path_status": 302},
        {"expired_token": "code", "token_code": 5001, "token_message": "请先登录"},
    ],
    ids=str,
)
async def test_create(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    device_type: str,
    options: dict[str, object],
) -> None:
    """Wherever below its address the gateway answers, that is found before any login."""
    gateway = await start_gateway(**options)
    result = await submit(hass, await start_user_flow(hass), field_of(gateway.url, device_type))
    assert result["step_id"] == "credentials"
    assert result["errors"] == {}
    assert result["description_placeholders"] == {"device": "SMS gateway", "url": gateway.url}
    assert logins(gateway) == 0

    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.title == "SMS gateway"
    assert entry.unique_id is None
    assert entry.data == {
        "device_type": "openvox",
        "url": gateway.url,
        "path_prefix": options.get("prefix", ""),
        "username": "admin",
        "password": "gatehouse-sms",
        "verify_ssl": False,
    }
    assert entry.options == {}
    assert entry.state is ConfigEntryState.LOADED
    state = gateway.lab.state()
    assert state["stray_passwords"] == 0
    assert state["refused_logins"] == 0
    assert state["tokens"] == 1, "the wizard has logged out"


async def test_wrong_password(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Each press of the button sends the password once."""
    result = await find(hass, gateway)
    for count in (1, 2):
        result = await submit(hass, result, WRONG)
        assert result["step_id"] == "credentials"
        assert result["errors"] == {"base": "invalid_auth"}
        assert suggested(result) == {"username": "admin", "verify_ssl": False}
        assert logins(gateway) == count
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("kind", "error"),
    [("drop", "cannot_connect"), ("html", "invalid_reply"), ("garbage", "invalid_reply")],
)
async def test_gateway_has_a_bad_day(
    hass: HomeAssistant, gateway: OpenVoxSimulator, kind: str, error: str
) -> None:
    """The form says what is wrong and works as soon as that has passed."""
    result = await find(hass, gateway)
    gateway.lab.break_replies("*", kind, None)
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": error}
    gateway.lab.repair()
    assert created(await submit(hass, result, CREDENTIALS)).state is ConfigEntryState.LOADED


async def test_somebody_else_keeps_logging_in(
    hass: HomeAssistant, gateway: OpenVoxSimulator
) -> None:
    """It is not the password that is wrong, then."""
    result = await find(hass, gateway)
    gateway.lab.steal_tokens(logins=2)
    result = await submit(hass, result, CREDENTIALS)
    assert result["errors"] == {"base": "session_conflict"}
    assert created(await submit(hass, result, CREDENTIALS)).state is ConfigEntryState.LOADED


@pytest.mark.usefixtures("socket_enabled")
async def test_nothing_answers(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A wrong address can be put right."""
    address = f"127.0.0.1:{unused_port()}"
    result = await submit(hass, await start_user_flow(hass), field_of(address, "openvox"))
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "cannot_connect"}
    result = await submit(hass, result, field_of(gateway.url, "openvox"))
    assert created(await submit(hass, result, CREDENTIALS)).state is ConfigEntryState.LOADED


async def test_where_no_path_leads_to_a_gateway(
    hass: HomeAssistant, start_gateway: StartGateway
) -> None:
    """Something that has a page but not these paths is no gateway, and is sent no password."""
    gateway = await start_gateway(prefix="/elsewhere", unknown_path_status=200)
    result = await submit(hass, await start_user_flow(hass), field_of(gateway.url, "openvox"))
    assert result["errors"] == {"base": "not_recognized"}
    assert gateway.lab.state()["stray_passwords"] == 0


async def test_certificate_that_nobody_vouches_for(
    hass: HomeAssistant, gateway: OpenVoxSimulator, tmp_path: Path
) -> None:
    """That is what gateways have: it is accepted unless the owner wants it checked."""
    async with served_by_https(hass, gateway, tmp_path) as url:
        result = await submit(hass, await start_user_flow(hass), field_of(url))
        result = await submit(hass, result, {**CREDENTIALS, "verify_ssl": True})
        assert result["errors"] == {"base": "certificate_not_trusted"}
        assert suggested(result)["verify_ssl"] is True
        assert logins(gateway) == 0
        entry = created(
            await submit(hass, result, {"username": "admin", "password": gateway.password})
        )
        assert entry.data["url"] == url
        assert entry.data["verify_ssl"] is False
        assert entry.state is ConfigEntryState.LOADED
        assert hass.states.get("sensor.sms_gateway_idle_channels")
        await hass.config_entries.async_unload(entry.entry_id)


async def test_known_address(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """The same address again leads to nothing."""
    entry = add_gateway(hass, gateway)
    result = await submit(hass, await start_user_flow(hass), field_of(gateway.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_known_address_with_tls(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Also by http it is the gateway that the entry reaches by https."""
    entry = add_gateway(hass, gateway, url=gateway.url.replace("http:", "https:"))
    result = await submit(hass, await find(hass, gateway), CREDENTIALS)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_two_wizards(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Whoever is second gets no second entry, though nothing tells which gateway it is."""
    first, second = await find(hass, gateway), await find(hass, gateway)
    entry = created(await submit(hass, first, CREDENTIALS))
    result = await submit(hass, second, CREDENTIALS)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_two_gateways(
    hass: HomeAssistant, gateway: OpenVoxSimulator, start_gateway: StartGateway
) -> None:
    """Two gateways are two devices, though nothing but the address tells them apart."""
    other = await start_gateway(ports=2)
    entries = [
        created(await submit(hass, await find(hass, each), CREDENTIALS))
        for each in (gateway, other)
    ]
    assert [entry.state for entry in entries] == [ConfigEntryState.LOADED] * 2
    assert hass.states.get("sensor.sms_gateway_idle_channels_2")


async def test_nothing_secret_is_logged(
    hass: HomeAssistant, gateway: OpenVoxSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    """However much is logged, the passwords typed here and their hashes are not."""
    caplog.set_level(logging.DEBUG)
    result = await submit(hass, await find(hass, gateway), {**WRONG, "password": "mistyped-2026"})
    created(await submit(hass, result, CREDENTIALS))
    assert "custom_components.gatehouse" in caplog.text
    for secret in (
        "mistyped-2026",
        "gatehouse-sms",
        "d94103b1787d78d5a5514a5f41c6641a",
        "00101000000000",
    ):
        assert secret not in caplog.text


async def test_through_the_web_interface(
    hass: HomeAssistant, start_gateway: StartGateway, hass_client: ClientSessionGenerator
) -> None:
    """The forms and the menu survive the way to the browser."""
    gateway = await start_gateway(password="admin")
    await async_setup_component(hass, "config", {})
    client = await hass_client()
    flow_url = "/api/config/config_entries/flow"
    form = await (await client.post(flow_url, json={"handler": DOMAIN})).json()
    flow_url += f"/{form['flow_id']}"
    form = await (await client.post(flow_url, json=field_of(gateway.url))).json()
    username, password, verify_ssl = form["data_schema"]
    assert username["default"] == "admin"
    assert password["required"]
    assert password["selector"]["text"]["type"] == "password"
    assert verify_ssl["default"] is False
    menu = await (await client.post(flow_url, json={"password": "admin"})).json()
    assert menu["type"] == "menu"
    assert menu["menu_options"] == ["changed_password", "keep_password"]
    answer = {"next_step_id": "keep_password"}
    outcome = await (await client.post(flow_url, json=answer)).json()
    assert outcome["type"] == "create_entry"
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
