"""Fixtures: simulated modems, and browsers to talk to them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest

from simulators.hilink import HilinkOptions, HilinkSimulator
from tests.simulators.browser import Browser

type MakeModem = Callable[..., Awaitable[HilinkSimulator]]
type MakeBrowser = Callable[[HilinkSimulator], Browser]


@pytest.fixture
async def make_modem(socket_enabled: None) -> AsyncGenerator[MakeModem]:
    """Return a function that starts a modem whose clock only moves by hand."""
    started: list[HilinkSimulator] = []

    async def make(**options: Any) -> HilinkSimulator:
        modem = HilinkSimulator(HilinkOptions(**options), clock=lambda: 0.0)
        await modem.start()
        started.append(modem)
        return modem

    yield make
    for modem in started:
        await modem.stop()


@pytest.fixture
async def open_browser(socket_enabled: None) -> AsyncGenerator[MakeBrowser]:
    """Return a function that opens a browser on a modem."""
    opened: list[Browser] = []

    def open_one(modem: HilinkSimulator) -> Browser:
        browser = Browser(modem.url)
        opened.append(browser)
        return browser

    yield open_one
    for browser in opened:
        await browser.close()
