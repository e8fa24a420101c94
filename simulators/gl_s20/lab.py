"""The lab: what a test may do to the border router and see of it."""

import asyncio
from collections.abc import Sequence
import copy
from typing import Any

from simulators.faults import Faults
from simulators.gl_s20 import joiner_api
from simulators.gl_s20.air import ACCESS_POINTS
from simulators.gl_s20.commissioner import ANYONE
from simulators.gl_s20.device import Device
from simulators.gl_s20.errors import Code
from simulators.gl_s20.ethernet import EthernetStatus
from simulators.gl_s20.otbr_rest import OtbrRest
from simulators.gl_s20.thread import Role
from simulators.gl_s20.uplinks import Uplink
from simulators.gl_s20.wifi import WifiStatus
from simulators.lab import Lab

LONG_PRESS_SECONDS = 8


class GlS20Lab(Lab):
    """Hands on the device, for tests in this process and for the HTTP lab."""

    FAILURE = Code.FAILED

    def __init__(
        self,
        device: Device,
        faults: Faults,
        requests: list[tuple[str, str]],
        otbr_rest: OtbrRest,
    ) -> None:
        """Work on a device."""
        super().__init__(faults, requests)
        self._device = device
        self._otbr_rest = otbr_rest
        self._moved_on = asyncio.Event()
        self.overlaps = 0
        """Requests that came while another one was being answered."""

    def state(self) -> dict[str, Any]:
        """Return an overview of the device."""
        device, now = self._device, self._device.now
        up = device.up
        options, thread, uplinks = device.options, device.thread, device.uplinks
        return {
            "up": up,
            "uptime": device.uptime,
            "date": device.clock.text(),
            "initialized": options.initialized,
            "firmware_category": options.firmware_category,
            "firmware_version": options.firmware_version,
            "language": device.language,
            "sessions": len(device.sessions.live(now, options)),
            "overlaps": self.overlaps,
            "role": thread.role(now, options).name.lower(),
            "network_name": thread.network.name,
            "timestamp": thread.network.timestamp,
            "networks_generated": thread.generated,
            "tx_power": thread.tx_power,
            "backbone_router": thread.bbr_enabled,
            "commissioner": device.commissioner.active(now),
            "joiners": len(device.commissioner.joiners),
            "ethernet": EthernetStatus(uplinks.ethernet.status(now, options)).name.lower(),
            "ethernet_ip": uplinks.ethernet.address.ip,
            "wifi": WifiStatus(uplinks.wifi.status(now, options)).name.lower(),
            "wifi_ip": uplinks.wifi.address.ip,
            "uplink": uplinks.active,
            "moved": sorted(uplinks.moved),
            "certificates": device.firmware.certificates,
            "otbr_url": self._otbr_rest.url,
        }

    def joiners(self) -> list[dict[str, Any]]:
        """Return the list of joiners as the API shows it."""
        self._device.settle()
        return joiner_api.joiner_fields(self._device)

    def requests(self) -> list[tuple[str, str]]:
        """Return verb and path of every request, in order."""
        return list(self._requests)

    def reboot(self, seconds: float | None = None) -> None:
        """Restart the device, away for so long."""
        self._device.restart(seconds)
        self._wake()

    def expire_tokens(self) -> None:
        """Make every token and every challenge invalid."""
        self._device.sessions.expire()

    def set_options(self, **changes: Any) -> None:
        """Change options while the device runs."""
        self._device.change_options(changes)
        self._wake()

    def advance(self, seconds: float) -> None:
        """Let time pass for the device."""
        self._device.settle()
        self._device.clock.advance(seconds)
        self._device.settle()
        self._wake()

    def press_iot_button(self, seconds: float = 2) -> None:
        """Press the button that joins or opens the network, or for long makes or ends it."""
        device = self._device
        device.settle()
        thread, now, options = device.thread, device.now, device.options
        if seconds >= LONG_PRESS_SECONDS:
            if thread.enabled:
                thread.stop()
            else:
                thread.replace_network(thread.propose(), now)
                thread.start(now)
        elif thread.in_network(now, options):
            device.commissioner.enable(now, options)
        else:
            thread.join_with_pskd(now, options.own_pskd, options)
        device.settle()

    def press_reset_button(self, seconds: float = 2) -> None:
        """Press the button that forgets the networks, or for long everything."""
        if seconds >= LONG_PRESS_SECONDS:
            self._device.factory_reset()
        else:
            self._device.reset_network()
        self._wake()

    def let_join(self, eui64: str = ANYONE, pskd: str | None = None) -> bool:
        """Return whether a device begins to join; without a PSKd it knows the right one."""
        self._device.settle()
        return self._device.commissioner.let_join(eui64.lower(), pskd, self._device.now)

    def set_role(self, role: str | None) -> None:
        """Hold the device in a role until Thread starts anew (None: let it go)."""
        self._device.thread.forced_role = None if role is None else _role(role)
        self._device.settle()

    def plug_ethernet(self, *, plugged: bool) -> None:
        """Plug the cable in or pull it."""
        self._device.uplinks.ethernet.plug(self._device.now, plugged=plugged)
        self._device.settle()

    def set_dhcp(self, *, answers: bool) -> None:
        """Let the DHCP server behind the cable answer or not."""
        self._device.uplinks.ethernet.dhcp_answers = answers
        self._device.settle()

    def set_internet(self, uplink: str, *, available: bool) -> None:
        """Let the internet behind an interface (eth or wifi) come or go."""
        self._device.uplinks.set_internet(Uplink(uplink), self._device.now, available=available)
        self._device.settle()

    def set_access_point(self, ssid: str, *, on: bool) -> None:
        """Switch the access points of a Wi-Fi network on or off."""
        points = self._device.uplinks.wifi.access_points
        for each in ACCESS_POINTS:
            if each.ssid == ssid:
                points.pop(each.bssid, None)
                points.update({each.bssid: each} if on else {})
        self._device.settle()

    def follow(self) -> None:
        """Let this port be the address the device has moved to."""
        self._device.uplinks.follow()

    async def moment(self, moment: float) -> None:
        """Wait until a moment of the device's time, which also advance brings about."""
        while (left := moment - self._device.now) > 0:
            self._moved_on.clear()
            try:
                async with asyncio.timeout(left):
                    await self._moved_on.wait()
            except TimeoutError:
                continue

    def _wake(self) -> None:
        """Let those who wait for a moment look at the clock."""
        self._moved_on.set()

    def altered(self, endpoint: str, result: Any) -> Any:
        """Return a result with the fields that were set here."""
        overrides = self._overrides.get(endpoint, {})
        removed = self._removed.get(endpoint, set())
        if not isinstance(result, dict) or not (overrides or removed):
            return result
        changed = copy.deepcopy(result)
        for name, value in overrides.items():
            place, last = _place(changed, name.split("."))
            place[last] = value
        for name in removed:
            place, last = _place(changed, name.split("."))
            place.pop(last, None)
        return changed


def _role(name: str) -> Role:
    """Return the role of a name."""
    try:
        return Role[name.upper()]
    except KeyError as failure:
        raise ValueError(f"no such role: {name}") from failure


def _place(fields: dict[str, Any], names: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Return the object that holds a field, and the field's own name."""
    for name in names[:-1]:
        fields = fields.setdefault(name, {})
    return fields, names[-1]
