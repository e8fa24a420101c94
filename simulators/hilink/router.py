"""The router inside the modem: records that a POST replaces as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address
from typing import Any, Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

type Command = Callable[[Modem, Request], Value]

LANGUAGE: Final = "language/current-language"
SERVERS: Final = "security/virtual-servers"
_MOST_SERVERS: Final = 32
_SERVER: Final = (
    "VirtualServerIPName",
    "VirtualServerStatus",
    "VirtualServerRemoteIP",
    "VirtualServerWanPort",
    "VirtualServerWanEndPort",
    "VirtualServerLanPort",
    "VirtualServerLanEndPort",
    "VirtualServerIPAddress",
    "VirtualServerProtocol",
)
_PROTOCOLS: Final = frozenset({"0", "6", "17"})
_PORT_LIMIT: Final = 65535


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a record has to be like; a part of it is refused."""

    flags: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()

    def check(self, request: Request, stored: Fields) -> None:
        """Refuse what is not all of the record, or cannot be right."""
        fields = request.fields
        if fields.keys() != stored.keys() - self.read_only:
            raise DeviceError(Code.PARAMETER)
        for name in fields.keys() & self.flags:
            request.choice(name, "0", "1")
        for name in fields.keys() & self.numbers:
            request.number(name)
        for name in fields.keys() & self.addresses:
            if fields[name]:
                address(fields[name])


RULES: Final[Mapping[str, Rule]] = {
    "security/upnp": Rule(flags=frozenset({"UpnpStatus"})),
    "security/sip": Rule(flags=frozenset({"SipStatus"}), numbers=frozenset({"SipPort"})),
    "sdcard/dlna-setting": Rule(flags=frozenset({"enabled", "shareallpath"})),
    "sdcard/sdcardsamba": Rule(flags=frozenset({"enabled", "anonymousaccess", "printerenable"})),
    "cradle/basic-info": Rule(
        numbers=frozenset({"poecat", "multipmcat", "eth_wan_mode"}),
        read_only=frozenset({"eth_wan_status", "cradle_status"}),
    ),
    "sntp/sntpswitch": Rule(flags=frozenset({"SntpSwitch"})),
    "security/nat": Rule(flags=frozenset({"NATType"})),
    "security/firewall-switch": Rule(
        flags=frozenset(
            {
                "FirewallMainSwitch",
                "FirewallIPFilterSwitch",
                "FirewallWanPortPingSwitch",
                "firewallurlfilterswitch",
                "firewallmacfilterswitch",
            }
        )
    ),
    "security/dmz": Rule(flags=frozenset({"DmzStatus"}), addresses=frozenset({"DmzIPAddress"})),
}


def address(text: object) -> IPv4Address:
    """Return an address; anything else is a wrong parameter."""
    try:
        return IPv4Address(str(text))
    except AddressValueError as failure:
        raise DeviceError(Code.PARAMETER) from failure


def replace(endpoint: str) -> Command:
    """Return the command that replaces a record."""

    def command(modem: Modem, request: Request) -> Value:
        """Replace it."""
        stored = modem.record(endpoint)
        RULES[endpoint].check(request, stored)
        modem.records[endpoint] = stored | request.fields
        return OK

    return command


def rows(request: Request, outer: str, inner: str) -> list[dict[str, Any]]:
    """Return the rows of a list, of which there may be none."""
    container = request.fields.get(outer) or {}
    found = container.get(inner)
    listed = found if isinstance(found, list) else [found] if found is not None else []
    if container.keys() - {inner} or not all(isinstance(row, dict) for row in listed):
        raise DeviceError(Code.FORMAT)
    return listed


def keep(modem: Modem, endpoint: str, outer: str, inner: str, found: list[dict[str, Any]]) -> Value:
    """Store a list; what else the record has stays."""
    modem.records[endpoint] = modem.record(endpoint) | {outer: {inner: found} if found else None}
    return OK


def virtual_servers(modem: Modem, request: Request) -> Value:
    """Replace the list of forwarded ports."""
    modem.record(SERVERS)
    found = rows(request, "Servers", "Server")
    if len(found) > _MOST_SERVERS:
        raise DeviceError(Code.PARAMETER)
    for row in found:
        if tuple(row) != _SERVER:
            raise DeviceError(Code.FORMAT)
        address(row["VirtualServerIPAddress"])
        ports = [row[name] or "" for name in _SERVER if name.endswith("Port")]
        if not all(port.isdecimal() and 0 < int(port) <= _PORT_LIMIT for port in ports):
            raise DeviceError(Code.PARAMETER)
        if row["VirtualServerProtocol"] not in _PROTOCOLS:
            raise DeviceError(Code.PARAMETER)
    return keep(modem, SERVERS, "Servers", "Server", found)


def language(modem: Modem, request: Request) -> Value:
    """Choose one of the languages that the web page has."""
    stored = modem.record(LANGUAGE)
    listed = modem.record("config/global/languagelist.xml")["languages"]
    names = listed["language"] if isinstance(listed, Mapping) else ()
    chosen = request.text("CurrentLanguage")
    if chosen.replace("-", "_") not in (names or ()):
        raise DeviceError(Code.LANGUAGE)
    modem.records[LANGUAGE] = stored | {"CurrentLanguage": chosen}
    return OK


ROUTER_COMMANDS: Final[dict[str, Command]] = {
    **{endpoint: replace(endpoint) for endpoint in RULES},
    SERVERS: virtual_servers,
    LANGUAGE: language,
}
