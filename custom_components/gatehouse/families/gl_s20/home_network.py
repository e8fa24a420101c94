"""Binary sensors: the router's network and Home Assistant."""

from typing import Final

from homeassistant.const import EntityCategory

from ..descriptions import GatehouseBinarySensorDescription
from .home_thread import HOME_THREAD
from .readings import THREAD

HOME_BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="known_to_home_assistant",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=HOME_THREAD,
        also_reads=(THREAD,),
        value_fn=lambda data: data[HOME_THREAD].known,
    ),
    GatehouseBinarySensorDescription(
        key="preferred_network",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=HOME_THREAD,
        also_reads=(THREAD,),
        value_fn=lambda data: data[HOME_THREAD].preferred,
    ),
)
