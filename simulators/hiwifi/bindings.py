"""Who may call the router by a signature: what lies under its openapi.d folder."""

from collections.abc import Sequence
from dataclasses import dataclass
import secrets

from simulators.hiwifi.errors import Code, DeviceError

SECRET_BYTES = 16


@dataclass(kw_only=True)
class Binding:
    """One client of a plug-in."""

    secret: str | None
    permissions: tuple[str, ...] | None


class Bindings:
    """The bound clients by plug-in and client id."""

    def __init__(self) -> None:
        """Start with none, as after a reset."""
        self._bound: dict[tuple[str, str], Binding] = {}

    def bind(
        self, app_id: str, client_id: str, permissions: Sequence[str], secret: str | None = None
    ) -> str:
        """Bind a client beside its plug-in's own methods; return its secret."""
        secret = secret or secrets.token_hex(SECRET_BYTES)
        self._bound[app_id, client_id] = Binding(secret=secret, permissions=tuple(permissions))
        return secret

    def unbind(self, app_id: str, client_id: str) -> None:
        """Forget a client."""
        if self._bound.pop((app_id, client_id), None) is None:
            raise DeviceError(Code.NOT_BOUND)

    def find(self, app_id: str, client_id: str) -> Binding | None:
        """Return a client."""
        return self._bound.get((app_id, client_id))

    def secret(self, app_id: str, client_id: str) -> str:
        """Return what a client signs with."""
        binding = self.find(app_id, client_id)
        if binding is None:
            raise DeviceError(Code.NOT_BOUND)
        if not binding.secret:
            raise DeviceError(Code.NO_SECRET)
        return binding.secret

    def check(self, app_id: str, client_id: str, method: str) -> None:
        """Refuse a method the client may not call."""
        binding = self.find(app_id, client_id)
        if binding is None or binding.permissions is None:
            raise DeviceError(Code.NO_PERMISSION_LIST)
        if not permitted(method, own_methods(app_id), *binding.permissions):
            raise DeviceError(Code.NO_PERMISSION)

    def forget_secrets(self) -> None:
        """Lose every secret, but not who is bound."""
        for each in self._bound.values():
            each.secret = None

    def forget_permissions(self) -> None:
        """Lose every list of permissions."""
        for each in self._bound.values():
            each.permissions = None

    def clear(self) -> None:
        """Lose everything."""
        self._bound.clear()

    def names(self) -> list[str]:
        """Return the bound clients."""
        return sorted(f"{app_id}/{client_id}" for app_id, client_id in self._bound)


def own_methods(app_id: str) -> str:
    """Return the permission every client of a plug-in has."""
    return f"apps.{app_id}.*"


def permitted(name: str, *permissions: str) -> bool:
    """Return whether a method or permission is within others: exactly, or below a.b.*."""
    return any(
        name == each or (each.endswith(".*") and name.startswith(each.removesuffix("*")))
        for each in permissions
    )
