"""The modem's web server: sessions, tokens, logins and the API, without HTTP itself."""

from collections.abc import Callable
import json

from simulators.hilink import access, encryption, shapes, wire
from simulators.hilink.accounts import PASSWORD_TYPES
from simulators.hilink.commands import COMMANDS
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.options import (
    LoginKind,
    SessionPolicy,
    SmsEncryption,
    SmsStyle,
    TokenRotation,
    TokenStyle,
)
from simulators.hilink.readings import READINGS
from simulators.hilink.sealing import PAGES as SEALED_PAGES
from simulators.hilink.sessions import Session
from simulators.hilink.wire import Fields, Value
from simulators.server import Reply

JSON = "system/"
OPENING = frozenset({"webserver/token", "webserver/SesTokInfo"})
POOL_SIZE = 30
TOKEN_HEADER = "__RequestVerificationToken"  # noqa: S105 - a header's name
_STYLES = {
    "sms/sms-list": SmsStyle.BOX,
    "sms/sms-list-contact": SmsStyle.CONVERSATION,
    "sms/sms-list-phone": SmsStyle.CONVERSATION,
    "sms/sms-count-contact": SmsStyle.CONVERSATION,
}
"""Endpoints that only one kind of firmware has."""

_SECRET = frozenset({"ddns/ddns-list", "dialup/profiles", "pin/operate"})
"""Endpoints whose posts hold secrets."""

_SCRAM_STATE: Fields = {"extern_password_type": "1"}


class Exchange:
    """One POST on its way through the server."""

    session: Session
    request: shapes.Request

    def __init__(self, endpoint: str, token: str) -> None:
        """Begin with what the client sent; session and request follow once accepted."""
        self.endpoint = endpoint
        self.token = token
        self.headers: list[tuple[str, str]] = []


