"""OpenVox SMS gateways."""

from typing import Final

from ...clients.openvox.client import OpenVoxClient
from ...const import DeviceFamily
from ..base import Family
from ..push import PUSH_ISSUES, PUSH_OPTIONS
from .binary_sensors import BINARY_SENSORS
from .clock import CLOCK, CLOCK_ISSUES
from .credentials import CREDENTIALS, DEFAULT_LOGIN, ISSUES, create_client, is_default_login
from .identity import identify, identity_of, recognize
from .message_sensors import MESSAGE_SENSORS
from .options import OPTIONS
from .privacy import PRIVATE_FIELDS, private_texts
from .push import PUSH, PUSH_ACTIONS, PUSH_CONFIGURATION
from .readings import CHANNELS, READINGS, SPANS
from .sensors import SENSORS
from .sms import SMS
from .ussd import USSD_ACTIONS, USSD_OPTIONS

OPENVOX: Final = Family[OpenVoxClient](
    key=DeviceFamily.OPENVOX,
    manufacturer="OpenVox",
    recognize=recognize,
    credentials=CREDENTIALS,
    create_client=create_client,
    is_default_login_fn=is_default_login,
    identify=identify,
    identity_of=identity_of,
    identity_readings=(SPANS, CHANNELS),
    readings=(*READINGS, PUSH_CONFIGURATION, CLOCK),
    home_readings=(DEFAULT_LOGIN,),
    sensors=(*SENSORS, *MESSAGE_SENSORS),
    binary_sensors=BINARY_SENSORS,
    actions=(*PUSH_ACTIONS, *USSD_ACTIONS),
    issues=(*ISSUES, *PUSH_ISSUES, *CLOCK_ISSUES),
    sms=SMS,
    push=PUSH,
    options=OPTIONS.extend(PUSH_OPTIONS).extend(USSD_OPTIONS),
    private_fields=PRIVATE_FIELDS,
    private_texts_fn=private_texts,
)
