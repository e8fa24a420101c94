"""Client of an OpenVox SMS gateway: what can be read and what can be commanded."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout
from yarl import URL

from ..errors import InvalidReply, OutcomeUnknown
from ..messages import OnTurn
from ..secret import Secret
from . import rules
from .envelope import Form, Request
from .models import (
    ChannelStates,
    Inbox,
    InboxFlag,
    Outbox,
    PushConfiguration,
    SendResult,
    Sim,
    Span,
    UssdReport,
    sims,
)
from .models.reply import Page
from .session import Session

PAGE_SIZE: Final = 10
"""Messages; what the gateway assumes."""

_SEND_TIMEOUT: Final = ClientTimeout(total=30, sock_connect=5)
_SLOW_TIMEOUT: Final = ClientTimeout(total=90, sock_connect=5)
"""Seconds; for what the gateway answers only after the network did."""

_OUTBOX_TIME: Final = "%Y-%m-%d %H:%M:%S"
_INBOX_TIME: Final = "%Y/%m/%d %H:%M:%S"


class OpenVoxClient:
    """One OpenVox gateway.

    All methods raise CannotConnect, InvalidReply, AuthenticationFailed, SessionConflict,
    NotPermitted, NotSupported, DeviceBusy or CommandRefused; commands OutcomeUnknown besides, and
    ValueError, before anything is sent, for what the gateway cannot be given.
    Requests are sent one at a time, and logged in where needed.
    """

    def __init__(
        self,
        session: ClientSession,
        base_url: URL,
        *,
        prefix: str = "",
        username: str,
        password: str,
    ) -> None:
        """Prepare a client; nothing is sent before the first request.

        `find_prefix` knows the prefix. Raises ValueError where it is no path.
        """
        self._session = Session(
            session, base_url, prefix=prefix, username=username, password=Secret(password)
        )

    @property
    def base_url(self) -> URL:
        """Return where the gateway is."""
        return self._session.base_url

    @property
    def prefix(self) -> str:
        """Return the path below which the gateway answers: nothing, or a slash and names."""
        return self._session.prefix

    async def log_in(self) -> None:
        """Log in now and not with the first request, to learn whether the password is right."""
        await self._session.log_in()

    async def release(self) -> None:
        """Log out, so that nothing of ours is left; the next request logs in (auth/logout)."""
        await self._session.log_out()

    async def valid_spans(self) -> tuple[Span, ...]:
        """Read all ports and whether they can send (sms/get_valid_spans)."""
        return Span.listed(await self._read("/sms/get_valid_spans"), "port")

    async def channels(self) -> ChannelStates:
        """Read which ports are registered in a mobile network (service/chan_state)."""
        data = await self._read("/service/chan_state")
        return ChannelStates.from_fields(data if isinstance(data, Mapping) else {})

    async def sims(self) -> tuple[Sim, ...]:
        """Read IMSI and status of the SIMs of all ports (service/simstatus)."""
        return sims(await self._read("/service/simstatus", port=0))

    async def send(
        self,
        span: int,
        number: str,
        text: str,
        *,
        synchronous: bool = False,
        on_turn: OnTurn | None = None,
    ) -> SendResult:
        """Give the gateway one message for one number, by one port, once (sms/send).

        `synchronous` waits for the end of the sending, up to 90 s. A result that is `rejected` and
        all errors but OutcomeUnknown mean that the message was not sent.
        """
        rules.check_port(span)
        rules.check_number(number)
        rules.check_text(text)
        form: Form = {
            "spans[]": span,
            "dest_num": Secret(number),
            "msg": Secret(text),
            "mode": int(synchronous),
        }
        timeout = _SLOW_TIMEOUT if synchronous else _SEND_TIMEOUT
        request = Request(path="/sms/send", form=form, timeout=timeout)
        data = await self._session.command(request, on_turn)
        result = SendResult.from_data(data)
        if result is None:
            raise OutcomeUnknown("the reply does not say what became of the message")
        return result

    async def outbox(
        self,
        page: int = 1,
        size: int = PAGE_SIZE,
        *,
        number: str = "",
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Outbox:
        """Read a page of what was sent, newest first (smsoutbox/get).

        Filters: the other's number, times by the gateway's clock; none where not given.
        """
        rules.check_page(page, size)
        return await self._page(Outbox, page, size, _filters(_OUTBOX_TIME, number, start, end))

    async def inbox(
        self,
        page: int = 1,
        size: int = PAGE_SIZE,
        flag: InboxFlag = InboxFlag.ALL,
        *,
        number: str = "",
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Inbox:
        """Read a page of what was received, newest first (smsinbox/get).

        Filters: read or unread, the other's number, times by the gateway's clock. Whether reading
        marks a message as read is not documented.
        """
        rules.check_page(page, size)
        filters = _filters(_INBOX_TIME, number, start, end)
        return await self._page(Inbox, page, size, {**filters, "flag": flag})

    async def push_configuration(self) -> PushConfiguration:
        """Read where the gateway pushes to (smsoutbox/get_config)."""
        data = await self._read("/smsoutbox/get_config")
        if not isinstance(data, Mapping):
            raise InvalidReply("the reply has no push configuration")
        return PushConfiguration.from_fields(data)

    async def set_push_configuration(self, configuration: PushConfiguration) -> None:
        """Set where the gateway pushes to, whatever it was before (smsoutbox/set_config)."""
        rules.check_push(configuration)
        await self.restore_push_configuration(configuration)

    async def restore_push_configuration(self, configuration: PushConfiguration) -> None:
        """Give the gateway back a configuration that it had, without any check of it."""
        await self._session.command(
            Request(path="/smsoutbox/set_config", form=configuration.to_form())
        )

    async def send_ussd(
        self,
        username: str,
        password: str,
        ports: Collection[int],
        code: str,
        timeout: int,  # noqa: ASYNC109 - the gateway's, which gives no unit
        id: int,  # noqa: A002 - the gateway's word
    ) -> UssdReport:
        """Send a USSD code by one or several ports, once, without the token (service/sendussd).

        Name and password are those of the gateway's USSD page. What the network answers is pushed
        to the URL that is set there, with the `id`.
        """
        rules.check_ports(ports)
        rules.check_ussd_code(code)
        form: Form = {
            "username": username,
            "password": Secret(password),
            "message": Secret(code),
            "port": ",".join(map(str, ports)),
            "timeout": timeout,
            "id": id,
        }
        request = Request(path="/service/sendussd", form=form, timeout=_SLOW_TIMEOUT)
        return UssdReport.from_data(await self._session.command_without_login(request))

    async def _page[P: Page](
        self, model: type[P], page: int, size: int, filters: Mapping[str, str | Secret[str]]
    ) -> P:
        """Read one page of messages."""
        data = await self._read(model.ENDPOINT, current_page=page, current_counts=size, **filters)
        return model.from_data(data)

    async def _read(self, path: str, **form: str | int | Secret[str]) -> Any:
        """Read an object or a list; PHP writes empty ones in other ways."""
        data = await self._session.read(Request(path=path, form=form))
        if data and not isinstance(data, Mapping | list):
            raise InvalidReply("the data of the reply are neither an object nor a list")
        return data


def _filters(
    pattern: str, number: str, start: datetime | None, end: datetime | None
) -> dict[str, str | Secret[str]]:
    """Return those filters of messages that were given."""
    filters: dict[str, str | Secret[str]] = {}
    if number:
        filters["phone_number_filter"] = Secret(number)
    if start is not None:
        filters["start_datetime_filter"] = start.strftime(pattern)
    if end is not None:
        filters["end_datetime_filter"] = end.strftime(pattern)
    return filters
