"""Options of a HiLink device."""

from typing import Final

from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)
import voluptuous as vol

from ...const import (
    CONF_AFTER_RECEIVING,
    CONF_CLIENT_SWITCHES,
    CONF_KEEP_LAST,
    CONF_MAX_SMS_PARTS,
    DEFAULT_MAX_SMS_PARTS,
)
from ..sms import MESSAGE_OPTIONS, AfterReceiving

_MOST_KEPT: Final = 500
"""No device holds more messages."""

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_MAX_SMS_PARTS, default=DEFAULT_MAX_SMS_PARTS): vol.All(
            NumberSelector(NumberSelectorConfig(min=1, max=10, step=1)), vol.Coerce(int)
        ),
        vol.Required(CONF_AFTER_RECEIVING, default=AfterReceiving.NOTHING.value): SelectSelector(
            SelectSelectorConfig(
                options=[each.value for each in AfterReceiving],
                translation_key=CONF_AFTER_RECEIVING,
            )
        ),
        vol.Required(CONF_KEEP_LAST, default=0): vol.All(
            NumberSelector(
                NumberSelectorConfig(min=0, max=_MOST_KEPT, step=1, mode=NumberSelectorMode.BOX)
            ),
            vol.Coerce(int),
        ),
        **MESSAGE_OPTIONS,
        vol.Required(CONF_CLIENT_SWITCHES, default=False): BooleanSelector(),
    }
)
