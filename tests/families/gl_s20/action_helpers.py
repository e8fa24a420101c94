"""What the tests of the actions share."""

import asyncio
from collections.abc import Awaitable, Callable
import re
from typing import Any

from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from tests.flow_helpers import TEXTS

type NextRound = Callable[..., Awaitable[None]]

ACTIONS = "custom_components.gatehouse.families.gl_s20.actions"
"""Where the pauses are that frozen time would never end."""


async def act(
    hass: HomeAssistant, action: str, /, *, context: Context | None = None, **fields: Any
) -> Any:
    """Call an action, and return its response if it has one."""
    answers = hass.services.supports_response(DOMAIN, action) is not SupportsResponse.NONE
    return await hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=answers, context=context
    )


async def refusal(hass: HomeAssistant, action: str, /, **fields: Any) -> tuple[str, str]:
    """Call an action with what cannot be right; return key and text of what the user reads."""
    with pytest.raises(ServiceValidationError) as error:
        await act(hass, action, **fields)
    return told(error.value)


async def failure(hass: HomeAssistant, action: str, /, **fields: Any) -> tuple[str, str]:
    """Call an action that goes wrong; return key and text of what the user reads."""
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, action, **fields)
    assert not isinstance(error.value, ServiceValidationError)
    return told(error.value)


def told(error: HomeAssistantError) -> tuple[str, str]:
    """Return key and text of an error, whose placeholders have to be filled."""
    assert error.translation_domain == DOMAIN
    key = error.translation_key or ""
    text = TEXTS["exceptions"][key]["message"].format(**(error.translation_placeholders or {}))
    assert not re.search(r"[{}]", text)
    return key, text


def sent(router: GlS20Simulator, path: str) -> int:
    """Count the requests of a path."""
    return sum(found == f"/{path}" for _, found in router.requests)


async def soon(condition: Callable[[], object]) -> None:
    """Wait until something has come true, also while time is frozen."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    pytest.fail("it never came true")
