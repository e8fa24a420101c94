"""Simulated routers, and entries of them that are set up through real HTTP."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from homeassistant.const import (
    CONF_CLIENT_ID,
    CONF_CLIENT_SECRET,
    CONF_MAC,
    CONF_PASSWORD,
    CONF_URL,
)
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import (
    CONF_APP_ID,
    CONF_APP_NAME,
    CONF_DEVICE_TYPE,
    DOMAIN,
    DeviceFamily,
)
from simulators.hiwifi import HiwifiOptions, HiwifiSimulator, identity

type StartRouter = Callable[..., Awaitable[HiwifiSimulator]]
type SetUpRouter = Callable[..., Awaitable[MockConfigEntry]]

MAC = "d4:ee:07:a0:52:01"
"""Hardware address of the simulated router."""

SIGNATURE = {
    CONF_APP_ID: identity.APP_ID,
    CONF_APP_NAME: "gatehouse",
    CONF_CLIENT_ID: identity.CLIENT_ID,
    CONF_CLIENT_SECRET: identity.CLIENT_SECRET,
}
"""What the owner of a bound client enters."""


@pytest.fixture
async def start_router(socket_enabled: None) -> AsyncGenerator[StartRouter]:
    """Return a function that starts a simulated router; its keywords are its options."""
    running: list[HiwifiSimulator] = []

    async def start(*, clock: Callable[[], float] = lambda: 0.0, **options: Any) -> HiwifiSimulator:
        """Start a router, whose time stands still but for what the lab does."""
        simulator = HiwifiSimulator(HiwifiOptions(**options), clock=clock)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def router(start_router: StartRouter) -> HiwifiSimulator:
    """Return a router with the last firmware."""
    return await start_router()


def router_data(simulator: HiwifiSimulator, *, signed: bool = False) -> dict[str, object]:
    """Return the data of an entry for a router, by the password or by signed requests."""
    login = SIGNATURE if signed else {CONF_PASSWORD: simulator.password}
    return {
        CONF_DEVICE_TYPE: DeviceFamily.HIWIFI_SIGNED if signed else DeviceFamily.HIWIFI,
        CONF_URL: simulator.url,
        CONF_MAC: MAC,
        **login,
    }


@pytest.fixture
def set_up_router(hass: HomeAssistant) -> SetUpRouter:
    """Return a function that sets up an entry for a router."""

    async def set_up(
        simulator: HiwifiSimulator,
        *,
        signed: bool = False,
        options: dict[str, object] | None = None,
        **data: object,
    ) -> MockConfigEntry:
        """Set up an entry; keywords change its data."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Router",
            unique_id=MAC,
            data={**router_data(simulator, signed=signed), **data},
            options=options or {},
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up
