"""Simulated border routers, and entries of them that are set up through real HTTP."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from unittest.mock import MagicMock

from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from simulators.gl_s20 import GlS20Options, GlS20Simulator

type StartRouter = Callable[..., Awaitable[GlS20Simulator]]
type SetUpRouter = Callable[..., Awaitable[MockConfigEntry]]

MAC = "94:83:c4:a0:51:a2"
"""Base address of the simulated router."""


@pytest.fixture(autouse=True)
def no_multicast(mock_async_zeroconf: MagicMock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Home Assistant's Thread, which is set up along, from looking around for long."""
    store = "homeassistant.components.thread.dataset_store"
    # Frozen time never gets past a moment that is now.
    monkeypatch.setattr(f"{store}.BORDER_AGENT_DISCOVERY_TIMEOUT", -1)


@pytest.fixture
async def start_router(socket_enabled: None) -> AsyncGenerator[StartRouter]:
    """Return a function that starts a simulated router; its keywords are its options."""
    running: list[GlS20Simulator] = []

    async def start(**options: Any) -> GlS20Simulator:
        """Start a router, whose time stands still but for what the lab does."""
        quick = {"scan_seconds": 0, "wifi_scan_seconds": 0, "online_check_seconds": 0}
        simulator = GlS20Simulator(GlS20Options(**{**quick, **options}), clock=lambda: 0.0)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router with a live Thread network."""
    return await start_router()


def router_data(simulator: GlS20Simulator, **changes: object) -> dict[str, object]:
    """Return the data of an entry for a router."""
    return {
        CONF_DEVICE_TYPE: DeviceFamily.GL_S20,
        CONF_URL: simulator.url,
        CONF_PASSWORD: simulator.password,
        **changes,
    }


@pytest.fixture
def set_up_router(hass: HomeAssistant) -> SetUpRouter:
    """Return a function that sets up an entry for a router; its keywords change the data."""

    async def set_up(
        simulator: GlS20Simulator, *, options: dict[str, object] | None = None, **data: object
    ) -> MockConfigEntry:
        """Set up an entry."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="GL-S20",
            unique_id=MAC,
            data=router_data(simulator, **data),
            options=options or {},
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up
