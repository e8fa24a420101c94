"""The options of the demo."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .families import FAMILIES, DemoFamily

DEFAULT_PORT = 8123
DEFAULT_SIMULATOR_PORT = 18001


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the person asked for."""

    port: int
    simulator_port: int
    config_dir: Path | None
    keep: bool
    families: tuple[DemoFamily, ...]
    devices: bool
    onboarding: bool


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Start Home Assistant with simulated devices. Ctrl-C ends it.",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help="port of Home Assistant on 127.0.0.1 (%(default)s)",
    )
    parser.add_argument(
        "--simulator-port",
        type=int,
        default=DEFAULT_SIMULATOR_PORT,
        help="port of the first simulator; the others follow (%(default)s)",
    )
    parser.add_argument(
        "--config-dir",
        type=Path,
        help="configuration folder (a temporary one; with --keep: artifacts/demo)",
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="leave the configuration folder there at the end, and use what is in it",
    )
    parser.add_argument(
        "--family",
        action="append",
        choices=FAMILIES,
        help="show only this device family; may be repeated (default: all)",
    )
    parser.add_argument(
        "--no-devices",
        action="store_true",
        help="start the simulators, but set no device up",
    )
    parser.add_argument(
        "--no-onboarding",
        action="store_true",
        help="leave the first user to be created in the browser; sets no device up",
    )
    given = parser.parse_args(arguments)
    return Options(
        port=given.port,
        simulator_port=given.simulator_port,
        config_dir=given.config_dir,
        keep=given.keep,
        families=tuple(FAMILIES[key] for key in given.family or FAMILIES),
        devices=not (given.no_devices or given.no_onboarding),
        onboarding=not given.no_onboarding,
    )
