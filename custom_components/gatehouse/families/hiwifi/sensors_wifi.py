"""Sensors of a HiWiFi router: who is connected, and what is on the air."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.sensor.const import SensorStateClass
from homeassistant.const import EntityCategory, UnitOfRatio

from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import LanClient, Link, Quality, RadioName
from ..descriptions import GatehouseSensorDescription
from ..readings import Reading, Snapshot
from .readings import CLIENTS, QUALITY_2_4, QUALITY_5, RADIOS, SYSTEM


def _clients(
    key: str, is_one: Callable[[LanClient], bool], exists_fn: Callable[[Snapshot], bool]
) -> GatehouseSensorDescription:
    """Describe how many of those who are connected are of one kind."""
    return GatehouseSensorDescription(
        key=key,
        state_class=SensorStateClass.MEASUREMENT,
        reading=CLIENTS,
        exists_fn=exists_fn,
        value_fn=lambda data: sum(map(is_one, data[CLIENTS].online)),
    )


def _tells_links(data: Snapshot) -> bool:
    """Tell whether the router says how its clients are connected."""
    return any(each.link is not None for each in data[CLIENTS].clients)


def _has_5_ghz(data: Snapshot) -> bool:
    """Tell whether there is the second band, by its clients where the router does not say."""
    system = data.last(SYSTEM)
    told = system.has_5_ghz if system else None
    seen = any(each.link is Link.WIFI_5 for each in data[CLIENTS].clients)
    return _tells_links(data) and (seen if told is None else told)


def _tells_guests(data: Snapshot) -> bool:
    """Tell whether the router tells guests from others."""
    return any(each.guest is not None for each in data[CLIENTS].clients)


def _channel(data: Snapshot, name: RadioName) -> int | None:
    """Return the channel that a radio uses."""
    radio = data[RADIOS].get(name)
    return radio.actual_channel if radio else None


def _used_channel(key: str, radio: RadioName) -> GatehouseSensorDescription:
    """Describe the channel that a radio uses."""
    return GatehouseSensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=RADIOS,
        exists_fn=lambda data: _channel(data, radio) is not None,
        value_fn=lambda data: _channel(data, radio),
    )


def _quality(key: str, reading: Reading[HiwifiClient, Quality]) -> GatehouseSensorDescription:
    """Describe how little others disturb a band."""
    return GatehouseSensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        reading=reading,
        exists_fn=lambda data: data[reading].percent is not None,
        value_fn=lambda data: data[reading].percent,
    )


WIFI_SENSORS: Final = (
    _clients("clients", lambda _: True, lambda _: True),
    _clients("clients_2_4", lambda each: each.link is Link.WIFI_2_4, _tells_links),
    _clients("clients_5", lambda each: each.link is Link.WIFI_5, _has_5_ghz),
    _clients("clients_wired", lambda each: each.link is Link.WIRED, _tells_links),
    _clients("clients_guest", lambda each: each.guest is True, _tells_guests),
    _used_channel("channel_2_4", RadioName.RADIO_2_4),
    _used_channel("channel_5", RadioName.RADIO_5),
    _quality("quality_2_4", QUALITY_2_4),
    _quality("quality_5", QUALITY_5),
)
