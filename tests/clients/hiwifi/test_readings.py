"""Readings, by whichever way and in whichever generation."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    GatehouseError,
    NotPermitted,
    NotSupported,
)
from custom_components.gatehouse.clients.hiwifi import readings
from custom_components.gatehouse.clients.hiwifi.call import Generation
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.models import Interface, Link, RadioName
from custom_components.gatehouse.clients.hiwifi.readings import (
    CLIENT_COUNTS,
    CLIENTS,
    FIRMWARE,
    GUEST_NETWORKS,
    INTERNET,
    LAN_PORTS,
    LED,
    NETWORKS,
    QUALITIES,
    RADIOS,
    RATES,
    STATIONS,
    SYSTEM,
    TRAFFIC,
    TX_POWERS,
    UPGRADE_PROGRESS,
    WAN,
    WAN_PORT,
    Reading,
    access,
)
from simulators.hiwifi import HiwifiSimulator, identity
from tests.clients.hiwifi.conftest import (
    FIRMWARES,
    NewAdmin,
    NewOpenApi,
    StartRouter,
)
from tests.clients.hiwifi.ways import EVERYTHING, PHONE, TV, WAYS, MakeChannel, by_admin


def test_nothing_is_forgotten() -> None:
    """All readings there are take part in the tests below."""
    declared = {each for each in vars(readings).values() if isinstance(each, Reading)}
    assert declared <= set(EVERYTHING)
    assert len({each.name for each in EVERYTHING}) == len(EVERYTHING)


async def test_newer_generation(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Every value has its type and its unit."""
    router.lab.set_options(upgrade_server="newer")
    router.lab.advance(60)
    poll = await client.poll(EVERYTHING)
    assert [each.name for each in EVERYTHING if poll.error(each)] == []
    system = poll.value(SYSTEM)
    assert (system.mac, system.model, system.type) == ("d4:ee:07:a0:52:01", "HC5962", "router")
    assert (system.uptime, system.time) == (60, 1788235260)
    assert (system.has_2_4_ghz, system.has_5_ghz) == (True, True)
    wan = poll.value(WAN)
    assert (wan.connected, wan.linked, wan.internet, wan.connecting) == (True, True, True, False)
    assert (wan.type, wan.uptime, wan.ip) == ("dhcp", 60, "203.0.113.52")
    assert (wan.speed, wan.duplex, wan.dns) == (1000, "full", identity.WAN_DNS)
    assert (wan.ipv6[0].address, wan.ipv6[0].prefix_length) == ("2001:db8:52::1", 64)
    assert poll.value(INTERNET).reachable is True
    assert (poll.value(WAN_PORT).linked, poll.value(WAN_PORT).speed) == (True, 1000)
    assert poll.value(LAN_PORTS).linked == (True, True, False)
    rates = poll.value(RATES)
    assert rates.download == sum(each.download or 0 for each in rates.clients) > 1_000_000
    traffic = poll.value(TRAFFIC)
    assert traffic.download == pytest.approx(
        sum(each.download or 0 for each in traffic.clients), abs=10
    )
    firmware = poll.value(FIRMWARE)
    assert (firmware.update_available, firmware.version) == (True, "1.4.9.30001s")
    assert firmware.changelog is not None
    assert poll.value(UPGRADE_PROGRESS).state == "finish"


