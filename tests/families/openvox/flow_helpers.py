"""What the tests of the wizard for an SMS gateway share."""

from typing import Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant

from simulators.openvox import OpenVoxSimulator
from tests.flow_helpers import submit

CREDENTIALS: Final = {"username": "admin", "password": "gatehouse-sms", "verify_ssl": False}
WRONG: Final = {**CREDENTIALS, "password": "wrong"}
DELIVERED: Final = {**CREDENTIALS, "password": "admin"}
"""What every gateway has when it is new."""


def logins(gateway: OpenVoxSimulator) -> int:
    """Count how often a password was sent to a gateway."""
    return gateway.lab.counts().get(f"{gateway.gateway.options.prefix}/auth/login", 0)


async def choose(hass: HomeAssistant, result: ConfigFlowResult, option: str) -> ConfigFlowResult:
    """Choose from a menu."""
    return await submit(hass, result, {"next_step_id": option})
