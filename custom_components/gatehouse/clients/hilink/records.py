"""Records of a device: what a request replaces is read first and written as a whole."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from ..errors import InvalidReply, NotSupported
from . import xml


class Requests(Protocol):
    """What is needed of the client."""

    async def get(self, path: str) -> xml.Fields | str:
        """Read a page."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""

    async def ask(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Ask with fields."""

    async def command(
        self, path: str, fields: Mapping[str, Any], *, secret: bool = False
    ) -> xml.Fields | str:
        """Send a command, encrypted where it is secret."""


async def change(
    client: Requests,
    path: str,
    changes: Mapping[str, object],
    *,
    read_only: Collection[str] = (),
) -> None:
    """Read a record, replace some of its fields and write all of them in their order.

    Raises NotSupported where the record lacks one of the fields; nothing is written then.
    """
    record = await client.fields(path)
    if changes.keys() - record.keys():
        raise NotSupported(f"{path} has no such field")
    written = {name: value for name, value in record.items() if name not in read_only}
    await client.command(path, {**written, **changes})


async def listing(client: Requests, path: str) -> xml.Fields:
    """Read a page that may be empty, where there is nothing on its list."""
    # A list is replaced as a whole, so that one that only looks empty must not count.
    content = await client.get(path) or await client.get(path)
    if isinstance(content, dict):
        return content
    if content:
        raise InvalidReply(f"{path} is no list")
    return {}
