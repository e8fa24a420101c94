"""What every model of a gateway's reply has: a table of fields, each with its parser and place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields as dataclass_fields
from typing import ClassVar, Final, Self

from ..values import Fields, Parser, elements

_READING: Final = "reading"

_NUMBER: Final = "#"
"""Key for numbers that mean nothing."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A typed piece of a reply; what the gateway does not tell is None, or an empty tuple."""

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Take the values from a JSON object; unknown and odd members cost nothing."""
        readings = {item.name: item.metadata.get(_READING) for item in dataclass_fields(cls)}
        return cls(**{name: reading(fields) for name, reading in readings.items() if reading})

    @classmethod
    def listed(cls, raw: object, key: str = _NUMBER) -> tuple[Self, ...]:
        """Take several, however they are listed; `key` is what a number in an object stands for."""
        return tuple(cls.from_fields(each) for each in elements(raw, key))


@dataclass(frozen=True, kw_only=True)
class Page(Part):
    """One page of messages, newest first."""

    ENDPOINT: ClassVar[str]
    """Path of the request."""

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take a page from the data of a reply, which is no object where it is empty."""
        return cls.from_fields(data if isinstance(data, Mapping) else {})


def read[T](parser: Parser[T], place: str, *, shown: bool = True) -> T | None:
    """Declare a field; one that is not `shown` stays out of the model's representation."""
    default: T | None = None
    return field(
        default=default, repr=shown, metadata={_READING: lambda fields: parser(fields.get(place))}
    )


def read_parts[P: Part](part: type[P], place: str) -> tuple[P, ...]:
    """Declare a field: a list of objects."""
    default: tuple[P, ...] = ()
    return field(
        default=default, metadata={_READING: lambda fields: part.listed(fields.get(place))}
    )


def derive[T](reading: Callable[[Fields], T], default: T) -> T:
    """Declare a field that is concluded from the whole object."""
    return field(default=default, metadata={_READING: reading})
