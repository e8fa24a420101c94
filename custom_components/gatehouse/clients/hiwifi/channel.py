"""What the three ways to a router have in common."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Protocol

from yarl import URL

from ..errors import ConnectionLost, InvalidReply, OutcomeUnknown
from .call import Call
from .envelope import Answer
from .models import RouterInfo


class Channel(Protocol):
    """A way to one router."""

    @property
    def name(self) -> str:
        """Return which way it is: `openapi_client`, `openapi_server` or `router_admin`."""

    @property
    def base_url(self) -> URL:
        """Return where requests go."""

    async def log_in(self) -> None:
        """Find out whether the credentials are right."""

    async def release(self) -> None:
        """Give up what is held on the router."""

    async def router_info(self) -> RouterInfo:
        """Read what the router tells everybody."""

    async def online(self) -> bool:
        """Tell whether the router can be called; the internet is another matter."""

    async def ask(self, call: Call, *, changes: bool = False) -> Answer:
        """Call a method, once if it `changes` something.

        Raises OutcomeUnknown where such a call went out and no proper answer came back.
        """

    async def ask_all(self, calls: Sequence[Call]) -> list[Answer]:
        """Call several methods that change nothing, in one request where possible."""


@contextmanager
def conclusive(what: str, *, changes: bool) -> Generator[None]:
    """Make sense of a missing answer to a call that changes something."""
    try:
        yield
    except (ConnectionLost, InvalidReply) as err:
        if not changes:
            raise
        raise OutcomeUnknown(f"no proper answer to {what}: {err}") from err
