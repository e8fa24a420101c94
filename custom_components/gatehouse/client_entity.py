"""What the entities of a router's client have in common."""

from typing import Any, override

from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import GatehouseCoordinator
from .entity import device_key
from .families.clients import NetworkClient
from .families.readings import Reading
from .network_clients import NetworkClients


def client_info(coordinator: GatehouseCoordinator[Any], client: NetworkClient) -> DeviceInfo:
    """Describe a client, which is there by way of the box, which has been registered before."""
    entry = coordinator.config_entry
    return DeviceInfo(
        connections={(dr.CONNECTION_NETWORK_MAC, client.mac)},
        name=client.name or client.mac,
        via_device_id=dr.async_get_device_id_by_identifier(
            coordinator.hass, (DOMAIN, device_key(entry)), config_entry_id=entry.entry_id
        ),
    )


class ClientEntity(CoordinatorEntity[GatehouseCoordinator[Any]]):
    """An entity of a client."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: GatehouseCoordinator[Any],
        clients: NetworkClients,
        mac: str,
        reading: Reading[Any, Any],
    ) -> None:
        """Make the coordinator read what the entity shows."""
        super().__init__(coordinator, {reading})
        self._clients = clients
        self._mac = mac
        self._reading = reading
        self._client = clients.known[mac]
        self._attr_device_info = client_info(coordinator, self._client)

    @property
    @override
    def available(self) -> bool:
        """Tell whether the entity's reading is current."""
        return (
            super().available
            and not self.coordinator.paused
            and self.coordinator.data.ok(self._reading)
        )
