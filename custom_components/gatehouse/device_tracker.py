"""Device trackers: which clients of a router are connected."""

from typing import Any, Final, override

from homeassistant.components.device_tracker.entity import ScannerEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .client_entity import ClientEntity, client_info
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .network_clients import NetworkClients, client_key

# Nothing is written.
PARALLEL_UPDATES = 0

_SIGNAL: Final = "signal"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Track the clients of a router, also those that come later."""
    coordinator = entry.runtime_data
    if (clients := coordinator.clients) is None:
        return
    added: set[str] = set()

    @callback
    def add_new() -> None:
        """Add who has come since the last time."""
        added.intersection_update(clients.known)
        new = [mac for mac in clients.known if mac not in added]
        added.update(new)
        if new:
            async_add_entities(ClientTracker(coordinator, clients, mac) for mac in new)

    add_new()
    entry.async_on_unload(coordinator.async_add_listener(add_new, ()))


class ClientTracker(ClientEntity, ScannerEntity):
    """Tells whether a client is connected.

    Home Assistant enables it by itself only where it knows the client from elsewhere.
    """

    _attr_translation_key = "client"
    # It never stands still.
    _unrecorded_attributes = frozenset({_SIGNAL})

    def __init__(
        self, coordinator: GatehouseCoordinator[Any], clients: NetworkClients, mac: str
    ) -> None:
        """Belong to the client's device, where it has one."""
        super().__init__(coordinator, clients, mac, clients.support.reading)
        self._attr_mac_address = mac
        registry = dr.async_get(coordinator.hass)
        # Until 2026.11 Home Assistant asks no tracker for its device, and gives one only to clients
        # that it knows from elsewhere, after their trackers have got their names.
        if self.device_info is None and (
            clients.access
            or registry.async_get_devices(connections={(dr.CONNECTION_NETWORK_MAC, mac)})
        ):
            self.device_entry = registry.async_get_or_create(
                config_entry_id=coordinator.config_entry.entry_id,
                **client_info(coordinator, self._client),
            )
        self._has_device = self.device_info is not None or self.device_entry is not None
        self._show()

    @property
    @override
    def unique_id(self) -> str:
        """Tell the trackers of one client by several routers apart."""
        return client_key(self.coordinator.config_entry, self._mac)

    @property
    @override
    def is_connected(self) -> bool | None:
        """Tell whether it is connected."""
        return self._client.connected

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return how it is connected, as far as the router tells."""
        client = self._client
        told = {
            "band": client.band,
            _SIGNAL: client.signal,
            "wired": client.wired,
            "guest": client.guest,
        }
        return {key: value for key, value in told.items() if value is not None}

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show what the router has told in a round."""
        self._client = self._clients.known.get(self._mac, self._client)
        self._show()
        super()._handle_coordinator_update()

    def _show(self) -> None:
        """Take over what can change."""
        self._attr_name = None if self._has_device else self._client.name or self._mac
        self._attr_hostname = self._client.name
        self._attr_ip_address = self._client.ip
