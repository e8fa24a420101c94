"""The wizard's steps that begin with a device that shows itself on the network."""

from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from ipaddress import IPv4Address
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_IGNORE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_URL
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.ssdp import (
    ATTR_UPNP_MODEL_NAME,
    ATTR_UPNP_PRESENTATION_URL,
    ATTR_UPNP_SERIAL,
    SsdpServiceInfo,
)
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.util.network import is_ip_address
from yarl import URL

from .clients.errors import CannotConnect
from .connection import announced_urls, candidate_urls
from .const import CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from .families import FAMILIES, RECOGNIZABLE
from .families.base import Family
from .recognition import NotRecognized, async_recognize
from .way_flow import WayFlow

_ALREADY_CONFIGURED: Final = "already_configured"
_NOT_RECOGNIZED: Final = "not_recognized"


class DiscoveryFlow(WayFlow):
    """Offers devices that show themselves, and follows those that have an entry."""

    @override
    async def async_step_ssdp(self, discovery_info: SsdpServiceInfo) -> ConfigFlowResult:
        """Look at a device that announced itself."""
        upnp = discovery_info.upnp
        try:
            urls = announced_urls(
                upnp.get(ATTR_UPNP_PRESENTATION_URL), discovery_info.ssdp_location
            )
        except ValueError:
            return self.async_abort(reason=_NOT_RECOGNIZED)
        entry = await self.async_set_unique_id(upnp.get(ATTR_UPNP_SERIAL) or None)
        host = urls[0].host
        if entry and _host(entry) in {host, None}:
            self._abort_if_unique_id_configured()
        self._abort_if_owned(host)
        if entry:
            # Whoever chose https does not want to fall back to http.
            scheme = URL(entry.data[CONF_URL]).scheme
            urls = tuple(url for url in urls if url.scheme == scheme)
        if reason := await self._async_recognize(urls, *RECOGNIZABLE):
            return self.async_abort(reason=reason)
        self._abort_if_configured(str(self._found.url))
        model = self._found.recognition.model or upnp.get(ATTR_UPNP_MODEL_NAME) or host
        self.context["title_placeholders"] = {"name": f"{model} ({host})"}
        return await self._async_step_found()

    @override
    async def async_step_zeroconf(self, discovery_info: ZeroconfServiceInfo) -> ConfigFlowResult:
        """Look at a device that announced itself."""
        addresses = discovery_info.ip_addresses
        # A border router announces IPv6 addresses of its Thread network as well.
        hosts = [str(each) for each in addresses if isinstance(each, IPv4Address)]
        kinds = {each.zeroconf_type: each for each in FAMILIES.values()}
        return await self._async_step_shown(
            kinds[discovery_info.type], hosts or [discovery_info.host]
        )

    @override
    async def async_step_dhcp(self, discovery_info: DhcpServiceInfo) -> ConfigFlowResult:
        """Look at a device that was given an address."""
        if entry := self._entry_with(discovery_info.macaddress):
            return await self._async_step_known(entry, discovery_info.ip)
        for family in RECOGNIZABLE:
            by_name = fnmatchcase(discovery_info.hostname, family.host_names or "")
            prefix = family.mac_prefix
            if by_name or (prefix and discovery_info.macaddress.startswith(prefix)):
                return await self._async_step_shown(family, [discovery_info.ip])
        return self.async_abort(reason=_NOT_RECOGNIZED)

    async def _async_step_shown(
        self, family: Family[Any], hosts: Sequence[str]
    ) -> ConfigFlowResult:
        """Offer a device of a family, or learn that its entry is to follow it."""
        if entry := self._entry_at(hosts):
            return self._abort_known(entry)
        urls = [url for host in hosts for url in candidate_urls(host)]
        if reason := await self._async_recognize(urls, family):
            return self.async_abort(reason=reason)
        found = self._found
        entry = self.hass.config_entries.async_entry_for_domain_unique_id(
            DOMAIN, found.recognition.unique_id or ""
        )
        host = found.url.host or ""
        if entry and entry.source != SOURCE_IGNORE:
            return await self._async_step_known(entry, host)
        model = found.recognition.model or family.manufacturer
        self.context["title_placeholders"] = {"name": f"{model} ({host})"}
        return await self._async_step_found()

    async def _async_step_known(self, entry: ConfigEntry, host: str) -> ConfigFlowResult:
        """Let an entry follow its device, unless that still answers where it was.

        Many devices have several addresses at the same time, of which the owner chose one; a name
        follows by itself.
        """
        url = URL(entry.data[CONF_URL])
        moved = url.with_host(host)
        if (
            moved != url
            and is_ip_address(url.host or "")
            and not await self._async_is_at(entry, url)
            and await self._async_is_at(entry, moved)
        ):
            self.hass.config_entries.async_update_entry(
                entry, data={**entry.data, CONF_URL: str(moved)}
            )
        return self._abort_known(entry)

    async def _async_is_at(self, entry: ConfigEntry, url: URL) -> bool:
        """Tell whether the device of an entry answers at an address, as far as it tells."""
        family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
        if await self._async_recognize((url,), family):
            return False
        return self._found.recognition.unique_id in {entry.unique_id, None}

    async def _async_recognize(self, urls: Sequence[URL], *families: Family[Any]) -> str | None:
        """Look whether a device is there. Return the reason of an abort if it is not."""
        try:
            self._found = await async_recognize(self.hass, urls, families)
        except CannotConnect:
            return "cannot_connect"
        except NotRecognized:
            reasons = {family.unrecognized for family in families}
            return reasons.pop() if len(reasons) == 1 else _NOT_RECOGNIZED
        return None

    def _abort_known(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Offer nothing; an entry that waits for its device need not wait any longer.

        An entry that is set up reloads itself when it changes.
        """
        if entry.state is ConfigEntryState.SETUP_RETRY:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return self.async_abort(reason=_ALREADY_CONFIGURED)

    def _entry_with(self, mac_address: str) -> ConfigEntry | None:
        """Return the entry of a device that has a MAC address."""
        connection = (dr.CONNECTION_NETWORK_MAC, dr.format_mac(mac_address))
        devices = dr.async_get(self.hass).async_get_devices(connections={connection})
        ids = {device.config_entry_id for device in devices}
        return next((each for each in self._current() if each.entry_id in ids), None)

    def _entry_at(self, hosts: Collection[str | None]) -> ConfigEntry | None:
        """Return the entry of a device that is at one of some addresses."""
        return next((each for each in self._current() if _host(each) in hosts), None)

    def _current(self) -> list[ConfigEntry]:
        """Return all entries except ignored discoveries, which have no address."""
        return self._async_current_entries(include_ignore=False)

    def _abort_if_owned(self, host: str | None) -> None:
        """Leave a discovered device alone that has an entry here or in Home Assistant itself."""
        if self._entry_at({host}):
            raise AbortFlow(_ALREADY_CONFIGURED)
        for core_domain in filter(None, (family.core_domain for family in FAMILIES.values())):
            entries = self.hass.config_entries.async_entries(core_domain, include_disabled=False)
            if any(_host(entry) == host or self._is_same(entry) for entry in entries):
                raise AbortFlow("owned_by_core", {"integration": core_domain})

    def _is_same(self, entry: ConfigEntry) -> bool:
        """Tell whether another integration's entry has the serial number of this device."""
        return entry.unique_id is not None and entry.unique_id == self.unique_id


def _host(entry: ConfigEntry) -> str | None:
    """Return where an entry's device is; an ignored discovery has no address."""
    return URL(entry.data.get(CONF_URL, "")).host
