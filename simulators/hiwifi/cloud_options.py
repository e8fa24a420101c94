"""What kind of cloud to simulate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from simulators.hiwifi import identity
from simulators.hiwifi.options import SYSTEM_PERMISSIONS, HiwifiOptions

ROUTER_STEP = 0x100
MACS = tuple(identity.neighbor(identity.MAC, number * ROUTER_STEP) for number in range(3))


class CallShape(StrEnum):
    """Where the cloud puts what a router returned."""

    APP = "app"
    """In app_code and app_data."""
    DATA = "data"
    """In data, as a code and a text of JSON."""
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class HiwifiCloudOptions:
    """A simulated cloud with the routers of one plug-in."""

    alive: bool = True
    """Whether anybody answers."""
    app_id: str = identity.APP_ID
    app_secret: str = identity.APP_SECRET
    plugin_permissions: tuple[str, ...] = SYSTEM_PERMISSIONS
    """What the plug-in may call beside its own methods."""
    client_hosts: tuple[str, ...] = ("client.openapi.hiwifi.com", "client-ext.openapi.hiwifi.com")
    """Names under which bound clients call; every other one is for the plug-in's author."""

    dev_ids: tuple[str, ...] = MACS
    offline: tuple[str, ...] = MACS[2:]
    """Routers that are offline when the cloud is created."""
    router: HiwifiOptions = field(default_factory=HiwifiOptions)
    """What every router is like, apart from its address."""

    latency_seconds: float = 0
    """Real time each request takes."""
    answer_seconds: float = 0
    """Time a router takes to answer, which may be more than a call's timeout."""
    push_seconds: float = 1
    """Time until a router that is online has carried out a stored call."""
    call_shape: CallShape = CallShape.BOTH

    def converted(self) -> HiwifiCloudOptions:
        """Return these options with every choice that was given as plain text made proper."""
        return self.changed({name: getattr(self, name) for name in _CONVERTERS})

    def changed(self, changes: Mapping[str, Any]) -> HiwifiCloudOptions:
        """Return these options with changes, whose values may be plain text and lists."""
        return replace(
            self,
            **{
                name: _CONVERTERS[name](value) if name in _CONVERTERS else value
                for name, value in changes.items()
            },
        )

    def with_router(self, changes: Mapping[str, Any]) -> HiwifiCloudOptions:
        """Return these options with other routers."""
        return replace(self, router=self.router.changed(changes))


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "plugin_permissions": tuple,
    "client_hosts": tuple,
    "dev_ids": tuple,
    "offline": tuple,
    "call_shape": CallShape,
}
