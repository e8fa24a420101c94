"""What every client that carries text messages reports."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class SendReport:
    """What became of a message, by number."""

    sent: tuple[str, ...] = field(default=(), repr=False)
    failed: tuple[str, ...] = field(default=(), repr=False)
    unknown: tuple[str, ...] = field(default=(), repr=False)
