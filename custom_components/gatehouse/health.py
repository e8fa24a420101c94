"""How well a device can be read: one word for its owner, and the details for whoever helps."""

from collections import Counter
from enum import StrEnum
from typing import Any, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.const import EntityCategory

from .coordinator import GatehouseCoordinator
from .entity import GatehouseEntity
from .families.readings import Outcome, Reading, Record, Snapshot


class Health(StrEnum):
    """How it is."""

    OK = "ok"
    DEGRADED = "degraded"
    """Something that the device has told before, or should tell, cannot be read."""

    OFFLINE = "offline"
    PAUSED = "paused"


def health_of(coordinator: GatehouseCoordinator[Any]) -> Health:
    """Judge a device; what it never could does not count."""
    if coordinator.paused:
        return Health.PAUSED
    if not coordinator.last_update_success:
        return Health.OFFLINE
    sick = any(map(_is_sick, _records(coordinator.data).values()))
    return Health.DEGRADED if sick else Health.OK


def health_details(snapshot: Snapshot) -> dict[str, Any]:
    """Return how many readings have which outcome, and what is wrong; never a value."""
    records = _records(snapshot)
    counts = Counter(record.outcome for record in records.values())
    return {
        "outcomes": {str(outcome): counts[outcome] for outcome in Outcome if counts[outcome]},
        "troubles": {
            name: {
                "outcome": str(record.outcome),
                "error": record.error,
                "failures": record.failures,
                "last_success": record.read_at,
            }
            for name, record in records.items()
            if _is_sick(record)
        },
        "never_read": [
            name
            for name, record in records.items()
            if record.outcome is not Outcome.OK and not _is_sick(record)
        ],
    }


def _records(snapshot: Snapshot) -> dict[str, Record]:
    """Return how the readings of the device went, by name."""
    return {
        source.name: record
        for source, record in snapshot.records.items()
        if isinstance(source, Reading)
    }


def _is_sick(record: Record) -> bool:
    """Tell whether a reading should go better than it does."""
    if record.outcome is Outcome.FAILING:
        return True
    return record.outcome is not Outcome.OK and record.read_at is not None


class HealthSensor(GatehouseEntity, SensorEntity):
    """How well the device can be read."""

    _attr_device_class = SensorDeviceClass.ENUM
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _unrecorded_attributes = frozenset({"outcomes", "troubles", "never_read"})

    def __init__(self, coordinator: GatehouseCoordinator[Any]) -> None:
        """Prepare the sensor; it needs no reading of its own."""
        super().__init__(coordinator, "health", None)
        self._attr_options = list(Health)

    @property
    @override
    def available(self) -> bool:
        """Tell that there is always something to say."""
        return True

    @property
    @override
    def native_value(self) -> Health:
        """Return how it is."""
        return health_of(self.coordinator)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the details."""
        return health_details(self.coordinator.data)
