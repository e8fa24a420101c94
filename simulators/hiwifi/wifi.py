"""The radios and the Wi-Fi networks on them."""

from dataclasses import dataclass, replace
import math
from typing import Final

from simulators.hiwifi import identity
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.options import HiwifiOptions

MAIN: Final = ("master", "masterac")
GUEST: Final = ("guest", "guestac")
RADIO_OF: Final = {"master": "radio0", "guest": "radio0", "masterac": "radio1", "guestac": "radio1"}
BAND_OF: Final = {"radio0": "2.4G", "radio1": "5G"}
CHANNELS: Final = {
    "radio0": frozenset(range(14)),
    "radio1": frozenset({0, 36, 40, 44, 48, 149, 153, 157, 161}),
}
AUTOMATIC_CHANNELS: Final = {"radio0": 6, "radio1": 149}
POWERS: Final = ("min", "140", "150", "max")
ENCRYPTIONS: Final = ("none", "mixed-psk", "mixed-wpa")
OPEN: Final = "none"
SSID_BYTES: Final = range(1, 33)
KEY_LENGTHS: Final = range(8, 64)
HIDE_MINUTES: Final = 2
MINUTE: Final = 60.0
_BSSID_STEPS: Final = {"master": 2, "masterac": 3, "guest": 4, "guestac": 5}


@dataclass(frozen=True, kw_only=True)
class Network:
    """The settings of a Wi-Fi network."""

    ssid: str
    encryption: str = "mixed-psk"
    key: str
    hidden: bool = False
    isolate: bool = False

    def check(self) -> None:
        """Refuse settings no radio takes."""
        if len(self.ssid.encode()) not in SSID_BYTES or self.encryption not in ENCRYPTIONS:
            raise DeviceError(Code.PARAMETER)
        if self.encryption != OPEN and len(self.key) not in KEY_LENGTHS:
            raise DeviceError(Code.PARAMETER)


@dataclass(kw_only=True)
class Interface:
    """One network on one radio."""

    ifname: str
    network: Network
    disabled: bool = False
    away_until: float = 0

    @property
    def device(self) -> str:
        """Return the radio."""
        return RADIO_OF[self.ifname]

    def bssid(self, mac: str) -> str:
        """Return its address in a router."""
        return identity.neighbor(mac, _BSSID_STEPS[self.ifname])


@dataclass(kw_only=True)
class Radio:
    """One radio."""

    device: str
    channel: int = 0
    txpwr: str = "max"
    up: bool = True

    @property
    def real_channel(self) -> int:
        """Return the channel in use."""
        return self.channel or AUTOMATIC_CHANNELS[self.device]


@dataclass(kw_only=True)
class GuestTimes:
    """When a guest network began, is hidden and ends."""

    started_at: float = 0
    hide_minutes: int = HIDE_MINUTES
    stop_minutes: int = 0

    @property
    def hides_at(self) -> float:
        """Return when its name is no longer shown, if ever."""
        return self.started_at + self.hide_minutes * MINUTE if self.hide_minutes else math.inf

    @property
    def stops_at(self) -> float | None:
        """Return when it ends by itself, if ever."""
        return self.started_at + self.stop_minutes * MINUTE if self.stop_minutes else None


class Wifi:
    """Everything on the air."""

    def __init__(self, *, five_ghz: bool) -> None:
        """Take the settings the owner has made."""
        devices = ("radio0", "radio1") if five_ghz else ("radio0",)
        self.radios = {each: Radio(device=each) for each in devices}
        self.interfaces: dict[str, Interface] = {}
        for ifname, device in RADIO_OF.items():
            if device in self.radios:
                self.interfaces[ifname] = _interface(ifname)
        self.guest_times: dict[str, GuestTimes] = {
            ifname: GuestTimes() for ifname in GUEST if ifname in self.interfaces
        }
        self._pending: list[tuple[float, str, Network]] = []

    def radio(self, device: str) -> Radio:
        """Return a radio of this model."""
        if device not in self.radios:
            raise DeviceError(Code.PARAMETER)
        return self.radios[device]

    def interface(self, ifname: str) -> Interface:
        """Return an interface of this model."""
        if ifname not in self.interfaces:
            raise DeviceError(Code.PARAMETER)
        return self.interfaces[ifname]

    def running(self, ifname: str, now: float) -> bool:
        """Return whether an interface is on the air."""
        interface = self.interfaces.get(ifname)
        if interface is None or interface.disabled or now < interface.away_until:
            return False
        return self.radios[interface.device].up

    def change(self, moment: float, ifname: str, network: Network) -> None:
        """Give an interface other settings at a moment."""
        network.check()
        self._pending.append((moment, self.interface(ifname).ifname, network))

    def switch(self, ifname: str, *, on: bool) -> None:
        """Switch an interface on or off for good."""
        self.interface(ifname).disabled = not on

    def restart_radio(self, device: str, moment: float, options: HiwifiOptions) -> None:
        """Let a radio begin anew after a change."""
        self.radio(device)
        for each in self.interfaces.values():
            if each.device == device:
                each.away_until = moment + options.wifi_restart_seconds

    def start_guest(self, ifname: str, now: float, times: GuestTimes) -> None:
        """Open a guest network."""
        self.interface(ifname).disabled = False
        self.guest_times[ifname] = replace(times, started_at=now)

    def restart(self) -> None:
        """Lose what does not outlive a restart."""
        for radio in self.radios.values():
            radio.up = True

    def settle(self, now: float, options: HiwifiOptions) -> None:
        """Carry out what is due."""
        due = [each for each in self._pending if each[0] <= now]
        self._pending = [each for each in self._pending if each[0] > now]
        for moment, ifname, network in due:
            self.interfaces[ifname].network = network
            self.interfaces[ifname].away_until = moment + options.wifi_restart_seconds
        for ifname, times in self.guest_times.items():
            if times.stops_at is not None and now >= times.stops_at:
                self.interfaces[ifname].disabled = True
                self.guest_times[ifname] = replace(times, stop_minutes=0)

    def next_moment(self, begin: float, end: float) -> float | None:
        """Return when something changes by itself for the first time within a time."""
        moments = [moment for moment, _, _ in self._pending]
        moments += [each.away_until for each in self.interfaces.values()]
        moments += [each.stops_at for each in self.guest_times.values() if each.stops_at]
        return min((each for each in moments if begin < each <= end), default=None)


def _interface(ifname: str) -> Interface:
    """Return an interface as the owner has set it up; guests are not let in."""
    if ifname in GUEST:
        network = Network(ssid=identity.GUEST_SSID, key=identity.GUEST_KEY)
        return Interface(ifname=ifname, network=network, disabled=True)
    ssid = identity.SSID if ifname == "master" else f"{identity.SSID} 5G"
    return Interface(ifname=ifname, network=Network(ssid=ssid, key=identity.WIFI_KEY))
