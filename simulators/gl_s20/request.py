"""The body of a command, checked field by field."""

from collections.abc import Mapping
import json
import re
from typing import Any

from simulators.gl_s20.errors import Code, DeviceError


class Request:
    """The fields a client sent."""

    def __init__(
        self, fields: Mapping[str, Any], *, sid: str = "", numeric_booleans: bool = False
    ) -> None:
        """Read an object, sent in the session of a sid."""
        self.fields = fields
        self.sid = sid
        self._numeric_booleans = numeric_booleans

    def has(self, name: str) -> bool:
        """Return whether a field is there."""
        return self.fields.get(name) is not None

    def text(self, name: str, pattern: str = r"(?s).*", default: str | None = None) -> str:
        """Return a text that has to match a pattern as a whole."""
        value = self.fields.get(name, default)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise refused(name)
        return value

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number within limits."""
        value = self.fields.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise refused(name)
        return value

    def boolean(self, name: str) -> bool:
        """Return a boolean; 0 and 1 will do only where the firmware itself writes them."""
        value = self.fields.get(name)
        if not isinstance(value, bool) and not (self._numeric_booleans and value in {0, 1}):
            raise refused(name)
        return bool(value)

    def part(self, name: str) -> Request:
        """Return an object."""
        value = self.fields.get(name)
        if not isinstance(value, dict):
            raise refused(name)
        return self._nested(value)

    def parts(self, name: str) -> list[Request]:
        """Return a list of objects."""
        value = self.fields.get(name)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise refused(name)
        return [self._nested(each) for each in value]

    def _nested(self, fields: Mapping[str, Any]) -> Request:
        """Return the request's own manner of reading, for an object in it."""
        return Request(fields, sid=self.sid, numeric_booleans=self._numeric_booleans)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts."""
        value = self.fields.get(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise refused(name)
        return list(value)


def read(body: bytes, *, sid: str, numeric_booleans: bool) -> Request:
    """Return the fields of a body, which may be empty."""
    try:
        fields = json.loads(body) if body.strip() else {}
    except ValueError as failure:
        raise DeviceError(Code.PARAMETER, "Invalid JSON") from failure
    if not isinstance(fields, dict):
        raise DeviceError(Code.PARAMETER, "Invalid JSON")
    return Request(fields, sid=sid, numeric_booleans=numeric_booleans)


def refused(name: str) -> DeviceError:
    """Return the refusal of a field."""
    return DeviceError(Code.PARAMETER, f"Invalid parameter: {name}")
