"""What can go wrong with a device: one exception hierarchy for every protocol."""

from datetime import timedelta


class GatehouseError(Exception):
    """Base of all errors of the clients."""


class CannotConnect(GatehouseError):
    """The device did not answer: unreachable, timed out or the connection broke."""


class CertificateNotTrusted(CannotConnect):
    """The device shows a certificate that nobody vouches for, as most of them do."""


class ConnectionLost(CannotConnect):
    """The connection broke after the request may already have reached the device."""


class InvalidReply(GatehouseError):
    """Something answered, but not what the protocol says."""


class AuthenticationFailed(GatehouseError):
    """The device refused the credentials, or locked logins out for a while."""

    def __init__(self, message: str, *, locked_for: timedelta | None = None) -> None:
        """Remember for how long the device refuses any login, where it says so."""
        super().__init__(message)
        self.locked_for = locked_for


class PasswordChangeRequired(AuthenticationFailed):
    """The device lets nobody in before its password has been changed on its own page."""


class BindingLost(AuthenticationFailed):
    """The device has forgotten the secret that was agreed on, as after a reset."""


class SessionConflict(GatehouseError):
    """Somebody else is logged in and the device serves one session only."""


class NotPermitted(GatehouseError):
    """The device knows the request but this login may not make it."""


class NotSupported(GatehouseError):
    """The device or its firmware does not know the request."""


class DeviceBusy(GatehouseError):
    """The device refused because it is busy; nothing was done."""


class CommandRefused(GatehouseError):
    """The device refused the request for a reason of its own; nothing was done."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the device's error code and its meaning in words."""
        super().__init__(f"{message} (code {code})")
        self.code = code
        self.message = message


class ExcludedByMode(GatehouseError):
    """The network mode of the device leaves out what the request is about; nothing was done."""


class ChangeUndone(GatehouseError):
    """The device found no network with a new setting and has its previous one again."""


class ChangeNotUndone(GatehouseError):
    """The device found no network with a new setting, nor would it take its previous one back."""


class OutcomeUnknown(GatehouseError):
    """A command was sent, but whether the device carried it out is not known."""
