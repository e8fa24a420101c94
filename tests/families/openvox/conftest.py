"""Simulated SMS gateways, and entries of them that are set up through real HTTP."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from custom_components.gatehouse.families.openvox.credentials import CONF_PATH_PREFIX
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator

type StartGateway = Callable[..., Awaitable[OpenVoxSimulator]]
type SetUpGateway = Callable[..., Awaitable[MockConfigEntry]]


@pytest.fixture
async def start_gateway(socket_enabled: None) -> AsyncGenerator[StartGateway]:
    """Return a function that starts a simulated gateway; its keywords are its options."""
    running: list[OpenVoxSimulator] = []

    async def start(
        *, clock: Callable[[], float] = lambda: 0.0, **options: Any
    ) -> OpenVoxSimulator:
        """Start a gateway, whose time stands still but for what the lab does."""
        simulator = OpenVoxSimulator(OpenVoxOptions(**options), clock=clock)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway with eight ports."""
    return await start_gateway()


def gateway_data(simulator: OpenVoxSimulator, **changes: object) -> dict[str, object]:
    """Return the data of an entry for a gateway."""
    return {
        CONF_DEVICE_TYPE: DeviceFamily.OPENVOX,
        CONF_URL: simulator.url,
        CONF_PATH_PREFIX: simulator.gateway.options.prefix,
        CONF_USERNAME: simulator.username,
        CONF_PASSWORD: simulator.password,
        CONF_VERIFY_SSL: False,
        **changes,
    }


def add_gateway(
    hass: HomeAssistant,
    simulator: OpenVoxSimulator,
    *,
    options: dict[str, object] | None = None,
    **data: object,
) -> MockConfigEntry:
    """Add an entry for a gateway that is not set up yet; keywords change its data."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="SMS gateway",
        data=gateway_data(simulator, **data),
        options=options or {},
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
def set_up_gateway(hass: HomeAssistant) -> SetUpGateway:
    """Return a function that sets up an entry for a gateway; its keywords change the data."""

    async def set_up(
        simulator: OpenVoxSimulator, *, options: dict[str, object] | None = None, **data: object
    ) -> MockConfigEntry:
        """Set up an entry."""
        entry = add_gateway(hass, simulator, options=options, **data)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up
