"""Methods of the older generation; rates are in byte/s there."""

from typing import Final

from simulators.hiwifi import client_methods, identity, system_methods, wan_methods
from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.client_methods import phy
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.household import Client
from simulators.hiwifi.method import Handler, mac
from simulators.hiwifi.router import Router
from simulators.hiwifi.traffic import BITS
from simulators.hiwifi.traffic_methods import speeds, total_speeds
from simulators.hiwifi.wire import Fields

KIBIBYTE: Final = 1024


def byte_rate(bits: int) -> int:
    """Return a rate as this generation has it: whole kibibytes, in byte/s."""
    return bits // BITS // KIBIBYTE * KIBIBYTE


def os_info(router: Router, arguments: Arguments) -> Fields:
    """Return who the router is; this deletes a flag file."""
    router.no_auto_bind = False
    return sys_info(router, arguments)


def sys_info(router: Router, _: Arguments) -> Fields:
    """Return who the router is."""
    traits = router.options.traits
    return {
        "mac": router.options.mac,
        "model": traits.board,
        "version": traits.version,
        "uptime": router.uptime,
    }


def wan_info(router: Router, arguments: Arguments) -> Fields:
    """Return the connection."""
    status = wan_methods.get_status(router, arguments)
    names = ("wan_type", "wan_ip", "wan_mac", "wan_mask", "gateway", "dns", "uptime")
    return {name: status[name] for name in names} | {"is_up": int(status["up"])}


def simple_info(router: Router, arguments: Arguments) -> Fields:
    """Return the connection in short."""
    status = wan_methods.get_status(router, arguments)
    return {
        "wan_type": status["wan_type"],
        "wan_ip": status["wan_ip"],
        "is_up": int(status["up"]),
        "inet_status": status["inet_status"],
    }


def lan_info(router: Router, _: Arguments) -> Fields:
    """Return the router's address in the house."""
    return {
        "lan_ip": identity.LAN_IP,
        "lan_mac": mac(router, router.options.mac),
        "lan_mask": "255.255.255.0",
    }


def device_list(router: Router, _: Arguments) -> Fields:
    """Return the clients that are connected."""
    rates = speeds(router)
    return {
        "list": [
            {
                "mac": mac(router, each.mac),
                "ip": each.ip,
                "name": each.name,
                "type": phy(each),
                "rssi": each.signal(router.now),
                "down": byte_rate(rates[each.mac][0]),
                "up": byte_rate(rates[each.mac][1]),
            }
            for each in router.household.online()
        ]
    }


def black_list(router: Router, _: Arguments) -> Fields:
    """Return who is kept from the internet."""
    return {"list": [{"mac": mac(router, each)} for each in sorted(router.household.blocked)]}


def block(router: Router, arguments: Arguments) -> Fields:
    """Keep a client from the internet."""
    router.household.block(arguments.mac("mac"), blocked=True)
    return {}


def unblock(router: Router, arguments: Arguments) -> Fields:
    """Let a client into the internet."""
    router.household.block(arguments.mac("mac"), blocked=False)
    return {}


def kick_device(router: Router, arguments: Arguments) -> Fields:
    """Drop a client once."""
    client: Client = client_methods.named(router, arguments)
    if not client.online or client.wired:
        raise DeviceError(Code.PARAMETER)
    router.household.kick(client, router.now, router.options.rejoin_seconds)
    return {}


def traffic_status(router: Router, _: Arguments) -> Fields:
    """Return the present rates."""
    down, up = total_speeds(router)
    return {"down": byte_rate(down), "up": byte_rate(up)}


SYSTEM: Final[dict[str, Handler]] = {
    **system_methods.LED,
    "system.os.get_info": os_info,
    "system.sys.get_info": sys_info,
    "system.os.reboot": system_methods.reboot,
    "system.os.reset_all": system_methods.reset,
    "system.os.set_password": system_methods.set_password,
    "system.rom.check": system_methods.upgrade_check,
    "system.rom.upgrade": system_methods.upgrade_start,
}
NETWORK: Final[dict[str, Handler]] = {
    "network.common.get_wan_info": wan_info,
    "network.common.get_lan_info": lan_info,
    "network.common.device_list": device_list,
    "network.common.block_list": black_list,
    "network.common.kick_device": kick_device,
    "network.device.device_list": device_list,
    "network.device.set_device_name": client_methods.rename,
    "network.device.get_black_list": black_list,
    "network.device.add_to_black_list": block,
    "network.device.remove_from_black_list": unblock,
    "network.traffic.status": traffic_status,
    "network.wan.get_simple_info": simple_info,
}
