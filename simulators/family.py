"""What a family of simulators offers to the command line."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Simulator(Protocol):
    """A simulated device."""

    url: str

    @property
    def username(self) -> str:
        """Return the user name that logs in."""

    @property
    def password(self) -> str:
        """Return the password that logs in."""

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Answer on a port."""

    async def stop(self) -> None:
        """Close everything."""


@dataclass(frozen=True, kw_only=True)
class SimulatorFamily:
    """One family: its usual port, its own arguments and how to build a device from them."""

    port: int
    add_arguments: Callable[[argparse.ArgumentParser], None]
    build: Callable[[argparse.Namespace], Simulator]
