"""Options of a GL-S20."""

from typing import Final

from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

CONF_LOG_IN_DIAGNOSTICS: Final = "log_in_diagnostics"
CONF_SHARE_NETWORK: Final = "share_network"

CONSENTS: Final = vol.Schema(
    {vol.Required(CONF_SHARE_NETWORK, default=True): BooleanSelector()},
)

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_SHARE_NETWORK, default=True): BooleanSelector(),
        vol.Required(CONF_LOG_IN_DIAGNOSTICS, default=False): BooleanSelector(),
    }
)