async def test_clients_and_wifi(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Who is connected and how, and what is on the air."""
    router.lab.client_comes("020000A05307")
    await client.wifi.set_guest_enabled(Interface.GUEST_2_4, on=True, stop_after=30)
    router.lab.advance(60)
    poll = await client.poll(EVERYTHING)
    clients = poll.value(CLIENTS)
    phone, tv = clients.get(PHONE.upper()), clients.get(TV)
    assert phone is not None
    assert tv is not None
    assert (phone.name, phone.link, phone.wired) == ("O'Neil 的手机", Link.WIFI_5, False)
    assert phone.signal is not None
    assert -60 < phone.signal < -45
    assert (tv.link, tv.wired, tv.signal, tv.online) == (Link.WIRED, True, None, True)
    assert len(clients.clients) == 7
    assert len(clients.online) == 6
    guest = clients.get("020000A05307")
    assert guest is not None
    assert guest.guest is True
    assert clients.get("nonsense") is None
    assert (poll.value(CLIENT_COUNTS).known, poll.value(CLIENT_COUNTS).guest_2_4) == (7, 1)
    assert poll.value(LED).on is True
    radio = poll.value(RADIOS).get(RadioName.RADIO_5)
    assert radio is not None
    assert (radio.channel, radio.actual_channel, radio.tx_power) == (0, 149, "max")
    assert poll.value(RADIOS).get("radio2") is None
    assert [each.key for each in poll.value(TX_POWERS).powers] == ["min", "140", "150", "max"]
    network = poll.value(NETWORKS[Interface.MAIN_2_4])
    assert (network.ssid, network.enabled, network.hidden) == (identity.SSID, True, False)
    assert network.key is not None
    assert network.key.reveal() == identity.WIFI_KEY
    open_guest = poll.value(GUEST_NETWORKS[Interface.GUEST_2_4])
    assert (open_guest.enabled, open_guest.clients, open_guest.stop_after) == (True, 1, 30)
    assert open_guest.stops_at == 1788235200 + 1800
    assert poll.value(GUEST_NETWORKS[Interface.GUEST_5]).enabled is False
    quality = poll.value(QUALITIES[Interface.MAIN_2_4])
    assert (quality.state, quality.percent) == ("normal", 46)
    (station,) = poll.value(STATIONS[Interface.MAIN_5]).stations
    assert (station.mac, station.tx_rate, station.mode) == (PHONE, 866_000, "11ac")
    assert station.signal == phone.signal


@WAYS
async def test_ways_agree(
    start_router: StartRouter, new_admin: NewAdmin, new_openapi: NewOpenApi, way: MakeChannel
) -> None:
    """What is read does not depend on how."""
    router = await start_router()
    reference = (await HiwifiClient(new_admin(router)).poll(EVERYTHING)).results
    found = (await HiwifiClient(way(router, new_admin, new_openapi)).poll(EVERYTHING)).results
    assert found.keys() == reference.keys()
    for each in set(EVERYTHING) - {FIRMWARE}:
        assert found[each] == reference[each], each.name


@WAYS
@pytest.mark.parametrize(
    "drift",
    [
        {"numbers_as_text": True},
        {"numeric_booleans": True},
        {"data_as_text": True},
        {"empty_list_as_object": True},
        {"mac_style": "bare"},
        {"mac_style": "lower"},
        {"code_style": "string"},
        {"code_style": "number"},
        {"code_place": "outer"},
        {"code_place": "both"},
        {"content_type": "text/html"},
        {
            "numbers_as_text": True,
            "numeric_booleans": True,
            "data_as_text": True,
            "empty_list_as_object": True,
            "mac_style": "bare",
            "code_style": "string",
        },
    ],
)
async def test_drifting_types(
    start_router: StartRouter,
    new_admin: NewAdmin,
    new_openapi: NewOpenApi,
    way: MakeChannel,
    drift: dict[str, Any],
) -> None:
    """Whatever the firmware writes for it, the value is the same."""
    router = await start_router(upgrade_server="newer")
    client = HiwifiClient(way(router, new_admin, new_openapi))
    expected = (await client.poll(EVERYTHING)).results
    router.lab.set_options(**drift)
    found = (await client.poll(EVERYTHING)).results
    for each in EVERYTHING:
        assert not isinstance(expected[each], GatehouseError)
        assert found[each] == expected[each], each.name
    router.lab.fail_method("wan.get_status", 100015)
    with pytest.raises(NotPermitted):
        await client.read(WAN)


@WAYS
@pytest.mark.parametrize("firmware", FIRMWARES[2:])
async def test_older_generation(
    start_router: StartRouter,
    new_admin: NewAdmin,
    new_openapi: NewOpenApi,
    way: MakeChannel,
    firmware: str,
) -> None:
    """It tells less, and rates in byte/s, which become bit/s."""
    router = await start_router(firmware=firmware)
    client = HiwifiClient(way(router, new_admin, new_openapi))
    poll = await client.poll(EVERYTHING)
    assert client.generation is Generation.V0
    assert poll.value(SYSTEM).model is None or poll.value(SYSTEM).model == "HC5661"
    assert poll.value(WAN).connected is True
    clients = poll.value(CLIENTS)
    assert len(clients.online) == len(clients.clients) == 5
    tv = clients.get(TV)
    assert tv is not None
    assert (tv.link, tv.guest, tv.kind) == (Link.WIRED, None, None)
    assert poll.value(NETWORKS[Interface.MAIN_2_4]).ssid == identity.SSID
    newer = (GUEST_NETWORKS, QUALITIES, STATIONS)
    missing = [each for group in newer for each in group.values()]
    for each in (TRAFFIC, CLIENT_COUNTS, TX_POWERS, *missing):
        assert isinstance(poll.error(each), NotSupported)
    if way is by_admin and firmware == "0.9003":
        assert isinstance(poll.error(RATES), NotSupported)
        assert poll.value(RADIOS).radios == ()
        return
    rates = poll.value(RATES)
    kept = 24_756_820
    assert rates.download is not None
    assert kept - 8 * 1024 < rates.download <= kept
    assert rates.download % 8192 == 0
    assert poll.value(access(PHONE)).allowed is True
    radio = poll.value(RADIOS).get(RadioName.RADIO_2_4)
    assert radio is not None
    assert (radio.channel, radio.actual_channel, radio.tx_power) == (0, None, "max")


async def test_flag_file_is_left_alone(start_router: StartRouter, new_admin: NewAdmin) -> None:
    """A reading changes nothing."""
    router = await start_router(firmware="0.9007")
    await HiwifiClient(new_admin(router)).poll(EVERYTHING)
    assert router.lab.state()["no_auto_bind"] is True
