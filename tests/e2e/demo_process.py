"""The demo that is walked through: a fresh Home Assistant and a simulated modem."""

from collections.abc import Iterator
import contextlib
from dataclasses import dataclass
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import tempfile

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
STOP_SECONDS = 90


class DemoFailedError(Exception):
    """The demo did not start."""


def _free_port() -> int:
    """Return a port that nothing listens on at the moment."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(kw_only=True)
class DemoProcess:
    """A started demo."""

    url: str
    simulator: str
    folder: Path
    process: subprocess.Popen[str]

    def log(self) -> str:
        """Return what Home Assistant has logged so far."""
        return (self.folder / "logs" / "home-assistant.log").read_text(errors="replace")

    def stop(self) -> int:
        """End the demo as Ctrl-C would and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_SECONDS)


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Read what the demo says until it is ready; it gives up by itself when it cannot be."""
    said = []
    for line in process.stdout or ():
        if line.startswith("ready "):
            return
        said.append(line)
    raise DemoFailedError("The demo did not start:\n" + "".join(said))


@contextlib.contextmanager
def running_demo(artifacts: Path, *options: str) -> Iterator[DemoProcess]:
    """Start a demo with further options; keep its logs at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-e2e-"))
    port, simulator_port = _free_port(), _free_port()
    command = [
        str(ROOT / "scripts" / "demo"),
        *("--keep", "--config-dir", str(folder), "--family", "hilink"),
        *("--port", str(port), "--simulator-port", str(simulator_port)),
        *options,
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    demo = DemoProcess(
        url=f"http://{LOOPBACK}:{port}",
        simulator=f"http://{LOOPBACK}:{simulator_port}",
        folder=folder,
        process=process,
    )
    try:
        _wait_until_ready(process)
        yield demo
    finally:
        demo.stop()
        if (folder / "logs").exists():
            shutil.copytree(folder / "logs", artifacts, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
