"""The HiWiFi simulators' command line arguments."""

import argparse
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from simulators.family import Simulator, SimulatorFamily
from simulators.hiwifi.cloud_options import HiwifiCloudOptions
from simulators.hiwifi.cloud_simulator import HiwifiCloudSimulator
from simulators.hiwifi.firmware import Firmware
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


class Mode(StrEnum):
    """What to simulate."""

    ROUTER = "router"
    CLOUD = "cloud"


DEFAULTS = HiwifiOptions()
CHOICES = {
    "firmware": Firmware,
    "cloud": Cloud,
    "session_loss": SessionLoss,
    "wan_type": WanType,
    "upgrade_server": UpgradeServer,
    "code_style": CodeStyle,
    "code_place": CodePlace,
    "mac_style": MacStyle,
}
TEXTS = ("admin_password", "client_secret", "content_type")
SECONDS = ("latency_seconds", "session_seconds", "reboot_seconds", "lock_seconds")
SWITCHES = (
    "numbers_as_text",
    "data_as_text",
    "numeric_booleans",
    "empty_list_as_object",
)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a router can be told."""
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.ROUTER)
    for name in TEXTS:
        parser.add_argument(_flag(name), default=getattr(DEFAULTS, name))
    for name in SECONDS:
        parser.add_argument(_flag(name), type=float, default=getattr(DEFAULTS, name))
    for name, kind in CHOICES.items():
        parser.add_argument(
            _flag(name), type=kind, choices=list(kind), default=getattr(DEFAULTS, name)
        )
    for name in SWITCHES:
        parser.add_argument(_flag(name), action="store_true")
    parser.add_argument("--unbound", dest="bound", action="store_false")
    parser.add_argument("--shared-session", dest="exclusive_session", action="store_false")


def _flag(name: str) -> str:
    """Return the argument for an option."""
    return f"--{name.replace('_', '-')}"


def _build(arguments: argparse.Namespace) -> Simulator:
    """Return the router or the cloud that was asked for, on the present date."""
    common = {"family", "host", "port", "mode"}
    chosen = {name: value for name, value in vars(arguments).items() if name not in common}
    local = datetime.now(tz=UTC) + timedelta(hours=DEFAULTS.utc_offset_hours)
    options = HiwifiOptions(**chosen, start=local.replace(tzinfo=None, microsecond=0))
    if arguments.mode is Mode.CLOUD:
        latency = options.latency_seconds
        return HiwifiCloudSimulator(HiwifiCloudOptions(router=options, latency_seconds=latency))
    return HiwifiSimulator(options)


HIWIFI = SimulatorFamily(port=18004, add_arguments=_add_arguments, build=_build)
