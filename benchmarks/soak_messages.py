"""A soak: thousands of messages through a Home Assistant that is killed again and again.

Everything is real but the gateway: Home Assistant with its files, the configuration flow, HTTP,
pushes, an automation, and time. What is told of a message is written down before anything else
happens, and compared in the end with what the simulated gateway has received and sent.
"""

import argparse
import asyncio
from datetime import UTC, datetime
from hashlib import sha256
import sys
from time import monotonic
from typing import Final

from scripts.support.config_dir import ROOT
from scripts.support.console import CommandError, complain, say
from simulators.openvox import OpenVoxOptions

from .support.faults import UnreliableGateway
from .support.home import Home, new_home
from .support.soak import Soak
from .support.stage import Extent, Stage
from .support.verdict import Row, print_rows

_LOGS: Final = ROOT / "artifacts" / "soak"
_CODE: Final = ("custom_components", "simulators", "benchmarks", "scripts/support")
_BASELINE: Final = 60
"""Messages that the gateway has before it is set up."""

_CAPACITY: Final = 4000
"""Messages that the gateway keeps: more than come while nobody looks."""


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/soak", description="Send and receive messages while everything goes wrong."
    )
    parser.add_argument("--incoming", type=int, default=5000, help="messages (%(default)s)")
    parser.add_argument("--outgoing", type=int, default=500, help="messages (%(default)s)")
    parser.add_argument(
        "--backlog",
        type=int,
        default=1500,
        help="of the incoming ones, those that wait for Home Assistant (%(default)s)",
    )
    parser.add_argument(
        "--seconds", type=int, default=360, help="over which they are spread (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of what is random (%(default)s)")
    return parser.parse_args(arguments)


async def _run(home: Home, options: argparse.Namespace) -> list[Row]:
    """Set everything up, let it all happen, and judge."""
    gateway = UnreliableGateway(
        OpenVoxOptions(
            ports=32,
            ports_without_sim=(31, 32),
            inbox_capacity=_CAPACITY,
            send_seconds=0.5,
            start=datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0),
        )
    )
    await gateway.start()
    try:
        extent = Extent(
            incoming=options.incoming,
            backlog=options.backlog,
            outgoing=options.outgoing,
            seconds=options.seconds,
        )
        soak = Soak(Stage(home=home, gateway=gateway, extent=extent, seed=options.seed))
        soak.receive_baseline(_BASELINE)
        say(f"soak: setting up a gateway in Home Assistant on {home.url}")
        await home.start()
        await home.add_gateway(gateway, push=True)
        # What was set up is on the disk then.
        await home.stop()
        await home.start()
        await soak.run()
        await home.stop()
        return list(soak.verdict())
    finally:
        await home.stop()
        await gateway.stop()


def _checksum() -> str:
    """Return what tells one version of what is tested, and of what tests it, from another."""
    digest = sha256()
    for folder in _CODE:
        for file in sorted((ROOT / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


async def _soak(options: argparse.Namespace) -> bool:
    """Run a soak, and tell whether nothing got lost or came twice."""
    started = monotonic()
    version = f"seed {options.seed}, code {_checksum()}"
    say(f"soak: {version}")
    async with new_home(_LOGS) as home:
        rows = await _run(home, options)
    good = print_rows(rows)
    outcome = "passed" if good else "FAILED"
    say(f"soak: {outcome} after {monotonic() - started:.0f} s, {version}, see {_LOGS}")
    return good


def main() -> int:
    """Run the command and return its exit code."""
    try:
        return 0 if asyncio.run(_soak(_parse(sys.argv[1:]))) else 1
    except* (CommandError, TimeoutError) as errors:
        for err in errors.exceptions:
            complain(f"soak: {err or 'a wait took too long'}, see {_LOGS}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
