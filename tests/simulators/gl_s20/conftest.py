"""Fixtures: simulated border routers, and web pages to talk to them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest

from simulators.gl_s20 import GlS20Options, GlS20Simulator
from tests.simulators.gl_s20.web_page import WebPage

type MakeRouter = Callable[..., Awaitable[GlS20Simulator]]
type OpenPage = Callable[[GlS20Simulator], Awaitable[WebPage]]

QUICK = {"scan_seconds": 0, "wifi_scan_seconds": 0, "online_check_seconds": 0}


@pytest.fixture
async def make_router(socket_enabled: None) -> AsyncGenerator[MakeRouter]:
    """Return a function that starts a border router whose clock only moves by hand."""
    started: list[GlS20Simulator] = []

    async def make(**options: Any) -> GlS20Simulator:
        router = GlS20Simulator(GlS20Options(**(QUICK | options)), clock=lambda: 0.0)
        await router.start()
        started.append(router)
        return router

    yield make
    for router in started:
        await router.stop()


@pytest.fixture
async def open_page(socket_enabled: None) -> AsyncGenerator[OpenPage]:
    """Return a function that opens a page of a router, logged in where there is a password."""
    opened: list[WebPage] = []

    async def open_one(router: GlS20Simulator) -> WebPage:
        page = WebPage(router.url)
        opened.append(page)
        if router.device.options.initialized:
            await page.log_in(router.password)
        return page

    yield open_one
    for page in opened:
        await page.close()


@pytest.fixture
async def router(make_router: MakeRouter) -> GlS20Simulator:
    """Return a border router that leads a network."""
    return await make_router()


@pytest.fixture
async def page(router: GlS20Simulator, open_page: OpenPage) -> WebPage:
    """Return a page that is logged in."""
    return await open_page(router)
