"""The wizard: find the device, log in, done."""

from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_HOST, CONF_URL
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
)
import voluptuous as vol
from yarl import URL

from .connection import candidate_urls
from .const import CONF_DEVICE_TYPE, DOMAIN, SUBENTRY_CONTACT, DeviceFamily
from .contact_flow import ContactFlow
from .discovery import DiscoveryFlow
from .families import FAMILIES, RECOGNIZABLE, kind_of
from .families.base import Family, Recognition
from .login_flow import Problems
from .member_flow import MemberFlow
from .options_flow import GatehouseOptionsFlow
from .recognition import Found

_AUTO: Final = "auto"

_USER_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_HOST): TextSelector(),
        vol.Required(CONF_DEVICE_TYPE, default=_AUTO): SelectSelector(
            SelectSelectorConfig(
                options=[_AUTO, *(family.key for family in RECOGNIZABLE)],
                translation_key=CONF_DEVICE_TYPE,
            )
        ),
    }
)


class GatehouseConfigFlow(DiscoveryFlow, domain=DOMAIN):
    """Set up a device, and change what was set up."""

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask where the device is and find out what it is."""
        return await self._async_step_find("user", user_input, {})

    async def async_step_by_cloud(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address of the server that leads to the device."""
        family = self._found.family.ways["by_cloud"].family
        return await self._async_step_find("user", None, {CONF_DEVICE_TYPE: family})

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the device is now."""
        entry = self._get_reconfigure_entry()
        known = {
            CONF_HOST: entry.data[CONF_URL],
            CONF_DEVICE_TYPE: kind_of(DeviceFamily(entry.data[CONF_DEVICE_TYPE])),
        }
        return await self._async_step_find("reconfigure", user_input, known)

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin when the device refuses the credentials."""
        entry = self._get_reauth_entry()
        family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
        url = URL(entry.data[CONF_URL])
        self._found = Found(family=family, url=url, recognition=Recognition(model=entry.title))
        if family.initialization:
            # A device that was reset refuses every password, because it has none.
            await self._async_find((url,), (family,), Problems())
        return await self._async_step_into()

    async def _async_step_find(
        self, step_id: str, user_input: dict[str, Any] | None, known: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for the address until a device is found there."""
        problems = Problems()
        if user_input is not None:
            wanted = user_input[CONF_DEVICE_TYPE]
            families = tuple(each for each in RECOGNIZABLE if wanted in {_AUTO, each.key})
            try:
                urls = candidate_urls(user_input[CONF_HOST])
            except ValueError:
                problems.errors[CONF_HOST] = "invalid_host"
            else:
                if await self._async_find(urls, families, problems):
                    if self.source != SOURCE_RECONFIGURE:
                        self._async_abort_entries_match({CONF_URL: str(self._found.url)})
                    return await self._async_step_found()
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_USER_SCHEMA, user_input or known),
            errors=problems.errors,
        )

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Offer contacts where the device can send messages to them, and boxes behind it."""
        family = _family(config_entry)
        flows: dict[str, type[ConfigSubentryFlow]] = {}
        if family and family.sms:
            flows[SUBENTRY_CONTACT] = ContactFlow
        if family and family.member_support:
            flows[family.member_support.kind] = MemberFlow
        return flows

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
        """Tell whether the kind of device has any."""
        family = _family(config_entry)
        return family is not None and bool(family.options.schema)


def _family(entry: ConfigEntry) -> Family[Any] | None:
    """Return what kind of device an entry has; an ignored discovery has none."""
    key = entry.data.get(CONF_DEVICE_TYPE)
    return FAMILIES[DeviceFamily(key)] if key else None
