"""Client of the GL-S20: its login, and what needs none."""

from asyncio import Lock
from typing import Literal

from aiohttp import ClientSession
from yarl import URL

from ..secret import Secret
from . import rules
from .envelope import get, post
from .joiners import Joiners
from .models import Identity
from .network import Ethernet, Failover, Wifi
from .session import Session
from .system import System
from .thread import Thread


class GlS20Client:
    """One GL-S20.

    All methods, those of the parts too, raise CannotConnect, InvalidReply, AuthenticationFailed,
    SessionConflict, NotPermitted, NotSupported, DeviceBusy or CommandRefused; commands
    OutcomeUnknown besides.
    Requests are sent one at a time, whichever part they come from, and logged in where needed.
    """

    def __init__(self, session: ClientSession, base_url: URL, *, password: str) -> None:
        """Prepare a client; nothing is sent before the first request."""
        self._session = Session(session, base_url, Secret(password))
        self.thread = Thread(self._session)
        self.joiners = Joiners(self._session)
        self.ethernet = Ethernet(self._session)
        self.wifi = Wifi(self._session)
        self.failover = Failover(self._session)
        self.system = System(self._session)
        self.changing = Lock()
        """To be held by whoever reads, changes and writes back what is set as a whole."""

    @property
    def base_url(self) -> URL:
        """Return where the device is."""
        return self._session.base_url

    async def log_in(self) -> None:
        """Log in now and not with the first request, to learn whether the password is right."""
        await self._session.log_in()

    async def release(self) -> None:
        """Log out, so that nothing of ours is left; the next request logs in again (ui/logout)."""
        await self._session.log_out()

    async def identity(self) -> Identity:
        """Read what the device is, without logging in (ui/check_initialized)."""
        return Identity.from_fields(await self._session.without_login(get(Identity.ENDPOINT)))

    async def initialize(
        self, password: Secret[str], *, language: Literal["en", "zh-cn"] = "en"
    ) -> None:
        """Give a new device its password, and use it from now on (ui/set_init).

        Raises ValueError for a password that the device would refuse.
        """
        rules.check_password(password.reveal())
        await self._session.command_without_login(
            post("/ui/set_init", {"lang": language, "password": password})
        )
        self._session.login.change_password(password)
