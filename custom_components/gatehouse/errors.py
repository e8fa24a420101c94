"""Errors of the clients in the words of Home Assistant: the one place that maps them."""

from datetime import timedelta
from typing import Final

from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    HomeAssistantError,
    ServiceValidationError,
)
from homeassistant.helpers.update_coordinator import UpdateFailed

from .clients.errors import (
    AuthenticationFailed,
    BindingLost,
    CannotConnect,
    CertificateNotTrusted,
    ChangeNotUndone,
    ChangeUndone,
    CommandRefused,
    DeviceBusy,
    ExcludedByMode,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
    PasswordChangeRequired,
    SessionConflict,
)
from .const import DOMAIN

_LOCKED_OUT: Final = "locked_out"

# From specific to general; each key stands in the translations under "config.error" for the
# wizard and under "exceptions" for everything else.
_KEYS: Final[tuple[tuple[type[GatehouseError], str], ...]] = (
    (PasswordChangeRequired, "password_change_required"),
    (BindingLost, "binding_lost"),
    (AuthenticationFailed, "invalid_auth"),
    (CertificateNotTrusted, "certificate_not_trusted"),
    (CannotConnect, "cannot_connect"),
    (InvalidReply, "invalid_reply"),
    (SessionConflict, "session_conflict"),
    (NotPermitted, "not_permitted"),
    (NotSupported, "not_supported"),
    (DeviceBusy, "device_busy"),
    (CommandRefused, "command_refused"),
    (ExcludedByMode, "excluded_by_mode"),
    (ChangeUndone, "change_undone"),
    (ChangeNotUndone, "change_not_undone"),
    (OutcomeUnknown, "outcome_unknown"),
)

CONFLICT_PAUSE: Final = timedelta(minutes=2)
"""Time for the other user of a device to finish."""


def error_key(err: GatehouseError) -> str:
    """Return the translation key of an error."""
    if is_locked_out(err):
        return _LOCKED_OUT
    return next(key for kind, key in _KEYS if isinstance(err, kind))


def error_placeholders(err: GatehouseError) -> dict[str, str]:
    """Return what fills the placeholders of the error's text."""
    match err:
        case AuthenticationFailed(locked_for=timedelta() as lock):
            return {"minutes": str(max(1, round(lock.total_seconds() / 60)))}
        case CommandRefused():
            return {"code": str(err.code), "message": err.message}
    return {}


def is_locked_out(err: GatehouseError) -> bool:
    """Tell whether the device takes no login for a while, right or wrong."""
    return isinstance(err, AuthenticationFailed) and err.locked_for is not None


def is_refusal(err: GatehouseError) -> bool:
    """Tell whether the device refused the credentials, so that they must not be sent again."""
    return isinstance(err, AuthenticationFailed) and err.locked_for is None


def update_error(err: GatehouseError) -> UpdateFailed | ConfigEntryAuthFailed:
    """Return what a coordinator raises."""
    if is_refusal(err):
        return ConfigEntryAuthFailed(
            translation_domain=DOMAIN,
            translation_key=error_key(err),
            translation_placeholders=error_placeholders(err),
        )
    retry_after = None
    if isinstance(err, AuthenticationFailed) and err.locked_for:
        retry_after = err.locked_for.total_seconds()
    elif isinstance(err, SessionConflict):
        retry_after = CONFLICT_PAUSE.total_seconds()
    return UpdateFailed(
        translation_domain=DOMAIN,
        translation_key=error_key(err),
        translation_placeholders=error_placeholders(err),
        retry_after=retry_after,
    )


def action_error(err: GatehouseError) -> HomeAssistantError:
    """Return what an action raises."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key=error_key(err),
        translation_placeholders=error_placeholders(err),
    )


def input_error(key: str, **placeholders: str) -> ServiceValidationError:
    """Return what an action raises for input that cannot be right."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def failure(key: str, **placeholders: str) -> HomeAssistantError:
    """Return what an action raises when something went wrong that no input could have avoided."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )
