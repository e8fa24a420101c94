"""The lab: what a test may do to the router and see of it."""

from typing import Any

from simulators.faults import Faults
from simulators.hiwifi import home
from simulators.hiwifi.arguments import normalized_mac
from simulators.hiwifi.errors import DeviceError
from simulators.hiwifi.household import WIRE, Client
from simulators.hiwifi.method_lab import MethodLab
from simulators.hiwifi.router import Router


class HiwifiLab(MethodLab):
    """Hands on the router, for tests in this process and for the HTTP lab."""

    def __init__(self, router: Router, faults: Faults, requests: list[tuple[str, str]]) -> None:
        """Work on a router."""
        super().__init__([router], faults, requests)
        self._router = router
        self.handed_on = 0
        """Requests the router handed on to the cloud."""

    def state(self) -> dict[str, Any]:
        """Return an overview of the router."""
        router, now = self._router, self._router.now
        up = router.up
        options, sessions = router.options, router.sessions
        return {
            "up": up,
            "uptime": router.uptime,
            "date": router.clock.text(),
            "firmware": options.firmware,
            "version": options.traits.version,
            "bindings": router.bindings.names(),
            "sessions": len(sessions.live(now, options)),
            "logins": sessions.logins,
            "refused_logins": sessions.refused_logins,
            "stray_passwords": sessions.stray_passwords,
            "locked_for": sessions.locked_for(now),
            "handed_on": self.handed_on,
            "led": router.led,
            "no_auto_bind": router.no_auto_bind,
            "wan_up": router.wan.up(now, options),
            "internet": router.wan.online(now, options),
            "networks": {
                ifname: {
                    "ssid": each.network.ssid,
                    "encryption": each.network.encryption,
                    "key": each.network.key,
                    "hidden": each.network.hidden,
                    "running": router.wifi.running(ifname, now),
                }
                for ifname, each in router.wifi.interfaces.items()
            },
            "radios": {
                device: {"channel": each.channel, "txpwr": each.txpwr, "up": each.up}
                for device, each in router.wifi.radios.items()
            },
            "online": sorted(each.mac for each in router.household.online()),
            "blocked": sorted(router.household.blocked),
        }

    def reboot(self, seconds: float | None = None) -> None:
        """Restart the router, away for so long."""
        self._router.restart(seconds)

    def reset_binding(self) -> None:
        """Forget everybody who was bound, as a reset does."""
        self._router.bindings.clear()

    def forget_secrets(self) -> None:
        """Lose the secrets of those who are bound."""
        self._router.bindings.forget_secrets()

    def forget_permissions(self) -> None:
        """Lose the permissions of those who are bound."""
        self._router.bindings.forget_permissions()

    def bind(
        self, app_id: str, client_id: str, permissions: list[str], secret: str | None = None
    ) -> str:
        """Bind a client, as somebody does who has a shell on the router; return its secret."""
        return self._router.bindings.bind(app_id, client_id, permissions, secret)

    def expire_sessions(self) -> None:
        """Log every administrator out."""
        self._router.sessions.expire()

    def steal_session(self, logins: int = 0) -> None:
        """Let another administrator log in, now and again after each of the next logins."""
        self._router.sessions.steal(logins)

    def unlock(self) -> None:
        """Forget failed logins."""
        self._router.sessions.unlock()

    def set_options(self, **changes: Any) -> None:
        """Change options while the router runs."""
        self._router.change_options(changes)

    def advance(self, seconds: float) -> None:
        """Let time pass for the router."""
        self._router.settle()
        self._router.clock.advance(seconds)
        self._router.settle()

    def client_comes(self, mac: str, name: str = "", ifname: str = "master") -> None:
        """Let a client come home, by Wi-Fi a little later; name and interface are for a new one."""
        self._router.settle()
        if ifname != WIRE and ifname not in self._router.wifi.interfaces:
            raise ValueError(f"no such interface: {ifname}")
        digits = _digits(mac)
        clients = self._router.household.clients
        if digits not in clients:
            clients[digits] = home.visitor(digits, name, ifname, len(clients))
        clients[digits].present = True
        self._router.settle()

    def client_leaves(self, mac: str) -> None:
        """Let a client go out of reach."""
        self._client(mac).present = False
        self._router.settle()

    def plug_wan(self, *, plugged: bool) -> None:
        """Plug the WAN cable in or pull it."""
        self._router.settle()
        self._router.wan.plug(self._router.now, plugged=plugged)

    def set_internet(self, *, available: bool) -> None:
        """Let the internet behind the WAN port come or go."""
        self._router.settle()
        self._router.wan.internet = available

    def _client(self, mac: str) -> Client:
        """Return a client as it is now."""
        self._router.settle()
        try:
            return self._router.household.clients[_digits(mac)]
        except KeyError as failure:
            raise ValueError(f"no such client: {mac}") from failure


def _digits(mac: str) -> str:
    """Return a MAC address as the router keeps it."""
    try:
        return normalized_mac(mac)
    except DeviceError as failure:
        raise ValueError(f"no MAC address: {mac}") from failure
