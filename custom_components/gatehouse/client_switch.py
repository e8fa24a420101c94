"""Switches that keep single clients of a router from the internet."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .client_entity import ClientEntity
from .const import DOMAIN
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .families.clients import ClientAccess
from .families.readings import Reading
from .network_clients import NetworkClients, client_key

_KEY: Final = "client_internet"


def _unique_id(entry: GatehouseConfigEntry, mac: str) -> str:
    """Return the unique id of the switch of a client."""
    return f"{client_key(entry, mac)}_internet"


@callback
def async_add_client_switches(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a switch for each client, where the owner of the router wants that.

    One that existed once comes back even if the router does not tell of the client at the moment.
    """
    coordinator = entry.runtime_data
    if (clients := coordinator.clients) is None:
        return
    registry = er.async_get(hass)
    if (access := clients.access) is None:
        _remove_obsolete(registry, entry)
        return
    added: set[str] = set()
    awaited: set[Reading[Any, Any]] = set()

    def is_possible(mac: str) -> bool:
        """Tell whether the router tells, or told once, whether it blocks a client."""
        unique_id = _unique_id(entry, mac)
        return (
            coordinator.data.ok(access.reading_fn(mac))
            or registry.async_get_entity_id(Platform.SWITCH, DOMAIN, unique_id) is not None
        )

    @callback
    def add_new() -> None:
        """Add what has become possible since the last time."""
        added.intersection_update(clients.known)
        missing = [mac for mac in clients.known if mac not in added]
        new = [mac for mac in missing if is_possible(mac)]
        added.update(new)
        if new:
            async_add_entities(ClientSwitch(coordinator, clients, access, mac) for mac in new)
        awaited.clear()
        awaited.update(access.reading_fn(mac) for mac in missing if mac not in added)

    add_new()
    # What is awaited has to be read, or it would never come.
    entry.async_on_unload(coordinator.async_add_listener(add_new, awaited))


@callback
def _remove_obsolete(registry: er.EntityRegistry, entry: GatehouseConfigEntry) -> None:
    """Remove the switches that are not wanted any longer."""
    beginning = client_key(entry, "")
    for each in er.async_entries_for_config_entry(registry, entry.entry_id):
        if each.domain == Platform.SWITCH and each.unique_id.startswith(beginning):
            registry.async_remove(each.entity_id)


class ClientSwitch(ClientEntity, SwitchEntity):
    """Lets a client into the internet, or keeps it out."""

    _attr_entity_category = EntityCategory.CONFIG
    _attr_translation_key = _KEY

    def __init__(
        self,
        coordinator: GatehouseCoordinator[Any],
        clients: NetworkClients,
        access: ClientAccess[Any],
        mac: str,
    ) -> None:
        """Belong to the device of the client."""
        super().__init__(coordinator, clients, mac, access.reading_fn(mac))
        self._access = access
        self._attr_unique_id = _unique_id(coordinator.config_entry, mac)

    @property
    @override
    def is_on(self) -> bool | None:
        """Tell whether the client may use the internet."""
        return self._access.allowed_fn(self.coordinator.data, self._mac)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let it in."""
        await self._async_set(allowed=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Keep it out."""
        await self._async_set(allowed=False)

    async def _async_set(self, *, allowed: bool) -> None:
        """Change it and show what the router made of it."""
        await self.coordinator.async_command(
            lambda client: self._access.set_fn(client, self._mac, allowed),
            read_back={self._reading},
        )
