"""Where the inbox and the outbox keep what must survive a crash."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

type Migration = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Brings a document of an earlier version into the present form."""

_VERSION = "version"


class Keeper(Protocol):
    """Keeps one document that consists of what JSON can hold."""

    async def load(self) -> dict[str, Any] | None:
        """Return what was saved last, None where nothing was ever saved."""

    async def save(self, document: dict[str, Any]) -> None:
        """Replace what is kept, as a whole or not at all; once this returns it is durable."""


class InvalidDocument(Exception):
    """What was kept is damaged or of another version; to go on without it repeats messages."""


async def load_document[Content](
    keeper: Keeper,
    version: int,
    parse: Callable[[Mapping[str, Any]], Content],
    migrations: Mapping[int, Migration] | None = None,
) -> Content | None:
    """Return what was kept, None where nothing was. Raises InvalidDocument.

    `migrations`: those of earlier versions that are known.
    """
    document: Mapping[str, Any] | None = await keeper.load()
    if document is None:
        return None
    try:
        if document.get(_VERSION) != version:
            migrate = (migrations or {}).get(document.get(_VERSION, 0))
            if migrate is None:
                raise InvalidDocument("the version is not known")
            document = migrate(document)
        return parse(document)
    except (KeyError, TypeError, ValueError) as err:
        # The text of the error may repeat what was kept.
        raise InvalidDocument(f"damaged: {type(err).__name__}") from None


def versioned(version: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document to be kept."""
    return {_VERSION: version, **content}
