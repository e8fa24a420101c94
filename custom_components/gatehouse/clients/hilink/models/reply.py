"""What every model of a HiLink reply has: a table of fields, each with its parser and its names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields as dataclass_fields
from functools import partial
from typing import Any, ClassVar, Final, Self

from ..values import Parser

type Fields = Mapping[str, Any]

_READING: Final = "reading"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The typed content of one reply; what the device does not tell is None, or an empty tuple."""

    ENDPOINT: ClassVar[str]
    """Path of the request below `/api/`."""

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Take the values from the children of `<response>`; unknown and odd ones cost nothing."""
        readings = {item.name: item.metadata.get(_READING) for item in dataclass_fields(cls)}
        return cls(**{name: reading(fields) for name, reading in readings.items() if reading})


def read[T](parser: Parser[T], *names: str, secret: bool = False) -> T | None:
    """Declare a field: the first of the named elements that holds a value."""
    default: T | None = None
    return field(
        default=default, repr=not secret, metadata={_READING: partial(_first, parser, names)}
    )


def read_tuple[T](
    parser: Parser[tuple[T, ...]], name: str, *, secret: bool = False
) -> tuple[T, ...]:
    """Declare a field with any number of values."""
    default: tuple[T, ...] = ()
    return field(
        default=default,
        repr=not secret,
        metadata={_READING: lambda fields: parser(fields.get(name)) or ()},
    )


def read_part[T, P](parser: Parser[P], name: str, part: Callable[[P], T | None]) -> T | None:
    """Declare a field: one part of an element that holds several values."""
    return derive(lambda fields: _part(parser(fields.get(name)), part), default=None)


def derive[T](reading: Callable[[Fields], T], *, default: T) -> T:
    """Declare a field that needs more than one element."""
    return field(default=default, metadata={_READING: reading})


def _first[T](parser: Parser[T], names: tuple[str, ...], fields: Fields) -> T | None:
    """Return the first value that one of the elements holds."""
    values = (parser(fields.get(name)) for name in names)
    return next((value for value in values if value is not None), None)


def _part[T, P](whole: P | None, part: Callable[[P], T | None]) -> T | None:
    """Take a part of what may be missing."""
    return None if whole is None else part(whole)


def total(*amounts: int | None) -> int | None:
    """Add up what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
