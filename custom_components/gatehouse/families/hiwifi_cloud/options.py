"""Options of an account."""

from typing import Final

from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ..hiwifi.options import CONF_DANGEROUS_METHODS

OPTIONS: Final = vol.Schema(
    {vol.Required(CONF_DANGEROUS_METHODS, default=False): BooleanSelector()}
)
