"""The form of a request, checked field by field."""

from collections.abc import Iterable
from datetime import datetime
import re

from simulators.openvox.errors import refused


class Request:
    """The fields a client sent; of a field that comes again the last one counts."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Read a form."""
        self._pairs = list(pairs)
        self._fields = dict(self._pairs)

    def has(self, name: str) -> bool:
        """Return whether a field is there and not empty."""
        return bool(self._fields.get(name))

    def text(self, name: str, pattern: str = r"(?s).*", default: str | None = None) -> str:
        """Return a text that has to match a pattern as a whole."""
        value = self._fields.get(name, default)
        if value is None or not re.fullmatch(pattern, value):
            raise refused(name)
        return value

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number within limits."""
        if not self.has(name) and default is not None:
            return default
        value = int(self.text(name, r"\s*[0-9]{1,9}\s*"))
        if not low <= value <= high:
            raise refused(name)
        return value

    def numbers(self, name: str, low: int, high: int) -> list[int]:
        """Return the numbers of a list, written the way PHP does."""
        pattern = re.compile(re.escape(name) + r"\[\d*\]")
        texts = [value for key, value in self._pairs if pattern.fullmatch(key)]
        values = [int(text) for text in texts if re.fullmatch(r"[0-9]{1,9}", text)]
        if (
            not values
            or len(values) < len(texts)
            or not all(low <= each <= high for each in values)
        ):
            raise refused(name)
        return values

    def moment(self, name: str, separator: str) -> datetime | None:
        """Return a local date with two or four digits for the year, if there is one."""
        if not self.has(name):
            return None
        for year in ("%Y", "%y"):
            try:
                form = separator.join((year, "%m", "%d"))
                return datetime.strptime(self.text(name), f"{form} %H:%M:%S")  # noqa: DTZ007 - the device's local time
            except ValueError:
                continue
        raise refused(name)
