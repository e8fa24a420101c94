"""Methods of the clients in the house."""

from typing import Final

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.household import Client
from simulators.hiwifi.method import Handler, mac
from simulators.hiwifi.router import Router
from simulators.hiwifi.wifi import BAND_OF, GUEST, RADIO_OF
from simulators.hiwifi.wire import Fields

LONGEST_NAME: Final = 64
COUNTS: Final = {
    "wire": "online_wire_cnt",
    "master": "online_w2p4g_master_cnt",
    "guest": "online_w2p4g_guest_cnt",
    "masterac": "online_w5g_master_cnt",
    "guestac": "online_w5g_guest_cnt",
}


def phy(client: Client) -> str:
    """Return how a client is connected."""
    return "wire" if client.wired else BAND_OF[RADIO_OF[client.ifname]]


def named(router: Router, arguments: Arguments) -> Client:
    """Return the client a call is about."""
    try:
        return router.household.clients[arguments.mac("mac")]
    except KeyError as failure:
        raise DeviceError(Code.PARAMETER) from failure


def sta_list(router: Router, arguments: Arguments) -> Fields:
    """Return the clients, all known ones unless a day is given."""
    known = list(router.household.clients.values())
    if arguments.has("date"):
        date = arguments.date("date")
        known = [each for each in known if _periods(router, each, date)]
    if arguments.has("mac"):
        wanted = arguments.mac("mac")
        known = [each for each in known if each.mac == wanted]
    if arguments.has("conn_ap") and arguments.mac("conn_ap") != router.options.mac:
        known = []
    if arguments.has("master"):
        main = arguments.boolean("master")
        known = [each for each in known if (each.ifname not in GUEST) is main]
    return {"list": [_fields(router, each) for each in known]}


def _fields(router: Router, client: Client) -> Fields:
    """Return one client."""
    periods = client.periods
    ended = [each.end for each in periods if each.end is not None]
    begun = [each.begin for each in periods]
    return {
        "mac": mac(router, client.mac),
        "ip": client.ip,
        "type": client.kind,
        "name": client.name,
        "conn_ap": mac(router, router.options.mac),
        "rssi": client.signal(router.now) if client.online else 0,
        "phy": phy(client),
        "master": int(client.ifname not in GUEST),
        "online": int(client.online),
        "last_online": router.timestamp(begun[-1]) if begun else 0,
        "last_offline": router.timestamp(ended[-1]) if ended else 0,
        "first_online": router.timestamp(begun[0]) if begun else 0,
    }


def sta_stat(router: Router, _: Arguments) -> Fields:
    """Return how many clients there are, and the most there were."""
    household = router.household
    counts = {name: household.count(ifname) for ifname, name in COUNTS.items()}
    most = {f"max_{name}": household.most.get(ifname, 0) for ifname, name in COUNTS.items()}
    return {"all_cnt": len(household.clients), **counts, **most}


def rename(router: Router, arguments: Arguments) -> Fields:
    """Give a client another name."""
    name = arguments.text("name")
    if len(name) > LONGEST_NAME:
        raise DeviceError(Code.PARAMETER)
    named(router, arguments).name = name
    return {}


def conn_record(router: Router, arguments: Arguments) -> Fields:
    """Return when a client was connected on a day."""
    client, date = named(router, arguments), arguments.date("date")
    record = []
    total = 0.0
    for begin, end in _periods(router, client, date):
        entry = {"onlinetime": router.timestamp(begin)}
        if end is not None:
            entry["offlinetime"] = router.timestamp(end)
        record.append(entry)
        total += (router.now if end is None else end) - begin
    return {"record": record, "total_time": int(total)}


def _periods(router: Router, client: Client, date: str) -> list[tuple[float, float | None]]:
    """Return begin and end of a client's periods that touch a day."""
    clock = router.clock
    return [
        (each.begin, each.end)
        for each in client.periods
        if f"{clock.date(each.begin):%Y%m%d}" <= date <= f"{clock.date(each.end):%Y%m%d}"
    ]


def forbid(router: Router, arguments: Arguments) -> Fields:
    """Keep clients from the internet."""
    _block(router, arguments, blocked=True)
    return {}


def allow(router: Router, arguments: Arguments) -> Fields:
    """Let clients into the internet."""
    _block(router, arguments, blocked=False)
    return {}


def _block(router: Router, arguments: Arguments, *, blocked: bool) -> None:
    """Block or unblock clients, also such as were never seen."""
    for digits in arguments.macs("maclist"):
        router.household.block(digits, blocked=blocked)


def check_status(router: Router, arguments: Arguments) -> Fields:
    """Return whether a client may use the internet."""
    return {"status": int(arguments.mac("mac") not in router.household.blocked)}


V1: Final[dict[str, Handler]] = {
    "device.sta.list": sta_list,
    "device.sta.get_sta_stat": sta_stat,
    "device.sta.set": rename,
    "device.sta.get_conn_record": conn_record,
    "device.macfilter.forbid": forbid,
    "device.macfilter.allow": allow,
    "device.macfilter.check_status": check_status,
}
