"""The GL-S20 simulator's command line arguments."""

import argparse
from datetime import UTC, datetime

from simulators.family import SimulatorFamily
from simulators.gl_s20.options import (
    CodeStyle,
    ExpiredToken,
    FirmwareCategory,
    GlS20Options,
    LogShape,
    PanIdStyle,
    Reach,
    ResultShape,
    UpgradeOutcome,
)
from simulators.gl_s20.simulator import GlS20Simulator

DEFAULTS = GlS20Options()
CHOICES = {
    "firmware_category": FirmwareCategory,
    "expired_token": ExpiredToken,
    "reached_over": Reach,
    "upgrade_outcome": UpgradeOutcome,
    "result_shape": ResultShape,
    "code_style": CodeStyle,
    "pan_id_style": PanIdStyle,
    "log_shape": LogShape,
}
TEXTS = ("password", "firmware_version", "content_type")
SECONDS = (
    "sid_seconds",
    "latency_seconds",
    "scan_seconds",
    "wifi_scan_seconds",
    "attach_seconds",
    "join_seconds",
    "upgrade_seconds",
    "restart_seconds",
)
EXTRAS = {
    "--otbr-rest": "otbr_rest",
}
SWITCHES = {
    "--uninitialized": "initialized",
    "--thread-disabled": "thread_enabled",
    "--no-wifi": "wifi_connected",
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a border router can be told."""
    for name in TEXTS:
        parser.add_argument(_flag(name), default=getattr(DEFAULTS, name))
    for name in SECONDS:
        parser.add_argument(_flag(name), type=float, default=getattr(DEFAULTS, name))
    for name, kind in CHOICES.items():
        parser.add_argument(
            _flag(name), type=kind, choices=list(kind), default=getattr(DEFAULTS, name)
        )
    for flag, name in SWITCHES.items():
        parser.add_argument(flag, dest=name, action="store_false")
    for flag, name in EXTRAS.items():
        parser.add_argument(flag, dest=name, action="store_true")


def _flag(name: str) -> str:
    """Return the argument for an option."""
    return f"--{name.replace('_', '-')}"


def _build(arguments: argparse.Namespace) -> GlS20Simulator:
    """Return the device that was asked for, on the present date."""
    common = {"family", "host", "port"}
    chosen = {name: value for name, value in vars(arguments).items() if name not in common}
    today = datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0)
    return GlS20Simulator(GlS20Options(**chosen, start=today))


GL_S20 = SimulatorFamily(port=18002, add_arguments=_add_arguments, build=_build)
