"""The clients of a router: what a family must tell of the devices that it connects."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .readings import Reading, Snapshot


@dataclass(frozen=True, kw_only=True)
class NetworkClient:
    """A device in the house that is or was connected to the router."""

    mac: str
    """In lower case with colons."""

    name: str | None = None
    ip: str | None = None
    connected: bool | None = None
    wired: bool | None = None
    band: str | None = None
    """`2.4 GHz`, `5 GHz` or another one; None with a cable."""

    signal: int | None = None
    """dBm; None with a cable."""

    guest: bool | None = None
    """Whether it is in a guest network."""


@dataclass(frozen=True, kw_only=True)
class ClientAccess[ClientT]:
    """Which clients may use the internet, one by one."""

    option: str
    """Option of the entry with which its owner asks for this."""

    reading_fn: Callable[[str], Reading[ClientT, Any]]
    """Gives what tells of a client, always the same for the same one."""

    allowed_fn: Callable[[Snapshot, str], bool | None]
    set_fn: Callable[[ClientT, str, bool], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class ClientSupport[ClientT]:
    """How the clients of a router become known."""

    reading: Reading[ClientT, Any]
    clients_fn: Callable[[Snapshot], Iterable[NetworkClient]]
    lists_absent_fn: Callable[[Snapshot], bool]
    """Tells whether clients that are away are in the list too, so that others have been forgotten
    by the router."""

    access: ClientAccess[ClientT] | None = None
    discovery: Reading[ClientT, Any] | None = None
    """Reads the same less often, and suffices while nobody has a tracker enabled; then `clients_fn`
    has to look at whichever is newer."""

    def is_told(self, snapshot: Snapshot) -> bool:
        """Tell whether there is a current list."""
        return snapshot.ok(self.reading) or (
            self.discovery is not None and snapshot.ok(self.discovery)
        )
