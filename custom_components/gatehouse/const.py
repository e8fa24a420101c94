"""Constants of Gatehouse."""

from enum import StrEnum
import logging
from typing import Final

DOMAIN: Final = "gatehouse"
LOGGER: Final = logging.getLogger(__package__)

CONF_AFTER_RECEIVING: Final = "after_receiving"
CONF_APP_ID: Final = "app_id"
CONF_APP_NAME: Final = "app_name"
CONF_APP_SECRET: Final = "app_secret"  # noqa: S105 - the name of a field
CONF_CLIENT_SWITCHES: Final = "client_switches"
CONF_CREDENTIALS_REFUSED: Final = "credentials_refused"
"""In an entry's data while its password waits to be replaced: why it must not be tried again."""

CONF_DEVICE_TYPE: Final = "device_type"
CONF_FIXED_PORT: Final = "fixed_port"
CONF_HIDE_SMS_TEXT: Final = "hide_sms_text"
CONF_KEEP_LAST: Final = "keep_last"
CONF_MAX_SMS_PARTS: Final = "max_sms_parts"
CONF_NUMBER: Final = "number"
CONF_OWN_EVENT: Final = "own_event"
CONF_PORT: Final = "port"
CONF_PORT_POLICY: Final = "port_policy"
CONF_PUSH: Final = "push"
CONF_PUSH_ADDRESS: Final = "push_address"

DEFAULT_MAX_SMS_PARTS: Final = 4
"""The devices' own pages refuse longer messages."""

SUBENTRY_CONTACT: Final = "contact"


class DeviceFamily(StrEnum):
    """The families of devices."""

    HILINK = "hilink"
    GL_S20 = "gl_s20"
    OPENVOX = "openvox"
    HIWIFI = "hiwifi"
    HIWIFI_SIGNED = "hiwifi_signed"
    HIWIFI_CLOUD = "hiwifi_cloud"
