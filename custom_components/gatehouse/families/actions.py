"""How a family describes its actions: a table of names, fields and what they do."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType

from .readings import Reading, Snapshot


@dataclass(frozen=True, kw_only=True)
class ActionCall[ClientT]:
    """An action that somebody calls: for which device and with what."""

    hass: HomeAssistant
    entry: ConfigEntry
    client: ClientT
    snapshot: Snapshot
    """What is known of the device."""

    fields: Mapping[str, Any] = field(repr=False)
    """As the schema has made them; may hold secrets."""


@dataclass(frozen=True, kw_only=True)
class ActionResult:
    """What came of it."""

    response: JsonObjectType | None = field(default=None, repr=False)
    changes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What is different from now on in the data of the config entry."""

    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What is different from now on in its options."""

    read_back: tuple[Reading[Any, Any], ...] = ()
    """What it changed besides what it always changes."""


@dataclass(frozen=True, kw_only=True)
class GatehouseAction[ClientT]:
    """Describes an action; its name is also the translation key."""

    name: str
    fields: VolDictType = field(default_factory=dict)
    run: Callable[[ActionCall[ClientT]], Awaitable[ActionResult | None]]
    """Raises client errors, or translated ones where the fields cannot be right."""

    supports_response: SupportsResponse = SupportsResponse.NONE
    admin: bool = False
    """Whether a user has to be an administrator to call it; automations always may."""

    read_back: tuple[Reading[Any, Any], ...] = ()
    ends_connection: bool = False
    """The device is away for a while afterwards."""

    alone: bool = False
    """It takes several steps, between which nobody else may change anything."""
