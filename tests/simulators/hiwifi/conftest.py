"""Fixtures: simulated routers and clouds, and those who talk to them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest

from simulators.hiwifi import (
    HiwifiCloudOptions,
    HiwifiCloudSimulator,
    HiwifiOptions,
    HiwifiSimulator,
)
from tests.simulators.hiwifi.callers import Administrator, Author, BoundClient, Caller

type MakeRouter = Callable[..., Awaitable[HiwifiSimulator]]
type MakeCloud = Callable[..., Awaitable[HiwifiCloudSimulator]]
type Open[C: Caller] = Callable[..., C]


@pytest.fixture
async def make_router(socket_enabled: None) -> AsyncGenerator[MakeRouter]:
    """Return a function that starts a router whose clock only moves by hand."""
    started: list[HiwifiSimulator] = []

    async def make(**options: Any) -> HiwifiSimulator:
        router = HiwifiSimulator(HiwifiOptions(**options), clock=lambda: 0.0)
        await router.start()
        started.append(router)
        return router

    yield make
    for router in started:
        await router.stop()


@pytest.fixture
async def make_cloud(socket_enabled: None) -> AsyncGenerator[MakeCloud]:
    """Return a function that starts a cloud whose clock only moves by hand."""
    started: list[HiwifiCloudSimulator] = []

    async def make(**options: Any) -> HiwifiCloudSimulator:
        cloud = HiwifiCloudSimulator(HiwifiCloudOptions(**options), clock=lambda: 0.0)
        await cloud.start()
        started.append(cloud)
        return cloud

    yield make
    for cloud in started:
        await cloud.stop()


@pytest.fixture
async def opened(socket_enabled: None) -> AsyncGenerator[list[Caller]]:
    """Return the callers to be closed at the end."""
    callers: list[Caller] = []
    yield callers
    for caller in callers:
        await caller.close()


def _opener[C: Caller](kind: type[C], opened: list[Caller]) -> Open[C]:
    """Return a function that opens one kind of caller."""

    def open_one(url: str, **how: Any) -> C:
        caller = kind(url, **how)
        opened.append(caller)
        return caller

    return open_one


@pytest.fixture
def open_client(opened: list[Caller]) -> Open[BoundClient]:
    """Return a function that opens a bound client."""
    return _opener(BoundClient, opened)


@pytest.fixture
def open_admin(opened: list[Caller]) -> Open[Administrator]:
    """Return a function that opens an administrator's browser."""
    return _opener(Administrator, opened)


@pytest.fixture
def open_author(opened: list[Caller]) -> Open[Author]:
    """Return a function that opens an author's program."""
    return _opener(Author, opened)


@pytest.fixture
async def router(make_router: MakeRouter) -> HiwifiSimulator:
    """Return a router with the last firmware."""
    return await make_router()


@pytest.fixture
async def client(router: HiwifiSimulator, open_client: Open[BoundClient]) -> BoundClient:
    """Return a client bound to the router."""
    return open_client(router.url)


@pytest.fixture
async def admin(router: HiwifiSimulator, open_admin: Open[Administrator]) -> Administrator:
    """Return an administrator who is logged in."""
    page = open_admin(router.url)
    await page.log_in(router.password)
    return page


@pytest.fixture
async def cloud(make_cloud: MakeCloud) -> HiwifiCloudSimulator:
    """Return a cloud with two routers online and one offline."""
    return await make_cloud()


@pytest.fixture
async def author(cloud: HiwifiCloudSimulator, open_author: Open[Author]) -> Author:
    """Return the author of the plug-in."""
    return open_author(cloud.url)
