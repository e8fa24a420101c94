"""Replies that are no JSON."""

from typing import Final

from simulators.server import Reply

OK: Final = 200
FOUND: Final = 302
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
LENGTH_REQUIRED: Final = 411
INTERNAL_ERROR: Final = 500
BAD_GATEWAY: Final = 502
GATEWAY_TIMEOUT: Final = 504
REASONS: Final = {
    FORBIDDEN: "Forbidden",
    NOT_FOUND: "Not Found",
    LENGTH_REQUIRED: "Length Required",
    INTERNAL_ERROR: "Internal Server Error",
    BAD_GATEWAY: "Bad Gateway",
    GATEWAY_TIMEOUT: "Gateway Time-out",
}
LOGIN_PATH: Final = "/cgi-bin/turbo/admin_web"


def error(status: int) -> Reply:
    """Return the web server's own page for a status."""
    title = f"{status} {REASONS[status]}"
    text = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Reply(body=text.encode(), status=status)


def page(title: str, content: str = "", status: int = OK) -> Reply:
    """Return a page."""
    text = (
        "<!DOCTYPE html>\n<html><head><meta charset='utf-8'>"
        f"<title>{title}</title></head><body>{content}</body></html>"
    )
    return Reply(body=text.encode(), status=status)


def login_form(message: str = "", status: int = OK) -> Reply:
    """Return the page on which one logs in."""
    form = (
        f'<p>{message}</p><form method="post" action="{LOGIN_PATH}">'
        '<input name="username" value="admin"><input name="password" type="password"></form>'
    )
    return page("极路由", form, status)


def redirect(location: str) -> Reply:
    """Send the client elsewhere."""
    return Reply(body=b"", status=FOUND, headers=[("Location", location)])
