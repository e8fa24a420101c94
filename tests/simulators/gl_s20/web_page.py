"""The little of the device's web page that talks to its API."""

import base64
import hashlib
import hmac
from typing import Any

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=5)


class Refused(Exception):
    """A reply with a code other than zero."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the code."""
        super().__init__(f"{code} {message}")
        self.code = code


class WebPage:
    """One client with its token."""

    def __init__(self, url: str) -> None:
        """Open the page without a token."""
        self.url = url
        self.token = ""
        self.session = aiohttp.ClientSession(timeout=TIMEOUT)

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()

    async def raw(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """Return status, content type and bytes of a reply."""
        async with self.session.request(
            method,
            f"{self.url}/{path}",
            json=body,
            headers=({"Token": self.token} if self.token else {}) | (headers or {}),
        ) as reply:
            return reply.status, reply.headers["Content-Type"], await reply.read()

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the result of a request, or raise its refusal."""
        async with self.session.request(
            method,
            f"{self.url}/{path}",
            json=body,
            headers={"Token": self.token} if self.token else {},
        ) as reply:
            reply.raise_for_status()
            content = await reply.json()
        if content["code"] != 0:
            raise Refused(content["code"], content["err_msg"])
        return content.get("result", {})

    async def get(self, path: str) -> Any:
        """Return the result of a GET."""
        return await self.call("GET", path)

    async def post(self, path: str, **body: Any) -> Any:
        """Return the result of a POST."""
        return await self.call("POST", path, body)

    async def answer(self, password: str) -> str:
        """Return the hash that answers a new challenge."""
        challenge = await self.get("ui/challenge")
        digest = hmac.digest(challenge["salt"].encode(), password.encode(), "sha256")
        text = f"root:{base64.b64encode(digest).decode()}:{challenge['nonce']}"
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    async def log_in(self, password: str) -> None:
        """Get a token."""
        answer = await self.answer(password)
        self.token = (await self.post("ui/login", username="root", hash=answer))["sid"]
