"""The messages that a HiLink modem receives in a soak."""

from collections.abc import Sequence
from dataclasses import dataclass
import re
from typing import Final, override

from simulators.clock import DATE_FORMAT
from simulators.hilink.messages import Message

from .traffic import AGE, Incoming, Origin
from .unreliable_modem import UnreliableModem

_EMOJI: Final = re.compile("[\U00010000-\U0010ffff]")

_NOTICES: Final = 0.02
"""Share of the messages after which the notification of a picture message comes."""

_NOTICE_TEXTS: Final = {False: "", True: "<&"}
"""What of a notification is text, without and with signs of markup."""

_GSM_LENGTHS: Final = (160, 153)
_UCS2_LENGTHS: Final = (70, 67)
"""Characters of a single part, and of each of several."""


@dataclass(kw_only=True)
class ModemIncoming(Incoming):
    """Texts, and notifications of picture messages between them."""

    modem: UnreliableModem
    spare: int
    """Places that must stay free for what comes all at once."""

    @override
    def has_room(self) -> bool:
        return self.modem.room > self.spare

    @override
    def receive(self, name: str, *, plain: bool = False) -> None:
        super().receive(name, plain=plain)
        if not plain and self.random.random() < _NOTICES:
            markup = self.random.random() < 1 / 2
            self.modem.receive_notice(self.origin().sender, markup=markup)
            self.expected[_NOTICE_TEXTS[markup]] += 1

    @override
    def told(self, text: str) -> str:
        return _without_emoji(text)

    @override
    def _arrive(self, origin: Origin, text: str, *, old: bool) -> None:
        when = f"{self.modem.modem.clock.date() - AGE:{DATE_FORMAT}}" if old else None
        self.modem.receive(origin.sender, text, parts=_parts(text), when=when)

    @override
    def _arrive_in_parts(self, origin: Origin, text: str, pause: float) -> None:
        self.modem.receive(origin.sender, text, parts=_parts(text), pause=pause)

    @override
    def _pieces(self, origin: Origin, text: str) -> Sequence[str]:
        size = -(-len(text) // _parts(text))
        return [text[at : at + size] for at in range(0, len(text), size)]


def told_text(message: Message) -> str:
    """Return the text with which a message in the memory is told."""
    return _NOTICE_TEXTS[message.markup] if message.mms else _without_emoji(message.content)


def _without_emoji(text: str) -> str:
    """Return what of a text survives the reception."""
    return _EMOJI.sub("", text).strip()


def _parts(text: str) -> int:
    """Return how many parts a text has."""
    single, several = _GSM_LENGTHS if text.isascii() else _UCS2_LENGTHS
    return 1 if len(text) <= single else -(-len(text) // several)
