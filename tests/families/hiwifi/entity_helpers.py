"""What the tests of a router's entities share."""

from collections.abc import Awaitable, Callable

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

type NextRound = Callable[..., Awaitable[None]]


async def act(hass: HomeAssistant, action: str, entity_id: str, **fields: object) -> None:
    """Do what a user does with an entity."""
    await hass.services.async_call(
        entity_id.partition(".")[0], action, {ATTR_ENTITY_ID: entity_id, **fields}, blocking=True
    )


async def refused(
    hass: HomeAssistant, action: str, entity_id: str, **fields: object
) -> HomeAssistantError:
    """Do something with an entity that fails, and return what the user is told."""
    with pytest.raises(HomeAssistantError) as error:
        await act(hass, action, entity_id, **fields)
    assert str(error.value) != error.value.translation_key
    assert "{" not in str(error.value)
    return error.value


def shown(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    """Return the states of entities."""
    states = [hass.states.get(entity_id) for entity_id in entity_ids]
    return [state.state if state else "missing" for state in states]


def all_shown(hass: HomeAssistant, *platforms: str) -> dict[str, str]:
    """Return the states of all entities of some platforms."""
    return {state.entity_id: state.state for state in hass.states.async_all(platforms)}
