"""Options of a HiLink device."""

from typing import Final

from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig
import voluptuous as vol

from ...const import CONF_MAX_SMS_PARTS, DEFAULT_MAX_SMS_PARTS

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_MAX_SMS_PARTS, default=DEFAULT_MAX_SMS_PARTS): vol.All(
            NumberSelector(NumberSelectorConfig(min=1, max=10, step=1)), vol.Coerce(int)
        ),
    }
)
