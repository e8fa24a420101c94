"""What every model of a GL-S20 reply has: a table of fields, each with its parser and its places.

A place is the name of a JSON member, or a path into nested objects such as `Network.Channel`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields as dataclass_fields
from functools import partial
from typing import Any, ClassVar, Final, Self

from ..values import Fields, Parser, elements

_READING: Final = "reading"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A typed piece of a reply; what the device does not tell is None, or an empty tuple."""

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Take the values from a JSON object; unknown and odd members cost nothing."""
        readings = {item.name: item.metadata.get(_READING) for item in dataclass_fields(cls)}
        return cls(**{name: reading(fields) for name, reading in readings.items() if reading})


@dataclass(frozen=True, kw_only=True)
class Reply(Part):
    """The typed content of the reply to one GET request."""

    ENDPOINT: ClassVar[str]
    """Path of the request."""


def read[T](parser: Parser[T], *places: str) -> T | None:
    """Declare a field: the first of the places that holds a value."""
    default: T | None = None
    return field(default=default, metadata={_READING: partial(_first, parser, places)})


def read_all[T](parser: Callable[[object], tuple[T, ...]], place: str) -> tuple[T, ...]:
    """Declare a field with any number of values."""
    default: tuple[T, ...] = ()
    return field(default=default, metadata={_READING: lambda fields: parser(_value(fields, place))})


def read_part[P: Part](part: type[P], place: str) -> P:
    """Declare a field: a nested object, empty where it is missing."""
    return field(
        default_factory=part,
        metadata={_READING: lambda fields: part.from_fields(_object(_value(fields, place)))},
    )


def read_parts[P: Part](part: type[P], *places: str) -> tuple[P, ...]:
    """Declare a field: a list of objects, of which those that are none are left out."""
    default: tuple[P, ...] = ()
    return field(default=default, metadata={_READING: partial(_parts, part, places)})


def _first[T](parser: Parser[T], places: tuple[str, ...], fields: Fields) -> T | None:
    """Return the first value that one of the places holds."""
    values = (parser(_value(fields, place)) for place in places)
    return next((value for value in values if value is not None), None)


def _parts[P: Part](part: type[P], places: tuple[str, ...], fields: Fields) -> tuple[P, ...]:
    """Return the objects of the first place that has any."""
    found = next((listed for place in places if (listed := elements(_value(fields, place)))), [])
    return tuple(part.from_fields(each) for each in found if isinstance(each, Mapping))


def _value(fields: Fields, place: str) -> Any:
    """Follow a path into nested objects."""
    value: Any = fields
    for name in place.split("."):
        value = _object(value).get(name)
    return value


def _object(value: object) -> Fields:
    """Return a JSON object; anything else counts as an empty one."""
    return value if isinstance(value, Mapping) else {}
