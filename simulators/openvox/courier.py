"""Carries pushes to where they belong, as real HTTP requests."""

import asyncio
from collections.abc import Callable

import aiohttp
from yarl import URL

from simulators.openvox.push import Push

FAILED = "failed"
PATIENCE_SECONDS = 30


class Courier:
    """Sends one push after the other, each once."""

    def __init__(self, timeout_seconds: Callable[[], float]) -> None:
        """Start with nothing to carry."""
        self._timeout_seconds = timeout_seconds
        self._waiting: asyncio.Queue[Push] = asyncio.Queue()

    def send(self, push: Push) -> None:
        """Take a push along."""
        self._waiting.put_nowait(push)

    async def idle(self) -> None:
        """Wait until every push is through; there is an end to that."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._waiting.join()

    async def run(self) -> None:
        """Carry pushes until canceled."""
        async with aiohttp.ClientSession() as session:
            while True:
                push = await self._waiting.get()
                try:
                    push.outcome = await self._carried(session, push)
                finally:
                    self._waiting.task_done()

    async def _carried(self, session: aiohttp.ClientSession, push: Push) -> str:
        """Return what became of a push."""
        timeout = aiohttp.ClientTimeout(total=self._timeout_seconds())
        try:
            # The library repeats a GET whose kept connection breaks; a fresh one it does not.
            async with session.get(
                URL(push.url, encoded=True),
                allow_redirects=False,
                headers={"Connection": "close"},
                ssl=False,
                timeout=timeout,
            ) as reply:
                await reply.read()
                return str(reply.status)
        except aiohttp.ClientError, TimeoutError, ValueError:
            return FAILED
