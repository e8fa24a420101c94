"""Client of a HiWiFi router: what can be read and commanded, whichever way leads there."""

from collections.abc import Collection, Mapping
from typing import Any

from yarl import URL

from ..errors import NotPermitted
from . import rules
from .call import DEFAULT_TIMEOUT, Call, Generation
from .channel import Channel
from .dispatcher import Dispatcher, Poll
from .envelope import Answer
from .household import Household
from .models import RouterInfo
from .readings import Reading
from .system import System
from .wifi import Wifi


class HiwifiClient:
    """One HiWiFi router, by an OpenApiClient, a CloudRouter or a RouterAdmin.

    All methods, those of the parts too, raise CannotConnect, InvalidReply, AuthenticationFailed,
    SessionConflict, NotPermitted, NotSupported or CommandRefused; commands OutcomeUnknown besides,
    and ValueError, before anything is sent, for what the router cannot be given.
    """

    def __init__(self, channel: Channel, *, generation: Generation | None = None) -> None:
        """Prepare a client; nothing is sent before the first request.

        `generation` is what an earlier client found out.
        """
        self._channel = channel
        self._dispatcher = Dispatcher(channel, generation)
        self.system = System(self._dispatcher)
        self.wifi = Wifi(self._dispatcher)
        self.household = Household(self._dispatcher)

    @property
    def base_url(self) -> URL:
        """Return where the router is, or the cloud that leads to it."""
        return self._channel.base_url

    @property
    def transport(self) -> str:
        """Return which way it is: `openapi_client`, `openapi_server` or `router_admin`."""
        return self._channel.name

    @property
    def generation(self) -> Generation | None:
        """Return the generation of methods, None as long as it is not known for sure."""
        return self._dispatcher.generation

    async def log_in(self) -> None:
        """Find out whether the credentials are right."""
        await self._channel.log_in()

    async def release(self) -> None:
        """Give up what is held on the router; the next request logs in again."""
        await self._channel.release()

    async def router_info(self) -> RouterInfo:
        """Read what the router tells everybody."""
        return await self._channel.router_info()

    async def online(self) -> bool:
        """Tell whether the router can be called; whether it has internet is another matter."""
        return await self._channel.online()

    async def find_generation(self) -> Generation:
        """Return the generation of methods, asking the router once."""
        return await self._dispatcher.find_generation()

    async def read[T](self, reading: Reading[T]) -> T:
        """Read one of the `readings`."""
        return await self._dispatcher.read(reading)

    async def poll(self, readings: Collection[Reading[Any]]) -> Poll:
        """Read several of the `readings`, in one request where the router takes that."""
        return await self._dispatcher.poll(readings)

    async def call(
        self,
        method: str,
        data: Mapping[str, Any] | None = None,
        version: Generation | None = None,
        *,
        timeout: int = DEFAULT_TIMEOUT,  # noqa: ASYNC109 - the router's
        allow_dangerous: bool = False,
    ) -> Any:
        """Call any method and return its data, which may hold secrets.

        Like `ask`, but raises the error that a code stands for.
        """
        answer = await self.ask(
            method, data, version, timeout=timeout, allow_dangerous=allow_dangerous
        )
        changes = not rules.is_reading(method)
        call = Call(method=method, data=data or {}, generation=version or Generation.V1)
        return self._dispatcher.accept(call, answer, changes=changes)

    async def ask(
        self,
        method: str,
        data: Mapping[str, Any] | None = None,
        version: Generation | None = None,
        *,
        timeout: int = DEFAULT_TIMEOUT,  # noqa: ASYNC109 - the router's, in seconds
        allow_dangerous: bool = False,
    ) -> Answer:
        """Call any method and return the answer, also one that refuses.

        Without a `version` the router's own generation is tried, and where that does not know the
        method, the other one. Only what is a reading by its name is ever repeated. Raises
        NotPermitted for a method that may do harm, unless that is allowed.
        """
        rules.check_method(method)
        rules.check_data(data or {})
        rules.check_timeout(timeout)
        if rules.is_dangerous(method) and not allow_dangerous:
            raise NotPermitted(f"{method} may do harm and is not allowed")
        first = version or await self._dispatcher.find_generation()
        others = [] if version else [each for each in Generation if each is not first]
        answer = Answer(code=0)
        for generation in (first, *others):
            call = Call(method=method, data=data or {}, generation=generation, timeout=timeout)
            answer = await self._ask(call)
            if not answer.unsupported:
                break
        return answer

    async def _ask(self, call: Call) -> Answer:
        """Call one method, a reading once more where that may help."""
        reading = rules.is_reading(call.method)
        answer = await self._channel.ask(call, changes=not reading)
        if reading and answer.worth_repeating:
            return await self._channel.ask(call)
        return answer
