"""Options of a device."""

from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig
import voluptuous as vol

from .const import CONF_MAX_SMS_PARTS, DEFAULT_MAX_SMS_PARTS

_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_MAX_SMS_PARTS, default=DEFAULT_MAX_SMS_PARTS): vol.All(
            NumberSelector(NumberSelectorConfig(min=1, max=10, step=1)), vol.Coerce(int)
        ),
    }
)


class GatehouseOptionsFlow(OptionsFlow):
    """Change how messages are treated."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show and take over the options."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, self.config_entry.options),
        )
