"""The HiLink simulator's command line arguments."""

import argparse
from datetime import UTC, datetime

from simulators.family import SimulatorFamily
from simulators.hilink import profile
from simulators.hilink.options import (
    HilinkOptions,
    LoginKind,
    SessionPolicy,
    SmsOutcome,
    SmsStyle,
    TokenRotation,
    TokenStyle,
)
from simulators.hilink.simulator import HilinkSimulator

DEFAULTS = HilinkOptions()


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a HiLink modem can be told."""
    models = ", ".join(profile.names())
    parser.add_argument(
        "--profile", default=DEFAULTS.profile, help=f"JSON file, or one of {models}"
    )
    parser.add_argument("--login", type=LoginKind, choices=list(LoginKind))
    parser.add_argument("--username", default=DEFAULTS.username)
    parser.add_argument("--password", default=DEFAULTS.password)
    parser.add_argument("--session-policy", type=SessionPolicy, choices=list(SessionPolicy))
    parser.add_argument("--token-style", type=TokenStyle, choices=list(TokenStyle))
    parser.add_argument("--token-rotation", type=TokenRotation, choices=list(TokenRotation))
    parser.add_argument("--idle-timeout", type=float, default=DEFAULTS.idle_timeout)
    parser.add_argument("--latency-seconds", type=float, default=DEFAULTS.latency_seconds)
    parser.add_argument("--reboot-seconds", type=float, default=DEFAULTS.reboot_seconds)
    parser.add_argument("--sms-send-seconds", type=float, default=DEFAULTS.sms_send_seconds)
    parser.add_argument(
        "--sms-outcome", type=SmsOutcome, choices=list(SmsOutcome), default=DEFAULTS.sms_outcome
    )
    parser.add_argument(
        "--sms-style", type=SmsStyle, choices=list(SmsStyle), default=DEFAULTS.sms_style
    )
    parser.add_argument("--locks-bands", action="store_true", help="as newer 5G firmware")
    parser.add_argument("--no-sim", dest="sim_present", action="store_false")
    parser.add_argument("--no-sms", dest="sms_enabled", action="store_false")


def _build(arguments: argparse.Namespace) -> HilinkSimulator:
    """Return the modem that was asked for, on the present local time."""
    common = {"family", "host", "port"}
    chosen = {name: value for name, value in vars(arguments).items() if name not in common}
    today = datetime.now(tz=UTC).astimezone().replace(tzinfo=None, microsecond=0)
    return HilinkSimulator(HilinkOptions(**chosen, start=today))


HILINK = SimulatorFamily(port=18001, add_arguments=_add_arguments, build=_build)
