"""The clients of a router, and what the registries of Home Assistant keep of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from homeassistant.components.device_tracker.const import DOMAIN as DEVICE_TRACKER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import device_key
from .families.clients import ClientAccess, ClientSupport, NetworkClient


def client_key(entry: GatehouseConfigEntry, mac: str) -> str:
    """Return what begins the unique ids of the entities of a client."""
    return f"{device_key(entry)}_client_{mac}"


class NetworkClients:
    """The clients of a router by hardware address, also those that it does not list while away."""

    def __init__(
        self, hass: HomeAssistant, entry: GatehouseConfigEntry, support: ClientSupport[Any]
    ) -> None:
        """Begin with those that were known before."""
        self.support = support
        self._hass = hass
        self._entry = entry
        self._coordinator: GatehouseCoordinator[Any] = entry.runtime_data
        self._dismissed: set[str] = set()
        self._known: dict[str, NetworkClient] = {}
        listed = self._listed()
        if listed is None or not support.lists_absent_fn(self._coordinator.data):
            self._known = {each.mac: each for each in self._registered()}
        self._take(listed or {})

    @property
    def known(self) -> Mapping[str, NetworkClient]:
        """Return the clients that have entities."""
        return self._known

    @property
    def access(self) -> ClientAccess[Any] | None:
        """Return how they are kept from the internet, where the owner wants that."""
        access = self.support.access
        return access if access and self._entry.options.get(access.option, False) else None

    @callback
    def async_update(self) -> None:
        """Take over what the router has told in a round."""
        if (listed := self._listed()) is not None:
            self._take(listed)

    @callback
    def async_dismiss(self, mac: str) -> bool:
        """Forget a client until it connects again; refuse that for one that is connected."""
        if mac not in self._known or self._known[mac].connected:
            return False
        self._dismissed.add(mac)
        del self._known[mac]
        return True

    def _listed(self) -> dict[str, NetworkClient] | None:
        """Return the clients that the router lists, None while it does not tell."""
        snapshot = self._coordinator.data
        if not self.support.is_told(snapshot):
            return None
        own = self._coordinator.identity.mac_addresses
        return {each.mac: each for each in self.support.clients_fn(snapshot) if each.mac not in own}

    def _take(self, listed: Mapping[str, NetworkClient]) -> None:
        """Take over a list."""
        for mac, client in listed.items():
            if client.connected:
                self._dismissed.discard(mac)
            if mac in self._dismissed:
                continue
            before = self._known.get(mac)
            if client.name is None:
                self._known[mac] = replace(client, name=before.name if before else None)
                continue
            self._known[mac] = client
            if before is None or before.name != client.name:
                self._rename(client)
        for mac in self._known.keys() - listed.keys():
            self._known[mac] = NetworkClient(mac=mac, name=self._known[mac].name, connected=False)

    def _rename(self, client: NetworkClient) -> None:
        """Give the device of a client, if it has one, the name that the router tells."""
        registry = dr.async_get(self._hass)
        connection = (dr.CONNECTION_NETWORK_MAC, client.mac)
        device = registry.async_get_device_by_connection(connection, self._entry.entry_id)
        if device is not None and device.name != client.name:
            registry.async_update_device(device.id, name=client.name)

    def _registered(self) -> Iterator[NetworkClient]:
        """Yield the clients that had a tracker before."""
        devices = dr.async_get(self._hass)
        beginning = client_key(self._entry, "")
        for each in er.async_entries_for_config_entry(
            er.async_get(self._hass), self._entry.entry_id
        ):
            if each.domain != DEVICE_TRACKER or not each.unique_id.startswith(beginning):
                continue
            mac = each.unique_id.removeprefix(beginning)
            device = devices.async_get(each.device_id) if each.device_id else None
            name = device.name if device else each.original_name
            yield NetworkClient(mac=mac, name=None if name == mac else name)


@callback
def async_keep_clients(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Follow the clients of the device, where it is a router."""
    coordinator = entry.runtime_data
    if (support := coordinator.family.clients) is None:
        return
    coordinator.clients = clients = NetworkClients(hass, entry, support)
    # Only who asks for the list hears of new clients without a reload.
    readings = {support.discovery or support.reading}
    entry.async_on_unload(coordinator.async_add_listener(clients.async_update, readings))


@callback
def async_dismiss_client(entry: GatehouseConfigEntry, device: dr.AnyDeviceEntry) -> bool:
    """Forget the client that a device stands for; tell whether its device may go."""
    if not isinstance(device, dr.DeviceEntry) or entry.state is not ConfigEntryState.LOADED:
        return False
    clients = entry.runtime_data.clients
    macs = [mac for kind, mac in device.connections if kind == dr.CONNECTION_NETWORK_MAC]
    return clients is not None and any(map(clients.async_dismiss, macs))
