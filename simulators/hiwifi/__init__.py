"""A HiWiFi router, and the vendor's cloud."""

from simulators.hiwifi.cloud_options import CallShape, HiwifiCloudOptions
from simulators.hiwifi.cloud_simulator import HiwifiCloudSimulator
from simulators.hiwifi.firmware import Firmware, Generation, LoginKind
from simulators.hiwifi.options import (
    Cloud,
    CodePlace,
    CodeStyle,
    HiwifiOptions,
    MacStyle,
    SessionLoss,
    UpgradeServer,
    WanType,
)
from simulators.hiwifi.simulator import HiwifiSimulator

__all__ = [
    "CallShape",
    "Cloud",
    "CodePlace",
    "CodeStyle",
    "Firmware",
    "Generation",
    "HiwifiCloudOptions",
    "HiwifiCloudSimulator",
    "HiwifiOptions",
    "HiwifiSimulator",
    "LoginKind",
    "MacStyle",
    "SessionLoss",
    "UpgradeServer",
    "WanType",
]
