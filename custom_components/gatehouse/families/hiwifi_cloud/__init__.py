"""HiWiFi routers by way of a cloud, with the secret of a plug-in's author: several in one entry."""

from typing import Final

from ...clients.hiwifi.cloud_account import CloudAccount
from ...const import DeviceFamily
from ..base import Family
from ..hiwifi.privacy import PRIVATE_FIELDS
from .actions import ACTIONS
from .binary_sensors import BINARY_SENSORS
from .credentials import CREDENTIALS, create_client
from .identity import identify, identity_of, recognize
from .issues import ISSUES
from .members import ROUTER_SUPPORT
from .options import OPTIONS
from .readings import ROUTERS, fetch_all
from .sensors import SENSORS
from .tailoring import tailor

HIWIFI_CLOUD: Final = Family[CloudAccount](
    key=DeviceFamily.HIWIFI_CLOUD,
    manufacturer="HiWiFi cloud",
    recognize=recognize,
    credentials=CREDENTIALS,
    create_client=create_client,
    identify=identify,
    identity_of=identity_of,
    identity_readings=(ROUTERS,),
    readings=(ROUTERS,),
    fetch_all=fetch_all,
    sensors=SENSORS,
    binary_sensors=BINARY_SENSORS,
    member_support=ROUTER_SUPPORT,
    tailor_fn=tailor,
    options=OPTIONS,
    actions=ACTIONS,
    issues=ISSUES,
    private_fields=PRIVATE_FIELDS,
    login="cloud",
)
