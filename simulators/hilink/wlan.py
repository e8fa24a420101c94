"""The Wi-Fi: radios, networks and their keys, and who is kept out."""

from collections.abc import Callable, Mapping
import html
import re
from typing import Any, Final

from simulators.hilink import encryption
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.options import LoginKind
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

RADIOS: Final = "wlan/status-switch-settings"
NETWORKS: Final = "wlan/multi-basic-settings"
ONE_NETWORK: Final = "wlan/basic-settings"
SECURITY: Final = "wlan/security-settings"
FILTER: Final = "wlan/multi-macfilter-settings"
FILTER_EX: Final = "wlan/multi-macfilter-settings-ex"
ONE_FILTER: Final = "wlan/mac-filter"
PBC: Final = "wlan/wps-pbc"
GUEST_TIME: Final = "wlan/guesttime-setting"

SLOTS: Final = 10
_KEY: Final = re.compile(r"[ -~]{8,63}")
_MAC: Final = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}|")
_SSID_BYTES: Final = range(1, 33)
_MODES: Final = frozenset({"AUTO", "OPEN", "WPA-PSK", "WPA2-PSK", "WPA/WPA2-PSK"})
_SECRETS: Final = ("WifiWpapsk", "MixWifiWpapsk")
_KEPT: Final = frozenset({"WifiSsid", "WifiMac", "wifisupportsecmodelist", *_SECRETS})
"""What a network keeps that a post leaves out; the rest falls back to zero."""

_OAEP: Final = frozenset({LoginKind.SHA256, LoginKind.SCRAM})


def entries(value: Value, container: str, name: str) -> list[dict[str, Any]]:
    """Return the entries of a list with none, one or many of them."""
    inner = value.get(container) if isinstance(value, Mapping) else None
    found = inner.get(name) if isinstance(inner, Mapping) else None
    items = found if isinstance(found, list) else [found]
    return [dict(item) for item in items if isinstance(item, Mapping)]


def _posted(request: Request, container: str, name: str) -> list[dict[str, Any]]:
    """Return the entries of a posted list, which has at least one."""
    if not (found := entries(request.fields, container, name)):
        raise DeviceError(Code.FORMAT)
    return found


def radios(modem: Modem, request: Request) -> Value:
    """Switch the radios."""
    stored = {each["ID"]: each for each in entries(modem.record(RADIOS), "radios", "radio")}
    for each in _posted(request, "radios", "radio"):
        if each.get("ID") not in stored or each.get("wifienable") not in {"0", "1"}:
            raise DeviceError(Code.FORMAT)
        stored[each["ID"]] |= {"wifienable": each["wifienable"]}
    modem.records[RADIOS] = modem.record(RADIOS) | {"radios": {"radio": list(stored.values())}}
    return OK


def status(modem: Modem) -> Fields:
    """Return what monitoring/status tells of the Wi-Fi."""
    if RADIOS in modem.records:
        found = [each["wifienable"] for each in entries(modem.record(RADIOS), "radios", "radio")]
    elif ONE_NETWORK in modem.records:
        found = [str(modem.record(ONE_NETWORK)["WifiEnable"])]
    else:
        return {}
    on = str(int("1" in found))
    return {"WifiStatus": on, "wifiswitchstatus": on}


def networks(modem: Modem, request: Request) -> Value:
    """Replace networks; a key comes encrypted, and only when it is to change."""
    record = modem.record(NETWORKS)
    listed = entries(record, "Ssids", "Ssid")
    keys = dict(modem.wifi_keys)
    for posted in _posted(request, "Ssids", "Ssid"):
        found = next((each for each in listed if each["ID"] == posted.get("ID")), None)
        if found is None or posted.get("Index") != found["Index"]:
            raise DeviceError(Code.FORMAT)
        found |= _changed(modem, found, posted, keys)
    modem.wifi_keys = keys
    kept: Fields = {
        name: request.text(name) or "0"
        for name in ("DbhoEnable", "modify_guest_ssid")
        if name in record
    }
    ssids: Fields = {"Ssid": _as_before(record, listed)}
    modem.records[NETWORKS] = {"Ssids": ssids, **kept, "WifiRestart": "0"}
    return OK


def _as_before(record: Fields, listed: list[dict[str, Any]]) -> Value:
    """Return a list of one as one where it was so."""
    ssids = record["Ssids"]
    single = isinstance(ssids, Mapping) and isinstance(ssids["Ssid"], Mapping)
    return listed[0] if single else listed


def _changed(
    modem: Modem, stored: Fields, posted: Mapping[str, Any], keys: dict[str, str]
) -> Fields:
    """Return a network as a post makes it."""
    changed: Fields = {
        name: posted.get(name, content if name in _KEPT else "0")
        for name, content in stored.items()
    }
    if len(str(changed["WifiSsid"] or "").encode()) not in _SSID_BYTES:
        raise DeviceError(Code.PARAMETER)
    if changed["WifiAuthmode"] not in _MODES:
        raise DeviceError(Code.PARAMETER)
    if not _radio_is_on(modem, str(stored["ID"])):
        changed["WifiEnable"] = stored["WifiEnable"]
    index = str(stored["Index"])
    if posted.get("WifiWpapsk"):
        # Both have to be there, each encrypted by itself.
        told = {_decrypted_key(modem, posted.get(name) or "") for name in _SECRETS}
        if len(told) > 1:
            raise DeviceError(Code.PARAMETER)
        keys[index] = told.pop()
    if changed["WifiAuthmode"] != "OPEN" and index not in keys:
        raise DeviceError(Code.PARAMETER)
    return changed | dict.fromkeys(_SECRETS)


