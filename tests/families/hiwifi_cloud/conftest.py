"""A simulated cloud, and entries of it that are set up through real HTTP."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import CONF_MAC, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import (
    CONF_APP_ID,
    CONF_APP_NAME,
    CONF_APP_SECRET,
    CONF_DEVICE_TYPE,
    DOMAIN,
    DeviceFamily,
)
from simulators.hiwifi import HiwifiCloudOptions, HiwifiCloudSimulator, identity

type StartCloud = Callable[..., Awaitable[HiwifiCloudSimulator]]
type SetUpCloud = Callable[..., Awaitable[MockConfigEntry]]

ACCOUNT = {
    CONF_APP_ID: identity.APP_ID,
    CONF_APP_NAME: identity.APP_NAME,
    CONF_APP_SECRET: identity.APP_SECRET,
    CONF_VERIFY_SSL: True,
}
"""What the author of the plug-in enters."""

UNIQUE_ID = f"app_{identity.APP_ID}"

HALL, ATTIC, BARN = "d4:ee:07:a0:52:01", "d4:ee:07:a0:53:01", "d4:ee:07:a0:54:01"
"""Routers of the simulated cloud, the last of which is offline."""

ROUTERS = {"Hall": HALL, "Attic": ATTIC, "Barn": BARN}


def dev_id(mac: str) -> str:
    """Return the name of a router in the lab."""
    return mac.replace(":", "").upper()


@pytest.fixture
async def start_cloud(socket_enabled: None) -> AsyncGenerator[StartCloud]:
    """Return a function that starts a simulated cloud; its keywords are its options."""
    running: list[HiwifiCloudSimulator] = []

    async def start(**options: Any) -> HiwifiCloudSimulator:
        """Start a cloud, whose time stands still but for what the lab does."""
        simulator = HiwifiCloudSimulator(HiwifiCloudOptions(**options), clock=lambda: 0.0)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def cloud(start_cloud: StartCloud) -> HiwifiCloudSimulator:
    """Return a cloud with two routers online and one offline."""
    return await start_cloud()


@pytest.fixture
def set_up_cloud(hass: HomeAssistant) -> SetUpCloud:
    """Return a function that sets up an entry for a cloud."""

    async def set_up(
        simulator: HiwifiCloudSimulator,
        routers: dict[str, str] = ROUTERS,
        *,
        options: dict[str, object] | None = None,
        **data: object,
    ) -> MockConfigEntry:
        """Set up an entry with routers by name; keywords change its data."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cloud",
            unique_id=UNIQUE_ID,
            data={
                CONF_DEVICE_TYPE: DeviceFamily.HIWIFI_CLOUD,
                CONF_URL: simulator.url,
                **ACCOUNT,
                **data,
            },
            options=options or {},
            subentries_data=[
                ConfigSubentryData(
                    data={CONF_MAC: mac}, subentry_type="router", title=name, unique_id=mac
                )
                for name, mac in routers.items()
            ],
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up
