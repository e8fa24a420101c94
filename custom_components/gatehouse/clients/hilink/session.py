"""A HiLink session: its cookie, its one-time tokens, one request at a time.

Source: the seed's "General Instructions" (a token may be required) and the devices' web pages.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
import re
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout
from aiohttp.hdrs import CONTENT_TYPE, METH_GET, METH_POST
from multidict import CIMultiDictProxy
from yarl import URL

from ..errors import ConnectionLost, InvalidReply, NotPermitted, NotSupported, OutcomeUnknown
from ..transport import Reply, Transport
from . import encryption, part_encryption, xml
from .encryption import Encryption
from .errors import TokenRefused
from .sealed import EncryptedReply, Seal

_TOKEN_LENGTH: Final = 32
_TOKENS_KEPT: Final = 32
"""A pool has about 30; firmware that sends one with every read must not fill the memory."""
_TOKEN_HEADER: Final = "__RequestVerificationToken"  # noqa: S105 - the name of a header
_TOKEN_PAIR: Final = (f"{_TOKEN_HEADER}one", f"{_TOKEN_HEADER}two")
_TOKEN_META: Final = re.compile(
    rb"""<meta\s[^>]*name=["']csrf_token["'][^>]*content=["']([^"'\s]+)["']""", re.IGNORECASE
)
_COOKIE: Final = "SessionID"
_COOKIE_PREFIX: Final = f"{_COOKIE}="
_HEADERS: Final = {"X-Requested-With": "XMLHttpRequest"}
_FORM_HEADERS: Final = {
    **_HEADERS,
    CONTENT_TYPE: "application/x-www-form-urlencoded; charset=UTF-8;",
}
_PADDING: Final = "rsapadingtype"
_OAEP: Final = "1"
_ELSEWHERE: Final = frozenset({301, 302, 303, 307, 308, 404})
_START_PAGES: Final = ("/", "/html/home.html")


class Session:
    """The cookie and tokens of one device; it does not log in by itself."""

    def __init__(self, session: ClientSession, base_url: URL) -> None:
        """Prepare a session; nothing is sent before the first request."""
        self._transport = Transport(session, base_url)
        self._tokens: deque[str] = deque(maxlen=_TOKENS_KEPT)
        self._needs_tokens = True
        self._token_page: str | None = None
        self._opened = False
        self._encryption: Encryption | None = None
        self.lock = asyncio.Lock()

    @property
    def base_url(self) -> URL:
        """Return where the device is."""
        return self._transport.base_url

    @property
    def next_token(self) -> str:
        """Return the token that the next POST will carry; old logins hash it."""
        return self._tokens[0] if self._tokens else ""

    def reset(self) -> None:
        """Forget cookie and tokens, so that the next request starts anew."""
        self._transport.session.cookie_jar.clear()
        self._tokens.clear()
        self._needs_tokens = True
        self._token_page = None
        self._opened = False
        self._encryption = None

    def drop_tokens(self) -> None:
        """Forget the tokens, but keep the session that they belong to."""
        self._tokens.clear()
        self._needs_tokens = True
        self._encryption = None

    async def get(self, path: str, *, patience: float | None = None) -> xml.Fields | str:
        """Read `/api/<path>`, for which some pages take longer than others: seconds."""
        await self._open()
        reply = await self._transport.exchange(
            METH_GET,
            f"/api/{path}",
            headers=_HEADERS,
            timeout=ClientTimeout(total=patience, sock_connect=5) if patience else None,
        )
        return self._accept(reply)

    async def get_configuration(self, path: str) -> xml.Fields | str:
        """Read `/config/<path>`; a page that the firmware lacks leads to its home page.

        Raises NotSupported there.
        """
        await self._open()
        reply = await self._transport.exchange(METH_GET, f"/config/{path}", headers=_HEADERS)
        if reply.status in _ELSEWHERE:
            raise NotSupported(f"there is no {path}")
        return self._accept(reply)

    async def post(
        self,
        path: str,
        fields: Mapping[str, Any],
        *,
        drop_tokens: bool = False,
        key: Encryption | None = None,
        seal: Seal | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> xml.Fields | str:
        """Send a request to `/api/<path>`, never twice.

        The login requests end the life of all tokens known so far (`drop_tokens`). With a key, the
        request is encrypted, and with a seal the reply.
        """
        await self.ready_to_post()
        headers = {**_FORM_HEADERS, **(headers or {})}
        if key is not None and seal is not None:
            fields = {**fields, **seal.fields(key)}
        body = xml.encode(fields)
        if key is not None:
            headers |= {**encryption.HEADERS, CONTENT_TYPE: encryption.CONTENT_TYPE}
            body = key.encrypt(body)
        if self._tokens:
            headers[_TOKEN_HEADER] = self._tokens.popleft()
        if drop_tokens:
            self._tokens.clear()
        reply = await self._transport.exchange(
            METH_POST, f"/api/{path}", headers=headers, data=body
        )
        content = self._accept(reply)
        return content if seal is None else seal.content(content)

    async def ask(
        self, path: str, fields: Mapping[str, Any], *, sealed: bool = False
    ) -> xml.Fields | str:
        """Ask for something that takes a description. Sealed: raises EncryptedReply."""
        seal = Seal() if sealed else None
        return await self.post(path, fields, key=await self._key() if sealed else None, seal=seal)

    async def command(
        self,
        path: str,
        fields: Mapping[str, Any],
        *,
        secret: bool = False,
        sealed: bool = False,
    ) -> xml.Fields | str:
        """Send a request that changes something.

        One that holds a secret is encrypted, where the device can do that; where fields are a
        `Secret`, only these are. Raises OutcomeUnknown where the request went out and no proper
        answer came back; sealed, EncryptedReply where the device has no key.
        """
        partly = part_encryption.has_secrets(fields)
        key = await self.public_key() if secret or partly else None
        seal = None
        if sealed:
            key, seal = await self._key(), Seal()
        headers: Mapping[str, str] = {}
        if partly:
            fields, headers = part_encryption.prepared(fields, key)
        await self.ready_to_post()
        try:
            return await self.post(
                path, fields, key=key if secret or sealed else None, seal=seal, headers=headers
            )
        except (ConnectionLost, InvalidReply) as err:
            raise OutcomeUnknown(f"no answer to {path}") from err

    async def public_key(self) -> Encryption | None:
        """Return how to encrypt; None for old firmware, which has no key."""
        if self._encryption is None:
            try:
                fields = await self.get("webserver/publickey")
            except NotSupported, NotPermitted:
                return None
            self._encryption = Encryption.from_fields(fields, oaep=await self._wants_oaep())
        return self._encryption

    async def _key(self) -> Encryption:
        """Return how to encrypt, where a reply is to be sealed. Raises EncryptedReply."""
        if (key := await self.public_key()) is None:
            raise EncryptedReply("the device encrypts and has no key")
        return key

    async def _wants_oaep(self) -> bool:
        """Tell which padding the device wants; firmware without a login says nothing of it."""
        try:
            state = await self.get("user/state-login")
        except NotSupported:
            return False
        return isinstance(state, dict) and state.get(_PADDING) == _OAEP

    async def ready_to_post(self) -> None:
        """Make sure that there is a token, where the device wants one."""
        await self._open()
        if self._needs_tokens and not self._tokens:
            await self._fetch_token()

    async def _open(self) -> None:
        """Get a session cookie and, where the start page has them, tokens."""
        if self._opened:
            return
        for page in _START_PAGES:
            tokens = await self._read_page(page)
            if tokens:
                self._token_page = page
            if tokens or self._has_cookie():
                break
        else:
            await self._session_and_token()
        self._opened = True

    async def _read_page(self, page: str) -> bool:
        """Take cookie and tokens from a page; tell whether it had tokens."""
        reply = await self._transport.exchange(METH_GET, page)
        tokens = [match.decode() for match in _TOKEN_META.findall(reply.body)]
        self._tokens.extend(tokens)
        return bool(tokens)

    async def _fetch_token(self) -> None:
        """Get one more token where the last one came from, or from where newer firmware has it."""
        if self._token_page and await self._read_page(self._token_page):
            return
        try:
            content = self._accept(
                await self._transport.exchange(METH_GET, "/api/webserver/token", headers=_HEADERS)
            )
        except NotSupported, NotPermitted, InvalidReply, TokenRefused:
            await self._session_and_token()
            return
        if isinstance(content, dict) and (token := content.get("token")):
            self._tokens.append(str(token)[-_TOKEN_LENGTH:])

    async def _session_and_token(self) -> None:
        """Ask for cookie and token at once; the oldest sticks have neither."""
        try:
            content = self._accept(
                await self._transport.exchange(
                    METH_GET, "/api/webserver/SesTokInfo", headers=_HEADERS
                )
            )
        except NotSupported, NotPermitted, InvalidReply, TokenRefused:
            self._needs_tokens = False
            return
        if not isinstance(content, dict):
            return
        if cookie := str(content.get("SesInfo") or "").removeprefix(_COOKIE_PREFIX):
            self._transport.session.cookie_jar.update_cookies({_COOKIE: cookie}, self.base_url)
        if token := content.get("TokInfo"):
            self._tokens.append(str(token))

    def _has_cookie(self) -> bool:
        """Tell whether the device has given a session."""
        return _COOKIE in self._transport.session.cookie_jar.filter_cookies(self.base_url)

    def _accept(self, reply: Reply) -> xml.Fields | str:
        """Keep the tokens that came with the reply and decode its content."""
        self._collect_tokens(reply.headers)
        if not reply.ok:
            raise InvalidReply(f"HTTP status {reply.status}")
        return xml.decode(reply.body)

    def _collect_tokens(self, headers: CIMultiDictProxy[str]) -> None:
        """Take new tokens from the headers: a pair, a pool separated by #, or a single one."""
        pair = [headers[name] for name in _TOKEN_PAIR if headers.get(name)]
        pool = [token for token in headers.get(_TOKEN_HEADER, "").split("#") if token]
        if pair or len(pool) > 1:
            self._tokens.clear()
        self._tokens.extend(token[:_TOKEN_LENGTH] for token in pair or pool)
