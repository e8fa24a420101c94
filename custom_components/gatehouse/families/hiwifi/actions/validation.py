"""Fields of the actions: errors that say what would be right, and never repeat a value."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.helpers import config_validation as cv

from ....clients.hiwifi import rules
from ....clients.secret import Secret
from ....errors import input_error

KEYS: Final[Mapping[Callable[..., None], str]] = {
    rules.check_client_id: "invalid_client_id",
    rules.check_client_name: "invalid_client_name",
    rules.check_data: "invalid_call_data",
    rules.check_delay: "invalid_delay",
    rules.check_key: "invalid_wifi_key",
    rules.check_mac: "invalid_mac",
    rules.check_method: "invalid_method",
    rules.check_permission: "invalid_permission",
    rules.check_ssid: "invalid_ssid",
    rules.check_timeout: "invalid_call_timeout",
}
"""The translation key of what each rule says."""


def check[**P](rule: Callable[P, None], *values: P.args, **named: P.kwargs) -> None:
    """Raise a translated error where a rule is broken."""
    try:
        rule(*values, **named)
    except ValueError:
        raise input_error(KEYS[rule]) from None


def checked[T](rule: Callable[[T], None], value: T) -> T:
    """Return a value that keeps a rule. Raises a translated error."""
    check(rule, value)
    return value


def chosen[T](fields: Mapping[str, Any], name: str, choices: Mapping[str, T]) -> T:
    """Return what one of the named choices stands for. Raises a translated error."""
    try:
        return choices[fields[name]]
    except KeyError:
        raise input_error("unknown_choice", field=name, choices=", ".join(choices)) from None


def secret_text(value: Any) -> Secret[str]:
    """Take a text that must not be seen."""
    return Secret(cv.string(value))
