"""Logging in, tokens, and the path prefix."""

from datetime import UTC, datetime
import json

import pytest

from simulators.openvox import DEFAULT_PASSWORD
from simulators.openvox.sessions import login_hash
from tests.simulators.openvox.caller import Caller, Refused
from tests.simulators.openvox.conftest import MakeGateway, OpenCaller

VECTOR = "32ff9ee7e841b26a966870c144fdcaec"
READING = "service/chan_state"


async def at_prefix(url: str, prefix: str) -> tuple[int, str, bytes]:
    """Return what is found under a prefix."""
    caller = Caller(url, prefix)
    try:
        return await caller.raw(READING)
    finally:
        await caller.close()


def test_vector() -> None:
    """The documented account has the documented answer."""
    assert login_hash("admin", "admin") == VECTOR


async def test_documented_login(make_gateway: MakeGateway) -> None:
    """The documented request logs in where the account is the documented one."""
    gateway = await make_gateway(password="admin")
    caller = Caller(gateway.url)
    data = await caller.call("auth/login", username="admin", password=VECTOR)
    assert data.keys() == {"access_token", "expires_time", "client"}
    assert len(data["access_token"]) == 32
    assert data["access_token"].isalnum()
    assert data["client"] == "admin"
    expiry = datetime.fromtimestamp(data["expires_time"], tz=UTC)
    assert expiry == datetime(2026, 9, 1, 12, 10, tzinfo=UTC)
    await caller.close()


@pytest.mark.parametrize(
    ("username", "answer"),
    [
        ("admin", VECTOR),
        ("admin", DEFAULT_PASSWORD),
        ("admin", login_hash("admin", DEFAULT_PASSWORD).upper()),
        ("root", login_hash("root", DEFAULT_PASSWORD)),
        ("admin", "é"),
        ("", ""),
    ],
)
async def test_refused_login(make_gateway: MakeGateway, username: str, answer: str) -> None:
    """Wrong names and passwords are refused and counted."""
    gateway = await make_gateway()
    caller = Caller(gateway.url)
    with pytest.raises(Refused) as refusal:
        await caller.call("auth/login", username=username, password=answer)
    await caller.close()
    assert refusal.value.code == 401
    state = gateway.lab.state()
    assert (state["refused_logins"], state["logins"], state["tokens"]) == (1, 0, 0)


async def test_token_slides(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A token lives for ten minutes from its last use."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    for _ in range(3):
        gateway.lab.advance(600)
        await caller.call(READING)
    gateway.lab.advance(600.1)
    with pytest.raises(Refused, match="401 Invalid token"):
        await caller.call(READING)


async def test_no_token(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Without a token, or with another word before it, nothing is done."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    caller.scheme = "Bearer "
    with pytest.raises(Refused):
        await caller.send("Hello")
    caller.token = ""
    with pytest.raises(Refused):
        await caller.send("Hello")
    assert gateway.lab.sent == []


async def test_bearer(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A firmware may want the word Bearer before the token."""
    gateway = await make_gateway(bearer=True)
    caller = await open_caller(gateway)
    await caller.call(READING)
    caller.scheme = ""
    with pytest.raises(Refused):
        await caller.call(READING)


async def test_expired_token_as_status(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A firmware may answer with HTTP 401, or with a code and a sentence of its own."""
    gateway = await make_gateway(expired_token="http_401")
    caller = await open_caller(gateway)
    gateway.lab.steal_tokens()
    assert (await caller.raw(READING))[0] == 401
    gateway.lab.set_options(expired_token="code", token_code=1003, token_message="请先登录")
    with pytest.raises(Refused, match="1003 请先登录"):
        await caller.call(READING)


async def test_stolen_tokens(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Another client throws ours out, and again as often as it was told to."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    gateway.lab.steal_tokens(logins=2)
    for _ in range(2):
        with pytest.raises(Refused):
            await caller.call(READING)
        await caller.log_in(gateway.username, gateway.password)
    with pytest.raises(Refused):
        await caller.call(READING)
    await caller.log_in(gateway.username, gateway.password)
    await caller.call(READING)
    assert gateway.lab.state()["logins"] == 4


@pytest.mark.parametrize("exclusive", [False, True])
async def test_two_clients(
    make_gateway: MakeGateway, open_caller: OpenCaller, *, exclusive: bool
) -> None:
    """Two clients live side by side, or the later one ends the token of the first."""
    gateway = await make_gateway(exclusive_login=exclusive)
    first = await open_caller(gateway)
    await open_caller(gateway)
    assert ((await first.envelope(READING))["code"] == 401) is exclusive


async def test_logout(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Logging out ends the token, once."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    assert await caller.envelope("auth/logout", {"token": caller.token}) == {
        "uri": "auth/logout",
        "msg": "Login out success!",
        "code": 200,
        "data": [],
    }
    with pytest.raises(Refused):
        await caller.call("auth/logout", token=caller.token)
    with pytest.raises(Refused):
        await caller.call(READING)


@pytest.mark.parametrize("prefix", ["", "/api", "/index.php", "/api/index.php"])
async def test_prefix(make_gateway: MakeGateway, open_caller: OpenCaller, prefix: str) -> None:
    """The API is under its prefix and nowhere else."""
    gateway = await make_gateway(prefix=prefix)
    await (await open_caller(gateway)).call(READING)
    for other in {"", "/api", "/v1"} - {prefix}:
        status, content_type, body = await at_prefix(gateway.url, other)
        assert (status, content_type) == (404, "text/html")
        with pytest.raises(ValueError, match="Expecting value"):
            json.loads(body)


@pytest.mark.parametrize(("status", "location"), [(302, "/"), (200, None), (403, None)])
async def test_outside_the_api(
    make_gateway: MakeGateway, status: int, location: str | None
) -> None:
    """Outside the API there is the web page; passwords that go there are counted."""
    gateway = await make_gateway(prefix="/api", unknown_path_status=status)
    caller = Caller(gateway.url)
    async with caller.session.post(
        f"{gateway.url}/auth/login", data={"password": VECTOR}, allow_redirects=False
    ) as reply:
        assert (reply.status, reply.headers.get("Location")) == (status, location)
    assert (await caller.raw("", method="GET"))[2].startswith(b"<!DOCTYPE html>")
    await caller.close()
    assert gateway.lab.state()["stray_passwords"] == 1


async def test_only_post(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """The API takes nothing but POST, with a form of either kind."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    assert (await caller.raw(READING, method="GET"))[0] == 405
    boundary = "b"
    parts = {"spans[]": "1", "dest_num": "10086", "msg": "ye"}
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    async with caller.session.post(
        f"{gateway.url}/sms/send",
        data=f"{body}--{boundary}--\r\n",
        headers={
            "authorization": caller.token,
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        },
    ) as reply:
        assert (await reply.json())["code"] == 200
    assert [message.text for message in gateway.lab.sent] == ["ye"]
