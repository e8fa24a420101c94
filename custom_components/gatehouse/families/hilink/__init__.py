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
from .cellular import (
    CELLULAR_ACTIONS,
    CELLULAR_BINARY_SENSORS,
    CELLULAR_BUTTONS,
    CELLULAR_ISSUES,
    CELLULAR_NUMBERS,
    CELLULAR_READINGS,
    CELLULAR_SELECTS,
    CELLULAR_SENSORS,
    CELLULAR_SWITCHES,
)
from .client_access import MAC_FILTER
from .client_actions import CLIENT_ACTIONS
from .clients import CLIENT_SENSORS, CLIENT_SUPPORT
from .controls import BUTTONS, SWITCHES
from .data_plan import PLAN_ACTIONS, PLAN_BINARY_SENSORS, PLAN_NUMBERS
from .device_settings import SETTING_READINGS, SETTING_SELECTS, SETTING_SWITCHES
from .firmware import FIRMWARE_BUTTONS, FIRMWARE_READINGS, FIRMWARE_UPDATES
from .identity import identify, identity_of, recognize
from .message_actions import MESSAGE_ACTIONS
from .message_upkeep import MESSAGE_ISSUES
from .options import OPTIONS
from .readings import BASIC_INFORMATION, INFORMATION, READINGS
from .restarts import RESTART_ACTIONS, RESTART_BUTTONS, RESTART_READINGS, RESTART_SWITCHES
from .router import (
    ROUTER_ACTIONS,
    ROUTER_BINARY_SENSORS,
    ROUTER_READINGS,
    ROUTER_SELECTS,
    ROUTER_SENSORS,
    ROUTER_SWITCHES,
)
from .sensors import SENSORS
from .sms import SMS
from .ussd import USSD_ACTIONS
from .wifi_actions import WIFI_ACTIONS
from .wlan import WIFI_BUTTONS, WIFI_IMAGES, WIFI_READINGS, WIFI_SENSORS, WIFI_SWITCHES

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
    readings=(
        *FIRMWARE_READINGS,
        *RESTART_READINGS,
        *READINGS,
        *CELLULAR_READINGS,
        *ROUTER_READINGS,
        *WIFI_READINGS,
        MAC_FILTER,
        *SETTING_READINGS,
    ),
    sensors=(*SENSORS, *ROUTER_SENSORS, *CELLULAR_SENSORS, *CLIENT_SENSORS, *WIFI_SENSORS),
    binary_sensors=(
        *BINARY_SENSORS,
        *CELLULAR_BINARY_SENSORS,
        *PLAN_BINARY_SENSORS,
        *ROUTER_BINARY_SENSORS,
    ),
    switches=(
        *RESTART_SWITCHES,
        *SWITCHES,
        *CELLULAR_SWITCHES,
        *ROUTER_SWITCHES,
        *WIFI_SWITCHES,
        *SETTING_SWITCHES,
    ),
    selects=(*CELLULAR_SELECTS, *ROUTER_SELECTS, *SETTING_SELECTS),
    buttons=(*FIRMWARE_BUTTONS, *RESTART_BUTTONS, *BUTTONS, *CELLULAR_BUTTONS, *WIFI_BUTTONS),
    numbers=(*CELLULAR_NUMBERS, *PLAN_NUMBERS),
    actions=(
        *RESTART_ACTIONS,
        *MESSAGE_ACTIONS,
        *CELLULAR_ACTIONS,
        *USSD_ACTIONS,
        *PLAN_ACTIONS,
        *ROUTER_ACTIONS,
        *WIFI_ACTIONS,
        *CLIENT_ACTIONS,
    ),
    updates=FIRMWARE_UPDATES,
    images=WIFI_IMAGES,
    issues=(*MESSAGE_ISSUES, *CELLULAR_ISSUES),
    clients=CLIENT_SUPPORT,
    sms=SMS,
    options=OPTIONS,
    private_fields=frozenset(
        {
            "address",
            "cell_id",
            "enodeb_id",
            "host_id",
            "iccid",
            "imei",
            "imsi",
            "ip",
            "key",
            "lac",
            "mac",
            "mac_address",
            "msisdn",
            "name",
            "neighbours",
            "pci",
            "primary_dns",
            "rac",
            "secondary_dns",
            "sector",
            "serial_number",
            "ssid",
            "tac",
            "username",
            "wan_ip",
            "wan_ipv6",
        }
    ),
    core_domain="huawei_lte",
)
