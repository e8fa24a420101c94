"""A soak: thousands of messages through a Home Assistant that is killed again and again.

Everything is real but the device: Home Assistant with its files, the configuration flow, HTTP,
pushes, an automation, and time. What is told of a message is written down before anything else
happens, and compared in the end with what the simulated device has received and sent.
"""

import argparse
import asyncio
from dataclasses import asdict
from hashlib import sha256
import sys
from time import monotonic
from typing import Any, Final

from scripts.support.config_dir import ROOT
from scripts.support.console import CommandError, complain, say

from .support.device import Extent
from .support.home import Home, new_home
from .support.play import Play
from .support.plays import PLAYS
from .support.soak import Soak
from .support.stage import Stage
from .support.verdict import Row, print_rows

_LOGS: Final = ROOT / "artifacts" / "soak"
_CODE: Final = ("custom_components", "simulators", "benchmarks", "scripts/support")
_BASELINE: Final = 60
"""Messages that the device has before it is set up."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    usual = "; ".join(
        f"{name}: {each.incoming} incoming, {each.backlog} of them at once, "
        f"{each.outgoing} outgoing, {each.seconds:.0f} seconds"
        for name, each in ((name, play.device.extent) for name, play in PLAYS.items())
    )
    parser = argparse.ArgumentParser(
        prog="scripts/soak",
        description="Send and receive messages while everything goes wrong.",
        epilog=f"Unless told otherwise: {usual}.",
    )
    parser.add_argument("--device", choices=list(PLAYS), default="openvox", help="(%(default)s)")
    parser.add_argument("--incoming", type=int, help="messages")
    parser.add_argument("--outgoing", type=int, help="messages")
    parser.add_argument(
        "--backlog", type=int, help="of the incoming ones, those that wait for Home Assistant"
    )
    parser.add_argument("--seconds", type=int, help="over which they are spread")
    parser.add_argument("--seed", type=int, default=1, help="of what is random (%(default)s)")
    return parser.parse_args(arguments)


def extent(usual: Extent, options: argparse.Namespace) -> Extent:
    """Return how much is to happen; of fewer messages fewer wait, unless told otherwise."""
    given = {name: getattr(options, name) for name in asdict(usual)}
    wanted = asdict(usual) | {name: value for name, value in given.items() if value is not None}
    if options.backlog is None:
        wanted["backlog"] = usual.backlog * wanted["incoming"] // usual.incoming
    return Extent(**wanted)


async def _run(home: Home, play: Play[Any], options: argparse.Namespace) -> list[Row]:
    """Set everything up, let it all happen, and judge."""
    kind = play.device
    wanted = extent(kind.extent, options)
    device = kind.create()
    await device.start()
    try:
        stage = Stage(home=home, kind=kind, device=device, extent=wanted, seed=options.seed)
        soak = Soak(stage, play)
        soak.receive_baseline(_BASELINE)
        say(f"soak: setting up a {kind.name} in Home Assistant on {home.url}")
        await home.start()
        await kind.set_up(home, device)
        # What was set up is on the disk then.
        await home.stop()
        await home.start()
        await soak.run()
        await home.stop()
        return list(soak.verdict())
    finally:
        await home.stop()
        await device.stop()


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
    version = f"{options.device}, seed {options.seed}, code {_checksum()}"
    say(f"soak: {version}")
    play = PLAYS[options.device]
    async with new_home(play.device.event_entity, _LOGS) as home:
        rows = await _run(home, play, options)
    good = print_rows(rows)
    outcome = "passed" if good else "FAILED"
    say(f"soak: {outcome} after {monotonic() - started:.0f} s, {version}, see {_LOGS}")
    return good


def main() -> int:
    """Run the command and return its exit code."""
    try:
        return 0 if asyncio.run(_soak(parse(sys.argv[1:]))) else 1
    except* (CommandError, TimeoutError) as errors:
        for err in errors.exceptions:
            complain(f"soak: {err or 'a wait took too long'}, see {_LOGS}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
