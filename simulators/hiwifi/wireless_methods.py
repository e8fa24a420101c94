"""Methods of the Wi-Fi networks and radios."""

from typing import Final

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.household import Client
from simulators.hiwifi.method import Handler, mac
from simulators.hiwifi.router import Router
from simulators.hiwifi.wifi import BAND_OF, CHANNELS, MAIN, OPEN, POWERS, Network
from simulators.hiwifi.wire import Fields

LONGEST_DELAY: Final = 60
POWER_TITLES: Final = {"min": "节能", "140": "标准", "150": "增强", "max": "穿墙"}
POWER_VALUES: Final = {"min": 30, "140": 140, "150": 150, "max": 200}
RANKS: Final = {1: 64, 6: 23, 11: 41, 36: 12, 149: 35}
QUALITIES: Final = {"master": ("normal", 46), "masterac": ("good", 88)}
STATION_RATES: Final = {
    "2.4G": {"mode": "11n", "bw": 20, "txrate": 144_000, "rxrate": 72_000},
    "5G": {"mode": "11ac", "bw": 80, "txrate": 866_000, "rxrate": 650_000},
}
SLEEP: Final = {
    "status": 0,
    "down_hour": 0,
    "down_min": 0,
    "up_hour": 6,
    "up_min": 0,
    "weekday_active": 127,
}


def get_iface_info(router: Router, arguments: Arguments) -> Fields:
    """Return a network's settings, key included."""
    interface = router.wifi.interface(arguments.text("ifname"))
    network = interface.network
    return {
        "device": interface.device,
        "ssid": network.ssid,
        "encryption": network.encryption,
        "key": network.key,
        "hidden": int(network.hidden),
        "disabled": int(interface.disabled),
        "lowrssi": 0,
        "isolate": int(network.isolate),
        "bssid": mac(router, interface.bssid(router.options.mac)),
        "status": int(router.wifi.running(interface.ifname, router.now)),
    }


def _network(arguments: Arguments) -> Network:
    """Return settings as sent; what was left out is not kept."""
    network = Network(
        ssid=arguments.text("ssid"),
        encryption=arguments.text("encryption", OPEN),
        key=arguments.text("key", ""),
        hidden=arguments.boolean("hidden", default=False),
        isolate=arguments.boolean("isolate", default=False),
    )
    network.check()
    return network


def validate_iface_info(router: Router, arguments: Arguments) -> Fields:
    """Refuse settings that would be refused."""
    router.wifi.interface(arguments.text("ifname"))
    _network(arguments)
    return {}


def set_iface_info(router: Router, arguments: Arguments) -> Fields:
    """Replace a network's settings."""
    delay = arguments.number("delay_time", 0, LONGEST_DELAY, 0)
    router.wifi.change(router.now + delay, arguments.text("ifname"), _network(arguments))
    return {}


def set_master_status(router: Router, arguments: Arguments) -> Fields:
    """Switch all main networks."""
    on = arguments.boolean("status")
    for ifname in MAIN:
        if ifname in router.wifi.interfaces:
            router.wifi.switch(ifname, on=on)
    return {}


def start(router: Router, arguments: Arguments) -> Fields:
    """Switch a network on for good."""
    router.wifi.switch(arguments.text("ifname"), on=True)
    return {}


def stop(router: Router, arguments: Arguments) -> Fields:
    """Switch a network off for good."""
    router.wifi.switch(arguments.text("ifname"), on=False)
    return {}


def radio_up(router: Router, arguments: Arguments) -> Fields:
    """Switch a radio on until the next restart."""
    router.wifi.radio(arguments.text("device")).up = True
    return {}


def radio_down(router: Router, arguments: Arguments) -> Fields:
    """Switch a radio off until the next restart."""
    router.wifi.radio(arguments.text("device")).up = False
    return {}


def get_device_info(router: Router, _: Arguments) -> Fields:
    """Return the radios' settings."""
    return {
        "wifi_device": {
            device: {
                "txpwr": radio.txpwr,
                "htbw": 2,
                "htbw_autoreal": STATION_RATES[BAND_OF[device]]["bw"],
                "channel": str(radio.channel),
                "channel_autoreal": radio.real_channel,
            }
            for device, radio in router.wifi.radios.items()
        }
    }


