"""How a family describes that its devices tell Home Assistant at once that there is news."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol
from yarl import URL

from ..const import CONF_PUSH, CONF_PUSH_ADDRESS
from .actions import ActionCall
from .issues import Fix, GatehouseIssueDescription
from .readings import Reading, Snapshot, Source


class PushState(StrEnum):
    """How it is with the pushes of a device."""

    OFF = "off"
    WAITING = "waiting"
    """The device has not been reached yet to set it up."""

    ON = "on"
    CHANGED = "changed"
    """Somebody else has set up something else since."""

    NO_ADDRESS = "no_address"
    """Nobody knows at which address the device finds Home Assistant."""

    REFUSED = "refused"
    """The device does not let itself be set up."""


PUSH_STATE: Final = Source[PushState](name="push_state")
"""Judged after each round and whenever it changes."""


@dataclass(frozen=True, kw_only=True)
class UssdAnswer:
    """What the network answers, as whoever pushed it says."""

    id: int
    """Of the question."""

    port: int | None
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class UssdSupport:
    """How a family asks the network by USSD, and hears what it answers by push."""

    is_configured_fn: Callable[[Mapping[str, Any]], bool]
    """Tells from the options of an entry whether anybody can ask."""

    answer_fn: Callable[[Mapping[str, str]], UssdAnswer | None]
    """Takes an answer from the query of a push; None where it is none."""


@dataclass(frozen=True, kw_only=True)
class PushSupport[ClientT, SettingT]:
    """How a family sets up where its devices push to."""

    reading: Reading[ClientT, SettingT]
    """The setting that the device has; settings can be compared."""

    apply: Callable[[ClientT, SettingT], Awaitable[None]]
    restore: Callable[[ClientT, SettingT], Awaitable[None]]
    """Gives the device back what it had, however strange."""

    setting_fn: Callable[[URL], SettingT]
    """Gives the setting that pushes to an address. Raises ValueError where the device cannot."""

    path_fn: Callable[[SettingT], str]
    """Gives the path that a setting pushes to, with a slash in front."""

    is_on_fn: Callable[[SettingT], bool]

    dump_fn: Callable[[SettingT], dict[str, Any]]
    """Gives what JSON can hold."""

    load_fn: Callable[[Mapping[str, Any]], SettingT]
    ussd: UssdSupport | None = None


PUSH_OPTIONS: Final[VolDictType] = {
    vol.Required(CONF_PUSH, default=False): BooleanSelector(),
    vol.Optional(CONF_PUSH_ADDRESS): TextSelector(TextSelectorConfig(type=TextSelectorType.URL)),
}


async def _take_over(call: ActionCall[Any]) -> None:
    """Set up again what somebody else has changed."""
    await call.entry.runtime_data.push.async_switch_on(call.client)


def _is(state: PushState) -> Callable[[Snapshot], bool]:
    """Return what tells whether things stand so."""
    return lambda data: data[PUSH_STATE] is state


PUSH_ISSUES: Final = (
    GatehouseIssueDescription[Any](
        key="push_changed",
        readings=(PUSH_STATE,),
        active_fn=_is(PushState.CHANGED),
        fix=Fix(run=_take_over),
    ),
    GatehouseIssueDescription[Any](
        key="push_no_address",
        readings=(PUSH_STATE,),
        active_fn=_is(PushState.NO_ADDRESS),
    ),
    GatehouseIssueDescription[Any](
        key="push_refused",
        readings=(PUSH_STATE,),
        active_fn=_is(PushState.REFUSED),
    ),
)