class WebServer:
    """Answers pages and API requests for a modem."""

    def __init__(self, modem: Modem, alter: Callable[[str, Value], Value]) -> None:
        """Serve a modem; alter has the last word on each reading."""
        self.modem = modem
        self._alter = alter
        self._user_readings = {
            "user/state-login": self._state_login,
            "user/hilink_login": self._hilink_login,
            "user/heartbeat": self._heartbeat,
            "webserver/token": self._token,
            "webserver/SesTokInfo": self._session_and_token,
        }
        self._user_commands = {
            "user/login": self._login,
            "user/logout": self._logout,
            "user/challenge_login": self._challenge_login,
            "user/authentication_login": self._authentication_login,
        }

    def page(self, cookie: str | None) -> Reply:
        """Return the home page, which opens a session and may carry two tokens."""
        session = self.modem.find_session(cookie)
        headers = []
        if session is None:
            session = self._open()
            headers.append(_cookie(session))
        metas = ""
        if self.modem.options.token_style is TokenStyle.META:
            metas = "".join(
                f'<meta name="csrf_token" content="{session.new_token()}"/>\n' for _ in range(2)
            )
        title = self.modem.profile.model
        html = f"<!DOCTYPE html>\n<html><head>\n{metas}<title>{title}</title></head><body/></html>"
        return Reply(body=html.encode(), headers=headers)

    def configuration(self, path: str) -> Reply | None:
        """Return a page of the firmware's configuration, which anybody may read."""
        value = self.modem.records.get(path)
        return None if value is None else Reply(body=wire.response(value, "config"))

    def get(self, endpoint: str, cookie: str | None) -> Reply:
        """Answer a GET."""
        session = self.find_session(cookie)
        headers: list[tuple[str, str]] = []
        if session is None and endpoint in OPENING:
            session = self._open()
            headers += [_cookie(session)] if endpoint == "webserver/token" else []
        try:
            session = self._admitted(endpoint, session)
            value = self._alter(endpoint, self._read(endpoint, session))
        except DeviceError as failure:
            return Reply(body=wire.error(failure), headers=headers)
        body = json.dumps(value).encode() if endpoint.startswith(JSON) else wire.response(value)
        return Reply(body=body, headers=headers)

    def post(
        self,
        endpoint: str,
        session: Session | None,
        token: str,
        body: bytes,
        *,
        encrypted: bool = False,
    ) -> Reply:
        """Answer a POST, which uses up a token."""
        exchange = Exchange(endpoint=endpoint, token=token)
        try:
            self._spend_token(exchange, session)
            exchange.session = self._admitted(endpoint, session)
            value = self._execute(exchange, self._readable(endpoint, body, encrypted=encrypted))
        except DeviceError as failure:
            return Reply(body=wire.error(failure), headers=exchange.headers)
        return Reply(body=wire.response(value), headers=exchange.headers)

    def _readable(self, endpoint: str, body: bytes, *, encrypted: bool) -> bytes:
        """Return a body in plain text; some have to come encrypted."""
        options = self.modem.options
        if encrypted:
            return encryption.decrypt(body, oaep=options.login in encryption.OAEP)
        sealing = options.sms_encryption is SmsEncryption.SEALED and endpoint in SEALED_PAGES
        if sealing or (endpoint in _SECRET and options.demands_encryption):
            raise DeviceError(Code.FORMAT)
        return body

    def _spend_token(self, exchange: Exchange, session: Session | None) -> None:
        """Use up the request's token, and give the next one."""
        options = self.modem.options
        if session is not None and options.token_style is not TokenStyle.NONE:
            self.modem.sessions.spend(session, exchange.token, options.spent_token_code)
            exchange.headers = [_next_token(session)]

    def _execute(self, exchange: Exchange, body: bytes) -> Value:
        """Do what a POST asks for."""
        endpoint = exchange.endpoint
        known = endpoint in self._user_commands or endpoint in COMMANDS
        if not known or not self._exists(endpoint):
            raise DeviceError(Code.NOT_SUPPORTED)
        exchange.request = shapes.read(endpoint, body)
        if endpoint in self._user_commands:
            return self._user_commands[endpoint](exchange)
        self.modem.settle()
        return COMMANDS[endpoint](self.modem, exchange.request)

    def find_session(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie; models without tokens need no cookie."""
        session = self.modem.find_session(cookie)
        if session is None and self.modem.options.token_style is TokenStyle.NONE:
            return self._open()
        return session

    def _open(self) -> Session:
        """Return a new session."""
        return self.modem.sessions.open(self.modem.now)

    def _admitted(self, endpoint: str, session: Session | None) -> Session:
        """Return the session; an anonymous one is refused on all but the open paths."""
        if session is None:
            raise DeviceError(Code.SESSION_WRONG)
        options, settings = self.modem.options, self.modem.profile.settings
        if session.user is None and not access.is_open(endpoint, options, settings):
            raise DeviceError(Code.NO_RIGHTS)
        if endpoint in settings.get("closed_paths", ()):
            raise DeviceError(Code.NO_RIGHTS)
        return session

    def _exists(self, endpoint: str) -> bool:
        """Return whether this model offers an endpoint."""
        options = self.modem.options
        if endpoint == "sms/sms-count" and not options.sms_counts:
            return False
        if (style := _STYLES.get(endpoint)) is not None and style is not options.sms_style:
            return False
        return options.sms_enabled or not endpoint.startswith("sms/")

    def _read(self, endpoint: str, session: Session) -> Value:
        """Return what a GET endpoint answers."""
        if not self._exists(endpoint):
            raise DeviceError(Code.NOT_SUPPORTED)
        if endpoint in self._user_readings:
            return self._user_readings[endpoint](session)
        self.modem.settle()
        if endpoint in READINGS:
            return READINGS[endpoint](self.modem)
        try:
            value = self.modem.records[endpoint]
        except KeyError as failure:
            raise DeviceError(Code.NOT_SUPPORTED) from failure
        if isinstance(value, dict) and isinstance(refusal := value.get("error"), dict):
            raise DeviceError(int(str(refusal["code"])))
        return value

    def _tokens_after_login(self, session: Session) -> list[tuple[str, str]]:
        """Return the headers with the tokens of a fresh login."""
        match self.modem.options.token_rotation:
            case TokenRotation.PAIR:
                return [(f"{TOKEN_HEADER}{end}", session.new_token()) for end in ("one", "two")]
            case TokenRotation.POOL:
                pool = "".join(f"{session.new_token()}#" for _ in range(POOL_SIZE))
                return [(TOKEN_HEADER.lower(), pool)]
            case _:
                return [_next_token(session)]

    def _others(self, session: Session) -> list[Session]:
        """Return the other sessions that are logged in."""
        logged_in = self.modem.sessions.logged_in(self.modem.now, self.modem.options.idle_timeout)
        return [other for other in logged_in if other is not session]

    def _token(self, session: Session) -> Value:
        """Return webserver/token: 64 characters whose last 32 count."""
        if self.modem.options.token_style is not TokenStyle.TOKEN:
            raise DeviceError(Code.NOT_SUPPORTED)
        token = session.new_token()
        return {"token": token[::-1] + token}

    def _session_and_token(self, session: Session) -> Value:
        """Return webserver/SesTokInfo."""
        if self.modem.options.token_style is TokenStyle.NONE:
            raise DeviceError(Code.NOT_SUPPORTED)
        return {"SesInfo": f"SessionID={session.key}", "TokInfo": session.new_token()}

    def _hilink_login(self, _: Session) -> Value:
        """Return user/hilink_login."""
        needed = self.modem.options.login is not LoginKind.NONE
        return {"hilink_login": str(int(needed))}

    def _heartbeat(self, session: Session) -> Value:
        """Return user/heartbeat."""
        return {"userlevel": "2" if session.user else "0"}

    def _state_login(self, session: Session) -> Value:
        """Return user/state-login with the fields of its kind of login."""
        options = self.modem.options
        if options.login is None or options.login is LoginKind.NONE:
            raise DeviceError(Code.NOT_SUPPORTED)
        exclusive = options.session_policy is not SessionPolicy.TOLERATE
        state = "0" if session.user else "-2" if exclusive and self._others(session) else "-1"
        fields: Fields = {
            "State": state,
            "Username": session.user,
            "password_type": PASSWORD_TYPES[options.login],
        }
        if options.login in {LoginKind.BASE64, LoginKind.BASE64_CHANGED}:
            return fields
        minutes = self.modem.accounts.minutes_to_wait(self.modem.now)
        fields = {
            "remainwaittime": str(minutes),
            "lockstatus": str(int(minutes > 0)),
            "accounts_number": "1",
            "userlevel": "2" if session.user else "0",
            "firstlogin": "1",
            "wifipwdsamewithwebpwd": "0",
            "history_login_flag": "0",
            "rsapadingtype": "1",
            **fields,
        }
        return fields | (_SCRAM_STATE if options.login is LoginKind.SCRAM else {})

    def _login(self, exchange: Exchange) -> Value:
        """Answer user/login."""
        modem = self.modem
        if modem.options.login is LoginKind.NONE:
            raise DeviceError(Code.NOT_SUPPORTED)
        self._check_others(exchange.session, force=False)
        modem.accounts.log_in(exchange.request, exchange.token, modem.options, modem.now)
        self._admit(exchange)
        return wire.OK

    def _challenge_login(self, exchange: Exchange) -> Value:
        """Answer user/challenge_login, on models that know SCRAM."""
        if self.modem.options.login is not LoginKind.SCRAM:
            raise DeviceError(Code.NOT_SUPPORTED)
        challenge = self.modem.accounts.challenge(exchange.request, self.modem.now)
        exchange.session.challenge = challenge
        exchange.session.claimed_user = exchange.request.text("username")
        exchange.session.forced = exchange.request.text("loginflag") == "2"
        return {
            "salt": challenge.salt,
            "modeselected": "1",
            "servernonce": challenge.server_nonce,
            "newType": "0",
            "iterations": str(challenge.iterations),
        }

    def _authentication_login(self, exchange: Exchange) -> Value:
        """Answer user/authentication_login."""
        modem, session = self.modem, exchange.session
        if modem.options.login is not LoginKind.SCRAM:
            raise DeviceError(Code.NOT_SUPPORTED)
        forced = session.forced or exchange.request.text("loginflag") == "2"
        self._check_others(session, force=forced)
        challenge, session.challenge = session.challenge, None
        proof = modem.accounts.prove(
            exchange.request, session.claimed_user, challenge, modem.options, modem.now
        )
        self._admit(exchange, force=forced)
        return proof

    def _check_others(self, session: Session, *, force: bool) -> None:
        """Refuse a login while somebody else is logged in, where the model does so."""
        refusing = self.modem.options.session_policy is SessionPolicy.REFUSE
        if refusing and not force and self._others(session):
            raise DeviceError(Code.ALREADY_LOGGED_IN)

    def _admit(self, exchange: Exchange, *, force: bool = False) -> None:
        """Log a session in, with a new cookie and fresh tokens; others may have to go."""
        modem, session = self.modem, exchange.session
        if force or modem.options.session_policy is SessionPolicy.REPLACE:
            for other in self._others(session):
                modem.sessions.end(other)
        modem.sessions.log_in(session, modem.options.username)
        exchange.headers = [_cookie(session)]
        if modem.options.token_style is not TokenStyle.NONE:
            exchange.headers += self._tokens_after_login(session)

    def _logout(self, exchange: Exchange) -> Value:
        """Answer user/logout."""
        exchange.request.choice("Logout", "1")
        self.modem.sessions.end(exchange.session)
        if self.modem.options.token_style is not TokenStyle.NONE:
            exchange.headers = [_next_token(exchange.session)]
        return wire.OK


def _next_token(session: Session) -> tuple[str, str]:
    """Return the header with the token that replaces the one used."""
    return (TOKEN_HEADER, session.new_token())


def _cookie(session: Session) -> tuple[str, str]:
    """Return the header that sets a session's cookie."""
    return ("Set-Cookie", f"SessionID={session.key};path=/;HttpOnly;")
