"""The OpenVox simulator's command line arguments."""

import argparse
from datetime import UTC, datetime

from simulators.family import SimulatorFamily
from simulators.openvox.options import (
    CodeStyle,
    EmptyShape,
    ExpiredToken,
    ListShape,
    OpenVoxOptions,
    PastLastPage,
    PortStyle,
    SendOutcome,
    SeveralSpans,
    UssdFormat,
)
from simulators.openvox.simulator import OpenVoxSimulator

DEFAULTS = OpenVoxOptions()
CHOICES = {
    "port_style": PortStyle,
    "expired_token": ExpiredToken,
    "send_outcome": SendOutcome,
    "several_spans": SeveralSpans,
    "past_last_page": PastLastPage,
    "ussd_format": UssdFormat,
    "code_style": CodeStyle,
    "list_shape": ListShape,
    "empty_shape": EmptyShape,
}
TEXTS = (
    "username",
    "password",
    "prefix",
    "content_type",
    "notice",
    "ussd_username",
    "ussd_password",
    "ussd_answer",
    "ussd_push_url",
)
NUMBERS = {
    "ports": int,
    "unknown_path_status": int,
    "delivery_status": int,
    "token_seconds": float,
    "latency_seconds": float,
    "restart_seconds": float,
    "send_seconds": float,
    "delivery_seconds": float,
    "ussd_seconds": float,
    "utc_offset_hours": float,
}
SWITCHES = (
    "bearer",
    "exclusive_login",
    "reading_marks_read",
    "pushes_lost",
    "bom",
    "text_expiry",
)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a gateway can be told."""
    for name in TEXTS:
        parser.add_argument(_flag(name), default=getattr(DEFAULTS, name))
    for name, kind in NUMBERS.items():
        parser.add_argument(_flag(name), type=kind, default=getattr(DEFAULTS, name))
    for name, choice in CHOICES.items():
        parser.add_argument(
            _flag(name), type=choice, choices=list(choice), default=getattr(DEFAULTS, name)
        )
    for name in SWITCHES:
        parser.add_argument(_flag(name), action="store_true")


def _flag(name: str) -> str:
    """Return the argument for an option."""
    return f"--{name.replace('_', '-')}"


def _build(arguments: argparse.Namespace) -> OpenVoxSimulator:
    """Return the device that was asked for, on the present date."""
    common = {"family", "host", "port"}
    chosen = {name: value for name, value in vars(arguments).items() if name not in common}
    today = datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0)
    return OpenVoxSimulator(OpenVoxOptions(**chosen, start=today))


OPENVOX = SimulatorFamily(port=18003, add_arguments=_add_arguments, build=_build)
