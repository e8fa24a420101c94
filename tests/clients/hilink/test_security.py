"""The firewall: records are written as a whole, lists keep what they have."""

import pytest

from custom_components.gatehouse.clients.errors import (
    CommandRefused,
    InvalidReply,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import Dmz, Firewall
from custom_components.gatehouse.clients.hilink.models.security import (
    IpFilter,
    PortForward,
    PortTrigger,
    UrlFilter,
)
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, posts
from tests.conftest import StartModem

CAMERA = PortForward(
    name="Camera",
    enabled=True,
    protocol="tcp",
    ports="8554-8560",
    address="192.168.8.102",
    address_ports="554-560",
)


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a router."""
    return await start_modem(profile="b525s-23a")


async def test_switches(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A switch is changed, and what is in the same record stays."""
    assert (await client.security.sip_alg()).enabled is True
    await client.security.set_sip_alg(enabled=False)
    alg = await client.security.sip_alg()
    assert (alg.enabled, alg.port) == (False, 5060)
    await client.security.set_upnp(enabled=True)
    assert (await client.security.upnp()).enabled is True
    await client.security.set_nat(1)
    assert (await client.security.nat()).nat_type == 1
    await client.security.set_firewall(block_ping=False, url_filter=True)
    assert await client.security.firewall() == Firewall(
        enabled=True, ip_filter=False, block_ping=False, url_filter=True, mac_filter=False
    )
    assert posts(modem, "security/firewall-switch") == 1


async def test_old_firewall(start_modem: StartModem, new_client: NewClient) -> None:
    """Old firmware has fewer switches; what it lacks is not written."""
    modem = await start_modem(profile="e3372")
    client = new_client(modem)
    await client.security.set_firewall(ip_filter=True)
    assert (await client.security.firewall()).ip_filter is True
    with pytest.raises(NotSupported):
        await client.security.set_firewall(url_filter=True)
    assert posts(modem, "security/firewall-switch") == 1


async def test_dmz(client: HilinkClient) -> None:
    """A client is exposed, and its address stays when it no longer is."""
    assert await client.security.dmz() == Dmz(enabled=False)
    await client.security.set_dmz(enabled=True, address="192.168.8.20")
    await client.security.set_dmz(enabled=False)
    assert await client.security.dmz() == Dmz(enabled=False, address="192.168.8.20")
    with pytest.raises(CommandRefused):
        await client.security.set_dmz(enabled=True, address="elsewhere")


async def test_port_forwards(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Rules are added to and deleted from the list, which may be empty."""
    assert (await client.security.port_forwards()).entries == (CAMERA,)
    await client.security.add_port_forward(
        name="Web",
        protocol="tcp_udp",
        ports=(8080, 8080),
        address="192.168.8.30",
        address_ports=(80, 80),
    )
    camera, web = (await client.security.port_forwards()).entries
    assert camera == CAMERA
    assert (web.ports, web.address_ports, web.protocol) == ("8080", "80", "tcp_udp")
    assert await client.security.delete_port_forward("Camera")
    assert await client.security.delete_port_forward("Web")
    assert (await client.security.port_forwards()).entries == ()
    assert not await client.security.delete_port_forward("Web")
    assert posts(modem, "security/virtual-servers") == 3


async def test_filters(client: HilinkClient) -> None:
    """Triggers and filters are read."""
    assert (await client.security.port_triggers()).entries == (
        PortTrigger(
            name="Game",
            enabled=False,
            trigger_protocol="udp",
            trigger_ports="7000",
            open_protocol="tcp_udp",
            open_ports=("7100-7110",),
        ),
    )
    assert (await client.security.ip_filters()).entries == (
        IpFilter(
            enabled=True,
            protocol="tcp",
            lan_addresses="192.168.8.150-192.168.8.160",
            lan_ports="25",
            wan_addresses=None,
            wan_ports=None,
        ),
    )
    assert (await client.security.url_filters()).entries == (
        UrlFilter(url="ads.example", enabled=True),
        UrlFilter(url="games.example", enabled=False),
    )


async def test_empty_lists(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Some firmware answers with nothing at all where a list is empty; a word is no list."""
    for path in ("virtual-servers", "special-applications", "lan-ip-filter", "url-filter"):
        modem.lab.set_endpoint(f"security/{path}", None)
    assert (await client.security.port_forwards()).entries == ()
    assert (await client.security.port_triggers()).entries == ()
    assert (await client.security.ip_filters()).entries == ()
    assert (await client.security.url_filters()).entries == ()
    modem.lab.set_endpoint("security/url-filter", "busy")
    with pytest.raises(InvalidReply):
        await client.security.url_filters()


async def test_reply_that_only_looks_empty(modem: HilinkSimulator, client: HilinkClient) -> None:
    """One empty reply does not cost the rules that there are."""
    modem.lab.break_replies("security/virtual-servers", "empty", 1)
    await client.security.add_port_forward(
        name="Web",
        protocol="udp",
        ports=(8080, 8080),
        address="192.168.8.30",
        address_ports=(80, 80),
    )
    assert [each.name for each in (await client.security.port_forwards()).entries] == [
        "Camera",
        "Web",
    ]
