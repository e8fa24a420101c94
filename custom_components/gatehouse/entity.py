"""What all entities have in common."""

from collections.abc import Callable, Iterable
from typing import Any, override

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_URL, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import (
    ChildDeviceInfo,
    DeviceEntryType,
    DeviceInfo,
)
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .families.base import Identity
from .families.descriptions import GatehouseDescription, Part
from .families.members import Member
from .families.readings import Source


def device_key(entry: GatehouseConfigEntry) -> str:
    """Return what identifies the device and begins its entities' unique ids; it never changes."""
    return entry.unique_id or entry.entry_id


def device_info(coordinator: GatehouseCoordinator[Any]) -> DeviceInfo:
    """Describe the box itself."""
    entry = coordinator.config_entry
    identity = coordinator.identity
    connections = {(dr.CONNECTION_NETWORK_MAC, mac) for mac in identity.mac_addresses}
    if identity.bluetooth_address:
        connections.add((dr.CONNECTION_BLUETOOTH, identity.bluetooth_address))
    return DeviceInfo(
        identifiers={(DOMAIN, device_key(entry))},
        connections=connections,
        configuration_url=entry.data[CONF_URL],
        manufacturer=coordinator.family.manufacturer,
        model=identity.model,
        name=entry.title,
        serial_number=identity.serial_number,
        sw_version=identity.firmware,
        hw_version=identity.hardware,
    )


def part_info(coordinator: GatehouseCoordinator[Any], part: Part) -> ChildDeviceInfo:
    """Describe a part of the box, which has been registered before."""
    entry = coordinator.config_entry
    box = dr.async_get_device_id_by_identifier(
        coordinator.hass, (DOMAIN, device_key(entry)), config_entry_id=entry.entry_id
    )
    return ChildDeviceInfo(
        identifiers={(DOMAIN, _owner_key(entry, part))},
        parent_device_id=box,
        translation_key=part.key,
        translation_placeholders={"number": str(part.number)},
    )


def contact_key(entry: GatehouseConfigEntry, contact: ConfigSubentry) -> str:
    """Return what identifies a contact and begins its entities' unique ids."""
    return f"{device_key(entry)}_{contact.subentry_id}"


def contact_info(coordinator: GatehouseCoordinator[Any], contact: ConfigSubentry) -> DeviceInfo:
    """Describe a contact, to whom the box, which has been registered before, carries messages."""
    entry = coordinator.config_entry
    return DeviceInfo(
        identifiers={(DOMAIN, contact_key(entry, contact))},
        name=contact.title,
        entry_type=DeviceEntryType.SERVICE,
        via_device_id=dr.async_get_device_id_by_identifier(
            coordinator.hass, (DOMAIN, device_key(entry)), config_entry_id=entry.entry_id
        ),
    )


def member_info(coordinator: GatehouseCoordinator[Any], member: Member) -> DeviceInfo:
    """Describe a box behind the one that leads to it, which has been registered before."""
    entry = coordinator.config_entry
    identity = member.identity_of(coordinator.data)
    return DeviceInfo(
        identifiers={(DOMAIN, _owner_key(entry, member))},
        connections={(dr.CONNECTION_NETWORK_MAC, mac) for mac in identity.mac_addresses},
        manufacturer=member.manufacturer,
        model=identity.model,
        name=member.name,
        sw_version=identity.firmware,
        hw_version=identity.hardware,
        via_device_id=dr.async_get_device_id_by_identifier(
            coordinator.hass, (DOMAIN, device_key(entry)), config_entry_id=entry.entry_id
        ),
    )


def _info(
    coordinator: GatehouseCoordinator[Any], part: Part | Member | None
) -> DeviceInfo | ChildDeviceInfo:
    """Describe the box, one of its parts, or a box behind it."""
    match part:
        case Part():
            return part_info(coordinator, part)
        case Member():
            return member_info(coordinator, part)
    return device_info(coordinator)


def _owner_key(entry: GatehouseConfigEntry, part: Part | Member | None) -> str:
    """Return what begins the unique ids of the entities of a part, or of the box itself."""
    match part:
        case Part():
            return f"{device_key(entry)}_{part.key}_{part.number}"
        case Member():
            return f"{device_key(entry)}_{part.key}"
    return device_key(entry)


def _unique_id(entry: GatehouseConfigEntry, key: str, part: Part | Member | None) -> str:
    """Return the unique id of an entity of the box, of one of its parts, or of a box behind it."""
    return f"{_owner_key(entry, part)}_{key}"


