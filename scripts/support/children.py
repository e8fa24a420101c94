"""Child processes: each in a session of its own, watched, and stopped with all it started."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
import contextlib
from dataclasses import dataclass, field
import os
from pathlib import Path
import signal
from typing import Self

from .console import CommandError

STOP_SECONDS = 30
TAIL_LINES = 20


def _tail(path: Path) -> str:
    """Return the last lines of a text file."""
    with path.open(errors="replace") as lines:
        return "".join(deque(lines, TAIL_LINES)).rstrip()


@dataclass(kw_only=True)
class Child:
    """One running child process and the file its output goes to."""

    name: str
    log: Path
    process: asyncio.subprocess.Process
    _ended: asyncio.Task[int] = field(init=False)

    def __post_init__(self) -> None:
        """Watch the process."""
        self._ended = asyncio.create_task(self.process.wait())

    @classmethod
    async def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        cwd: Path,
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Self:
        """Start a command with its output appended to a log file."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=cwd,
                env={**os.environ, **(environment or {})},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(name=name, log=log, process=process)

    @property
    def alive(self) -> bool:
        """Return whether the process still runs."""
        return self.process.returncode is None

    async def ended(self) -> int:
        """Wait for the process to end and return its exit code."""
        return await asyncio.shield(self._ended)

    def check(self) -> None:
        """Fail with the end of the log when the process is gone."""
        if not self.alive:
            raise CommandError(self.obituary())

    def obituary(self) -> str:
        """Say that the process ended by itself, with the end of its log."""
        return (
            f"{self.name} ended by itself with exit code {self.process.returncode}. "
            f"The end of {self.log}:\n{_tail(self.log)}"
        )

    async def stop(self) -> None:
        """End the process group: politely first, then for good."""
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            if self.alive:
                self._signal(signal_number)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ended(), STOP_SECONDS)
                break
        # Whatever the process itself left behind in its group.
        self._signal(signal.SIGKILL)

    def _signal(self, signal_number: signal.Signals) -> None:
        """Send a signal to the process group, which carries the process's number."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal_number)
