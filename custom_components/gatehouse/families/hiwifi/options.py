"""Options of a HiWiFi router."""

from typing import Final

from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ...const import CONF_CLIENT_SWITCHES

CONF_DANGEROUS_METHODS: Final = "dangerous_methods"

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_CLIENT_SWITCHES, default=False): BooleanSelector(),
        vol.Required(CONF_DANGEROUS_METHODS, default=False): BooleanSelector(),
    }
)
