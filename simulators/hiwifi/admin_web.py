"""The administrator's web pages: login, calls and what needs no login."""

from collections.abc import Callable
import re
import secrets
from typing import Any, Final
from urllib.parse import parse_qs

from simulators.hiwifi import identity, luci_api, pages, wire
from simulators.hiwifi.client_api import ROUTER_INFO, router_info
from simulators.hiwifi.dispatcher import Dispatcher
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.exchange import Exchange
from simulators.hiwifi.firmware import LoginKind
from simulators.hiwifi.options import SessionLoss
from simulators.hiwifi.router import Router
from simulators.hiwifi.sessions import LoginRefused, Session
from simulators.hiwifi.wire import Fields
from simulators.server import Reply

ROOT: Final = "cgi-bin/turbo/"
COOKIE: Final = "sysauth"
FORM_PATH: Final = "admin_web"
LOGIN_PATHS: Final = {
    "api/login/login_admin": LoginKind.API,
    "admin_web/login_admin": LoginKind.ADMIN_WEB,
    FORM_PATH: LoginKind.FORM,
}
_STOK: Final = re.compile(r";stok=([0-9a-f]*)/?(.*)", re.DOTALL)


def split_stok(path: str) -> tuple[str | None, str]:
    """Return the session's key in an address and the rest of the path below the root."""
    below = path.removeprefix("/").removeprefix(ROOT)
    match = _STOK.fullmatch(below)
    return (match[1], match[2]) if match else (None, below)


