"""Looking around: Thread networks and Wi-Fis on the air."""

from typing import Final

from homeassistant.core import SupportsResponse

from ....clients.gl_s20.client import GlS20Client
from ...actions import ActionCall, ActionResult, GatehouseAction
from .presentation import name_of, pan_id_text

_SILENCE: Final = -999
"""dBm; puts what did not tell its strength at the end."""


async def _scan_thread_networks(call: ActionCall[GlS20Client]) -> ActionResult:
    """Look for Thread networks."""
    found = (await call.client.thread.scan()).networks
    return ActionResult(
        response={
            "networks": [
                {
                    "network_name": each.network_name,
                    "extended_pan_id": each.extended_pan_id,
                    "pan_id": pan_id_text(each.pan_id),
                    "channel": each.channel,
                    "rssi": each.rssi,
                    "lqi": each.lqi,
                }
                for each in sorted(found, key=lambda each: each.rssi or _SILENCE, reverse=True)
            ]
        }
    )


async def _scan_wifi(call: ActionCall[GlS20Client]) -> ActionResult:
    """Look for Wi-Fis."""
    found = (await call.client.wifi.scan()).networks
    return ActionResult(
        response={
            "networks": [
                {
                    "ssid": each.ssid,
                    "bssid": each.bssid,
                    "security": name_of(each.security),
                    "rssi": each.rssi,
                }
                for each in sorted(found, key=lambda each: each.rssi or _SILENCE, reverse=True)
            ]
        }
    )


SCANS: Final = (
    GatehouseAction[GlS20Client](
        name="scan_thread_networks",
        run=_scan_thread_networks,
        supports_response=SupportsResponse.ONLY,
    ),
    GatehouseAction[GlS20Client](
        name="scan_wifi", run=_scan_wifi, supports_response=SupportsResponse.ONLY
    ),
)
