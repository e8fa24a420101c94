"""What all tests share: simulated devices and entries that are set up through real HTTP."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any
from unittest.mock import PropertyMock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

import custom_components  # noqa: F401 - before Home Assistant looks for its own test folder
from custom_components.gatehouse.const import (
    CONF_DEVICE_TYPE,
    CONF_NUMBER,
    DOMAIN,
    SUBENTRY_CONTACT,
    DeviceFamily,
)
from simulators.hilink.options import HilinkOptions
from simulators.hilink.simulator import HilinkSimulator

type StartModem = Callable[..., Awaitable[HilinkSimulator]]
type SetUpModem = Callable[..., Awaitable[MockConfigEntry]]


@pytest.fixture(autouse=True)
def custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find Gatehouse in every test."""


@pytest.fixture(autouse=True)
def storage(hass_storage: dict[str, Any]) -> dict[str, Any]:
    """Keep what is stored in memory, where a test can look at it and change it."""
    return hass_storage


@pytest.fixture(autouse=True)
def quick_sms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the progress of a message without a pause, which frozen time would never end."""
    monkeypatch.setattr("custom_components.gatehouse.clients.hilink.sms.STATUS_INTERVAL", 0)


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Let all entities be enabled when they are added for the first time."""
    with patch(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default",
        PropertyMock(return_value=True),
    ):
        yield


@pytest.fixture
async def start_modem(socket_enabled: None) -> AsyncGenerator[StartModem]:
    """Return a function that starts a simulated modem; its keywords are its options."""
    running: list[HilinkSimulator] = []

    async def start(**options: object) -> HilinkSimulator:
        """Start a modem, whose time stands still but for what the lab does."""
        simulator = HilinkSimulator(
            # The tests give options as keywords of any type.
            HilinkOptions(**{"profile": "e8372h-320", "sms_send_seconds": 0, **options}),  # type: ignore[arg-type]
            clock=lambda: 0.0,
        )
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a modem with SCRAM login."""
    return await start_modem()


async def until(condition: Callable[[], object]) -> None:
    """Wait until something has come true."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    pytest.fail("it never came true")


def state_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return what an entity shows."""
    state = hass.states.get(entity_id)
    assert state is not None, f"{entity_id} is missing"
    return state.state


def modem_data(simulator: HilinkSimulator, **changes: object) -> dict[str, object]:
    """Return the data of an entry for a modem."""
    return {
        CONF_DEVICE_TYPE: DeviceFamily.HILINK,
        CONF_URL: simulator.url,
        CONF_USERNAME: simulator.username,
        CONF_PASSWORD: simulator.password,
        CONF_VERIFY_SSL: True,
        **changes,
    }


@pytest.fixture
def set_up(hass: HomeAssistant) -> SetUpModem:
    """Return a function that sets up an entry for a modem; its keywords change the data."""

    async def set_up(
        simulator: HilinkSimulator,
        *,
        options: dict[str, object] | None = None,
        contacts: dict[str, str] | None = None,
        **data: object,
    ) -> MockConfigEntry:
        """Set up an entry, with contacts by name."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Modem",
            unique_id="SERIAL",
            data=modem_data(simulator, **data),
            options=options or {},
            subentries_data=[
                ConfigSubentryData(
                    data={CONF_NUMBER: number},
                    subentry_type=SUBENTRY_CONTACT,
                    title=name,
                    unique_id=number,
                )
                for name, number in (contacts or {}).items()
            ],
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up


@pytest.fixture
def next_round(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> Callable[..., Awaitable[None]]:
    """Return a function that lets time pass until the next poll has been made."""

    async def next_round(seconds: float = 31) -> None:
        """Let time pass."""
        freezer.tick(seconds)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return next_round
