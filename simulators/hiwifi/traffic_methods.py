"""Methods of traffic: bit/s for rates, bytes for amounts."""

from typing import Final

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.household import Client
from simulators.hiwifi.method import Handler, mac
from simulators.hiwifi.router import Router
from simulators.hiwifi.traffic import BITS, NO_VALUE, SLOT_SECONDS, SLOTS, Amount
from simulators.hiwifi.wire import Fields


def speeds(router: Router) -> dict[str, tuple[int, int]]:
    """Return the rates of the clients that are connected, down and up, in bit/s."""
    online = router.wan.online(router.now, router.options)
    return {
        each.mac: _speeds(router, each) if online else (0, 0) for each in router.household.online()
    }


def _speeds(router: Router, client: Client) -> tuple[int, int]:
    """Return one client's rates."""
    blocked = client.mac in router.household.blocked
    return (0, 0) if blocked else client.load.speeds(router.now)


def total_speeds(router: Router) -> tuple[int, int]:
    """Return the rates of all clients together."""
    rates = speeds(router).values()
    return sum(down for down, _ in rates), sum(up for _, up in rates)


def get_realspeed(router: Router, arguments: Arguments) -> Fields:
    """Return the present rates."""
    rates = _chosen(speeds(router), arguments)
    return {
        "total": {
            "download_speed": sum(down for down, _ in rates.values()),
            "upload_speed": sum(up for _, up in rates.values()),
        },
        "details": [
            {"mac": mac(router, digits), "download_speed": down, "upload_speed": up}
            for digits, (down, up) in rates.items()
        ],
    }


def get_total_load(router: Router, arguments: Arguments) -> Fields:
    """Return the amounts of a day, by default today."""
    amounts = _chosen(_day(router, arguments), arguments)
    return {
        "total": {
            "download": int(sum(each.download for each in amounts.values())),
            "upload": int(sum(each.upload for each in amounts.values())),
        },
        "details": [
            {
                "mac": mac(router, digits),
                "download": int(each.download),
                "upload": int(each.upload),
            }
            for digits, each in amounts.items()
        ],
    }


def get_history_speed(router: Router, arguments: Arguments) -> Fields:
    """Return the mean rates down of every five minutes of a day."""
    amounts = _chosen(_day(router, arguments), arguments)
    speed_map = [NO_VALUE] * SLOTS
    for amount in amounts.values():
        for slot, (download, _) in amount.slots.items():
            speed_map[slot] = max(0, speed_map[slot]) + int(download * BITS / SLOT_SECONDS)
    return {"speed_map": speed_map}


def _day(router: Router, arguments: Arguments) -> dict[str, Amount]:
    """Return the amounts of the day a call is about."""
    has_date = arguments.has("date")
    return router.meter.day(arguments.date("date") if has_date else router.meter.today())


def _chosen[T](by_mac: dict[str, T], arguments: Arguments) -> dict[str, T]:
    """Return what belongs to the client a call is about, or to all."""
    if not arguments.has("mac"):
        return by_mac
    wanted = arguments.mac("mac")
    return {digits: each for digits, each in by_mac.items() if digits == wanted}


V1: Final[dict[str, Handler]] = {
    "network.ipstat.get_realspeed": get_realspeed,
    "network.ipstat.get_total_load": get_total_load,
    "network.ipstat.get_history_speed": get_history_speed,
}
