"""Options of an OpenVox gateway."""

from typing import Final

from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)
import voluptuous as vol

from ...const import (
    CONF_FIXED_PORT,
    CONF_MAX_SMS_PARTS,
    CONF_PORT_POLICY,
    DEFAULT_MAX_SMS_PARTS,
)
from ..sms import MESSAGE_OPTIONS, PortPolicy
from .ports import PORTS

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_PORT_POLICY, default=PortPolicy.FIRST_AVAILABLE.value): SelectSelector(
            SelectSelectorConfig(
                options=[policy.value for policy in PortPolicy], translation_key=CONF_PORT_POLICY
            )
        ),
        vol.Required(CONF_FIXED_PORT, default=PORTS[0]): vol.All(
            NumberSelector(
                NumberSelectorConfig(
                    min=PORTS[0], max=PORTS[-1], step=1, mode=NumberSelectorMode.BOX
                )
            ),
            vol.Coerce(int),
        ),
        vol.Required(CONF_MAX_SMS_PARTS, default=DEFAULT_MAX_SMS_PARTS): vol.All(
            NumberSelector(NumberSelectorConfig(min=1, max=10, step=1)), vol.Coerce(int)
        ),
        **MESSAGE_OPTIONS,
    }
)
