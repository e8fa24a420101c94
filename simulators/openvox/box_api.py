"""Endpoints under /smsoutbox and /smsinbox."""

from collections.abc import Callable
from typing import Final

from simulators.openvox import paging
from simulators.openvox.endpoint import Endpoint
from simulators.openvox.gateway import Gateway
from simulators.openvox.inbox import Received
from simulators.openvox.outbox import Posted
from simulators.openvox.paging import Query
from simulators.openvox.push import FACTORY_SETTINGS, RECEIVED_FORMAT, SENT_FORMAT, SWITCHES
from simulators.openvox.request import Request
from simulators.openvox.wire import Collection, Fields

MOST: Final = 999_999_999
DEFAULT_SIZE: Final = 10
SCHEME: Final = "https?"
PORT: Final = "[0-9]{1,5}"
FLAGS: Final[dict[str, Callable[[Received], bool] | None]] = {
    "all": None,
    "unread": lambda row: not row.read,
    "read": lambda row: row.read,
}


def get_outbox(gateway: Gateway, request: Request) -> Fields:
    """Return a page of what was sent."""
    query = _query(request, "-")
    rows = paging.select(gateway.outbox.rows, query)
    shown = paging.page(rows, query, gateway.options.past_last_page)
    return {
        "current_page": query.page,
        "current_counts": query.size,
        "counts": paging.pages(rows, query),
        "sms": _numbered([_posted(row) for row in shown]),
    }


def _posted(row: Posted) -> Fields:
    """Return a message that was sent, which has no identifier."""
    return {
        "port_name": row.port.name,
        "phonenumber": row.number,
        "time": row.time.strftime(SENT_FORMAT),
        "status": row.status,
        "message": row.text,
    }


def get_inbox(gateway: Gateway, request: Request) -> Fields:
    """Return a page of what was received."""
    query = _query(request, "/")
    flag = request.text("flag", "|".join(FLAGS), default="all")
    inbox = gateway.inbox
    rows = paging.select(inbox.rows, query, FLAGS[flag])
    unread = inbox.unread if rows is inbox.rows else sum(not row.read for row in rows)
    shown = paging.page(rows, query, gateway.options.past_last_page)
    reply = {
        "read": len(rows) - unread,
        "unread": unread,
        "current_page": query.page,
        "counts": paging.pages(rows, query),
        "current_counts": query.size,
        "sms": _numbered([_received(gateway, row) for row in shown]),
    }
    if gateway.options.reading_marks_read:
        inbox.mark_read(shown)
    return reply


def _received(gateway: Gateway, row: Received) -> Fields:
    """Return a message that was received."""
    return {
        "port": str(row.port),
        "id": row.identifier,
        "port_name": gateway.ports[row.port].name,
        "phonenumber": row.number,
        "time": row.time.strftime(RECEIVED_FORMAT),
        "message": row.text,
    }


def _query(request: Request, separator: str) -> Query:
    """Return which page is asked for."""
    return Query(
        page=request.number("current_page", 1, MOST, default=1),
        size=request.number("current_counts", 1, MOST, default=DEFAULT_SIZE),
        number=request.text("phone_number_filter", default="") or None,
        start=request.moment("start_datetime_filter", separator),
        end=request.moment("end_datetime_filter", separator),
    )


def _numbered(rows: list[Fields]) -> Collection:
    """Return rows, which a map counts from zero."""
    return Collection(items={str(key): row for key, row in enumerate(rows)})


def get_config(gateway: Gateway, _: Request) -> Fields:
    """Return the settings of the push."""
    return dict(gateway.pushes.settings)


def set_config(gateway: Gateway, request: Request) -> Collection:
    """Change the settings of the push; what is not sent stays."""
    changed: dict[str, str | int] = {}
    for name in FACTORY_SETTINGS:
        present = gateway.pushes.settings[name]
        if name in SWITCHES:
            changed[name] = request.number(name, 0, 1, default=int(present))
        else:
            changed[name] = request.text(name, _PATTERNS.get(name, r".*"), default=str(present))
    gateway.pushes.settings = changed
    return Collection(items={})


_PATTERNS: Final = {"url_http": SCHEME, "url_port": PORT}
ENDPOINTS: Final = {
    "smsoutbox/get": Endpoint(handler=get_outbox),
    "smsinbox/get": Endpoint(handler=get_inbox),
    "smsoutbox/get_config": Endpoint(handler=get_config),
    "smsoutbox/set_config": Endpoint(handler=set_config),
}
