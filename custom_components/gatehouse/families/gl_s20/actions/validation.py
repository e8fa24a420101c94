"""Fields of the actions: secrets hidden at once, and errors that say what would be right."""

from collections.abc import Callable, Mapping
import json
import re
from typing import Any, Final

from homeassistant.helpers import config_validation as cv

from ....clients.gl_s20 import rules
from ....clients.gl_s20.values import Parser
from ....clients.secret import Secret
from ....errors import input_error

_SNTP_SERVER: Final = re.compile(rf"[A-Za-z0-9.:-]{{1,{rules.SNTP_SERVER_LENGTH}}}")
_CONFIGURATION_VERSION: Final = "cfg_ver"


def secret_text(value: Any) -> Secret[str]:
    """Take a text that must not be seen."""
    return Secret(cv.string(value))


def secret_value(value: Any) -> Secret[Any]:
    """Take anything that must not be seen; what it has to be is checked later, in better words."""
    return Secret(value)


def check_sntp_server(value: str) -> None:
    """Check the name or address of a time server."""
    if not _SNTP_SERVER.fullmatch(value):
        raise ValueError("a time server has a name or an address")


def check_lines(value: int) -> None:
    """Check a number of lines."""
    if value < 1:
        raise ValueError("a number of lines is positive")


def check_configuration(value: object) -> None:
    """Check that something can be a configuration that the device exported."""
    if not isinstance(value, dict) or _CONFIGURATION_VERSION not in value:
        raise ValueError("an exported configuration names its version")
    try:
        json.dumps(value)
    except TypeError:
        raise ValueError("a configuration is made of texts, numbers and switches") from None


KEYS: Final[Mapping[Callable[..., None], str]] = {
    check_configuration: "invalid_configuration",
    check_lines: "invalid_lines",
    check_sntp_server: "invalid_sntp_server",
    rules.check_bssid: "invalid_bssid",
    rules.check_channel: "invalid_channel",
    rules.check_eui64: "invalid_eui64",
    rules.check_extended_pan_id: "invalid_extended_pan_id",
    rules.check_joiner_count: "invalid_joiner_count",
    rules.check_network_key: "invalid_network_key",
    rules.check_network_name: "invalid_network_name",
    rules.check_pan_id: "invalid_pan_id",
    rules.check_passphrase: "invalid_passphrase",
    rules.check_password: "invalid_password",
    rules.check_pskd: "invalid_pskd",
    rules.check_targets: "invalid_targets",
    rules.check_timeout: "invalid_timeout",
    rules.check_utc_offset: "invalid_utc_offset",
    rules.check_wifi_name: "invalid_ssid",
    rules.check_wifi_password: "invalid_wifi_password",
}
"""The translation key of what each rule says."""


def check[**P](rule: Callable[P, None], *values: P.args, **named: P.kwargs) -> None:
    """Raise a translated error where a rule is broken; it never repeats the value."""
    try:
        rule(*values, **named)
    except ValueError:
        raise input_error(KEYS[rule]) from None


def checked[T](rule: Callable[[T], None], value: T) -> T:
    """Return a value that keeps a rule. Raises a translated error."""
    check(rule, value)
    return value


def checked_secret[T](rule: Callable[[T], None], value: Secret[T]) -> Secret[T]:
    """Return a secret that keeps a rule. Raises a translated error."""
    check(rule, value.reveal())
    return value


def tidied(parser: Parser[str], value: str) -> str:
    """Return a value as the devices write it; one that cannot be right stays as it is."""
    return parser(value) or value


def require_confirmation(fields: Mapping[str, Any]) -> None:
    """Refuse what nobody has said to be meant."""
    if not fields["confirm"]:
        raise input_error("not_confirmed")


def chosen[T](fields: Mapping[str, Any], name: str, choices: Mapping[str, T]) -> T:
    """Return what one of the named choices stands for. Raises a translated error."""
    try:
        return choices[fields[name]]
    except KeyError:
        raise input_error("unknown_choice", field=name, choices=", ".join(choices)) from None
