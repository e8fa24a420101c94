"""Huawei HiLink modems and routers."""

from typing import Final

from homeassistant.const import CONF_PASSWORD, CONF_USERNAME, CONF_VERIFY_SSL
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...const import DeviceFamily
from ..base import Family
from .binary_sensors import BINARY_SENSORS
from .controls import BUTTONS, SWITCHES
from .identity import identify, identity_of, recognize
from .message_actions import MESSAGE_ACTIONS
from .message_upkeep import MESSAGE_ISSUES
from .options import OPTIONS
from .readings import BASIC_INFORMATION, INFORMATION, READINGS
from .sensors import SENSORS
from .sms import SMS
from .ussd import USSD_ACTIONS

HILINK: Final = Family[HilinkClient](
    key=DeviceFamily.HILINK,
    manufacturer="Huawei",
    recognize=recognize,
    credentials=vol.Schema(
        {
            vol.Optional(CONF_USERNAME, default=""): TextSelector(
                TextSelectorConfig(autocomplete="username")
            ),
            vol.Optional(CONF_PASSWORD, default=""): TextSelector(
                TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
            ),
            vol.Required(CONF_VERIFY_SSL, default=True): BooleanSelector(),
        }
    ),
    create_client=lambda session, url, data: HilinkClient(
        session, url, username=data[CONF_USERNAME], password=data[CONF_PASSWORD]
    ),
    identify=identify,
    identity_of=identity_of,
    identity_readings=(INFORMATION, BASIC_INFORMATION),
    readings=READINGS,
    sensors=SENSORS,
    binary_sensors=BINARY_SENSORS,
    switches=SWITCHES,
    buttons=BUTTONS,
    actions=(*MESSAGE_ACTIONS, *USSD_ACTIONS),
    issues=MESSAGE_ISSUES,
    sms=SMS,
    options=OPTIONS,
    private_fields=frozenset(
        {
            "cell_id",
            "enodeb_id",
            "iccid",
            "imei",
            "imsi",
            "lac",
            "mac_address",
            "msisdn",
            "neighbours",
            "pci",
            "primary_dns",
            "rac",
            "secondary_dns",
            "sector",
            "serial_number",
            "tac",
            "wan_ip",
            "wan_ipv6",
        }
    ),
    core_domain="huawei_lte",
)
