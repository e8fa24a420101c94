"""What the owner sees of pushes: the action, the form of the options, diagnostics."""

from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import (
    CONF_PUSH,
    CONF_PUSH_ADDRESS,
    DOMAIN,
    DeviceFamily,
)
from custom_components.gatehouse.families import FAMILIES
from custom_components.gatehouse.families.openvox import OPENVOX
from custom_components.gatehouse.families.openvox.push import PUSH
from simulators.openvox import OpenVoxSimulator
from tests.conftest import until

from .conftest import StartGateway
from .message_helpers import ANN, RECEIVED, Events, local_options, set_up
from .push_helpers import (
    THEIRS,
    Web,
    address_of,
    hook_of,
    points_here,
    require_https,
    set_push,
    set_settings,
    set_up_push,
    settings,
    start_web,
)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway that pushes to somebody else."""
    gateway = await start_gateway(**local_options())
    set_settings(gateway, **THEIRS)
    return gateway


@pytest.fixture
async def web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Return the web server of Home Assistant."""
    return await start_web(hass, hass_client_no_auth)


async def test_action(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """The action does what the option does, at once, and tells the addresses."""
    entry = await set_up(hass, gateway)
    response = await set_push(hass, enabled=True, address=address_of(web))
    assert points_here(gateway, web)
    assert response["enabled"] is True
    assert response["address"] == f"{address_of(web)}{hook_of(gateway)}"
    assert response["ussd_address"].startswith(f"{address_of(web)}/api/webhook/")
    assert response["ussd_address"] != response["address"]
    assert entry.options == {CONF_PUSH: True, CONF_PUSH_ADDRESS: address_of(web)}
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Hello")
    await until(lambda: events.all("text") == ["Hello"])
    assert await set_push(hass, enabled=False) == {"enabled": False}
    assert settings(gateway) == THEIRS
    assert entry.options[CONF_PUSH] is False
    assert entry.state is ConfigEntryState.LOADED


async def test_action_that_fails(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """An action that does not succeed says why and changes no option."""
    require_https(hass)
    entry = await set_up(hass, gateway)
    with pytest.raises(HomeAssistantError) as refused:
        await set_push(hass, enabled=True)
    assert refused.value.translation_key == "push_no_address"
    gateway.lab.break_replies("smsoutbox/set_config", "error", code=500)
    with pytest.raises(HomeAssistantError) as refused:
        await set_push(hass, enabled=True, address=address_of(web))
    assert refused.value.translation_key == "command_refused"
    assert settings(gateway) == THEIRS
    assert entry.options == {}
    assert entry.runtime_data.push.report()["state"] == "off"
    await set_push(hass, enabled=True, address=address_of(web))
    gateway.lab.break_replies("smsoutbox/set_config", "error", code=500)
    with pytest.raises(HomeAssistantError):
        await set_push(hass, enabled=False)
    assert points_here(gateway, web)
    assert entry.options[CONF_PUSH] is True


async def test_admin_only(
    hass: HomeAssistant, gateway: OpenVoxSimulator, hass_read_only_user: Any
) -> None:
    """Nobody but an administrator decides where the gateway pushes to."""
    await set_up(hass, gateway)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "set_sms_push",
            {"enabled": True},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
    assert settings(gateway) == THEIRS


async def test_diagnostics(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    hass_client: ClientSessionGenerator,
) -> None:
    """Diagnostics tell how pushes fare, and no address to which anybody pushes."""
    assert await async_setup_component(hass, "diagnostics", {})
    web = await start_web(hass, hass_client)
    entry = await set_up_push(
        hass, gateway, web, ussd_username="ussduser", ussd_password="gatehouse-ussd"
    )
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert found["push"]["state"] == "on"
    text = str(found)
    for secret in (
        hook_of(gateway).rpartition("/")[2],
        "172.16.2.43",
        "test.php",
        "ussduser",
        "gatehouse-ussd",
        address_of(web),
    ):
        assert secret not in text


async def test_options_form(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, storage: dict[str, Any]
) -> None:
    """The form says where answers to USSD codes are to be pushed, set up or not."""
    require_https(hass)
    entry = await set_up(hass, gateway)
    result = await hass.config_entries.options.async_init(entry.entry_id)
    document = storage[f"{DOMAIN}.{entry.entry_id}.push"]["data"]["document"]
    path = f"/api/webhook/{document['ussd_hook']}"
    assert result["description_placeholders"] == {"ussd_address": path}
    hass.config.internal_url = address_of(web)
    await hass.config_entries.async_unload(entry.entry_id)
    result = await hass.config_entries.options.async_init(entry.entry_id)
    assert result["description_placeholders"] == {"ussd_address": f"{address_of(web)}{path}"}
    schema = result["data_schema"]
    assert schema is not None
    assert schema({})[CONF_PUSH] is False
    assert ir.async_get(hass).issues == {}


async def test_family_without_ussd(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pushes do not depend on USSD."""
    bare = replace(OPENVOX, push=replace(PUSH, ussd=None))
    monkeypatch.setitem(FAMILIES, DeviceFamily.OPENVOX, bare)
    entry = await set_up_push(hass, gateway, web)
    result = await hass.config_entries.options.async_init(entry.entry_id)
    assert result["description_placeholders"] is None
    await hass.config_entries.async_unload(entry.entry_id)
    assert entry.state is ConfigEntryState.NOT_LOADED
