"""The wizard where a device can be logged in to in several ways."""

from dataclasses import replace
from typing import Any, override

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlowResult

from .families import FAMILIES
from .login_flow import LoginFlow


class WayFlow(LoginFlow):
    """Asks for the way to log in, where there are several."""

    async_step_credentials_signed = LoginFlow.async_step_credentials
    async_step_credentials_cloud = LoginFlow.async_step_credentials
    async_step_reconfigure_credentials_signed = LoginFlow.async_step_reconfigure_credentials
    async_step_reconfigure_credentials_cloud = LoginFlow.async_step_reconfigure_credentials
    async_step_reauth_confirm_signed = LoginFlow.async_step_reauth_confirm
    async_step_reauth_confirm_cloud = LoginFlow.async_step_reauth_confirm

    @override
    async def async_step_way(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer the ways; whoever changes an entry stays at the address of the device."""
        stays = self.source == SOURCE_RECONFIGURE
        ways = self._found.family.ways
        if not ways:
            return await self._async_step_into()
        return self.async_show_menu(
            step_id="way",
            menu_options=[step for step, way in ways.items() if not (stays and way.elsewhere)],
            description_placeholders=self._placeholders,
        )

    async def async_step_by_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in as the owner does on the device's own page."""
        return await self._async_step_by("by_password")

    async def async_step_by_signature(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Sign each request with a secret that the device knows."""
        return await self._async_step_by("by_signature")

    async def _async_step_by(self, step_id: str) -> ConfigFlowResult:
        """Go on in the way that was chosen."""
        family = FAMILIES[self._found.family.ways[step_id].family]
        self._found = replace(self._found, family=family)
        return await self._async_step_into()
