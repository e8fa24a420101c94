"""How responses show what the device tells in numbers."""

from enum import Enum

from homeassistant.util import dt as dt_util

from ....clients.secret import Secret

_YEAR_10000 = 253_402_300_800
"""Seconds since 1970 from which on there are no dates."""


def pan_id_text(pan_id: int | None) -> str | None:
    """Return a PAN ID as everybody writes it, and as the actions take it."""
    return None if pan_id is None else f"0x{pan_id:04X}"


def time_text(moment: int | None) -> str | None:
    """Return a moment in UTC by the device's clock, which may be wrong."""
    if moment is None or moment >= _YEAR_10000:
        return None
    return dt_util.utc_from_timestamp(moment).isoformat()


def name_of(choice: Enum | None) -> str | None:
    """Return the name of a choice as the actions take it."""
    return None if choice is None else choice.name.lower()


def told(secret: Secret[str] | None) -> str | None:
    """Return a secret to who has asked for it."""
    return None if secret is None else secret.reveal()
