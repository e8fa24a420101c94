"""HiWiFi routers, by the owner's password or by signed requests."""

from dataclasses import replace
from typing import Final

from ...clients.hiwifi.client import HiwifiClient
from ...const import DeviceFamily
from ..base import Family, Way
from .actions import ACTIONS
from .binary_sensors import BINARY_SENSORS
from .clients import CLIENT_SUPPORT
from .controls import BUTTONS, SWITCHES
from .credentials import PASSWORD, SIGNATURE, by_password, by_signature
from .firmware import UPDATES
from .identity import identify, identity_of, recognize
from .images import IMAGES
from .options import OPTIONS
from .privacy import PRIVATE_FIELDS
from .readings import READINGS, SYSTEM, fetch_all
from .sensors import SENSORS
from .settings import SELECTS

HIWIFI: Final = Family[HiwifiClient](
    key=DeviceFamily.HIWIFI,
    manufacturer="HiWiFi",
    recognize=recognize,
    credentials=PASSWORD,
    create_client=by_password,
    identify=identify,
    identity_of=identity_of,
    identity_readings=(SYSTEM,),
    readings=READINGS,
    fetch_all=fetch_all,
    sensors=SENSORS,
    binary_sensors=BINARY_SENSORS,
    switches=SWITCHES,
    buttons=BUTTONS,
    selects=SELECTS,
    updates=UPDATES,
    images=IMAGES,
    clients=CLIENT_SUPPORT,
    options=OPTIONS,
    actions=ACTIONS,
    private_fields=PRIVATE_FIELDS,
    host_names="hiwifi*",
    mac_prefix="d4ee07",
    ways={
        "by_password": Way(family=DeviceFamily.HIWIFI),
        "by_signature": Way(family=DeviceFamily.HIWIFI_SIGNED),
        "by_cloud": Way(family=DeviceFamily.HIWIFI_CLOUD, elsewhere=True),
    },
)

HIWIFI_SIGNED: Final = replace(
    HIWIFI,
    key=DeviceFamily.HIWIFI_SIGNED,
    credentials=SIGNATURE,
    create_client=by_signature,
    login="signed",
    is_way=True,
)
