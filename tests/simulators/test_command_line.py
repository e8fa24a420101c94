"""Starting simulators from the command line."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Awaitable, Callable
import re
import signal
import sys

import aiohttp
import pytest

type Start = Callable[..., Awaitable[Process]]
START_SECONDS = 20


@pytest.fixture
async def start(socket_enabled: None) -> AsyncGenerator[Start]:
    """Return a function that starts the simulators in a process of their own."""
    processes: list[Process] = []

    async def run(*arguments: str) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "simulators", *arguments, stdout=PIPE, stderr=PIPE
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(process: Process) -> str:
    """Return the first line a process prints."""
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        return (await process.stdout.readline()).decode().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_run(start: Start, number: signal.Signals) -> None:
    """It says where it is, answers, and stops cleanly on a signal."""
    process = await start("--family", "hilink", "--port", "0", "--profile", "e3372")
    printed = await line(process)
    match = re.fullmatch(
        r"hilink url=(http://127\.0\.0\.1:\d+) user=admin password=gatehouse", printed
    )
    assert match is not None, printed
    async with aiohttp.ClientSession() as session, session.get(match[1]) as reply:
        assert "<title>E3372</title>" in await reply.text()
    process.send_signal(number)
    _, errors = await process.communicate()
    assert process.returncode == 0
    assert errors == b""


async def test_port_in_use(start: Start) -> None:
    """A port that is taken is reported in a sentence."""
    first = await start("--port", "0")
    port = (await line(first)).split()[1].rsplit(":", 1)[1]
    second = await start("--port", port)
    _, errors = await second.communicate()
    assert second.returncode == 1
    assert errors.startswith(b"cannot listen:")
    assert b"Traceback" not in errors


async def test_bad_argument(start: Start) -> None:
    """An unknown kind of login is refused."""
    process = await start("--login", "magic")
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert b"--login" in errors
