"""Every method of every generation."""

from typing import Final

from simulators.hiwifi import (
    client_methods,
    guest_methods,
    older_methods,
    older_wireless,
    system_methods,
    traffic_methods,
    wan_methods,
    wireless_methods,
)
from simulators.hiwifi.firmware import Generation
from simulators.hiwifi.method import Handler

METHODS: Final[dict[Generation, dict[str, Handler]]] = {
    Generation.V1: {
        **system_methods.V1,
        **wan_methods.V1,
        **wireless_methods.V1,
        **guest_methods.V1,
        **client_methods.V1,
        **traffic_methods.V1,
    },
    Generation.V0: {
        **older_methods.SYSTEM,
        **older_methods.NETWORK,
        **older_wireless.V0,
    },
}