def _radio_is_on(modem: Modem, network: str) -> bool:
    """Return whether the radio of a network is on."""
    found = entries(modem.records.get(RADIOS), "radios", "radio")
    return all(each["wifienable"] == "1" for each in found if network.startswith(each["ID"]))


def _decrypted_key(modem: Modem, posted: str) -> str:
    """Return the key that a post has encrypted."""
    try:
        body = posted.encode("ascii")
        escaped = encryption.decrypt(body, oaep=modem.options.login in _OAEP).decode("ascii")
    except (UnicodeError, DeviceError) as failure:
        raise DeviceError(Code.PARAMETER) from failure
    # It is put into XML once it has been decrypted.
    key = html.unescape(escaped)
    if not _KEY.fullmatch(key) or ("&" in key and key == escaped):
        raise DeviceError(Code.PARAMETER)
    return key


def one_network(modem: Modem, request: Request) -> Value:
    """Replace the settings of the only network; all of them have to come."""
    return _replace(modem, ONE_NETWORK, request)


def security(modem: Modem, request: Request) -> Value:
    """Replace how the only network is protected; everything has to come."""
    name = "WifiWpapsk" if "WifiWpapsk" in modem.record(SECURITY) else "WifiKey"
    protected = request.text("WifiAuthmode") != "OPEN"
    if protected and not _KEY.fullmatch(request.text(name)):
        raise DeviceError(Code.PARAMETER)
    return _replace(modem, SECURITY, request)


def _replace(modem: Modem, endpoint: str, request: Request) -> Value:
    """Replace a whole record."""
    stored = modem.record(endpoint)
    if set(request.fields) | {"WifiRestart"} != set(stored) | {"WifiRestart"}:
        raise DeviceError(Code.FORMAT)
    modem.records[endpoint] = {name: request.fields.get(name, "0") for name in stored}
    return OK


def mac_filter(modem: Modem, request: Request) -> Value:
    """Replace who is kept out of networks."""
    posted = {each.get("Index"): _slots(each) for each in _posted(request, "Ssids", "Ssid")}
    if FILTER in modem.records:
        listed = entries(modem.record(FILTER), "Ssids", "Ssid")
        found = [posted.get(each["Index"], each) for each in listed]
        modem.records[FILTER] = {"Ssids": {"Ssid": found}}
        return OK
    record = modem.record(FILTER_EX)
    # The page of this firmware gives the list of the first network, which counts for all.
    first = posted.get("0")
    if first is None:
        raise DeviceError(Code.PARAMETER)
    wanted = first.pop("WifiMacFilterStatus")
    used = {name: content for name, content in first.items() if content and name != "Index"}
    listed = entries(record, "Ssids", "Ssid")
    modem.records[FILTER_EX] = {
        "enable": str(int(wanted != "0")),
        "wifimacfilterstatus": wanted if wanted != "0" else record["wifimacfilterstatus"],
        "Ssids": {"Ssid": [each | {"wifimacblacklist": used or None} for each in listed]},
    }
    return OK


def one_mac_filter(modem: Modem, request: Request) -> Value:
    """Replace who is kept out of the only network."""
    modem.record(ONE_FILTER)
    modem.records[ONE_FILTER] = _slots(request.fields)
    return OK


def _slots(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filter whose slots are all there."""
    macs = {f"WifiMacFilterMac{at}": fields.get(f"WifiMacFilterMac{at}") for at in range(SLOTS)}
    names = {f"wifihostname{at}": fields.get(f"wifihostname{at}") for at in range(SLOTS)}
    if fields.get("WifiMacFilterStatus") not in {"0", "1", "2"}:
        raise DeviceError(Code.PARAMETER)
    if not all(_MAC.fullmatch(mac or "") for mac in macs.values()):
        raise DeviceError(Code.PARAMETER)
    known = {name: fields[name] for name in ("Index", "WifiMacFilterStatus") if name in fields}
    return known | macs | names


def wps(modem: Modem, request: Request) -> Value:
    """Let the next one in who presses the button of a client."""
    modem.record(PBC)
    request.choice("WPSMode", "1")
    modem.wps_presses += 1
    return OK


def extend_guest_time(modem: Modem, request: Request) -> Value:
    """Leave the guest network open for longer."""
    stored = modem.record(GUEST_TIME)
    seconds = int(str(stored["remaintime"])) + 60 * request.number("extendtime")
    modem.records[GUEST_TIME] = stored | {"remaintime": str(seconds)}
    return OK


WLAN_COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    RADIOS: radios,
    NETWORKS: networks,
    ONE_NETWORK: one_network,
    SECURITY: security,
    FILTER: mac_filter,
    ONE_FILTER: one_mac_filter,
    PBC: wps,
    GUEST_TIME: extend_guest_time,
}
