"""How long it takes from a message at the gateway to the event in Home Assistant.

Home Assistant, HTTP and time are real, the gateway is simulated and on the same machine. With
pushes the gateway says at once that there is news; without, Gatehouse looks every 30 seconds.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from statistics import median
import sys
import time
from typing import Final

from scripts.support.console import CommandError, complain, say
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator

from .support.evidence import Evidence
from .support.gateway import GATEWAY, set_options, set_up
from .support.home import Home, new_home

_MESSAGES: Final = 50
_PUSHED_SECONDS: Final = (3.0, 4.0)
"""Between two messages: Gatehouse looks 20 times a minute at most, whoever pushes."""

_POLLED_SECONDS: Final = (1.0, 5.0)
"""The same without pushes, so that messages fall into any part of a round."""

_PATIENCE_SECONDS: Final = 60
_LOOK_SECONDS: Final = 0.1
_PERCENTILE: Final = 95


async def _measure(
    home: Home, gateway: OpenVoxSimulator, name: str, pause: tuple[float, float]
) -> list[float]:
    """Return the seconds that messages took, smallest first."""
    random = Random(name)  # noqa: S311 - repeatable
    arrived: dict[str, float] = {}
    for number in range(_MESSAGES):
        await asyncio.sleep(random.uniform(*pause))
        text = f"{name} {number}"
        arrived[text] = time.time()
        gateway.lab.receive_sms(1 + number % 8, "+4915112345678", text)
    evidence = Evidence(file=home.record)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            evidence.update()
            if arrived.keys() <= evidence.received.keys():
                break
            await asyncio.sleep(_LOOK_SECONDS)
    return sorted(evidence.received[text][0]["at"] - at for text, at in arrived.items())


def _row(name: str, seconds: Sequence[float]) -> str:
    """Return a line of the table."""
    ninety_fifth = seconds[-(-len(seconds) * _PERCENTILE // 100) - 1]
    figures = (seconds[0], median(seconds), ninety_fifth, seconds[-1])
    return f"{name:<12}{len(seconds):>9}" + "".join(f"{each:>9.2f} s" for each in figures)


async def _run() -> None:
    """Measure both ways, and print a table."""
    today = datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0)
    gateway = OpenVoxSimulator(OpenVoxOptions(start=today))
    await gateway.start()
    try:
        async with new_home(GATEWAY.event_entity) as home:
            say(f"latency: starting Home Assistant on {home.url}")
            await home.start()
            await set_up(home, gateway)
            pushed = await _measure(home, gateway, "push", _PUSHED_SECONDS)
            await set_options(home, gateway, push=False)
            polled = await _measure(home, gateway, "poll", _POLLED_SECONDS)
    finally:
        await gateway.stop()
    say(f"{'':<12}{'messages':>9}{'least':>11}{'median':>11}{'95 %':>11}{'most':>11}")
    say(_row("with push", pushed))
    say(_row("without", polled))


def main() -> int:
    """Run the command and return its exit code."""
    try:
        asyncio.run(_run())
    except CommandError as err:
        complain(f"latency: {err}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
