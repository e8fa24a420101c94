"""What is read from an OpenVox gateway, and how often."""

from typing import Final

from ...clients.openvox.client import OpenVoxClient
from ..readings import Cadence, Reading

CHANNELS: Final = Reading(
    name="channels", fetch=OpenVoxClient.channels, cadence=Cadence.FAST, essential=True
)
SPANS: Final = Reading(name="spans", fetch=OpenVoxClient.valid_spans, cadence=Cadence.MEDIUM)
SIMS: Final = Reading(name="sims", fetch=OpenVoxClient.sims, cadence=Cadence.SLOW)

READINGS: Final = (CHANNELS, SPANS, SIMS)
