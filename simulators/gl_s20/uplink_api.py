"""Endpoints under /eth, /wifi and /wan_failover."""

import ipaddress
from typing import Any, Final

from simulators.gl_s20 import ethernet as eth, wifi
from simulators.gl_s20.device import Device
from simulators.gl_s20.endpoint import Endpoint, command, reading
from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.ethernet import Address, Addressing, EthernetStatus
from simulators.gl_s20.request import Request, refused
from simulators.gl_s20.uplinks import MAX_CHECKED, Check, Uplink
from simulators.gl_s20.wifi import WifiNetwork, WifiStatus
from simulators.gl_s20.wire import Fields

BSSID: Final = "(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"
SSID: Final = "(?s).{1,32}"
OPEN, WEP, OWE = 0, 1, 9
KEYLESS: Final = frozenset({OPEN, OWE})
KEY_LENGTH: Final = 8
KEY_LENGTHS: Final = {OPEN: 0, OWE: 0, WEP: 5}
"""Shortest keys of the modes that need no 8 characters."""


def eth_status(device: Device, _: Request) -> Fields:
    """Return the state of Ethernet."""
    port = device.uplinks.ethernet
    status = port.status(device.now, device.options)
    fields: Fields = {"status": int(status), "protocol": port.addressing.protocol}
    if status is EthernetStatus.CONNECTED:
        fields |= _addresses(port.address, eth.IPV6)
    return fields


def eth_config(device: Device, _: Request) -> Fields:
    """Return how Ethernet gets its address."""
    port = device.uplinks.ethernet
    fields: Fields = {"protocol": port.addressing.protocol}
    connected = port.status(device.now, device.options) is EthernetStatus.CONNECTED
    if connected or port.addressing.static is not None:
        fields["ipv4"] = port.address.fields()
    return fields


def set_eth_config(device: Device, request: Request) -> Fields:
    """Change how Ethernet gets its address."""
    port = device.uplinks.ethernet
    port.configure(_sent_addressing(request), device.now)
    return {}


def _sent_addressing(request: Request) -> Addressing:
    """Return an addressing, whose address is only looked at when static."""
    if request.text("protocol", "dhcp|static") == "dhcp":
        return eth.DHCP
    return Addressing(static=sent_address(request.part("ipv4")))


def sent_address(request: Request) -> Address:
    """Return a static address whose gateway is in its network."""
    ip, netmask, gateway = (request.text(name) for name in ("ip", "netmask", "gateway"))
    try:
        network = ipaddress.IPv4Interface(f"{ip}/{netmask}").network
        inside = ipaddress.IPv4Address(gateway) in network
    except ValueError as failure:
        raise refused("ipv4") from failure
    if not inside:
        raise refused("ipv4.gateway")
    return Address(ip=ip, netmask=netmask, gateway=gateway)


def _addresses(address: Address, ipv6: str) -> Fields:
    """Return the addresses of an interface that is connected."""
    return {"ipv4": {"ip": address.ip, "gateway": address.gateway}, "ipv6": {"ip": ipv6}}


def wifi_status(device: Device, _: Request) -> Fields:
    """Return the state of Wi-Fi."""
    client = device.uplinks.wifi
    status = client.status(device.now, device.options)
    failed = status is WifiStatus.FAILED
    point = client.access_point if status is WifiStatus.CONNECTED else None
    fields: Fields = {
        "status": int(status),
        "fail_msg": client.failure if failed else "",
        "ssid": client.wanted.ssid if client.wanted else "",
        "bssid": point.bssid if point else "",
    }
    if point is not None:
        fields |= _addresses(client.address, wifi.IPV6)
    return fields


def stop_wifi(device: Device, _: Request) -> Fields:
    """Disconnect."""
    device.uplinks.wifi.stop()
    return {}


def start_wifi(device: Device, request: Request) -> Fields:
    """Connect to a network."""
    client = device.uplinks.wifi
    network = sent_network(request, _sent_addressing(request))
    save = request.boolean("enable_wifi_save")
    client.start(network, device.now)
    if save:
        client.save(network)
    return {}


def sent_network(
    request: Request, addressing: Addressing, *, mode: str = "auth_mode", key: str = "pwd"
) -> WifiNetwork:
    """Return a Wi-Fi network whose mode and key go by these names."""
    auth_mode = request.number(mode, 0, wifi.AUTH_MODES - 1)
    if auth_mode == wifi.WPA2_ENTERPRISE:
        raise refused(mode)
    password = request.text(key)
    if len(password) < KEY_LENGTHS.get(auth_mode, KEY_LENGTH):
        raise refused(key)
    locked = request.boolean("lock_bssid")
    return WifiNetwork(
        ssid=request.text("ssid", SSID),
        password="" if auth_mode in KEYLESS else password,
        auth_mode=auth_mode,
        lock_bssid=locked,
        bssid=request.text("bssid", BSSID) if locked else "",
        addressing=addressing,
    )