class AdminWeb:
    """Answers on every host but that of the OpenAPI."""

    def __init__(self, router: Router, dispatcher: Dispatcher) -> None:
        """Serve a router."""
        self._router = router
        self._dispatcher = dispatcher

    def answer(self, exchange: Exchange) -> Reply:
        """Answer a request for a page."""
        if exchange.path == "":
            return pages.redirect(pages.LOGIN_PATH)
        if not f"{exchange.path}/".startswith(ROOT):
            return pages.error(pages.NOT_FOUND)
        stok, path = split_stok(exchange.path)
        if stok is None:
            return self._open_page(path, exchange)
        return self._session_page(stok, path, exchange)

    def _open_page(self, path: str, exchange: Exchange) -> Reply:
        """Answer a request outside a session."""
        router, traits = self._router, self._router.options.traits
        if path in LOGIN_PATHS:
            return self._login_page(LOGIN_PATHS[path], exchange)
        if path == "proxy/router_info" and traits.proxy_router_info:
            known = self._dispatcher.alter(ROUTER_INFO, router_info(router))
            name = f"HiWiFi_{router.options.mac[-6:]}"
            fields = known | {"uuid": identity.UUID, "name": name}
            return self._json(wire.proxy(fields, None, _req_id(), router.options))
        if path == "api/system/get_info" and traits.luci_api:
            return self._json(wire.flat(luci_api.system_info(router), router.options))
        return pages.error(pages.NOT_FOUND)

    def _login_page(self, kind: LoginKind, exchange: Exchange) -> Reply:
        """Answer on one of the paths where some firmware has its login."""
        form, query = _form(exchange), dict(exchange.query)
        if kind is self._router.options.traits.login:
            if kind is not LoginKind.FORM:
                return self._log_in_with_json(query)
            if exchange.verb == "POST":
                return self._log_in_with_form(form)
        elif "password" in form | query:
            self._router.sessions.stray_passwords += 1
        return pages.login_form() if kind is LoginKind.FORM else pages.error(pages.NOT_FOUND)

    def _log_in(self, fields: Fields) -> Session:
        """Open a session."""
        router = self._router
        username, password = fields.get("username", ""), fields.get("password", "")
        return router.sessions.log_in(username, password, router.now, router.options)

    def _log_in_with_json(self, fields: Fields) -> Reply:
        """Answer a login of the newer firmwares."""
        options = self._router.options
        try:
            session = self._log_in(fields)
        except LoginRefused as refusal:
            return self._json(
                wire.flat(
                    {
                        "code": wire.code(options.login_code, options),
                        "msg": "密码错误",
                        "remaining_num": refusal.remaining,
                        "remaining_lock_time": refusal.lock_seconds,
                    },
                    options,
                )
            )
        reply = self._json(
            wire.flat(
                {
                    "code": wire.code(0, options),
                    "msg": "",
                    "stok": f"/;stok={session.stok}",
                    "remaining_num": options.max_failed_logins,
                    "remaining_lock_time": 0,
                },
                options,
            )
        )
        reply.headers.append(_cookie(session))
        return reply

    def _log_in_with_form(self, fields: Fields) -> Reply:
        """Answer a login of the older firmwares."""
        try:
            session = self._log_in(fields)
        except LoginRefused as refusal:
            message = f"密码错误, 已经错误{refusal.failures}次"
            if refusal.lock_seconds:
                message += f", 请{refusal.lock_seconds}秒后再试"
            return pages.login_form(message)
        target = f"/{ROOT};stok={session.stok}/{FORM_PATH}"
        reply = pages.page("极路由", f'<script>window.location.href="{target}"</script>')
        reply.headers.append(_cookie(session))
        return reply

    def _session_page(self, stok: str, path: str, exchange: Exchange) -> Reply:
        """Answer a request within a session."""
        router, traits = self._router, self._router.options.traits
        proxied = path == "proxy/call" and traits.proxy_call
        handler = luci_api.PAGES.get(path) if traits.luci_api else None
        if not proxied and handler is None and path != FORM_PATH:
            return pages.error(pages.NOT_FOUND)
        cookie = exchange.cookies.get(COOKIE, "")
        if not router.sessions.use(stok, cookie, router.now, router.options):
            return self._session_lost(proxied=proxied)
        if proxied:
            return self._json(self._call(exchange))
        if handler is not None:
            return self._luci(path, handler, exchange)
        return pages.page("极路由")

    def _session_lost(self, *, proxied: bool) -> Reply:
        """Answer a request whose session is over."""
        options = self._router.options
        if not proxied:
            return pages.login_form(status=pages.FORBIDDEN)
        match options.session_loss:
            case SessionLoss.PROXY_CODE:
                fields = {"proxy_code": str(options.session_code), "proxy_msg": "登录超时"}
                return self._json(wire.flat(fields, options))
            case SessionLoss.REDIRECT:
                return pages.redirect(pages.LOGIN_PATH)
            case SessionLoss.PAGE:
                return pages.login_form()
            case SessionLoss.FORBIDDEN:
                return pages.error(pages.FORBIDDEN)

    def _call(self, exchange: Exchange) -> bytes:
        """Return the reply to a call of one method or of several."""
        options = self._router.options
        try:
            request = wire.parsed(exchange.body)
            if options.traits.multi_call and str(request.get("muticall", "")) == "1":
                result = self._call_several(request)
            else:
                result = self._dispatcher.call(self._router, request)
        except DeviceError as failure:
            return wire.proxy(None, failure, _req_id(), self._router.options)
        return wire.proxy(result, None, _req_id(), self._router.options)

    def _call_several(self, request: Fields) -> Fields:
        """Return the results of several calls, one after the other."""
        calls = request.get("mutiargs")
        if not isinstance(calls, list) or not all(isinstance(each, dict) for each in calls):
            raise DeviceError(Code.DATA_FORMAT)
        common = {"version": request.get("version")}
        return {
            "results": [
                {"method": each.get("method"), "result": self._outcome(common | each)}
                for each in calls
            ]
        }

    def _outcome(self, request: Fields) -> Fields:
        """Return what one of several calls gives."""
        router = self._router
        try:
            result = self._dispatcher.call(router, request)
        except DeviceError as failure:
            return wire.outcome(None, failure, router.options)
        return wire.outcome(result, None, router.options)

    def _luci(
        self, path: str, handler: Callable[[Router, Fields], Fields], exchange: Exchange
    ) -> Reply:
        """Return the reply of one of the older JSON pages."""
        router = self._router
        router.settle()
        router.calls.append(path)
        try:
            fields = handler(router, dict(exchange.query) | _form(exchange))
        except DeviceError as failure:
            fields = {"code": wire.code(failure.code, router.options), "msg": failure.message}
        router.settle()
        return self._json(wire.flat(fields, router.options))

    def _json(self, body: bytes) -> Reply:
        """Return JSON."""
        return Reply(body=body, content_type=self._router.options.content_type)


def _form(exchange: Exchange) -> dict[str, Any]:
    """Return the fields of a form."""
    if exchange.content_type != "application/x-www-form-urlencoded":
        return {}
    fields = parse_qs(exchange.body.decode(errors="replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


def _cookie(session: Session) -> tuple[str, str]:
    """Return the header that hands out a session's cookie."""
    path = f"/{ROOT};stok={session.stok}"
    return ("Set-Cookie", f"{COOKIE}={session.cookie}; path={path}")


def _req_id() -> str:
    """Return the number of a reply."""
    return secrets.token_hex(8)
