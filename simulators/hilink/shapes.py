"""The bodies that the modem's POST endpoints accept: element names in their order."""

from dataclasses import dataclass
from typing import Any

from simulators.hilink import wire
from simulators.hilink.errors import Code, DeviceError


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One body: names in order, those that may be missing, those that may repeat."""

    names: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    nested: frozenset[str] = frozenset()
    any_names: bool = False
    """Whether which elements there are depends on the model."""


def _in_order(*names: str, optional: tuple[str, ...] = ()) -> Shape:
    """Return a body of plain elements."""
    return Shape(names=names, optional=frozenset(optional))


LOCKS = ("lte_info", "nr_info")
_INDEXES = Shape(names=("Index",), repeated=frozenset({"Index"}))
_MESSAGE = Shape(
    names=("Index", "Phones", "Sca", "Content", "Length", "Reserved", "Date", "nonce"),
    optional=frozenset({"nonce"}),
    nested=frozenset({"Phones"}),
)

SHAPES: dict[str, Shape] = {
    "user/login": _in_order("Username", "Password", "password_type"),
    "user/logout": _in_order("Logout"),
    "user/challenge_login": _in_order(
        "username", "firstnonce", "mode", "loginflag", optional=("loginflag",)
    ),
    "user/authentication_login": _in_order(
        "clientproof", "finalnonce", "loginflag", optional=("loginflag",)
    ),
    "device/control": _in_order("Control"),
    "monitoring/start_date": _in_order(
        "StartDay",
        "DataLimit",
        "DataLimitAwoke",
        "MonthThreshold",
        "DayThreshold",
        "SetMonthData",
        "trafficmaxlimit",
        "turnoffdataenable",
        "turnoffdataswitch",
        "turnoffdataflag",
        optional=(
            "DataLimitAwoke",
            "DayThreshold",
            "trafficmaxlimit",
            "turnoffdataenable",
            "turnoffdataswitch",
            "turnoffdataflag",
        ),
    ),
    "monitoring/clear-traffic": _in_order("ClearTraffic"),
    "online-update/check-new-version": Shape(),
    "online-update/ack-newversion": _in_order("userAckNewVersion"),
    "online-update/cancel-downloading": Shape(),
    "diagnosis/time_reboot": _in_order("enable", "dayinterval", "begintime", "endtime"),
    "net/net-mode": _in_order(
        "NetworkMode",
        "NetworkBand",
        "LTEBand",
        "networkOption",
        "LTEBandOption",
        optional=("networkOption", "LTEBandOption"),
    ),
    "net/lock-freq": Shape(names=LOCKS, optional=frozenset(LOCKS), nested=frozenset(LOCKS)),
    "net/reconnect": _in_order("ReconnectAction"),
    "dialup/mobile-dataswitch": _in_order("dataswitch"),
    "dialup/connection": _in_order(
        "RoamAutoConnectEnable",
        "MaxIdelTime",
        "ConnectMode",
        "MTU",
        "auto_dial_switch",
        "pdp_always_on",
    ),
    "dialup/dial": _in_order("Action"),
    "dialup/profiles": Shape(
        names=("SetDefault", "Delete", "Modify", "Profile"),
        optional=frozenset({"Profile"}),
        nested=frozenset({"Profile"}),
    ),
    "net/register": _in_order("Mode", "Plmn", "Rat"),
    "pin/operate": _in_order("OperateType", "CurrentPin", "NewPin", "PukCode"),
    "sms/sms-list": _in_order(
        "PageIndex",
        "ReadCount",
        "BoxType",
        "SortType",
        "Ascending",
        "UnreadPreferred",
        "nonce",
        optional=("nonce",),
    ),
    "sms/sms-list-contact": _in_order("pageindex", "readcount", "nonce", optional=("nonce",)),
    "sms/sms-list-phone": _in_order(
        "phone", "pageindex", "readcount", "nonce", optional=("nonce",)
    ),
    "sms/send-sms": _MESSAGE,
    "sms/save-sms": _MESSAGE,
    "sms/cancel-send": Shape(),
    "sms/delete-sms": _INDEXES,
    "sms/set-read": _INDEXES,
    "ussd/send": _in_order("content", "codeType", "timeout"),
    "sdcard/dlna-setting": _in_order("enabled", "sharepath", "shareallpath"),
    "sdcard/sdcardsamba": _in_order(
        "enabled",
        "servername",
        "serverdescription",
        "workgroupname",
        "anonymousaccess",
        "printerenable",
    ),
    "cradle/basic-info": _in_order("poecat", "multipmcat", "eth_wan_mode"),
    "language/current-language": _in_order("CurrentLanguage"),
    "pb/pb-list": _in_order(
        "GroupID", "PageIndex", "ReadCount", "SaveType", "SortType", "Ascending", "KeyWord"
    ),
    "pb/pb-new": Shape(names=("GroupID", "SaveType", "Field"), repeated=frozenset({"Field"})),
    "pb/pb-delete": _in_order("Index"),
    "diagnosis/ping": _in_order("host", "timeout", "count"),
    "diagnosis/diagnose_ping": _in_order("Host", "Timeout"),
    "diagnosis/diagnose_traceroute": _in_order("Host", "MaxHopCount", "Timeout"),
    "sntp/sntpswitch": _in_order("SntpSwitch"),
    "dhcp/settings": _in_order(
        "DhcpIPAddress",
        "DhcpLanNetmask",
        "DhcpStatus",
        "DhcpStartIPAddress",
        "DhcpEndIPAddress",
        "DhcpLeaseTime",
        "DnsStatus",
        "PrimaryDns",
        "SecondaryDns",
        "ShowDnsSetting",
        optional=("DhcpIPAddress", "DhcpLanNetmask", "DnsStatus", "ShowDnsSetting"),
    ),
    "dhcp/static-addr-info": Shape(names=("Hosts",), nested=frozenset({"Hosts"})),
    "ddns/ddns-list": Shape(
        names=(
            "index",
            "server",
            "username",
            "password",
            "domain",
            "enable",
            "operate",
            "ddnss",
        ),
        optional=frozenset(
            {
                "index",
                "server",
                "username",
                "password",
                "domain",
                "enable",
                "operate",
                "ddnss",
            }
        ),
        nested=frozenset({"ddnss"}),
    ),
    "security/upnp": _in_order("UpnpStatus"),
    "security/sip": _in_order("SipStatus", "SipPort"),
    "security/nat": _in_order("NATType"),
    "security/firewall-switch": _in_order(
        "FirewallMainSwitch",
        "FirewallIPFilterSwitch",
        "FirewallWanPortPingSwitch",
        "firewallurlfilterswitch",
        "firewallmacfilterswitch",
        optional=("firewallurlfilterswitch", "firewallmacfilterswitch"),
    ),
    "security/dmz": _in_order("DmzStatus", "DmzIPAddress"),
    "security/virtual-servers": Shape(names=("Servers",), nested=frozenset({"Servers"})),
    "user/pwd": _in_order("module", "nonce"),
    "led/circle-switch": _in_order("ledSwitch"),
    "device/antenna_set_type": _in_order("antennasettype"),
    "device/antenna_settings": _in_order("antenna_type"),
    "wlan/status-switch-settings": Shape(
        names=("radios", "WifiRestart"),
        optional=frozenset({"WifiRestart"}),
        nested=frozenset({"radios"}),
    ),
    "wlan/multi-basic-settings": Shape(
        names=("Ssids", "DbhoEnable", "modify_guest_ssid", "WifiRestart"),
        optional=frozenset({"DbhoEnable", "modify_guest_ssid"}),
        nested=frozenset({"Ssids"}),
    ),
    "wlan/basic-settings": Shape(any_names=True),
    "wlan/security-settings": Shape(any_names=True),
    "wlan/multi-macfilter-settings": Shape(names=("Ssids",), nested=frozenset({"Ssids"})),
    "wlan/mac-filter": Shape(any_names=True),
    "wlan/wps-pbc": _in_order("WPSMode", "ssidindex"),
    "wlan/guesttime-setting": _in_order("extendtime"),
    "lan/changedevicename": _in_order("ID", "ActualName"),
    "lan/HostInfo": _in_order("ID", "MacAddress"),
    "sms/config": _in_order("SaveMode", "Validity", "Sca", "UseSReport", "SendType", "Priority"),
}


class Request:
    """The elements of one accepted body."""

    def __init__(self, fields: dict[str, Any]) -> None:
        """Keep the elements."""
        self.fields = fields

    def text(self, name: str) -> str:
        """Return an element's text, empty when it is missing."""
        return self.fields.get(name) or ""

    def number(self, name: str) -> int:
        """Return an element's number; anything else is a format error."""
        try:
            return int(self.text(name))
        except ValueError as failure:
            raise DeviceError(Code.FORMAT) from failure

    def choice(self, name: str, *allowed: str) -> str:
        """Return an element's text when it is one of those allowed."""
        if (text := self.text(name)) not in allowed:
            raise DeviceError(Code.PARAMETER)
        return text

    def texts(self, name: str, child: str | None = None) -> list[str]:
        """Return the texts of a repeated element, or of a container's repeated child."""
        found = self.fields.get(name)
        if child is not None:
            found = found.get(child) if isinstance(found, dict) else None
        items = found if isinstance(found, list) else [found]
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) != len(items):
            raise DeviceError(Code.FORMAT)
        return texts


def read(endpoint: str, body: bytes) -> Request:
    """Return the elements of a body, refused unless it has its endpoint's shape."""
    shape = SHAPES[endpoint]
    content = wire.parse(body)
    if not shape.names and not shape.any_names and not isinstance(content, dict):
        return Request({})
    if not isinstance(content, dict) or not _fits(shape, content):
        raise DeviceError(Code.FORMAT)
    return Request(content)


def _fits(shape: Shape, content: dict[str, Any]) -> bool:
    """Return whether the elements are those of a shape, in its order."""
    if shape.any_names:
        return all(value is None or isinstance(value, str) for value in content.values())
    expected = [name for name in shape.names if name in content or name not in shape.optional]
    return list(content) == expected and all(
        value is None or isinstance(value, dict)
        if name in shape.nested
        else value is None
        or isinstance(value, str)
        or (name in shape.repeated and isinstance(value, list))
        for name, value in content.items()
    )
