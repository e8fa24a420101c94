"""What the POST endpoints do."""

from collections.abc import Callable
import re
from typing import Final

from simulators.hilink import band_locks
from simulators.hilink.device_settings import SETTING_COMMANDS
from simulators.hilink.diagnosis import DIAGNOSIS_COMMANDS
from simulators.hilink.dialup import profiles
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.host_commands import HOST_COMMANDS
from simulators.hilink.lan_settings import LAN_COMMANDS
from simulators.hilink.link import AUTOMATIC, TECHNOLOGIES
from simulators.hilink.message_commands import MESSAGE_COMMANDS
from simulators.hilink.modem import Control, Modem
from simulators.hilink.networks import modes, offered, register
from simulators.hilink.phone_book import PHONE_BOOK_COMMANDS
from simulators.hilink.router import ROUTER_COMMANDS
from simulators.hilink.shapes import Request
from simulators.hilink.sim_card import operate
from simulators.hilink.update_commands import UPDATE_COMMANDS
from simulators.hilink.wifi_keys import ENDPOINT as WIFI_KEYS, show
from simulators.hilink.wire import OK, Value
from simulators.hilink.wlan import WLAN_COMMANDS

_BAND_MASK: Final = re.compile(r"[0-9A-Fa-f]{1,16}")
_ALL_BANDS: Final = frozenset({"7fffffffffffffff", "7ffffffffffffff"})
_5G: Final = "08"
_LIMIT: Final = re.compile(r"(\d+)(MB|GB)")
_LIMIT_BYTES: Final = {"MB": 1024**2, "GB": 1024**3}


def control(modem: Modem, request: Request) -> Value:
    """Restart, reset, back up or switch off."""
    action = Control(int(request.choice("Control", *(str(each.value) for each in Control))))
    modem.control(action)
    return OK


def start_date(modem: Modem, request: Request) -> Value:
    """Keep the data plan."""
    stored = modem.record("monitoring/start_date")
    limit = _LIMIT.fullmatch(request.text("DataLimit"))
    if limit is None:
        raise DeviceError(Code.PARAMETER)
    amount = int(limit[1]) * _LIMIT_BYTES[limit[2]]
    stored |= {name: value for name, value in request.fields.items() if name in stored}
    modem.records["monitoring/start_date"] = stored | {"trafficmaxlimit": str(amount)}
    modem.settle()
    modem.traffic.start_day = request.number("StartDay")
    return OK


def clear_traffic(modem: Modem, request: Request) -> Value:
    """Clear the counters."""
    request.choice("ClearTraffic", "1")
    modem.settle()
    modem.traffic.clear()
    return OK


def net_mode(modem: Modem, request: Request) -> Value:
    """Change network mode and bands, after which the radio registers again."""
    stored = modem.record("net/net-mode")
    mode = request.text("NetworkMode")
    bands = request.text("LTEBand")
    if mode not in AUTOMATIC and mode not in TECHNOLOGIES:
        raise DeviceError(Code.NETWORK_MODE_UNSUPPORTED)
    # Older modes than the list has are taken, newer ones are not.
    if _5G in modes(mode) - (offered(modem) or {_5G}):
        raise DeviceError(Code.NETWORK_MODE_UNSUPPORTED)
    if not _BAND_MASK.fullmatch(bands) or not _BAND_MASK.fullmatch(request.text("NetworkBand")):
        raise DeviceError(Code.PARAMETER)
    kept = {"LTEBand"} if modem.options.locks_bands else set()
    stored |= {
        name: value for name, value in request.fields.items() if name in stored.keys() - kept
    }
    if bands.lower() in _ALL_BANDS and modem.profile.settings.get("reports_own_bands"):
        stored["LTEBand"] = modem.profile.fields("net/net-mode")["LTEBand"]
    modem.records["net/net-mode"] = stored
    modem.register()
    modem.link.technology = TECHNOLOGIES.get(mode)
    if modem.options.net_mode_reply_lost or modem.options.locks_bands:
        raise DeviceError(Code.FAILED)
    return OK


def reconnect(modem: Modem, request: Request) -> Value:
    """Leave the network and register again, on models that can."""
    request.choice("ReconnectAction", "1")
    if modem.profile.settings.get("reconnect_fails"):
        raise DeviceError(Code.FAILED)
    modem.register()
    return OK


def mobile_data(modem: Modem, request: Request) -> Value:
    """Switch mobile data."""
    modem.connect(enabled=request.choice("dataswitch", "0", "1") == "1")
    return OK


def dial(modem: Modem, request: Request) -> Value:
    """Connect or disconnect."""
    modem.connect(dialed=request.choice("Action", "0", "1") == "1")
    return OK


def connection(modem: Modem, request: Request) -> Value:
    """Replace the dial-up settings."""
    modem.record("dialup/connection")
    modem.records["dialup/connection"] = dict(request.fields)
    return OK


def ussd_send(modem: Modem, request: Request) -> Value:
    """Give the network a code, or an answer to what it asks."""
    modem.record("ussd/status")
    request.choice("codeType", "CodeType")
    in_network = modem.in_service and modem.options.ussd_in_network
    modem.ussd.send(request.text("content"), modem.now, in_network=in_network)
    return OK


COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    "device/control": control,
    "monitoring/start_date": start_date,
    "monitoring/clear-traffic": clear_traffic,
    "net/net-mode": net_mode,
    band_locks.ENDPOINT: band_locks.lock,
    "net/reconnect": reconnect,
    "dialup/mobile-dataswitch": mobile_data,
    "dialup/dial": dial,
    "dialup/connection": connection,
    "dialup/profiles": profiles,
    "net/register": register,
    "pin/operate": operate,
    "ussd/send": ussd_send,
    **MESSAGE_COMMANDS,
    **UPDATE_COMMANDS,
    **HOST_COMMANDS,
    **SETTING_COMMANDS,
    **WLAN_COMMANDS,
    WIFI_KEYS: show,
    **ROUTER_COMMANDS,
    **LAN_COMMANDS,
    **DIAGNOSIS_COMMANDS,
    **PHONE_BOOK_COMMANDS,
}
