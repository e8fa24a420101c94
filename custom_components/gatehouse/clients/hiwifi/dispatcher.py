"""Calls methods of the generation that a router has, and gives their replies types."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from .call import Call, Generation
from .channel import Channel, conclusive
from .codes import WRONG_PARAMETER
from .envelope import Answer
from .readings import INTERNET, SYSTEM, Method, Reading
from .rules import secrets_in
from .signing import encode
from .values import Fields

type Variants = Mapping[Generation, tuple[str, Fields]]
"""Method and data for each generation that has the command."""

_WITNESSES: Final = (SYSTEM, INTERNET)
"""Readings by which a generation is recognized."""


@dataclass(frozen=True, kw_only=True)
class Poll:
    """What came of several readings."""

    results: Mapping[Reading[Any], Any]
    """A value or a GatehouseError for each."""

    def value[T](self, reading: Reading[T]) -> T:
        """Return the value of a reading; raise its error, or KeyError for one that was not read."""
        if (err := self.error(reading)) is not None:
            raise err.with_traceback(None)
        value: T = self.results[reading]
        return value

    def error(self, reading: Reading[Any]) -> GatehouseError | None:
        """Return what went wrong with a reading."""
        result = self.results[reading]
        return result if isinstance(result, GatehouseError) else None


class Dispatcher:
    """Knows which generation of methods a router has, once it has been found out."""

    def __init__(self, channel: Channel, generation: Generation | None) -> None:
        """Use a way to the router; nothing is sent before the first request."""
        self.channel = channel
        self.generation = generation
        self._assumed: Generation | None = None

    async def find_generation(self) -> Generation:
        """Return the generation of methods, asking the router once.

        Where no witness may be called, the first generation that is not plainly unknown is assumed
        until a method turns out to be missing. Raises NotSupported where there is none.
        """
        if (known := self.generation or self._assumed) is not None:
            return known
        for generation in Generation:
            for reading in _WITNESSES:
                answer = await self.channel.ask(reading.methods[generation].call(generation))
                try:
                    answer.accepted()
                except NotSupported:
                    continue
                except NotPermitted:
                    self._assumed = self._assumed or generation
                    continue
                except CommandRefused:
                    # The method exists, or nobody could have refused it in this way.
                    pass
                self.generation, self._assumed = generation, None
                return generation
        if self._assumed is not None:
            return self._assumed
        raise NotSupported("the router has none of the methods that are known")

    async def read[T](self, reading: Reading[T]) -> T:
        """Read one thing."""
        return (await self.poll((reading,))).value(reading)

    async def poll(self, readings: Collection[Reading[Any]]) -> Poll:
        """Read several things, in one request where the router takes that.

        An error of a single reading is in the result; what concerns the whole router is raised.
        """
        generation = await self.find_generation()
        methods = {
            each: each.methods[generation] for each in readings if generation in each.methods
        }
        answers = await self._ask_all({each: methods[each].call(generation) for each in methods})
        missing = NotSupported(f"not in generation {generation} of the methods")
        return Poll(
            results={
                each: self._result(methods[each], answers[each]) if each in methods else missing
                for each in readings
            }
        )

    async def command(self, variants: Variants, *, timeout: int | None = None) -> Any:  # noqa: ASYNC109 - the router's
        """Change something, once.

        Raises OutcomeUnknown where no proper answer came, NotSupported where the router's
        generation has no such method.
        """
        generation = await self.find_generation()
        if generation not in variants:
            raise NotSupported(f"not in generation {generation} of the methods")
        method, data = variants[generation]
        patience = {} if timeout is None else {"timeout": timeout}
        call = Call(method=method, data=data, generation=generation, **patience)
        return self.accept(call, await self.channel.ask(call, changes=True), changes=True)

    def accept(self, call: Call, answer: Answer, *, changes: bool) -> Any:
        """Return the data of an answer; raise its error."""
        try:
            with conclusive(call.method, changes=changes):
                return answer.accepted(secrets_in(call.data))
        except NotSupported:
            self._assumed = None
            raise

    async def _ask_all(self, calls: Mapping[Reading[Any], Call]) -> dict[Reading[Any], Answer]:
        """Ask for several readings, and again for those that may succeed then."""
        answers = await self._answers(calls)
        failed = [each for each in calls if answers[each].worth_repeating]
        return answers | await self._answers({each: calls[each] for each in failed})

    async def _answers(self, calls: Mapping[Reading[Any], Call]) -> dict[Reading[Any], Answer]:
        """Ask for several readings; what serves several of them is asked once."""
        keys = {each: (call.method, encode(call.data)) for each, call in calls.items()}
        unique = {keys[each]: call for each, call in calls.items()}
        if not unique:
            return {}
        answers = await self.channel.ask_all(list(unique.values()))
        found = dict(zip(unique, answers, strict=True))
        return {each: found[keys[each]] for each in calls}

    def _result[T](self, method: Method[T], answer: Answer) -> T | GatehouseError:
        """Return the value of a reading or its error; raise what concerns the whole router."""
        try:
            data = answer.accepted()
        except AuthenticationFailed, CannotConnect:
            raise
        except GatehouseError as err:
            if answer.unsupported:
                self._assumed = None
            if answer.code == WRONG_PARAMETER:
                return NotSupported("the router does not have what is asked for")
            return err
        if data and not isinstance(data, Mapping | list):
            return InvalidReply(f"the data of {method.name} are neither an object nor a list")
        return method.parse(data)
