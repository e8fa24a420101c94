"""An outgoing message."""

from dataclasses import dataclass, field

from .segments import Segmentation


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message that has been checked: normalized numbers without repetition, a text that fits."""

    numbers: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    segmentation: Segmentation
