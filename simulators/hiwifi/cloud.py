"""The cloud: routers with a plug-in, and what is stored for them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from simulators.clock import DeviceClock
from simulators.hiwifi import wire
from simulators.hiwifi.bindings import own_methods, permitted
from simulators.hiwifi.cloud_options import HiwifiCloudOptions
from simulators.hiwifi.dispatcher import UNSIGNED, Dispatcher
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.multi_calls import MultiCalls
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

START_ONLY = frozenset({"dev_ids", "offline", "router"})


@dataclass(kw_only=True)
class Station:
    """A router as the cloud knows it."""

    router: Router
    connected: bool
    installed: bool = True
    """Whether it has the plug-in."""

    @property
    def online(self) -> bool:
        """Return whether the cloud reaches the router."""
        router = self.router
        return self.connected and router.up and router.wan.online(router.now, router.options)


class Cloud:
    """Everything the cloud knows."""

    def __init__(self, options: HiwifiCloudOptions, clock: Callable[[], float]) -> None:
        """Connect the routers."""
        self.options = options.converted()
        self.clock = DeviceClock(clock, options.router.start)
        self.multi_calls = MultiCalls()
        self.stations = {
            dev_id: Station(
                router=Router(replace(options.router, mac=dev_id), self.clock),
                connected=dev_id not in options.offline,
            )
            for dev_id in self.options.dev_ids
        }
        self.dispatcher = Dispatcher(lambda _, result: result)

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self.clock.now

    def find(self, dev_id: Any) -> Station:
        """Return a router that has the plug-in."""
        station = self.stations.get(dev_id) if isinstance(dev_id, str) else None
        if station is None or not station.installed:
            raise DeviceError(Code.NOT_INSTALLED)
        return station

    def online(self, dev_id: Any) -> Router:
        """Return a router that can be reached."""
        station = self.find(dev_id)
        if not station.online:
            raise DeviceError(Code.OFFLINE)
        return station.router

    def allowed(self, permission: str) -> bool:
        """Return whether the plug-in may call a method, or any of a namespace."""
        own = own_methods(self.options.app_id)
        return permitted(permission, own, *self.options.plugin_permissions)

    def check_method(self, method: Any) -> None:
        """Refuse a method the plug-in may not call, or that nobody may call from outside."""
        if isinstance(method, str) and (UNSIGNED in method or not self.allowed(method)):
            raise DeviceError(Code.NO_PERMISSION)

    def settle(self) -> None:
        """Bring everything up to the present moment."""
        for station in self.stations.values():
            station.router.settle()
        self.multi_calls.settle(
            self.now,
            lambda dev_id: self.stations[dev_id].online,
            self._pushed,
            self.options.push_seconds,
        )

    def _pushed(self, dev_id: str, request: Fields) -> Fields:
        """Return what one router does with a stored call."""
        router = self.stations[dev_id].router
        try:
            result = self.dispatcher.call(router, request)
        except DeviceError as failure:
            return wire.outcome(None, failure, router.options)
        return wire.outcome(result, None, router.options)

    def change_options(self, changes: dict[str, Any]) -> None:
        """Change what kind of cloud this is while it runs."""
        if fixed := START_ONLY & changes.keys():
            raise ValueError(f"only at the start: {', '.join(sorted(fixed))}")
        self.settle()
        self.options = self.options.changed(changes)
