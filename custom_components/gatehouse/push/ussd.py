"""USSD: questions to the network, and what it answers by push."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
import secrets
from time import monotonic
from typing import Any, Final

from aiohttp.web import Request
from homeassistant.core import CALLBACK_TYPE, callback

from ..families.push import UssdAnswer, UssdSupport

KNOWN_FOR: Final = 600
"""Seconds for which an answer to a question is believed."""

_MOST_QUESTIONS: Final = 100
_HIGHEST_ID: Final = 2**31 - 1

_LONGEST_ANSWER: Final = 1000
"""Characters; a network says less than 200 at once."""


@dataclass(kw_only=True, eq=False)
class Question:
    """A code that is sent by some ports, and what is answered on each."""

    id: int
    """Nobody who has not heard the question can guess it."""

    asked_at: float
    answers: dict[int, asyncio.Future[str | None]] = field(repr=False)

    async def replies(self, ports: Collection[int], seconds: float) -> dict[int, str | None]:
        """Wait for the answers on some of the ports; None for what did not come in time."""
        awaited = {port: self.answers[port] for port in ports}
        if awaited:
            await asyncio.wait(awaited.values(), timeout=seconds)
        return {port: each.result() if each.done() else None for port, each in awaited.items()}


class Ussd:
    """The questions of one device that may still be answered."""

    def __init__(self, support: UssdSupport) -> None:
        """Begin with none."""
        self._support = support
        self._questions: dict[int, Question] = {}
        self._listeners: list[Callable[[UssdAnswer], None]] = []
        self._counts = {"asked": 0, "answered": 0, "ignored": 0}

    def ask(self, ports: Collection[int]) -> Question:
        """Expect answers on some ports; one that comes when nobody waits is told all the same."""
        now = monotonic()
        loop = asyncio.get_running_loop()
        question = Question(
            id=1 + secrets.randbelow(_HIGHEST_ID),
            asked_at=now,
            answers={port: loop.create_future() for port in ports},
        )
        self._forget_old(now)
        self._questions[question.id] = question
        self._counts["asked"] += 1
        return question

    @callback
    def async_listen(self, listener: Callable[[UssdAnswer], None]) -> CALLBACK_TYPE:
        """Call somebody for each answer."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_hear(self, request: Request) -> None:
        """Take an answer, unless nobody asked or there was one before."""
        fields: Mapping[str, str] = request.query
        answer = self._support.answer_fn(fields)
        answered = answer and self._match(answer)
        if not answered:
            self._counts["ignored"] += 1
            return
        self._counts["answered"] += 1
        for listener in tuple(self._listeners):
            listener(answered)

    @callback
    def async_stop(self) -> None:
        """Let nobody wait any longer."""
        for question in self._questions.values():
            for future in question.answers.values():
                if not future.done():
                    future.set_result(None)
        self._questions.clear()

    def report(self) -> dict[str, Any]:
        """Return how many questions and answers there were."""
        return dict(self._counts)

    def _match(self, answer: UssdAnswer) -> UssdAnswer | None:
        """Give an answer to whoever asked, and return it as it may be shown."""
        self._forget_old(monotonic())
        question = self._questions.get(answer.id)
        if question is None:
            return None
        open_ports = [port for port, each in question.answers.items() if not each.done()]
        port = answer.port
        if port is None and len(question.answers) == 1:
            (port,) = question.answers
        if port not in open_ports:
            return None
        text = _harmless(answer.text)
        question.answers[port].set_result(text)
        return UssdAnswer(id=answer.id, port=port, text=text)

    def _forget_old(self, now: float) -> None:
        """Forget questions to which no answer is believed any more."""
        kept = [each for each in self._questions.values() if now - each.asked_at < KNOWN_FOR]
        self._questions = {each.id: each for each in kept[-_MOST_QUESTIONS:]}


def _harmless(text: str) -> str:
    """Return a text of which nothing but letters and lines is left, not more than can be shown."""
    shown = "".join(each for each in text if each.isprintable() or each == "\n")
    return shown[:_LONGEST_ANSWER].strip()
