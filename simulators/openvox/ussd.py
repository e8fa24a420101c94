"""USSD: questions to the network, whose answers come by push."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import math
from typing import Final

from simulators.openvox.options import OpenVoxOptions
from simulators.openvox.ports import Port
from simulators.openvox.push import SENT_FORMAT, Pushes, PushKind
from simulators.openvox.timeline import Timeline

ANSWERED: Final = "success"
FINAL_CODE: Final = "0"
"""USSD status of an answer after which the dialog is over."""


class UssdResult(StrEnum):
    """What becomes of a question on a port."""

    SENT = "sent"
    NOT_READY = "not ready"
    NOT_SELECTED = "not select"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """One code sent on one port."""

    port: int
    code: str
    identifier: str


class Ussd:
    """The questions that are open, one on each port."""

    def __init__(
        self,
        timeline: Timeline,
        pushes: Pushes,
        options: Callable[[], OpenVoxOptions],
        local: Callable[[float], datetime],
    ) -> None:
        """Start with none."""
        self._timeline = timeline
        self._pushes = pushes
        self._options = options
        self._local = local
        self.open: dict[int, Question] = {}
        self.asked: list[Question] = []
        self.refused_logins = 0

    def ask(
        self, ports: Mapping[int, Port], number: int, code: str, identifier: str, now: float
    ) -> UssdResult:
        """Send a code on a port, which the network answers later."""
        if number not in ports:
            return UssdResult.NOT_SELECTED
        if not ports[number].registered:
            return UssdResult.NOT_READY
        if number in self.open:
            return UssdResult.OTHER
        options = self._options()
        question = Question(port=number, code=code, identifier=identifier)
        self.open[number] = question
        self.asked.append(question)
        wait = math.inf if options.ussd_seconds is None else options.ussd_seconds
        self._timeline.at(
            now + wait, lambda moment: self._answer(question, options.ussd_answer, moment)
        )
        return UssdResult.SENT

    def answer(self, number: int, text: str, now: float) -> bool:
        """Return whether there was a question on a port, which is answered now."""
        question = self.open.get(number)
        if question is not None:
            self._answer(question, text, now)
        return question is not None

    def _answer(self, question: Question, text: str, moment: float) -> None:
        """Let the network answer, unless the question is no longer open."""
        if self.open.get(question.port) is not question:
            return
        del self.open[question.port]
        options = self._options()
        values = (
            str(question.port),
            text,
            self._local(moment).strftime(SENT_FORMAT),
            ANSWERED,
            FINAL_CODE,
            question.identifier,
        )
        if options.ussd_push_url:
            self._pushes.push(
                PushKind.USSD,
                options.ussd_push_url,
                zip(options.ussd_push_names, values, strict=False),
                options.ussd_push_user_defined,
            )

    def forget(self) -> None:
        """Forget what is open, as in a restart."""
        self.open.clear()
