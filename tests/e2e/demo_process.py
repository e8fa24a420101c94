"""The demo that is walked through: a fresh Home Assistant and simulated devices."""

from collections.abc import Iterator, Mapping
import contextlib
from dataclasses import dataclass
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
STOP_SECONDS = 90

HILINK: Final = "hilink"
GL_S20: Final = "gl_s20"
OPENVOX: Final = "openvox"
HIWIFI: Final = "hiwifi"
FAMILIES: Final = (HILINK, GL_S20, OPENVOX, HIWIFI)
NEW_GL_S20: Final = "new_gl_s20"
"""A border router as it comes out of its box, which the demo knows nothing of."""

_EXTRAS: Final[Mapping[str, tuple[str, ...]]] = {
    NEW_GL_S20: (f"--family={GL_S20}", "--uninitialized", "--thread-disabled"),
}
"""With what the simulators of these are started."""


class DemoFailedError(Exception):
    """The demo did not start."""


def _free_ports(count: int) -> int:
    """Return the first of some ports in a row that nothing listens on at the moment."""
    while True:
        with contextlib.ExitStack() as listeners, contextlib.suppress(OSError, OverflowError):
            first = 0
            for offset in range(count):
                listener = listeners.enter_context(socket.socket())
                listener.bind((LOOPBACK, first and first + offset))
                first = first or listener.getsockname()[1]
            return first


@dataclass(kw_only=True)
class DemoProcess:
    """A started demo."""

    url: str
    devices: Mapping[str, str]
    """Where each simulated device is."""

    folder: Path
    process: subprocess.Popen[str]

    def log(self) -> str:
        """Return what Home Assistant has logged so far."""
        return (self.folder / "logs" / "home-assistant.log").read_text(errors="replace")

    def stop(self) -> int:
        """End the demo as Ctrl-C would and return its exit code."""
        return _end(self.process)


def _end(process: subprocess.Popen[str]) -> int:
    """End a process as Ctrl-C would and return its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    return process.wait(STOP_SECONDS)


def _started(*command: str) -> subprocess.Popen[str]:
    """Start a command whose output is read here."""
    return subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _await_line(process: subprocess.Popen[str], sign: str) -> str:
    """Read what a process says until it is ready; it gives up by itself when it cannot be."""
    said = []
    for line in process.stdout or ():
        if sign in line:
            return line
        said.append(line)
    raise DemoFailedError("The demo did not start:\n" + "".join(said))


@contextlib.contextmanager
def _extra(*arguments: str) -> Iterator[str]:
    """Run a simulated device that the demo knows nothing of; yields its address."""
    process = _started(sys.executable, "-m", "simulators", "--port", "0", *arguments)
    try:
        ready = _await_line(process, " url=")
        yield ready.split()[1].removeprefix("url=")
    finally:
        _end(process)


@contextlib.contextmanager
def running_demo(artifacts: Path, *options: str) -> Iterator[DemoProcess]:
    """Start a demo with further options; keep its logs at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-e2e-"))
    port = _free_ports(1 + len(FAMILIES))
    ports = {key: port + number for number, key in enumerate(FAMILIES, 1)}
    urls = {key: f"http://{LOOPBACK}:{each}" for key, each in ports.items()}
    with contextlib.ExitStack() as stack:
        extras = {
            key: stack.enter_context(_extra(*arguments)) for key, arguments in _EXTRAS.items()
        }
        process = _started(
            *(str(ROOT / "scripts" / "demo"), "--keep", "--config-dir", str(folder)),
            *("--port", str(port), "--simulator-port", str(port + 1)),
            *(f"--family={key}" for key in FAMILIES),
            *options,
        )
        try:
            _await_line(process, "ready url=")
            yield DemoProcess(
                url=f"http://{LOOPBACK}:{port}",
                devices={**urls, **extras},
                folder=folder,
                process=process,
            )
        finally:
            _end(process)
            if (folder / "logs").exists():
                shutil.copytree(folder / "logs", artifacts, dirs_exist_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
