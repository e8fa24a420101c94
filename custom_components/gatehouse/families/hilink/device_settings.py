"""Lights and antennas of a HiLink device."""

from typing import Final

from homeassistant.const import EntityCategory

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import AntennaChoice, Led
from ...clients.hilink.models.device_settings import Antenna
from ..descriptions import GatehouseSelectDescription, GatehouseSwitchDescription
from ..readings import Cadence, Reading
from .readings import SIGNAL

LED: Final = Reading[HilinkClient, Led](
    name="led", fetch=lambda client: client.device_settings.led(), cadence=Cadence.DAILY
)
ANTENNA: Final = Reading[HilinkClient, AntennaChoice](
    name="antenna", fetch=lambda client: client.device_settings.antenna(), cadence=Cadence.DAILY
)

SETTING_READINGS: Final = (LED, ANTENNA)

SETTING_SWITCHES: Final = (
    GatehouseSwitchDescription[HilinkClient](
        key="led",
        entity_category=EntityCategory.CONFIG,
        reading=LED,
        exists_fn=lambda data: data[LED].on is not None,
        value_fn=lambda data: data[LED].on,
        set_fn=lambda client, on: client.device_settings.set_led(on=on),
        read_back=(LED,),
    ),
)

SETTING_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="antenna",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        options=[each.value for each in Antenna],
        options_fn=lambda data: [each.value for each in data[ANTENNA].choices],
        reading=ANTENNA,
        exists_fn=lambda data: bool(data[ANTENNA].choices),
        value_fn=lambda data: data[ANTENNA].antenna,
        set_fn=lambda client, option: client.device_settings.set_antenna(Antenna(option)),
        read_back=(ANTENNA, SIGNAL),
    ),
)
