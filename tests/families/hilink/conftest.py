"""A modem with an empty memory and a right clock, and what tests do with it."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import StartModem
from tests.families.carriers import local_now

type StartEmpty = Callable[..., Awaitable[HilinkSimulator]]

ANN = "+15550100200"
BEN = "+15550100201"


@pytest.fixture
def start_empty(hass: HomeAssistant, start_modem: StartModem) -> StartEmpty:
    """Return a function that starts such a modem; its keywords are its options."""

    async def start(**options: Any) -> HilinkSimulator:
        """Start a modem."""
        modem = await start_modem(start=local_now(), **options)
        modem.lab.clear_messages()
        return modem

    return start


@pytest.fixture
async def modem(start_empty: StartEmpty) -> HilinkSimulator:
    """Return such a modem."""
    return await start_empty()


async def call(hass: HomeAssistant, action: str, **fields: Any) -> Any:
    """Call an action and return the response."""
    return await hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )


def contents(modem: HilinkSimulator, box: str = "1") -> list[str]:
    """Return the texts in a box, oldest first."""
    return [str(message["Content"]) for message in modem.lab.messages(box)]


def unread(modem: HilinkSimulator) -> list[str]:
    """Return the texts that are unread."""
    return [str(each["Content"]) for each in modem.lab.messages() if each["Smstat"] == "0"]
