"""Export and import of the whole configuration."""

from typing import Any, Final

from simulators.gl_s20 import ethernet, thread_api, ui_api, uplink_api
from simulators.gl_s20.device import Device, Language
from simulators.gl_s20.endpoint import command
from simulators.gl_s20.ethernet import Address, Addressing
from simulators.gl_s20.request import Request
from simulators.gl_s20.system_api import sent_timezone
from simulators.gl_s20.uplinks import Check, Uplink
from simulators.gl_s20.wifi import WifiNetwork
from simulators.gl_s20.wire import Fields

VERSION: Final = 1
LOWEST_PRIORITY: Final = 9
LONGEST: Final = 1440
NO_ADDRESS: Final = Address(ip="", netmask="", gateway="")
NO_NETWORK: Final = WifiNetwork(ssid="", password="", auth_mode=0)


def export_sys_config(device: Device, _: Request) -> Fields:
    """Return every setting, passwords and keys among them."""
    thread, network, uplinks = device.thread, device.thread.network, device.uplinks
    wanted = uplinks.wifi.wanted or NO_NETWORK
    return {
        "cfg_ver": VERSION,
        "ui_cfg": {"language": device.language},
        "sntp_cfg": {"sntp_srv": device.sntp, "time_zone": f"UTC{device.timezone:+d}"},
        "otbr_cfg": {
            "nwk_on_off": int(thread.enabled),
            "txpower": thread.tx_power,
            "passphrase": network.passphrase,
            "bbr_on_off": int(thread.bbr_enabled),
            "channel": network.channel,
            "pan_id": network.pan_id,
            "nwk_key": network.key,
            "ext_pan_id": network.extended_pan_id,
            "nwk_name": network.name,
        },
        "wifi_cfg": {
            "wifi_on_off": int(uplinks.wifi.wanted is not None),
            "ssid": wanted.ssid,
            "password": wanted.password,
            "lock_bssid": wanted.lock_bssid,
            "bssid": wanted.bssid,
            "authmode": wanted.auth_mode,
        },
        "eth_failover_cfg": _check_fields(uplinks.checks[Uplink.ETH]),
        "wifi_failover_cfg": _check_fields(uplinks.checks[Uplink.WIFI]),
        "eth_dhcp_cfg": _addressing_fields(uplinks.ethernet.addressing),
        "wifi_dhcp_cfg": _addressing_fields(wanted.addressing),
        "wifi_saved": {
            "list": [
                uplink_api.saved_fields(each) | {"dhcp": each.addressing.static is None}
                for each in uplinks.wifi.saved
            ]
        },
    }


def _check_fields(check: Check) -> Fields:
    """Return how an interface is watched."""
    return {"check": check.enable, "priority": check.priority} | check.fields()


def _addressing_fields(addressing: Addressing) -> Fields:
    """Return how an interface gets its address."""
    address = addressing.static or NO_ADDRESS
    return {"enable": addressing.static is None, "static_ipv4": address.fields()}


def import_sys_config(device: Device, request: Request) -> Fields:
    """Take every setting, once all of them are good, and restart."""
    request.number("cfg_ver", VERSION, VERSION)
    language = Language(request.part("ui_cfg").text("language", ui_api.LANGUAGES))
    time = request.part("sntp_cfg")
    sntp = time.text("sntp_srv")
    timezone = sent_timezone(time, "time_zone")
    thread = request.part("otbr_cfg")
    network = _network(thread)
    switches = {name: bool(thread.number(name, 0, 1)) for name in ("nwk_on_off", "bbr_on_off")}
    tx_power = thread.number("txpower", *thread_api.TX_POWERS)
    checks = {name: _check(request.part(f"{name}_failover_cfg")) for name in Uplink}
    eth_addressing = _addressing(request.part("eth_dhcp_cfg"), "enable", "static_ipv4")
    wifi_wanted = _wifi(request)
    saved = [
        uplink_api.sent_network(each, _addressing(each, "dhcp", "ipv4"))
        for each in request.part("wifi_saved").parts("list")
    ]

    device.language, device.sntp, device.timezone = language, sntp, timezone
    device.thread.tx_power = tx_power
    device.thread.bbr_enabled = switches["bbr_on_off"]
    device.thread.enabled = switches["nwk_on_off"]
    device.thread.set_network(device.now, **network)
    device.uplinks.checks = checks
    device.uplinks.ethernet.configure(eth_addressing, device.now)
    device.uplinks.wifi.wanted = wifi_wanted
    device.uplinks.wifi.saved = []
    for each in saved:
        device.uplinks.wifi.save(each)
    device.restart()
    return {}


def _network(request: Request) -> dict[str, Any]:
    """Return the parameters of the Thread network."""
    return {
        "name": request.text("nwk_name", "(?s).{1,16}"),
        "extended_pan_id": request.text("ext_pan_id", thread_api.EXTENDED_PAN_ID).lower(),
        "pan_id": request.number("pan_id", *thread_api.PAN_IDS),
        "channel": request.number("channel", *thread_api.CHANNELS),
        "key": request.text("nwk_key", thread_api.NETWORK_KEY).lower(),
        "passphrase": request.text("passphrase", "(?s).{6,255}"),
    }


def _check(request: Request) -> Check:
    """Return how an interface is to be watched."""
    enable, ipv4, ipv6 = uplink_api.sent_check(request, "check")
    return Check(
        enable=enable,
        priority=request.number("priority", 0, LOWEST_PRIORITY),
        interval=request.number("check_interval", 1, LONGEST),
        success_time=request.number("check_success_time", 1, LONGEST),
        fail_time=request.number("check_fail_time", 1, LONGEST),
        ipv4=ipv4,
        ipv6=ipv6,
    )


def _addressing(request: Request, switch: str, address: str) -> Addressing:
    """Return how an interface is to get its address."""
    if request.boolean(switch):
        return ethernet.DHCP
    return Addressing(static=uplink_api.sent_address(request.part(address)))


def _wifi(request: Request) -> WifiNetwork | None:
    """Return the Wi-Fi network to be in."""
    addressing = _addressing(request.part("wifi_dhcp_cfg"), "enable", "static_ipv4")
    wifi = request.part("wifi_cfg")
    if not wifi.number("wifi_on_off", 0, 1):
        return None
    return uplink_api.sent_network(wifi, addressing, mode="authmode", key="password")


ENDPOINTS: Final = {
    "sys/export_sys_config": command(export_sys_config),
    "sys/import_sys_config": command(import_sys_config),
}
