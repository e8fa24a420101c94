"""The modem's DHCP server, fixed addresses and dynamic DNS."""

from ipaddress import IPv4Network
import re
from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.router import Command, Rule, address, keep, rows
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

SETTINGS: Final = "dhcp/settings"
LEASES: Final = "dhcp/static-addr-info"
DDNS: Final = "ddns/ddns-list"

_RULE: Final = Rule(
    flags=frozenset({"DhcpStatus", "DnsStatus"}),
    numbers=frozenset({"DhcpLeaseTime"}),
    addresses=frozenset({"DhcpIPAddress", "DhcpStartIPAddress", "DhcpEndIPAddress"}),
)
_MAC: Final = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")
_MOST_LEASES: Final = 8
_LEASE: Final = frozenset({"HostHw", "HostIp", "HostEnabled"})
_ACCOUNT: Final = ("index", "provider", "status", "username", "password", "domainname")
_MASKED: Final = "********"


def settings(modem: Modem, request: Request) -> Value:
    """Replace the settings of the DHCP server."""
    stored = modem.record(SETTINGS)
    _RULE.check(request, stored)
    fields = {name: str(value or "") for name, value in request.fields.items()}
    first, last = address(fields["DhcpStartIPAddress"]), address(fields["DhcpEndIPAddress"])
    if last < first:
        raise DeviceError(Code.DHCP)
    if "DhcpIPAddress" in fields:
        own = f"{fields['DhcpIPAddress']}/{fields['DhcpLanNetmask']}"
        network = IPv4Network(own, strict=False)
        if first not in network or last not in network:
            raise DeviceError(Code.DHCP)
    modem.records[SETTINGS] = stored | request.fields
    return OK


def static_leases(modem: Modem, request: Request) -> Value:
    """Replace the list of fixed addresses, all of which have to be in the range."""
    server = modem.record(SETTINGS)
    first, last = address(server["DhcpStartIPAddress"]), address(server["DhcpEndIPAddress"])
    found = rows(request, "Hosts", "Host")
    if len(found) > _MOST_LEASES:
        raise DeviceError(Code.DHCP)
    for row in found:
        if row.keys() - {"HostIndex"} != _LEASE or not _MAC.fullmatch(row["HostHw"] or ""):
            raise DeviceError(Code.FORMAT)
        if not first <= address(row["HostIp"]) <= last:
            raise DeviceError(Code.DHCP)
    for name in ("HostHw", "HostIp"):
        if len({row[name] for row in found}) < len(found):
            raise DeviceError(Code.DHCP)
    return keep(modem, LEASES, "Hosts", "Host", found)


def ddns(modem: Modem, request: Request) -> Value:
    """Change the account for dynamic DNS, in the way of the model."""
    stored = modem.record(DDNS)
    if "ddnslist" in stored:
        if "operate" in request.fields:
            raise DeviceError(Code.FORMAT)
        request.choice("index", "0")
        request.choice("enable", "0", "1")
        modem.records[DDNS] = {"ddnslist": dict(request.fields)}
        return OK
    return _operate(modem, stored, request)


def _operate(modem: Modem, stored: Fields, request: Request) -> Value:
    """Add (1), delete (2) or edit (3) an account; passwords are never told again."""
    (row,) = rows(request, "ddnss", "ddns") or ({},)
    if tuple(row) != _ACCOUNT:
        raise DeviceError(Code.FORMAT)
    held = Request(stored)
    listed = {each["index"]: each for each in rows(held, "ddnss", "ddns")}
    operation = request.choice("operate", "1", "2", "3")
    index = row["index"] if operation != "1" else str(len(listed))
    if operation != "1" and index not in listed:
        raise DeviceError(Code.PARAMETER)
    if operation == "2":
        del listed[index]
    else:
        listed[index] = row | {"index": index, "password": _MASKED}
    return keep(modem, DDNS, "ddnss", "ddns", list(listed.values()))


LAN_COMMANDS: Final[dict[str, Command]] = {
    SETTINGS: settings,
    LEASES: static_leases,
    DDNS: ddns,
}
