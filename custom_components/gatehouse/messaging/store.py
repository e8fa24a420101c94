"""Where the boxes of an entry are kept: in files that survive a crash."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..sms.keeper import InvalidDocument

_VERSION: Final = 1

_DAMAGED: Final = "damaged"
"""End of the name of a file that could not be made sense of."""


class NotSaved(Exception):
    """The file could not be written, so that nothing may depend on it."""


class _File(Store[dict[str, Any]]):
    """A file that tells when it could not be written, which is only written to the log else."""

    failed = False

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        """Write, and remember how that went."""
        self.failed = True
        await super()._async_write_data(data)
        self.failed = False


class BoxStore:
    """Keeps the document of one box, and what else is to be saved along with it."""

    def __init__(self, hass: HomeAssistant, entry_id: str, box: str) -> None:
        """Name the file."""
        self._hass = hass
        self._key = f"{DOMAIN}.{entry_id}.{box}"
        self._file = _File(hass, _VERSION, self._key, private=True, atomic_writes=True)
        self.notes: list[Any] = []
        """Saved with the document; what has not been saved yet is no loss."""

    async def load(self) -> dict[str, Any] | None:
        """Return what was saved last. Raises InvalidDocument."""
        try:
            content = await self._file.async_load()
        except UnsupportedStorageVersionError as err:
            raise InvalidDocument("the version of the file is not known") from err
        if content is None:
            return None
        match content:
            case {"document": dict() as document, "notes": list() as notes}:
                self.notes = notes
                return document
        raise InvalidDocument("the file has another content")

    async def save(self, document: dict[str, Any]) -> None:
        """Write a document. Raises NotSaved.

        While Home Assistant stops it is written in the end.
        """
        await self._file.async_save({"document": document, "notes": self.notes})
        if self._file.failed:
            raise NotSaved

    async def set_aside(self, now: datetime) -> str:
        """Rename a file of which no sense can be made, and begin anew. Return its new name."""
        path = Path(self._file.path)
        aside = path.with_name(f"{path.name}.{_DAMAGED}.{now:%Y%m%d%H%M%S}")
        await self._hass.async_add_executor_job(_rename, path, aside)
        await self._file.async_remove()
        self._file = _File(self._hass, _VERSION, self._key, private=True, atomic_writes=True)
        self.notes = []
        return aside.name

    async def remove(self) -> None:
        """Remove the file, and those that were set aside."""
        await self._file.async_remove()
        path = Path(self._file.path)
        await self._hass.async_add_executor_job(_remove_all, path.parent, f"{path.name}.*")


def _rename(path: Path, aside: Path) -> None:
    """Rename a file, if it is there."""
    if path.exists():
        path.rename(aside)


def _remove_all(folder: Path, pattern: str) -> None:
    """Remove files."""
    for path in folder.glob(pattern):
        path.unlink(missing_ok=True)
