"""Start simulated devices: one family, or one device of each."""

import argparse
import asyncio
import signal
import sys

from simulators.family import Simulator, SimulatorFamily
from simulators.gl_s20.command_line import GL_S20
from simulators.hilink.command_line import HILINK
from simulators.hiwifi.command_line import HIWIFI
from simulators.openvox.command_line import OPENVOX

DEFAULT_FAMILY = "hilink"
FAMILIES: dict[str, SimulatorFamily] = {
    "hilink": HILINK,
    "gl_s20": GL_S20,
    "openvox": OPENVOX,
    "hiwifi": HIWIFI,
}


def main(arguments: list[str]) -> int:
    """Run until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m simulators", add_help=False)
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--host", default="127.0.0.1")
    family, rest = parser.parse_known_args(arguments)
    if family.family is None and rest == []:
        chosen = {name: _parse(parser, each, []) for name, each in FAMILIES.items()}
    else:
        name = family.family or DEFAULT_FAMILY
        chosen = {name: _parse(parser, FAMILIES[name], rest)}
    return asyncio.run(_serve(chosen, family.host))


def _parse(
    parent: argparse.ArgumentParser, family: SimulatorFamily, arguments: list[str]
) -> argparse.Namespace:
    """Return one family's arguments."""
    parser = argparse.ArgumentParser(
        prog=parent.prog,
        parents=[parent],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=family.port)
    family.add_arguments(parser)
    return parser.parse_args(arguments)


async def _serve(chosen: dict[str, argparse.Namespace], host: str) -> int:
    """Run simulators until a signal comes."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    running: list[Simulator] = []
    try:
        for name, arguments in chosen.items():
            simulator = FAMILIES[name].build(arguments)
            await simulator.start(arguments.port, host)
            running.append(simulator)
            print(
                f"{name} url={simulator.url} user={simulator.username}"
                f" password={simulator.password}",
                flush=True,
            )
        await stopped.wait()
    except OSError as failure:
        print(f"cannot listen: {failure}", file=sys.stderr)
        return 1
    finally:
        for simulator in running:
            await simulator.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
