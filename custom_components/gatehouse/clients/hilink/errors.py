"""Error codes of HiLink devices: what each means, and which exception it becomes.

The seed's "Error Numbers" contradicts the devices' own web pages for many codes; the meanings here
are those of the web pages.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from ..errors import (
    AuthenticationFailed,
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    NotPermitted,
    NotSupported,
    PasswordChangeRequired,
    SessionConflict,
)

DEFAULT_FAILURE: Final = -1
"""Answered without a SIM, while the radio registers anew, and for some unsupported requests."""

NETWORK_MODE_FAILED: Final = 112003
REGISTRATION_FAILED: Final = 112005

_DEFAULT_LOCK: Final = timedelta(minutes=5)
"""Assumed where a device that locks logins out does not say for how long."""

_LONGEST_LOCK: Final = 24 * 60
"""Minutes; nothing longer is believed."""

MEANINGS: Final[Mapping[int, str]] = {
    -2: "no device",
    DEFAULT_FAILURE: "the device could not do it, for example because there is no SIM card",
    9003: "static IP address refused",
    100001: "unknown error",
    100002: "not supported by this device",
    100003: "not allowed with this login",
    100004: "the device is busy",
    100005: "malformed request",
    100006: "invalid parameter",
    100007: "the device could not save its configuration",
    100008: "the device could not read its configuration",
    100009: "the device could not write",
    101001: "no SIM card or an invalid one",
    101002: "the SIM card wants its PIN",
    101003: "the SIM card wants its PUK",
    101004: "the SIM card cannot be used",
    101005: "switching the PIN on failed",
    101006: "switching the PIN off failed",
    101007: "unlocking the PIN failed",
    101008: "switching automatic PIN entry off failed",
    101009: "switching automatic PIN entry on failed",
    102001: "the network type could not be read",
    102002: "the service state could not be read",
    102003: "the roaming state could not be read",
    102004: "the connection state could not be read",
    103001: "the radio module refused the command",
    103002: "the PIN is wrong",
    103003: "changing the PIN failed",
    103004: "changing the PIN with the PUK failed",
    103008: "the SIM card is busy",
    103009: "the SIM lock code is wrong",
    103010: "not possible remotely",
    103011: "the PUK is blocked for good",
    103015: "compressing the log failed",
    103016: "the backup could not be decrypted",
    103017: "the backup belongs to another firmware",
    103018: "restoring the backup failed",
    103101: "setting the time failed",
    103102: "compressing the log failed",
    104001: "DHCP error",
    106001: "security error",
    107720: "the dial-up profiles could not be read",
    107721: "the dial-up profile could not be saved",
    107722: "the dial-up profile could not be added",
    107723: "the dial-up profile could not be changed",
    107724: "the dial-up profile could not be deleted",
    107725: "the default dial-up profile could not be set",
    107726: "the dial-up profiles could not be listed",
    107727: "the automatic APN could not be read",
    107728: "the automatic APN could not be set",
    107729: "the automatic APN failed",
    108001: "wrong user name",
    108002: "wrong password",
    108003: "somebody else is logged in",
    108004: "the password could not be changed",
    108005: "too many users are logged in",
    108006: "wrong user name or password",
    108007: "too many failed logins; the device is locked for a while",
    108008: "the password was changed too often",
    108009: "somebody is logged in on another device",
    108010: "too many logins in a short time",
    109001: "the language could not be read",
    109002: "the language could not be set",
    110001: "the update server cannot be reached",
    110002: "the update has been started already",
    110008: "the update is the same as the installed version",
    110009: "the connection to the update server failed",
    110023: "the update was not started",
    110024: "the battery is below 50 percent",
    111001: "USSD failed",
    111012: "USSD function failed",
    111013: "a USSD session is active",
    111014: "the USSD text is too long",
    111016: "the USSD text is empty",
    111017: "USSD coding failed",
    111018: "the radio module refused the USSD request",
    111019: "the network has not answered the USSD request yet",
    111020: "the network did not answer the USSD request",
    111021: "the USSD answer has characters that cannot be shown",
    111022: "the network has no USSD",
    112001: "the network mode cannot be set while connected",
    112002: "setting the network search mode failed",
    NETWORK_MODE_FAILED: "setting the network mode failed",
    REGISTRATION_FAILED: "registering with the network failed",
    112007: "the network mode is not supported",
    112008: "the SIM card is not ready",
    112009: "the network setting failed",
    113004: "another message is still being sent",
    113017: "a field of the message is empty",
    113018: "the message store is busy",
    113020: "the message list could not be read",
    113031: "the message center could not be set",
    113036: "the message could not be deleted",
    113047: "the message settings could not be saved",
    113053: "the message store is full",
    113054: "the phone number is too long",
    113055: "already done",
    114001: "the file exists",
    114002: "the folder exists",
    114003: "the memory card is in use",
    114004: "the file does not exist",
    114005: "the name is too long",
    114006: "no right to use the memory card",
    114007: "a file is being uploaded",
    115001: "phone book error",
    115002: "the password must be changed first",
    115003: "phone book error",
    115004: "phone book error",
    115005: "phone book error",
    115199: "the phone book is full",
    116001: "SIM toolkit error",
    116002: "SIM toolkit error",
    116003: "SIM toolkit error",
    116004: "SIM toolkit error",
    116005: "SIM toolkit error",
    117001: "wrong Wi-Fi password",
    117002: "wrong Wi-Fi password or no address from DHCP",
    117003: "pairing by push button failed",
    117004: "wrong WISPr password",
    118001: "cradle error",
    118002: "cradle error",
    118003: "cradle error",
    118004: "cradle error",
    118005: "cradle error",
    118006: "cradle error",
    120001: "a call is active",
    125001: "wrong token",
    125002: "wrong session",
    125003: "wrong session token",
}


class TokenRefused(GatehouseError):
    """The token is used up, or the session is unknown; nothing was done.

    Which of them a code means differs by firmware.
    """


WRONG_CREDENTIALS: Final = frozenset({108001, 108002, 108006})
LOCKED_OUT: Final = 108007

_EXCEPTIONS: Final[Mapping[int, type[GatehouseError]]] = {
    100002: NotSupported,
    100003: NotPermitted,
    100004: DeviceBusy,
    **dict.fromkeys(WRONG_CREDENTIALS, AuthenticationFailed),
    LOCKED_OUT: AuthenticationFailed,
    108003: SessionConflict,
    108005: SessionConflict,
    108009: SessionConflict,
    108010: SessionConflict,
    113004: DeviceBusy,
    113018: DeviceBusy,
    115002: PasswordChangeRequired,
    120001: DeviceBusy,
    125001: TokenRefused,
    125002: TokenRefused,
    125003: TokenRefused,
}


def error_from(fields: Mapping[str, Any]) -> GatehouseError:
    """Build the exception for the children of an `<error>` element."""
    code = _integer(fields.get("code"))
    if code is None:
        code = 100001
    meaning = MEANINGS.get(code, "error of the device")
    exception = _EXCEPTIONS.get(code)
    if exception is None:
        return CommandRefused(code, meaning)
    if code == LOCKED_OUT:
        minutes = _integer(fields.get("waittime")) or _integer(fields.get("tobelockedtime"))
        return AuthenticationFailed(meaning, locked_for=lock_time(minutes))
    return exception(meaning)


def lock_time(minutes: int | None) -> timedelta:
    """Return for how long logins are locked, where the device says so and where it does not."""
    return timedelta(minutes=min(minutes, _LONGEST_LOCK)) if minutes else _DEFAULT_LOCK


def _integer(value: object) -> int | None:
    """Read a decimal number that may be absent."""
    try:
        return int(str(value))
    except ValueError:
        return None
