"""Values that must not be seen by accident: keys, passwords, tokens, numbers, texts of messages."""

from typing import Final, override

MASK: Final = "**********"


class Secret[T]:
    """A value that shows itself only to who asks for it by name."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        """Keep a value."""
        self._value = value

    def reveal(self) -> T:
        """Return the value."""
        return self._value

    @override
    def __repr__(self) -> str:
        """Show that there is something, and not how long it is."""
        return MASK

    @override
    def __eq__(self, other: object) -> bool:
        """Compare the values, so that a change can be noticed."""
        return self._value == other._value if isinstance(other, Secret) else NotImplemented

    @override
    def __hash__(self) -> int:
        """Agree with the comparison."""
        return hash(self._value)
