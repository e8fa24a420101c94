"""Devices that must be left alone for a while, also by set-ups that are tried again and again."""

from dataclasses import dataclass
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN


@dataclass(frozen=True, kw_only=True)
class _Hold:
    """Until when, and why."""

    until: float
    reason: ConfigEntryNotReady


# Outlives the set-up that found out; Home Assistant's own pause between two tries is shorter.
_HOLDS: Final[HassKey[dict[str, _Hold]]] = HassKey(f"{DOMAIN}_holds")


def hold(hass: HomeAssistant, entry: ConfigEntry, err: ConfigEntryNotReady) -> None:
    """Remember for how long the device wants to be left alone, if it said so."""
    cause = err.__cause__
    if isinstance(cause, UpdateFailed) and cause.retry_after:
        until = monotonic() + cause.retry_after
        hass.data.setdefault(_HOLDS, {})[entry.entry_id] = _Hold(until=until, reason=err)


def raise_if_held(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Raise ConfigEntryNotReady while the device has to be left alone."""
    holds = hass.data.get(_HOLDS, {})
    held = holds.get(entry.entry_id)
    if held is None:
        return
    if held.until > monotonic():
        raise ConfigEntryNotReady(
            translation_domain=held.reason.translation_domain,
            translation_key=held.reason.translation_key,
            translation_placeholders=held.reason.translation_placeholders,
        )
    del holds[entry.entry_id]


def release_hold(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Let the device be asked again at its owner's wish."""
    hass.data.get(_HOLDS, {}).pop(entry.entry_id, None)