def get_save_wifi(device: Device, _: Request) -> Fields:
    """Return the saved networks."""
    return {
        "list": [
            saved_fields(each) | {"protocol": each.addressing.protocol}
            for each in device.uplinks.wifi.saved
        ]
    }


def saved_fields(network: WifiNetwork) -> Fields:
    """Return what every list of saved networks has."""
    address = network.addressing.static or Address(ip="", netmask="", gateway="")
    return {
        "ssid": network.ssid,
        "bssid": network.bssid,
        "lock_bssid": network.lock_bssid,
        "auth_mode": network.auth_mode,
        "pwd": network.password,
        "ipv4": address.fields(),
    }


def delete_save_wifi(device: Device, request: Request) -> Fields:
    """Forget a saved network."""
    ssid, auth_mode = request.text("ssid"), request.number("auth_mode", 0, wifi.AUTH_MODES - 1)
    if not device.uplinks.wifi.forget(ssid, auth_mode):
        raise DeviceError(Code.FAILED, "Not saved")
    return {}


def scan_wifi(device: Device, _: Request) -> Fields:
    """Return the access points around."""
    points = device.uplinks.wifi.access_points.values()
    return {
        "list": [
            {
                "ssid": each.ssid,
                "bssid": each.bssid,
                "auth_mode": each.auth_mode,
                "rssi": each.rssi,
            }
            for each in points
        ]
    }


def set_reconnect(device: Device, request: Request) -> Fields:
    """Switch turning to a saved network."""
    device.uplinks.wifi.reconnect = request.boolean("enable")
    return {}


def get_reconnect(device: Device, _: Request) -> Fields:
    """Return whether the device turns to a saved network."""
    return {"enable": device.uplinks.wifi.reconnect}


def failover_config(device: Device, _: Request) -> Fields:
    """Return how the interfaces are watched."""
    checks = device.uplinks.checks
    watched: Fields = {
        name: {"enable": check.enable} | check.fields() for name, check in checks.items()
    }
    return watched | {"priority": {name: check.priority for name, check in checks.items()}}


def set_failover_config(device: Device, request: Request) -> Fields:
    """Change whether and with which addresses the interfaces are watched."""
    changes = {name: sent_check(request.part(name)) for name in Uplink if request.has(name)}
    if not changes:
        raise refused("eth")
    for name, (enable, ipv4, ipv6) in changes.items():
        check: Check = device.uplinks.checks[name]
        check.enable, check.ipv4, check.ipv6 = enable, ipv4, ipv6
    return {}


def sent_check(request: Request, switch: str = "enable") -> tuple[bool, list[str], list[str]]:
    """Return whether to watch an interface, and the addresses to try."""
    return (
        request.boolean(switch),
        _checked(request, "check_ipv4", ipaddress.IPv4Address),
        _checked(request, "check_ipv6", ipaddress.IPv6Address),
    )


def _checked(request: Request, name: str, kind: type[Any]) -> list[str]:
    """Return a list of a few addresses of one kind."""
    addresses = request.texts(name)
    try:
        parsed = [kind(each) for each in addresses]
    except ValueError as failure:
        raise refused(name) from failure
    if len(parsed) > MAX_CHECKED:
        raise refused(name)
    return addresses


ENDPOINTS: Final = {
    "eth/get_status": reading(eth_status),
    "eth/get_config": reading(eth_config),
    "eth/set_config": command(set_eth_config),
    "wifi/get_status": reading(wifi_status),
    "wifi/stop": command(stop_wifi),
    "wifi/start": command(start_wifi),
    "wifi/get_save_wifi": reading(get_save_wifi),
    "wifi/delete_save_wifi": command(delete_save_wifi),
    "wifi/scan": Endpoint(
        method="GET",
        handler=scan_wifi,
        occupied_seconds=lambda options: options.wifi_scan_seconds,
    ),
    "wifi/set_reconn_to_saved_wifi": command(set_reconnect),
    "wifi/get_reconn_to_saved_wifi": reading(get_reconnect),
    "wan_failover/get_config": reading(failover_config),
    "wan_failover/set_config": command(set_failover_config),
}
