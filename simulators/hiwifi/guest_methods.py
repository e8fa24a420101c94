"""Methods of the guest networks."""

from dataclasses import replace
from typing import Final

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.method import Handler
from simulators.hiwifi.router import Router
from simulators.hiwifi.wifi import GUEST, HIDE_MINUTES, GuestTimes
from simulators.hiwifi.wire import Fields

LONGEST_MINUTES: Final = 7 * 24 * 60


def get_status(router: Router, arguments: Arguments) -> Fields:
    """Return a guest network, which not every model has on both bands."""
    ifname = arguments.choice("type", GUEST)
    if ifname not in router.wifi.interfaces:
        return {"support": 0}
    interface = router.wifi.interface(ifname)
    times = router.wifi.guest_times[ifname]
    working = router.wifi.running(ifname, router.now)
    stops_at = times.stops_at
    return {
        "support": 1,
        "ssid": interface.network.ssid,
        "work": int(working),
        "show": int(working and router.now < times.hides_at),
        "start_time": router.timestamp(times.started_at) if working else 0,
        "stop_time": router.timestamp(stops_at) if working and stops_at else 0,
        "online_count": router.household.count(ifname),
        "max_online_count": router.household.most.get(ifname, 0),
        "hide_timeout": times.hide_minutes,
        "stop_timeout": times.stop_minutes,
        "key": interface.network.key,
        "encryption": interface.network.encryption,
    }


def start(router: Router, arguments: Arguments) -> Fields:
    """Open a guest network, hidden and closed again after so many minutes."""
    router.wifi.start_guest(
        arguments.choice("type", GUEST),
        router.now,
        GuestTimes(
            hide_minutes=arguments.number("hide_timeout", 0, LONGEST_MINUTES, HIDE_MINUTES),
            stop_minutes=arguments.number("stop_timeout", 0, LONGEST_MINUTES, 0),
        ),
    )
    return {}


def stop(router: Router, arguments: Arguments) -> Fields:
    """Close a guest network."""
    router.wifi.switch(arguments.choice("type", GUEST), on=False)
    return {}


def set_info(router: Router, arguments: Arguments) -> Fields:
    """Change a guest network's name and key."""
    ifname = arguments.choice("type", GUEST)
    network = replace(
        router.wifi.interface(ifname).network,
        ssid=arguments.text("ssid"),
        encryption=arguments.text("encryption"),
        key=arguments.text("key"),
    )
    router.wifi.change(router.now, ifname, network)
    return {}


V1: Final[dict[str, Handler]] = {
    "wireless.guest.get_status": get_status,
    "wireless.guest.start": start,
    "wireless.guest.stop": stop,
    "wireless.guest.set_info": set_info,
}
