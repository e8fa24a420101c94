"""Choices that can be made on a HiWiFi router: channel and power of each radio."""

from typing import Final

from homeassistant.const import EntityCategory

from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import Radio, RadioName
from ...clients.hiwifi.rules import CHANNELS
from ..descriptions import GatehouseSelectDescription
from ..readings import Snapshot
from .readings import RADIOS, TX_POWERS

_AUTOMATIC: Final = "automatic"
_TX_POWERS: Final = ("min", "max", "140", "150")
"""From the lowest to the highest: the second is the usual one, the others reach through walls."""


def _radio(data: Snapshot, name: RadioName) -> Radio:
    """Return the settings of a radio, none where the router does not have it."""
    return data[RADIOS].get(name) or Radio()


def _channel(data: Snapshot, name: RadioName) -> str | None:
    """Return the channel that was set for a radio."""
    channel = _radio(data, name).channel
    return _AUTOMATIC if channel == 0 else str(channel)


def _tx_powers(data: Snapshot) -> list[str]:
    """Return the powers that the router lists, or all that are known."""
    listed = data.last(TX_POWERS)
    keys = {each.key for each in listed.powers} if listed else set()
    return [each for each in _TX_POWERS if each in keys] or list(_TX_POWERS)


def _channel_of(key: str, name: RadioName) -> GatehouseSelectDescription[HiwifiClient]:
    """Describe the channel of a radio."""
    return GatehouseSelectDescription[HiwifiClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        options=[_AUTOMATIC, *map(str, sorted(CHANNELS[name] - {0}))],
        reading=RADIOS,
        exists_fn=lambda data: _radio(data, name).channel is not None,
        value_fn=lambda data: _channel(data, name),
        set_fn=lambda client, option: client.wifi.set_channel(
            name, 0 if option == _AUTOMATIC else int(option)
        ),
        read_back=(RADIOS,),
    )


def _tx_power_of(key: str, name: RadioName) -> GatehouseSelectDescription[HiwifiClient]:
    """Describe the transmit power of a radio."""
    return GatehouseSelectDescription[HiwifiClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        options=list(_TX_POWERS),
        options_fn=_tx_powers,
        reading=RADIOS,
        also_reads=(TX_POWERS,),
        exists_fn=lambda data: _radio(data, name).tx_power is not None,
        value_fn=lambda data: _radio(data, name).tx_power,
        set_fn=lambda client, option: client.wifi.set_tx_power(name, option),
        read_back=(RADIOS,),
    )


SELECTS: Final[tuple[GatehouseSelectDescription[HiwifiClient], ...]] = (
    _channel_of("channel_2_4", RadioName.RADIO_2_4),
    _channel_of("channel_5", RadioName.RADIO_5),
    _tx_power_of("tx_power_2_4", RadioName.RADIO_2_4),
    _tx_power_of("tx_power_5", RadioName.RADIO_5),
)
