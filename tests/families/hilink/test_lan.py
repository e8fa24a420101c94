"""DHCP, fixed addresses and dynamic DNS in Home Assistant."""

from typing import Any
from unittest.mock import patch

from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.gatehouse.clients.errors import OutcomeUnknown
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem
from tests.families.hilink.conftest import call

RECORD = "dhcp/settings"
ACCOUNT = {
    "provider": "No-IP.com",
    "domain": "home.example.org",
    "username": "somebody",
    "password": "never shown",
}


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a router."""
    return await start_modem(profile="b525s-23a")


@pytest.fixture
async def entry(modem: HilinkSimulator, set_up: SetUpModem) -> MockConfigEntry:
    """Return its entry, set up."""
    return await set_up(modem)


async def act(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Call an action of Gatehouse."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)


@pytest.mark.usefixtures("entry")
async def test_dhcp(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Settings are told and changed; name servers of one's own are not automatic."""
    told = await call(hass, "get_dhcp_settings")
    assert (told["router_address"], told["lease_time"]) == ("192.168.8.1", 86400)
    await act(hass, "set_dhcp_settings", last_address="192.168.8.250", primary_dns="9.9.9.9")
    told |= {
        "last_address": "192.168.8.250",
        "primary_dns": "9.9.9.9",
        "automatic_dns": False,
    }
    assert await call(hass, "get_dhcp_settings") == told


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "nothing_to_change"),
        ({"first_address": "router"}, "invalid_ip_address"),
        ({"netmask": "255.0.255.0"}, "invalid_netmask"),
        ({"netmask": "0.0.0.255"}, "invalid_netmask"),
        ({"lease_time": 60}, "invalid_lease_time"),
        ({"automatic_dns": True, "primary_dns": "9.9.9.9"}, "dns_given_and_automatic"),
        ({"first_address": "192.168.8.201"}, "dhcp_range_backwards"),
        ({"router_address": "192.168.9.1"}, "dhcp_range_elsewhere"),
        ({"last_address": "192.168.8.255"}, "dhcp_range_elsewhere"),
        ({"router_address": "192.168.8.150"}, "dhcp_range_holds_router"),
    ],
)
async def test_wrong_dhcp(
    hass: HomeAssistant, modem: HilinkSimulator, fields: dict[str, Any], key: str
) -> None:
    """What cannot be right is refused in words, and nothing is sent."""
    before = modem.modem.record(RECORD)
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "set_dhcp_settings", **fields)
    assert error.value.translation_key == key
    assert modem.modem.record(RECORD) == before
    assert ("POST", f"/api/{RECORD}") not in modem.requests


MOVE = {
    "router_address": "192.168.9.1",
    "first_address": "192.168.9.100",
    "last_address": "192.168.9.200",
}


async def test_move(hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry) -> None:
    """A device that is reached at its own address is followed to the new one."""
    # The simulated one cannot really move.
    url = URL(entry.data[CONF_URL])
    modem.lab.set_endpoint(RECORD, modem.modem.record(RECORD) | {"DhcpIPAddress": url.host})
    with patch.object(hass.config_entries, "async_schedule_reload"):
        await act(hass, "set_dhcp_settings", **MOVE)
    assert modem.lab.recorded(RECORD, "DhcpIPAddress") == "192.168.9.1"
    assert entry.data[CONF_URL] == str(url.with_host("192.168.9.1"))


async def test_move_behind_another_name(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """Where Home Assistant reaches the device in another way, that stays."""
    url = entry.data[CONF_URL]
    await act(hass, "set_dhcp_settings", **MOVE)
    assert modem.lab.recorded(RECORD, "DhcpIPAddress") == "192.168.9.1"
    assert entry.data[CONF_URL] == url


@pytest.mark.usefixtures("entry")
async def test_move_without_answer(hass: HomeAssistant) -> None:
    """A device that is gone before it answers may be at either address."""
    lost = patch.object(HilinkClient, "command", side_effect=OutcomeUnknown("no answer"))
    with lost, pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_dhcp_settings", **MOVE)
    assert error.value.translation_key == "lan_address_unknown"
    with lost, pytest.raises(HomeAssistantError) as error:
        await act(hass, "set_dhcp_settings", lease_time=3600)
    assert error.value.translation_key == "outcome_unknown"


@pytest.mark.usefixtures("entry")
async def test_leases(hass: HomeAssistant) -> None:
    """Fixed addresses are listed, added and deleted."""
    tv = {"mac": "02:00:5e:20:00:02", "address": "192.168.8.102", "enabled": True}
    assert await call(hass, "list_static_leases") == {"leases": [tv]}
    for fields, key in (
        ({"mac": "02-00", "address": "192.168.8.150"}, "invalid_mac"),
        ({"mac": "02:00:5e:20:00:09", "address": "192.168.8.50"}, "lease_outside_range"),
        ({"mac": "02:00:5e:20:00:09", "address": "192.168.8.102"}, "lease_exists"),
        ({"mac": "02-00-5E-20-00-02", "address": "192.168.8.150"}, "lease_exists"),
    ):
        with pytest.raises(ServiceValidationError) as error:
            await act(hass, "add_static_lease", **fields)
        assert error.value.translation_key == key
    await act(hass, "add_static_lease", mac="02-00-5e-20-00-09", address="192.168.8.150")
    new = {"mac": "02:00:5e:20:00:09", "address": "192.168.8.150", "enabled": True}
    assert await call(hass, "list_static_leases") == {"leases": [tv, new]}
    await act(hass, "delete_static_lease", mac=tv["mac"])
    assert await call(hass, "list_static_leases") == {"leases": [new]}
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "delete_static_lease", mac=tv["mac"])
    assert error.value.translation_key == "unknown_lease"


@pytest.mark.usefixtures("entry")
async def test_full_list_of_leases(hass: HomeAssistant) -> None:
    """A device takes only so many, and says so."""
    for last in range(7):
        await act(
            hass, "add_static_lease", mac=f"02:00:5e:20:01:0{last}", address=f"192.168.8.15{last}"
        )
    with pytest.raises(HomeAssistantError, match="DHCP error"):
        await act(hass, "add_static_lease", mac="02:00:5e:20:01:08", address="192.168.8.158")
    assert len((await call(hass, "list_static_leases"))["leases"]) == 8


@pytest.mark.usefixtures("entry")
async def test_ddns(
    hass: HomeAssistant, modem: HilinkSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    """An account is entered, told without its password, and forgotten."""
    assert await call(hass, "get_ddns") == {"accounts": []}
    await act(hass, "set_ddns", **ACCOUNT)
    told = {key: value for key, value in ACCOUNT.items() if key != "password"}
    assert await call(hass, "get_ddns") == {"accounts": [told | {"enabled": True}]}
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "set_ddns", **ACCOUNT | {"domain": " "})
    assert error.value.translation_key == "ddns_incomplete"
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, "delete_ddns", domain="other.example.org")
    assert error.value.translation_key == "unknown_ddns_domain"
    await act(hass, "delete_ddns", domain="home.example.org")
    assert await call(hass, "get_ddns") == {"accounts": []}
    modem.lab.break_replies("ddns/ddns-list", "error", 2, code=100007)
    with pytest.raises(HomeAssistantError):
        await act(hass, "set_ddns", **ACCOUNT)
    assert "never shown" not in caplog.text
