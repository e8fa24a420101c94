"""The error codes a modem answers with."""

from collections.abc import Mapping
from enum import IntEnum


class Code(IntEnum):
    """Error codes the simulator uses."""

    FAILED = -1
    UNKNOWN = 100001
    NOT_SUPPORTED = 100002
    NO_RIGHTS = 100003
    FORMAT = 100005
    PARAMETER = 100006
    DHCP = 104001
    USERNAME_WRONG = 108001
    PASSWORD_WRONG = 108002
    ALREADY_LOGGED_IN = 108003
    CREDENTIALS_WRONG = 108006
    LOCKED = 108007
    UPDATE_NOT_STARTED = 110023
    UPDATE_BATTERY = 110024
    LANGUAGE = 109002
    USSD_ACTIVE = 111013
    USSD_TOO_LONG = 111014
    USSD_EMPTY = 111016
    USSD_PROCESSING = 111019
    USSD_TIMEOUT = 111020
    USSD_UNSUPPORTED = 111022
    NETWORK_MODE_UNSUPPORTED = 112007
    PIN_WRONG = 103002
    PROFILE_ADD = 107722
    PROFILE_DELETE = 107724
    SMS_TOO_FAST = 113004
    SMS_NO_SPACE = 113053
    PHONE_BOOK = 115001
    PASSWORD_CHANGE_REQUIRED = 115002
    PHONE_BOOK_FULL = 115199
    TOKEN_UNKNOWN = 125001
    SESSION_WRONG = 125002
    TOKEN_SPENT = 125003


class DeviceError(Exception):
    """A reply that refuses: a code, and the extra elements that come with it."""

    def __init__(self, code: int, extra: Mapping[str, str] | None = None) -> None:
        """Keep the code and the extra elements."""
        super().__init__(f"error {int(code)}")
        self.code = int(code)
        self.extra = dict(extra or {})
