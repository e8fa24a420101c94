"""Models of what the firmware has and who is logged in."""

from dataclasses import dataclass
from typing import ClassVar, Final

from ..values import count, flag, integer, text
from .reply import Fields, Reply, derive, read

_SUFFIXES: Final = ("_enabled", "_enable", "_enbaled")
"""The last is a misspelling of some firmware."""


def _switches(fields: Fields) -> dict[str, bool]:
    """Return the modules for which the firmware says whether it has them."""
    named = {_module(name): flag(value) for name, value in fields.items()}
    return {name: value for name, value in named.items() if value is not None}


def _module(name: str) -> str:
    """Return the name of a module without what all names end with."""
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    return name.removesuffix(suffix)


def _known(fields: Fields) -> frozenset[str]:
    """Return all modules that the firmware lists."""
    return frozenset(_switches(fields))


def _enabled(fields: Fields) -> frozenset[str]:
    """Return the modules that the firmware has."""
    return frozenset(name for name, value in _switches(fields).items() if value)


@dataclass(frozen=True, kw_only=True)
class Modules(Reply):
    """Modules of the firmware, such as `sms`, `ussd` or `wifi`."""

    ENDPOINT: ClassVar[str] = "global/module-switch"

    enabled: frozenset[str] = derive(_enabled, default=frozenset[str]())
    """Modules that the firmware has."""

    known: frozenset[str] = derive(_known, default=frozenset[str]())
    """Modules that it lists, enabled or not."""

    def has(self, name: str) -> bool | None:
        """Tell whether the firmware has a module; None where it does not say."""
        return name in self.enabled if name in self.known else None


@dataclass(frozen=True, kw_only=True)
class LoginState(Reply):
    """Whether somebody is logged in, and how a password is wanted."""

    ENDPOINT: ClassVar[str] = "user/state-login"

    state: int | None = read(integer, "State")
    """0 logged in, -1 not, -2 somebody else is."""

    password_type: int | None = read(count, "password_type")
    """0 and 3 base64, 4 SHA-256; None on old firmware, which means base64."""

    extern_password_type: int | None = read(count, "extern_password_type")
    """1 where the firmware knows SCRAM."""

    locked: bool | None = read(flag, "lockstatus")
    """Whether logins are refused for a while after wrong passwords."""

    wait_minutes: int | None = read(count, "remainwaittime")
    """Minutes until a login is possible again."""

    username: str | None = read(text, "username", "Username")
    """User who is logged in."""

    user_level: int | None = read(count, "userlevel")
    """Rights of the user."""

    first_login: bool | None = read(flag, "firstlogin")
    """Whether the device still waits for its first set-up."""
