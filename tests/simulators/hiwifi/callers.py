"""Those who talk to a router: a bound client, an administrator, a plug-in's author."""

import hashlib
import json
from typing import Any

import aiohttp
from yarl import URL

from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator, identity

TIMEOUT = aiohttp.ClientTimeout(total=5)
HOST = "client.openapi.hiwifi.com"
JSON = "application/json"
TURBO = "/cgi-bin/turbo"

type Answer = tuple[int, Any]


class Refused(Exception):
    """A reply with a code other than zero."""

    def __init__(self, code: Any) -> None:
        """Keep the code."""
        super().__init__(str(code))
        self.code = int(code)


def signature(action: str, body: bytes, secret: str) -> str:
    """Return the signature of a body."""
    digest = hashlib.new("md5", usedforsecurity=False)
    for part in (action.encode(), body, secret.encode()):
        digest.update(part)
    return digest.hexdigest()


class Caller:
    """One HTTP session."""

    def __init__(self, url: str) -> None:
        """Open it."""
        self.url = url
        jar = aiohttp.CookieJar(unsafe=True)
        self.session = aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=jar)

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()

    async def send(self, verb: str, target: str, **how: Any) -> Answer:
        """Return status and content of a reply, which is text when it is no JSON."""
        url = URL(self.url + target, encoded=True)
        async with self.session.request(verb, url, allow_redirects=False, **how) as reply:
            text = await reply.text()
        try:
            return reply.status, json.loads(text)
        except ValueError:
            return reply.status, text


class BoundClient(Caller):
    """A client of a plug-in that calls one router by signature."""

    def __init__(self, url: str, *, secret: str = identity.CLIENT_SECRET, **body: Any) -> None:
        """Be the client that the router knows."""
        super().__init__(url)
        self.secret = secret
        self.body: dict[str, Any] = {
            "app_id": identity.APP_ID,
            "app_name": identity.APP_NAME,
            "client_id": identity.CLIENT_ID,
            "dev_id": identity.MAC,
            "timeout": "10",
            "data": {},
            **body,
        }

    async def post(self, body: bytes, action: str = "call", **query: str | None) -> Answer:
        """Send a signed body; a part of the query that is None is left out."""
        parts = {
            "sign": signature(action, body, self.secret),
            "dev_id": identity.MAC,
            **query,
        }
        shown = "&".join(f"{name}={value}" for name, value in parts.items() if value is not None)
        headers = {"Host": HOST, "Content-Type": JSON}
        return await self.send("POST", f"/{action}?{shown}", data=body, headers=headers)

    async def request(self, method: str, *, action: str = "call", **changes: Any) -> Any:
        """Return the whole reply to a call; a field that is None is left out."""
        fields = self.body | {"method": method, "version": "v1"} | changes
        body = json.dumps({name: each for name, each in fields.items() if each is not None})
        return (await self.post(body.encode(), action))[1]

    async def code(self, method: str, **changes: Any) -> int:
        """Return the code of a call."""
        return int((await self.request(method, **changes))["app_code"])

    async def call(self, method: str, **data: Any) -> Any:
        """Return what a method of the newer generation returns."""
        return _content(await self.request(method, data=data), "app_")

    async def older(self, method: str, **data: Any) -> Any:
        """Return what a method of the older generation returns."""
        return _content(await self.request(method, data=data, version=None), "app_")


class Administrator(Caller):
    """A browser on the router's web pages."""

    stok = ""

    async def get(self, path: str) -> Answer:
        """Return a page."""
        return await self.send("GET", f"{TURBO}{path}")

    async def log_in(self, password: str, username: str = "admin") -> Any:
        """Log in as on the last firmware; return the reply."""
        query = f"username={username}&password={password}"
        _, reply = await self.get(f"/api/login/login_admin?{query}")
        self.stok = reply.get("stok", self.stok)
        return reply

    async def request(self, body: Any, name: str = "") -> Answer:
        """Return status and whole reply of a call."""
        target = f"{TURBO}{self.stok}/proxy/call?_{name}"
        return await self.send("POST", target, data=json.dumps(body))

    async def call(self, method: str, **data: Any) -> Any:
        """Return what a method of the newer generation returns."""
        body = {"method": method, "data": data, "lang": "zh-CN", "version": "v1"}
        return _content((await self.request(body, method))[1], "")


class Author(Caller):
    """The author of a plug-in, who calls the cloud."""

    def __init__(self, url: str, secret: str = identity.APP_SECRET) -> None:
        """Be the author that the cloud knows."""
        super().__init__(url)
        self.secret = secret

    async def request(self, action: str, **fields: Any) -> Any:
        """Return the whole reply to a request."""
        known = {"app_id": identity.APP_ID, "app_name": identity.APP_NAME}
        body = json.dumps(known | fields).encode()
        sign = signature(action, body, self.secret)
        headers = {"Content-Type": JSON}
        target = f"/{action}?sign={sign}"
        return (await self.send("POST", target, data=body, headers=headers))[1]

    async def do(self, action: str, **fields: Any) -> Any:
        """Return the data of a reply without an error."""
        reply = await self.request(action, **fields)
        if int(reply["code"]):
            raise Refused(reply["code"])
        return reply["data"]

    async def code(self, action: str, **fields: Any) -> int:
        """Return the cloud's code."""
        return int((await self.request(action, **fields))["code"])


def _content(reply: Any, prefix: str) -> Any:
    """Return the data of a reply without an error."""
    if int(reply[f"{prefix}code"]):
        raise Refused(reply[f"{prefix}code"])
    return reply[f"{prefix}data"]


async def lab(
    device: HiwifiSimulator | HiwifiCloudSimulator, name: str, /, **arguments: Any
) -> Any:
    """Return the result of a lab function over HTTP."""
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
        session.post(f"{device.url}/__lab/{name}", json=arguments) as reply,
    ):
        assert reply.status == 200, await reply.text()
        return (await reply.json())["result"]


async def online(client: BoundClient, **data: Any) -> set[str]:
    """Return the addresses of the clients that are connected."""
    found = (await client.call("device.sta.list", **data))["list"]
    return {each["mac"].replace(":", "") for each in found if each["online"] == 1}
