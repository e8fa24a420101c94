"""A client that does what the API description says, and somebody who takes pushes."""

import asyncio
import hashlib
import json
from typing import Any

import aiohttp
from aiohttp import web

TIMEOUT = aiohttp.ClientTimeout(total=5)
SUCCESS = 200
NUMBER = "+15550100200"


class Refused(Exception):
    """A reply with a code other than 200."""

    def __init__(self, code: Any, message: str) -> None:
        """Keep the code."""
        super().__init__(f"{code} {message}")
        self.code = code


class Caller:
    """One client with its token."""

    def __init__(self, url: str, prefix: str = "") -> None:
        """Begin without a token."""
        self.url = f"{url}{prefix}"
        self.token = ""
        self.scheme = ""
        self.session = aiohttp.ClientSession(timeout=TIMEOUT)

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()

    async def raw(
        self, path: str, form: Any = None, method: str = "POST"
    ) -> tuple[int, str, bytes]:
        """Return status, content type and bytes of a reply."""
        async with self.session.request(
            method,
            f"{self.url}/{path}",
            data=form,
            headers={"authorization": self.scheme + self.token} if self.token else {},
            allow_redirects=False,
        ) as reply:
            return reply.status, reply.headers["Content-Type"], await reply.read()

    async def envelope(self, path: str, form: Any = None) -> dict[str, Any]:
        """Return a whole reply."""
        _, _, body = await self.raw(path, form)
        content: dict[str, Any] = json.loads(body)
        return content

    async def call(self, path: str, **form: Any) -> Any:
        """Return the data of a reply, or raise its refusal."""
        content = await self.envelope(path, form)
        assert content["uri"] == path
        if content["code"] != SUCCESS:
            raise Refused(content["code"], content["msg"])
        return content["data"]

    async def log_in(self, username: str, password: str) -> dict[str, Any]:
        """Get a token."""
        answer = hashlib.md5(f"{password}-{username}".encode(), usedforsecurity=False).hexdigest()
        data: dict[str, Any] = await self.call("auth/login", username=username, password=answer)
        self.token = data["access_token"]
        return data

    async def send(self, text: str, span: int = 1, number: str = NUMBER, **more: Any) -> Any:
        """Send a message on one port."""
        form = {"spans[]": str(span), "dest_num": number, "msg": text}
        return await self.call("sms/send", **(form | more))

    async def outbox(self, **form: Any) -> list[dict[str, Any]]:
        """Return a page of the outbox."""
        rows: list[dict[str, Any]] = (await self.call("smsoutbox/get", **form))["sms"]
        return rows

    async def inbox(self, **form: Any) -> list[dict[str, Any]]:
        """Return a page of the inbox."""
        rows: list[dict[str, Any]] = (await self.call("smsinbox/get", **form))["sms"]
        return rows


class Receiver:
    """A web server that takes pushes."""

    def __init__(self) -> None:
        """Prepare to listen."""
        self.paths: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.raw: list[str] = []
        self.status = 200
        self.arrived = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen; return the port."""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        """Note a push."""
        self.paths.append(request.path)
        self.queries.append(dict(request.query))
        self.raw.append(request.raw_path)
        self.arrived.set()
        return web.Response(status=self.status)
