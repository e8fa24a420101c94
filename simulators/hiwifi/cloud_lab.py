"""The lab: what a test may do to the cloud and its routers, and see of them."""

from typing import Any

from simulators.faults import Faults
from simulators.hiwifi.cloud import Cloud, Station
from simulators.hiwifi.method_lab import MethodLab
from simulators.lab_http import LabServer


class HiwifiCloudLab(MethodLab):
    """Hands on the cloud, for tests in this process and for the HTTP lab."""

    def __init__(self, cloud: Cloud, faults: Faults, requests: list[tuple[str, str]]) -> None:
        """Work on a cloud."""
        routers = [each.router for each in cloud.stations.values()]
        super().__init__(routers, faults, requests)
        self._cloud = cloud

    def state(self) -> dict[str, Any]:
        """Return an overview of the cloud."""
        cloud = self._cloud
        cloud.settle()
        return {
            "alive": cloud.options.alive,
            "pending": cloud.multi_calls.pending(),
            "routers": {
                dev_id: {
                    "online": each.online,
                    "installed": each.installed,
                    "bindings": each.router.bindings.names(),
                    "led": each.router.led,
                }
                for dev_id, each in cloud.stations.items()
            },
        }

    def set_options(self, **changes: Any) -> None:
        """Change options while the cloud runs."""
        self._cloud.change_options(changes)

    def set_router_options(self, **changes: Any) -> None:
        """Change what every router is like, and how replies are written."""
        cloud = self._cloud
        for router in self._routers:
            router.change_options(changes)
        cloud.options = cloud.options.with_router(changes)

    def advance(self, seconds: float) -> None:
        """Let time pass for the cloud and its routers."""
        self._cloud.settle()
        self._cloud.clock.advance(seconds)
        self._cloud.settle()

    def set_online(self, dev_id: str, *, online: bool) -> None:
        """Let a router lose the cloud or find it again."""
        self._station(dev_id).connected = online
        self._cloud.settle()

    def set_installed(self, dev_id: str, *, installed: bool) -> None:
        """Install the plug-in on a router or remove it."""
        self._station(dev_id).installed = installed

    def reset_binding(self, dev_id: str) -> None:
        """Forget everybody who was bound to a router, as its reset does."""
        self._station(dev_id).router.bindings.clear()

    def reboot(self, dev_id: str, seconds: float | None = None) -> None:
        """Restart a router, away for so long."""
        self._station(dev_id).router.restart(seconds)

    def _station(self, dev_id: str) -> Station:
        """Return a router as it is now."""
        self._cloud.settle()
        if dev_id not in self._cloud.stations:
            raise ValueError(f"no such router: {dev_id}")
        return self._cloud.stations[dev_id]


def lab_server(lab: HiwifiCloudLab) -> LabServer:
    """Return the HTTP side of a cloud's lab."""
    return LabServer(
        readings={
            "state": lab.state,
            "counts": lab.counts,
            "requests": lab.requests,
            "calls": lab.calls,
        },
        actions={
            "break_replies": lab.break_replies,
            "fail_method": lab.fail_method,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_options": lab.set_options,
            "set_router_options": lab.set_router_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
            "set_online": lab.set_online,
            "set_installed": lab.set_installed,
            "reset_binding": lab.reset_binding,
            "reboot": lab.reboot,
        },
    )
