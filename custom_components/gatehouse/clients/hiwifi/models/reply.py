"""What every model of a router's reply has: a table of fields, each with its parser and its places.

A place is the name of a JSON member, or a path into nested objects such as `total/download`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields as dataclass_fields
from functools import partial
from typing import Any, Final, Self

from ..values import Fields, Parser, elements, members

_READING: Final = "reading"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A typed piece of a reply; what the router does not tell is None, or an empty tuple."""

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take the values from the data of a reply; unknown and odd members cost nothing."""
        content = members(data)
        readings = {item.name: item.metadata.get(_READING) for item in dataclass_fields(cls)}
        return cls(**{name: reading(content) for name, reading in readings.items() if reading})

    @classmethod
    def listed(cls, raw: object) -> tuple[Self, ...]:
        """Take several from a list, without those that are no objects."""
        return tuple(cls.from_data(each) for each in elements(raw) if isinstance(each, Mapping))


def read[T](parser: Parser[T], *places: str, shown: bool = True) -> T | None:
    """Declare a field: the first of the places that holds a value.

    One that is not `shown` stays out of the model's representation.
    """
    default: T | None = None
    return field(default=default, repr=shown, metadata={_READING: partial(_first, parser, places)})


def read_all[T](parser: Parser[T], place: str) -> tuple[T, ...]:
    """Declare a field: a list of values, without those that are none; a single value will do."""
    default: tuple[T, ...] = ()
    return field(default=default, metadata={_READING: partial(_all, parser, place)})


def read_parts[P: Part](part: type[P], place: str) -> tuple[P, ...]:
    """Declare a field: a list of objects."""
    default: tuple[P, ...] = ()
    return field(
        default=default, metadata={_READING: lambda content: part.listed(_value(content, place))}
    )


def derive[T](reading: Callable[[Fields], T], default: T, *, shown: bool = True) -> T:
    """Declare a field that is concluded from the whole object."""
    return field(default=default, repr=shown, metadata={_READING: reading})


def _first[T](parser: Parser[T], places: tuple[str, ...], content: Fields) -> T | None:
    """Return the first value that one of the places holds."""
    values = (parser(_value(content, place)) for place in places)
    return next((value for value in values if value is not None), None)


def _all[T](parser: Parser[T], place: str, content: Fields) -> tuple[T, ...]:
    """Return all values that a place holds."""
    raw = _value(content, place)
    values = map(parser, elements(raw) or [raw])
    return tuple(value for value in values if value is not None)


def _value(content: Fields, place: str) -> Any:
    """Follow a path into nested objects."""
    value: Any = content
    for name in place.split("/"):
        value = members(value).get(name)
    return value
