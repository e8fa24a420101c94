"""The firewall in Home Assistant: switches, NAT, DMZ, forwarded ports."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

ADDED = {
    "name": "Web",
    "enabled": True,
    "protocol": "tcp",
    "ports": "8080-8081",
    "address": "192.168.8.30",
    "address_ports": "80-81",
}


@pytest.fixture
async def modem(
    start_modem: StartModem, set_up: SetUpModem, entity_registry_enabled_by_default: None
) -> HilinkSimulator:
    """Return a router that is set up with all its entities."""
    modem = await start_modem(profile="b525s-23a")
    await set_up(modem)
    return modem


async def act(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Call an action of Gatehouse."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)


@pytest.mark.parametrize(
    ("name", "path", "field"),
    [
        ("upnp", "security/upnp", "UpnpStatus"),
        ("sip_alg", "security/sip", "SipStatus"),
        ("firewall", "security/firewall-switch", "FirewallMainSwitch"),
        (
            "block_pings_from_the_internet",
            "security/firewall-switch",
            "FirewallWanPortPingSwitch",
        ),
        ("ip_address_filter", "security/firewall-switch", "FirewallIPFilterSwitch"),
        ("mac_address_filter", "security/firewall-switch", "firewallmacfilterswitch"),
        ("web_address_filter", "security/firewall-switch", "firewallurlfilterswitch"),
    ],
)
async def test_switch(
    hass: HomeAssistant, modem: HilinkSimulator, name: str, path: str, field: str
) -> None:
    """A switch shows what the device has, and changes it."""
    entity_id = f"switch.modem_{name}"
    before = modem.lab.recorded(path, field)
    assert state_of(hass, entity_id) == ("on" if before == "1" else "off")
    await hass.services.async_call("switch", "toggle", {"entity_id": entity_id}, blocking=True)
    assert modem.lab.recorded(path, field) != before
    assert state_of(hass, entity_id) == ("off" if before == "1" else "on")


async def test_nat(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The type of NAT can be chosen."""
    assert state_of(hass, "select.modem_nat_type") == "symmetric"
    data = {"entity_id": "select.modem_nat_type", "option": "full_cone"}
    await hass.services.async_call("select", "select_option", data, blocking=True)
    assert modem.lab.recorded("security/nat", "NATType") == "1"
    assert state_of(hass, "select.modem_nat_type") == "full_cone"


async def test_dmz(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A client is exposed only with an address, which is kept."""
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "set_dmz", enabled=True)
    assert error.value.translation_key == "dmz_address_needed"
    for wrong in ("192.168.8", "127.0.0.1", "224.0.0.1"):
        with pytest.raises(ServiceValidationError) as error:
            await act(hass, "set_dmz", enabled=True, address=wrong)
        assert error.value.translation_key == "invalid_ip_address"
    assert state_of(hass, "binary_sensor.modem_dmz") == "off"
    await act(hass, "set_dmz", enabled=True, address="192.168.8.20")
    assert state_of(hass, "binary_sensor.modem_dmz") == "on"
    assert modem.lab.recorded("security/dmz", "DmzIPAddress") == "192.168.8.20"
    await act(hass, "set_dmz", enabled=False)
    assert state_of(hass, "binary_sensor.modem_dmz") == "off"
    await act(hass, "set_dmz", enabled=True)
    assert modem.lab.recorded("security/dmz", "DmzIPAddress") == "192.168.8.20"


async def test_refused(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """What the device refuses is told in words."""
    modem.lab.break_replies("security/dmz", "error", 2, code=106001)
    with pytest.raises(HomeAssistantError, match="security error"):
        await act(hass, "set_dmz", enabled=True, address="192.168.8.20")
    assert modem.lab.recorded("security/dmz", "DmzStatus") == "0"


async def test_port_forwards(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Ports are listed, forwarded, and no longer forwarded."""
    rules = await call(hass, "list_firewall_rules")
    assert [each["name"] for each in rules["port_forwards"]] == ["Camera"]
    assert [each["open_ports"] for each in rules["port_triggers"]] == [["7100-7110"]]
    assert [each["lan_ports"] for each in rules["ip_filters"]] == ["25"]
    assert [each["url"] for each in rules["url_filters"]] == ["ads.example", "games.example"]
    web = {key: value for key, value in ADDED.items() if key != "enabled"}
    await act(hass, "add_port_forward", **web)
    assert (await call(hass, "list_firewall_rules"))["port_forwards"][1] == ADDED
    await act(hass, "delete_port_forward", name="Camera")
    assert (await call(hass, "list_firewall_rules"))["port_forwards"] == [ADDED]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": " "}, "invalid_rule_name"),
        ({"name": "Camera"}, "rule_name_taken"),
        ({"protocol": "sctp"}, "unknown_choice"),
        ({"ports": "0"}, "invalid_ports"),
        ({"ports": "8081-8080"}, "invalid_ports"),
        ({"ports": "65536"}, "invalid_ports"),
        ({"address_ports": "80"}, "port_ranges_differ"),
        ({"address": "camera.local"}, "invalid_ip_address"),
    ],
)
async def test_wrong_forward(
    hass: HomeAssistant, modem: HilinkSimulator, changes: dict[str, str], key: str
) -> None:
    """A rule that cannot be right is refused before anything is sent."""
    modem.requests.clear()
    web = {name: value for name, value in ADDED.items() if name != "enabled"} | changes
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "add_port_forward", **web)
    assert error.value.translation_key == key
    assert ("POST", "/api/security/virtual-servers") not in modem.requests


async def test_unknown_forward(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Nothing is deleted where there is nothing of the name."""
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "delete_port_forward", name="Web")
    assert error.value.translation_key == "unknown_port_forward"


async def test_lists_that_are_missing(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A device need not have every list; without forwarded ports there is nothing to list."""
    modem.lab.remove_endpoint("security/url-filter")
    assert (await call(hass, "list_firewall_rules"))["url_filters"] is None
    modem.lab.remove_endpoint("security/virtual-servers")
    with pytest.raises(HomeAssistantError):
        await call(hass, "list_firewall_rules")
