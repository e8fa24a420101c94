"""Which network Home Assistant has been given, beyond its restart.

One that its owner has deleted from Home Assistant since must not come back by itself.
"""

from hashlib import sha256
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ...const import DOMAIN
from .dataset import Dataset

_VERSION: Final = 1
_FINGERPRINT: Final = "fingerprint"


async def async_was_shared(hass: HomeAssistant, entry: ConfigEntry, network: Dataset) -> bool:
    """Tell whether Home Assistant has been given exactly this network."""
    document = await _store(hass, entry).async_load()
    return document is not None and document.get(_FINGERPRINT) == _fingerprint(network)


async def async_note_shared(hass: HomeAssistant, entry: ConfigEntry, network: Dataset) -> None:
    """Remember which network Home Assistant has been given."""
    if not await async_was_shared(hass, entry, network):
        await _store(hass, entry).async_save({_FINGERPRINT: _fingerprint(network)})


async def async_forget_shared(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget it."""
    await _store(hass, entry).async_remove()


def _store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return where it is kept."""
    key = f"{DOMAIN}.{entry.entry_id}.thread"
    return Store(hass, _VERSION, key, private=True, atomic_writes=True)


def _fingerprint(network: Dataset) -> str:
    """Return what tells a network from any other, and from which nobody gets its keys."""
    return sha256(bytes.fromhex(network.tlv.reveal())).hexdigest()