@callback
def async_keep_device(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Register the box, and note when it tells something new of itself, such as its firmware."""
    coordinator = entry.runtime_data
    registry = dr.async_get(hass)
    registered: Identity | None = None

    @callback
    def register() -> None:
        """Bring the registry up to date."""
        nonlocal registered
        if (identity := coordinator.identity) != registered:
            registered = identity
            registry.async_get_or_create(config_entry_id=entry.entry_id, **device_info(coordinator))

    register()
    readings = coordinator.family.identity_readings
    entry.async_on_unload(coordinator.async_add_listener(register, readings))
    for member in coordinator.family.members:
        _keep_member(hass, entry, member)


def _keep_member(hass: HomeAssistant, entry: GatehouseConfigEntry, member: Member) -> None:
    """Register a box behind the box, and note when it tells something new of itself."""
    coordinator = entry.runtime_data
    registry = dr.async_get(hass)
    registered: Identity | None = None

    @callback
    def register() -> None:
        """Bring the registry up to date."""
        nonlocal registered
        if (identity := member.identity_of(coordinator.data)) != registered:
            registered = identity
            registry.async_get_or_create(
                config_entry_id=entry.entry_id,
                config_subentry_id=member.subentry_id,
                **member_info(coordinator, member),
            )

    register()
    entry.async_on_unload(coordinator.async_add_listener(register, member.identity_readings))


class GatehouseEntity(CoordinatorEntity[GatehouseCoordinator[Any]]):
    """An entity of the box."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: GatehouseCoordinator[Any],
        key: str,
        context: Any,
        part: Part | Member | None = None,
    ) -> None:
        """Name the entity by its key."""
        super().__init__(coordinator, context)
        self._attr_translation_key = key
        self._attr_unique_id = _unique_id(coordinator.config_entry, key, part)
        self._attr_device_info = _info(coordinator, part)


class DescribedEntity[DescriptionT: GatehouseDescription](GatehouseEntity):
    """An entity that a family describes."""

    entity_description: DescriptionT

    def __init__(self, coordinator: GatehouseCoordinator[Any], description: DescriptionT) -> None:
        """Make the coordinator read what the entity shows."""
        readings = (description.reading, *description.also_reads)
        super().__init__(coordinator, description.key, readings, description.part)
        self.entity_description = description

    @property
    @override
    def available(self) -> bool:
        """Tell whether the entity's reading is current."""
        return (
            super().available
            and not self.coordinator.paused
            and self.coordinator.data.ok(self.entity_description.reading)
        )


@callback
def async_add_described[DescriptionT: GatehouseDescription](
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    platform: Platform,
    descriptions: Iterable[DescriptionT],
    entity: Callable[[GatehouseCoordinator[Any], DescriptionT], Entity],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities that the device has, now and whenever it shows that it has more.

    One that existed once comes back even if the device does not show it at the moment, such as
    5G values after a restart while on 4G.
    """
    coordinator = entry.runtime_data
    registry = er.async_get(hass)
    waiting = list(descriptions)

    def is_known(description: DescriptionT) -> bool:
        """Tell whether the entity existed before."""
        unique_id = _unique_id(entry, description.key, description.part)
        return registry.async_get_entity_id(platform, DOMAIN, unique_id) is not None

    known = [description for description in waiting if is_known(description)]
    awaited: set[Source[Any]] = set()

    @callback
    def add_new() -> None:
        """Add what has shown itself since the last time."""
        new = [
            description
            for description in waiting
            if description in known or description.exists(coordinator.data)
        ]
        if new:
            waiting[:] = [description for description in waiting if description not in new]
            for subentry_id, described in _by_subentry(new).items():
                async_add_entities(
                    [entity(coordinator, description) for description in described],
                    config_subentry_id=subentry_id,
                )
        awaited.clear()
        awaited.update(
            description.reading
            for description in waiting
            if description.entity_registry_enabled_default
        )

    add_new()
    # What is awaited has to be read, or it would never come.
    entry.async_on_unload(coordinator.async_add_listener(add_new, awaited))


def _by_subentry[DescriptionT: GatehouseDescription](
    descriptions: Iterable[DescriptionT],
) -> dict[str | None, list[DescriptionT]]:
    """Return descriptions by the subentry of the box that they are about."""
    groups: dict[str | None, list[DescriptionT]] = {}
    for each in descriptions:
        part = each.part
        groups.setdefault(part.subentry_id if isinstance(part, Member) else None, []).append(each)
    return groups