def set_channel(router: Router, arguments: Arguments) -> Fields:
    """Put a radio on a channel, 0 for an automatic one."""
    radio = router.wifi.radio(arguments.text("device"))
    channel = arguments.number("channel", 0, max(CHANNELS[radio.device]))
    if channel not in CHANNELS[radio.device]:
        raise DeviceError(Code.PARAMETER)
    radio.channel = channel
    router.wifi.restart_radio(radio.device, router.now, router.options)
    return {}


def set_txpwr(router: Router, arguments: Arguments) -> Fields:
    """Set a radio's power."""
    radio = router.wifi.radio(arguments.text("device"))
    radio.txpwr = arguments.choice("txpwr", POWERS)
    router.wifi.restart_radio(radio.device, router.now, router.options)
    return {}


def get_txpwr_list(_: Router, __: Arguments) -> Fields:
    """Return the powers there are."""
    return {
        "txpwr_list": [
            {"key": key, "title": POWER_TITLES[key], "txpwr_val": POWER_VALUES[key]}
            for key in POWERS
        ]
    }


def get_channel_rank(router: Router, arguments: Arguments) -> Fields:
    """Return how crowded the channels are."""
    radio = router.wifi.radio(arguments.text("device"))
    channels = sorted(CHANNELS[radio.device] - {0})
    return {"rank": [{"channel": each, "rank": RANKS.get(each, 5)} for each in channels]}


def get_quality(router: Router, arguments: Arguments) -> Fields:
    """Return how much a network is disturbed."""
    interface = router.wifi.interface(arguments.choice("ifname", QUALITIES))
    state, quality = QUALITIES[interface.ifname]
    return {"state": state, "quality": quality}


def get_stalist(router: Router, arguments: Arguments) -> Fields:
    """Return the stations of a network."""
    interface = router.wifi.interface(arguments.text("ifname"))
    return {
        "stalist": [
            _station(router, each)
            for each in router.household.online()
            if each.ifname == interface.ifname
        ]
    }


def _station(router: Router, client: Client) -> Fields:
    """Return a station as the radio sees it."""
    now = router.now
    band = BAND_OF[router.wifi.interface(client.ifname).device]
    begin = client.periods[-1].begin
    received, sent = client.load.bytes_between(begin, now)
    rssi = client.signal(now)
    return {
        "macaddr": mac(router, client.mac, station=True),
        "rssi0": rssi,
        "rssi1": rssi - 2,
        "rssi2": 0,
        **STATION_RATES[band],
        "txbytes": int(received),
        "rxbytes": int(sent),
        "assoctime": int(now - begin),
    }


def get_sleep(_: Router, __: Arguments) -> Fields:
    """Return when a radio sleeps: never."""
    return dict(SLEEP)


def kick(router: Router, arguments: Arguments) -> Fields:
    """Drop a client once."""
    interface = router.wifi.interface(arguments.text("ifname"))
    client = router.household.clients.get(arguments.mac("mac"))
    if client is None or not client.online or client.ifname != interface.ifname:
        raise DeviceError(Code.PARAMETER)
    router.household.kick(client, router.now, router.options.rejoin_seconds)
    return {}


V1: Final[dict[str, Handler]] = {
    "wireless.get_iface_info": get_iface_info,
    "wireless.set_iface_info": set_iface_info,
    "wireless.validate_iface_info": validate_iface_info,
    "wireless.set_master_status": set_master_status,
    "wireless.start": start,
    "wireless.stop": stop,
    "wireless.up": radio_up,
    "wireless.down": radio_down,
    "wireless.get_device_info": get_device_info,
    "wireless.set_channel": set_channel,
    "wireless.set_txpwr": set_txpwr,
    "wireless.get_txpwr_list": get_txpwr_list,
    "wireless.get_channel_rank": get_channel_rank,
    "wireless.get_quality": get_quality,
    "wireless.get_stalist": get_stalist,
    "wireless.get_24g_sleep": get_sleep,
    "wireless.get_5g_sleep": get_sleep,
    "wireless.kick": kick,
}
