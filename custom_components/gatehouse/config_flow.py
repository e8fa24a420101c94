"""The wizard: find the device, log in, done."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_URL
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
)
from homeassistant.helpers.service_info.ssdp import (
    ATTR_UPNP_MODEL_NAME,
    ATTR_UPNP_PRESENTATION_URL,
    ATTR_UPNP_SERIAL,
    SsdpServiceInfo,
)
import voluptuous as vol
from yarl import URL

from .clients.errors import CannotConnect, GatehouseError
from .connection import announced_urls, candidate_urls, connected_client
from .const import (
    CONF_CREDENTIALS_REFUSED,
    CONF_DEVICE_TYPE,
    DOMAIN,
    LOGGER,
    SUBENTRY_CONTACT,
    DeviceFamily,
)
from .contact_flow import ContactFlow
from .errors import error_key, error_placeholders
from .families import FAMILIES
from .families.base import Family, Identity
from .options_flow import GatehouseOptionsFlow
from .recognition import Found, NotRecognized, async_recognize

_AUTO: Final = "auto"

_USER_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_HOST): TextSelector(),
        vol.Required(CONF_DEVICE_TYPE, default=_AUTO): SelectSelector(
            SelectSelectorConfig(options=[_AUTO, *FAMILIES], translation_key=CONF_DEVICE_TYPE)
        ),
    }
)


class GatehouseConfigFlow(ConfigFlow, domain=DOMAIN):
    """Set up a device, and change what was set up."""

    _found: Found

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask where the device is and find out what it is."""
        return await self._async_step_find("user", user_input, {})

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the device is now."""
        entry = self._get_reconfigure_entry()
        known = {
            CONF_HOST: entry.data[CONF_URL],
            CONF_DEVICE_TYPE: entry.data[CONF_DEVICE_TYPE],
        }
        return await self._async_step_find("reconfigure", user_input, known)

    @override
    async def async_step_ssdp(self, discovery_info: SsdpServiceInfo) -> ConfigFlowResult:
        """Look at a device that announced itself."""
        upnp = discovery_info.upnp
        try:
            urls = announced_urls(
                upnp.get(ATTR_UPNP_PRESENTATION_URL), discovery_info.ssdp_location
            )
        except ValueError:
            return self.async_abort(reason="not_recognized")
        entry = await self.async_set_unique_id(upnp.get(ATTR_UPNP_SERIAL) or None)
        host = urls[0].host
        if entry and _host(entry) in {host, None}:
            self._abort_if_unique_id_configured()
        self._abort_if_owned(host)
        if entry:
            # Whoever chose https does not want to fall back to http.
            scheme = URL(entry.data[CONF_URL]).scheme
            urls = tuple(url for url in urls if url.scheme == scheme)
        try:
            self._found = await async_recognize(self.hass, urls, tuple(FAMILIES.values()))
        except CannotConnect:
            return self.async_abort(reason="cannot_connect")
        except NotRecognized:
            return self.async_abort(reason="not_recognized")
        self._abort_if_configured(str(self._found.url))
        model = self._found.recognition.model or upnp.get(ATTR_UPNP_MODEL_NAME) or host
        self.context["title_placeholders"] = {"name": f"{model} ({host})"}
        return await self.async_step_credentials()

    async def async_step_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in for real and create the entry, or change it."""
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        entry = self._get_reconfigure_entry() if self.source == SOURCE_RECONFIGURE else None
        if user_input is not None:
            data = {
                CONF_DEVICE_TYPE: self._found.family.key,
                CONF_URL: str(self._found.url),
                **user_input,
            }
            if entry and not data[CONF_PASSWORD]:
                data[CONF_PASSWORD] = entry.data[CONF_PASSWORD]
            async with _left_alone(entry):
                identity = await self._async_identify(
                    self._found.family, data, errors, placeholders
                )
                if identity and entry:
                    return await self._async_change(entry, identity, data)
            if identity:
                return await self._async_create(identity, data)
        known = entry.data if entry else {}
        return self.async_show_form(
            step_id="reconfigure_credentials" if entry else "credentials",
            data_schema=self._credentials_schema(self._found.family, user_input or known),
            errors=errors,
            description_placeholders={
                "device": self._found.recognition.model or self._found.family.manufacturer,
                "url": str(self._found.url),
                **placeholders,
            },
        )

    async def async_step_reconfigure_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in at the changed address."""
        return await self.async_step_credentials(user_input)

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin when the device refuses the credentials."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for new credentials."""
        entry = self._get_reauth_entry()
        family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        if user_input is not None:
            data = {**entry.data, **user_input}
            async with _left_alone(entry):
                identity = await self._async_identify(family, data, errors, placeholders)
                if identity:
                    return await self._async_change(entry, identity, data)
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=self._credentials_schema(family, user_input or entry.data),
            errors=errors,
            description_placeholders={
                "device": entry.title,
                "url": entry.data[CONF_URL],
                **placeholders,
            },
        )

    async def _async_step_find(
        self, step_id: str, user_input: dict[str, Any] | None, known: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for the address until a device is found there."""
        errors: dict[str, str] = {}
        if user_input is not None:
            wanted = user_input[CONF_DEVICE_TYPE]
            families = tuple(family for key, family in FAMILIES.items() if wanted in {_AUTO, key})
            try:
                self._found = await async_recognize(
                    self.hass, candidate_urls(user_input[CONF_HOST]), families
                )
            except ValueError:
                errors[CONF_HOST] = "invalid_host"
            except CannotConnect as err:
                errors["base"] = error_key(err)
            except NotRecognized:
                errors["base"] = "not_recognized"
            except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
                LOGGER.exception("Unexpected error while looking for a device")
                errors["base"] = "unknown"
            else:
                if self.source != SOURCE_RECONFIGURE:
                    self._async_abort_entries_match({CONF_URL: str(self._found.url)})
                return await self.async_step_credentials()
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_USER_SCHEMA, user_input or known),
            errors=errors,
        )

    async def _async_identify(
        self,
        family: Family[Any],
        data: Mapping[str, Any],
        errors: dict[str, str],
        placeholders: dict[str, str],
    ) -> Identity | None:
        """Log in, learn which device it is, and log out."""
        try:
            async with connected_client(self.hass, family, data) as client:
                await client.log_in()
                identity: Identity = await family.identify(client)
        except GatehouseError as err:
            errors["base"] = error_key(err)
            placeholders |= error_placeholders(err)
            return None
        except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
            LOGGER.exception("Unexpected error while setting up a device")
            errors["base"] = "unknown"
            return None
        return identity

    async def _async_create(self, identity: Identity, data: dict[str, Any]) -> ConfigFlowResult:
        """Create the entry unless the device is there already."""
        if identity.unique_id:
            await self.async_set_unique_id(identity.unique_id, raise_on_progress=False)
            self._abort_if_configured(data[CONF_URL])
        return self.async_create_entry(title=identity.model, data=data)

    async def _async_change(
        self, entry: ConfigEntry, identity: Identity, data: dict[str, Any]
    ) -> ConfigFlowResult:
        """Change the entry if it is still the same device, and set it up anew."""
        if entry.unique_id and identity.unique_id:
            await self.async_set_unique_id(identity.unique_id)
            self._abort_if_unique_id_mismatch()
        data = {key: value for key, value in data.items() if key != CONF_CREDENTIALS_REFUSED}
        # An entry that is set up reloads itself when it changes.
        reloads_itself = entry.update_listeners and data != entry.data
        result = self.async_update_and_abort(entry, data=data)
        if not reloads_itself:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result

    def _abort_if_configured(self, url: str) -> None:
        """Tell an entry of the same device its present address instead of adding another."""
        entry = self.hass.config_entries.async_entry_for_domain_unique_id(
            DOMAIN, self.unique_id or ""
        )
        self._abort_if_unique_id_configured(
            updates={CONF_URL: url},
            # An entry that is set up reloads itself when it changes.
            reload_on_update=not (entry and entry.update_listeners),
        )

    def _abort_if_owned(self, host: str | None) -> None:
        """Leave a discovered device alone that has an entry here or in Home Assistant itself."""
        if any(_host(entry) == host for entry in self._async_current_entries(include_ignore=False)):
            raise AbortFlow("already_configured")
        for core_domain in filter(None, (family.core_domain for family in FAMILIES.values())):
            entries = self.hass.config_entries.async_entries(core_domain, include_disabled=False)
            if any(_host(entry) == host or self._is_same(entry) for entry in entries):
                raise AbortFlow("owned_by_core", {"integration": core_domain})

    def _is_same(self, entry: ConfigEntry) -> bool:
        """Tell whether another integration's entry has the serial number of this device."""
        return entry.unique_id is not None and entry.unique_id == self.unique_id

    def _credentials_schema(self, family: Family[Any], suggested: Mapping[str, Any]) -> vol.Schema:
        """Return the family's fields, filled with what is known except secrets."""
        return self.add_suggested_values_to_schema(
            family.credentials,
            {key: value for key, value in suggested.items() if key != CONF_PASSWORD},
        )

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Offer contacts where the device can send messages to them."""
        return {SUBENTRY_CONTACT: ContactFlow} if _carries_sms(config_entry) else {}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow that changes options."""
        return GatehouseOptionsFlow()

    @classmethod
    @callback
    @override
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Tell that there are options only for messages."""
        return _carries_sms(config_entry)


def _carries_sms(entry: ConfigEntry) -> bool:
    """Tell whether the entry's device can send messages; an ignored discovery has no device."""
    key = entry.data.get(CONF_DEVICE_TYPE)
    return any(family.key == key and family.sms is not None for family in FAMILIES.values())


def _host(entry: ConfigEntry) -> str | None:
    """Return where an entry's device is; an ignored discovery has no address."""
    return URL(entry.data.get(CONF_URL, "")).host


@asynccontextmanager
async def _left_alone(entry: ConfigEntry | None) -> AsyncGenerator[None]:
    """Pause an entry while its device is asked: many devices serve one session only.

    An entry that was changed meanwhile is about to be set up anew and needs no more polling.
    """
    coordinator = entry.runtime_data if entry and entry.state is ConfigEntryState.LOADED else None
    if entry is None or coordinator is None or coordinator.paused:
        yield
        return
    modified_at = entry.modified_at
    await coordinator.async_pause()
    try:
        yield
    finally:
        if entry.modified_at == modified_at and entry.state is ConfigEntryState.LOADED:
            await coordinator.async_resume()
