"""The data of a call, checked field by field; numbers and booleans may come as text."""

from collections.abc import Container, Mapping
import re
from typing import Any

from simulators.hiwifi.errors import Code, DeviceError

_FALSE = frozenset({"0", "false", ""})
_TRUE = frozenset({"1", "true"})
_MAC = re.compile(r"[0-9A-F]{12}")
_DATE = r"\d{8}"


def normalized_mac(text: Any) -> str:
    """Return a MAC address as twelve upper-case digits."""
    digits = re.sub(r"[:-]", "", text).upper() if isinstance(text, str) else ""
    if not _MAC.fullmatch(digits):
        raise DeviceError(Code.PARAMETER)
    return digits


class Arguments:
    """The fields a client sent."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        """Read an object."""
        self._fields = fields

    def extended(self, **fields: Any) -> Arguments:
        """Return the same with some fields more."""
        return Arguments({**self._fields, **fields})

    def has(self, name: str) -> bool:
        """Return whether a field is there and not empty."""
        value = self._fields.get(name)
        return value is not None and value != ""

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; a number will do."""
        value = self._fields.get(name, default)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise DeviceError(Code.ARGUMENT_TYPE)
        return value

    def choice(self, name: str, known: Container[str]) -> str:
        """Return a text that is one of those known."""
        value = self.text(name)
        if value not in known:
            raise DeviceError(Code.PARAMETER)
        return value

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number within limits."""
        if not self.has(name) and default is not None:
            return default
        text = self.text(name)
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise DeviceError(Code.ARGUMENT_TYPE)
        if not low <= int(text) <= high:
            raise DeviceError(Code.PARAMETER)
        return int(text)

    def boolean(self, name: str, *, default: bool | None = None) -> bool:
        """Return a boolean, however it is written."""
        if not self.has(name) and default is not None:
            return default
        text = str(self._fields.get(name)).lower()
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        raise DeviceError(Code.ARGUMENT_TYPE)

    def mac(self, name: str) -> str:
        """Return a MAC address."""
        return normalized_mac(self._fields.get(name))

    def macs(self, name: str) -> list[str]:
        """Return a list of MAC addresses."""
        values = self._fields.get(name)
        if not isinstance(values, list) or not values:
            raise DeviceError(Code.ARGUMENT_TYPE)
        return [normalized_mac(each) for each in values]

    def date(self, name: str) -> str:
        """Return a date as eight digits."""
        text = self.text(name)
        if not re.fullmatch(_DATE, text):
            raise DeviceError(Code.PARAMETER)
        return text
