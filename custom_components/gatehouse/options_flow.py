"""Options of a device."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow

from .const import CONF_DEVICE_TYPE, DeviceFamily
from .families import FAMILIES
from .push.ussd_address import async_ussd_placeholders
from .secret_fields import secret_fields


class GatehouseOptionsFlow(OptionsFlow):
    """Change how a device is treated."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show and take over the options."""
        family = FAMILIES[DeviceFamily(self.config_entry.data[CONF_DEVICE_TYPE])]
        shown = dict(self.config_entry.options)
        # A secret is never sent to the browser; left empty, it stays as it is.
        secrets = {key: shown.pop(key) for key in secret_fields(family.options) if key in shown}
        if user_input is not None:
            return self.async_create_entry(data={**secrets, **user_input})
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(family.options, shown),
            description_placeholders=await async_ussd_placeholders(
                self.hass, self.config_entry, family.push
            ),
        )
