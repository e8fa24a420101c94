"""Fixtures: simulated SMS gateways, clients of them, and a receiver of their pushes."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from tests.simulators.openvox.caller import Caller, Receiver

type MakeGateway = Callable[..., Awaitable[OpenVoxSimulator]]
type OpenCaller = Callable[[OpenVoxSimulator], Awaitable[Caller]]


class Listener(NamedTuple):
    """Somebody who takes pushes, and where."""

    receiver: Receiver
    port: int


@pytest.fixture
async def make_gateway(socket_enabled: None) -> AsyncGenerator[MakeGateway]:
    """Return a function that starts a gateway whose clock only moves by hand."""
    started: list[OpenVoxSimulator] = []

    async def make(**options: Any) -> OpenVoxSimulator:
        gateway = OpenVoxSimulator(OpenVoxOptions(**options), clock=lambda: 0.0)
        await gateway.start()
        started.append(gateway)
        return gateway

    yield make
    for gateway in started:
        await gateway.stop()


@pytest.fixture
async def open_caller(socket_enabled: None) -> AsyncGenerator[OpenCaller]:
    """Return a function that opens a client with a token."""
    opened: list[Caller] = []

    async def open_one(gateway: OpenVoxSimulator) -> Caller:
        options = gateway.gateway.options
        caller = Caller(gateway.url, options.prefix)
        opened.append(caller)
        caller.scheme = "Bearer " if options.bearer else ""
        gateway.lab.set_options(code_style="number", bom=False, notice="")
        await caller.log_in(gateway.username, gateway.password)
        gateway.gateway.options = options
        return caller

    yield open_one
    for caller in opened:
        await caller.close()


@pytest.fixture
async def gateway(make_gateway: MakeGateway) -> OpenVoxSimulator:
    """Return a gateway with eight ports in service."""
    return await make_gateway()


@pytest.fixture
async def caller(gateway: OpenVoxSimulator, open_caller: OpenCaller) -> Caller:
    """Return a client with a token."""
    return await open_caller(gateway)


@pytest.fixture
async def listener(socket_enabled: None) -> AsyncGenerator[Listener]:
    """Return somebody who takes pushes."""
    receiver = Receiver()
    yield Listener(receiver, await receiver.start())
    await receiver.stop()
