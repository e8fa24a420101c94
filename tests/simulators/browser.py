"""The little of a web browser that a modem's pages need."""

import base64
import hashlib
from typing import Any

import aiohttp
import xmltodict

from simulators.hilink.scram import Challenge, client_proof, server_signature

TIMEOUT = aiohttp.ClientTimeout(total=5)
TOKEN = "__RequestVerificationToken"
NONCE = "5f" * 32


class Refused(Exception):
    """An error reply."""

    def __init__(self, error: dict[str, Any]) -> None:
        """Keep the reply's elements."""
        super().__init__(str(error))
        self.code = int(error["code"])
        self.fields = error


class Browser:
    """One client with its cookies and tokens."""

    def __init__(self, url: str) -> None:
        """Open a browser without cookies."""
        self.url = url
        self.tokens: list[str] = []
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=TIMEOUT
        )

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()

    async def page(self) -> str:
        """Load the home page."""
        async with self.session.get(f"{self.url}/") as reply:
            return await reply.text()

    async def raw(self, endpoint: str) -> bytes:
        """Return the bytes of a GET reply."""
        async with self.session.get(f"{self.url}/api/{endpoint}") as reply:
            return await reply.read()

    async def get(self, endpoint: str) -> Any:
        """Return the content of a GET reply."""
        return _content(await self.raw(endpoint))

    async def token(self) -> str:
        """Return a fresh token."""
        token: str = (await self.get("webserver/token"))["token"]
        return token[32:]

    async def post(self, endpoint: str, body: str, token: str | None = None) -> Any:
        """Return the content of a POST reply, sent with a fresh token unless one is given."""
        header = await self.token() if token is None else token
        async with self.session.post(
            f"{self.url}/api/{endpoint}",
            data=f"<request>{body}</request>".encode("utf-8", "surrogatepass"),
            headers={TOKEN: header} if header else {},
        ) as reply:
            self._collect(reply.headers)
            return _content(await reply.read())

    def _collect(self, headers: Any) -> None:
        """Note the tokens of a reply."""
        pool = [token for token in headers.get(TOKEN, "").split("#") if token]
        pair = [headers[name] for name in (f"{TOKEN}one", f"{TOKEN}two") if name in headers]
        self.tokens = pool + pair

    async def log_in(self, password: str, username: str = "admin", flag: str = "") -> None:
        """Log in by SCRAM and check the device's own proof."""
        await self.page()
        loginflag = f"<loginflag>{flag}</loginflag>" if flag else ""
        reply = await self.post(
            "user/challenge_login",
            f"<username>{username}</username><firstnonce>{NONCE}</firstnonce><mode>1</mode>"
            f"{loginflag}",
        )
        challenge = Challenge(
            first_nonce=NONCE,
            server_nonce=reply["servernonce"],
            salt=reply["salt"],
            iterations=int(reply["iterations"]),
        )
        reply = await self.post(
            "user/authentication_login",
            f"<clientproof>{client_proof(password, challenge)}</clientproof>"
            f"<finalnonce>{challenge.server_nonce}</finalnonce>",
            self.tokens[0],
        )
        assert reply["serversignature"] == server_signature(password, challenge)

    async def log_in_plain(self, password: str, kind: str = "0") -> None:
        """Log in with the password in base64."""
        await self.page()
        encoded = base64.b64encode(password.encode()).decode()
        await self._send_password(encoded, kind, await self.token())

    async def log_in_hashed(self, password: str) -> None:
        """Log in with the password hashed together with the token."""
        await self.page()
        token = await self.token()
        inner = base64.b64encode(hashlib.sha256(password.encode()).hexdigest().encode()).decode()
        outer = hashlib.sha256(f"admin{inner}{token}".encode()).hexdigest()
        await self._send_password(base64.b64encode(outer.encode()).decode(), "4", token)

    async def _send_password(self, encoded: str, kind: str, token: str) -> None:
        """Post user/login."""
        await self.post(
            "user/login",
            f"<Username>admin</Username><Password>{encoded}</Password>"
            f"<password_type>{kind}</password_type>",
            token,
        )

    async def send_sms(self, *phones: str, text: str = "Hello", date: str = "-1") -> Any:
        """Send a text."""
        numbers = "".join(f"<Phone>{phone}</Phone>" for phone in phones)
        return await self.post(
            "sms/send-sms",
            f"<Index>-1</Index><Phones>{numbers}</Phones><Sca></Sca><Content>{text}</Content>"
            f"<Length>-1</Length><Reserved>1</Reserved><Date>{date}</Date>",
        )

    async def list_sms(self, box: int = 1, page: int = 1, count: int = 20) -> Any:
        """Return one page of a box, newest first."""
        reply = await self.post(
            "sms/sms-list",
            f"<PageIndex>{page}</PageIndex><ReadCount>{count}</ReadCount><BoxType>{box}</BoxType>"
            "<SortType>0</SortType><Ascending>0</Ascending><UnreadPreferred>0</UnreadPreferred>",
        )
        messages = (reply["Messages"] or {}).get("Message", [])
        return messages if isinstance(messages, list) else [messages]


def _content(body: bytes) -> Any:
    """Return a reply's content, or raise its error."""
    document = xmltodict.parse(body)
    if "error" in document:
        raise Refused(document["error"])
    return document["response"]
