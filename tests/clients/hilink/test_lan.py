"""DHCP, fixed addresses and dynamic DNS; firmware differs in what it has."""

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, NotSupported
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import DhcpSettings
from custom_components.gatehouse.clients.hilink.models.lan import DdnsAccount, StaticLease
from custom_components.gatehouse.clients.secret import Secret
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, posts
from tests.conftest import StartModem

TV = StaticLease(mac="02:00:5e:20:00:02", address="192.168.8.102", enabled=True)
ACCOUNT = DdnsAccount(
    provider="No-IP.com",
    domain="home.example.org",
    enabled=True,
    username="somebody",
    password=Secret("never shown"),
)


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a router."""
    return await start_modem(profile="b525s-23a", demands_encryption=True)


async def test_dhcp(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A setting is changed, and the rest of the record is written as it was."""
    before = await client.lan.dhcp_settings()
    assert before == DhcpSettings(
        enabled=True,
        router_address="192.168.8.1",
        netmask="255.255.255.0",
        first_address="192.168.8.100",
        last_address="192.168.8.200",
        lease_time=86400,
        automatic_dns=True,
        primary_dns="192.168.8.1",
        secondary_dns="192.168.8.1",
    )
    await client.lan.set_dhcp_settings({"enabled": False, "lease_time": 3600})
    after = await client.lan.dhcp_settings()
    assert (after.enabled, after.lease_time) == (False, 3600)
    assert after.first_address == before.first_address
    assert modem.lab.recorded("dhcp/settings", "ShowDnsSetting") == "1"
    with pytest.raises(CommandRefused):
        await client.lan.set_dhcp_settings({"first_address": "192.168.9.100"})


async def test_old_dhcp(start_modem: StartModem, new_client: NewClient) -> None:
    """Old firmware does not tell its own address, which then cannot be changed."""
    modem = await start_modem(profile="e3372")
    client = new_client(modem)
    assert (await client.lan.dhcp_settings()).router_address is None
    await client.lan.set_dhcp_settings({"last_address": "192.168.8.150"})
    assert modem.lab.recorded("dhcp/settings", "DhcpEndIPAddress") == "192.168.8.150"
    with pytest.raises(NotSupported):
        await client.lan.set_dhcp_settings({"router_address": "192.168.9.1"})
    assert posts(modem, "dhcp/settings") == 1


async def test_leases(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Fixed addresses are added and deleted; the others stay."""
    assert (await client.lan.static_leases()).entries == (TV,)
    await client.lan.add_static_lease("02:00:5E:20:00:09", "192.168.8.150")
    assert [each.address for each in (await client.lan.static_leases()).entries] == [
        "192.168.8.102",
        "192.168.8.150",
    ]
    assert not await client.lan.delete_static_lease("02:00:5E:20:00:0A")
    assert await client.lan.delete_static_lease("02:00:5e:20:00:02")
    assert await client.lan.delete_static_lease("02:00:5E:20:00:09")
    assert (await client.lan.static_leases()).entries == ()
    with pytest.raises(CommandRefused):
        await client.lan.add_static_lease("02:00:5E:20:00:09", "192.168.8.50")
    assert posts(modem, "dhcp/static-addr-info") == 4


async def test_ddns(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Accounts are added, edited and deleted; the password travels encrypted, and one way only."""
    assert (await client.lan.ddns()).accounts == ()
    await client.lan.set_ddns(ACCOUNT)
    (found,) = (await client.lan.ddns()).accounts
    assert (found.domain, found.enabled, found.provider) == (ACCOUNT.domain, True, "No-IP.com")
    assert found.password is None
    other = DdnsAccount(
        provider="oray", domain="other.example.org", enabled=False, password=Secret("x")
    )
    await client.lan.set_ddns(other)
    await client.lan.set_ddns(
        DdnsAccount(
            provider="No-IP.com",
            domain=ACCOUNT.domain,
            enabled=False,
            username="somebody",
            password=ACCOUNT.password,
        )
    )
    assert [(each.domain, each.enabled) for each in (await client.lan.ddns()).accounts] == [
        ("home.example.org", False),
        ("other.example.org", False),
    ]
    assert await client.lan.delete_ddns("home.example.org")
    assert not await client.lan.delete_ddns("home.example.org")
    assert [each.domain for each in (await client.lan.ddns()).accounts] == ["other.example.org"]
    assert "never shown" not in repr(ACCOUNT)


async def test_old_ddns(start_modem: StartModem, new_client: NewClient) -> None:
    """Old firmware has one account, in another form."""
    modem = await start_modem(profile="e3372")
    client = new_client(modem)
    assert (await client.lan.ddns()).accounts == ()
    await client.lan.set_ddns(ACCOUNT)
    (found,) = (await client.lan.ddns()).accounts
    assert (found.provider, found.domain, found.enabled) == ("No-IP.com", ACCOUNT.domain, True)
    assert await client.lan.delete_ddns("home.example.org")
    assert (await client.lan.ddns()).accounts == ()
