"""The way in: the hash, whose fault a refusal is, and what is never tried again."""

import json
from typing import override

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    DeviceBusy,
    InvalidReply,
    NotSupported,
    SessionConflict,
)
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.login import login_hash
from custom_components.gatehouse.clients.secret import Secret
from simulators.gl_s20 import FullSessions, GlS20Simulator
from tests.clients.conftest import Answer, ScriptedDevice
from tests.clients.gl_s20.conftest import (
    CHALLENGE,
    SID,
    Clock,
    NewClient,
    StartRouter,
    count,
    logins,
    ok,
    refused,
    status,
)

WRONG = "not-the-password"


def test_published_example() -> None:
    """The manufacturer's own example, whose password is 12345678."""
    assert (
        login_hash("12345678", "ZmVhMjk5", "N2E1NDAwNjIzZGMzY2QxYjQyY2VlZTEx")
        == "771dff96fa01146f6e42ad01bed197ca"
    )


async def test_what_is_sent(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """Challenge and answer without a token, the id as token afterwards."""
    device.answer("/sys/get_info", ok({"wan_status": 2}))
    await scripted.system.information()
    assert [each.path for each in device.seen] == ["/ui/challenge", "/ui/login", "/sys/get_info"]
    challenge, login, reading = device.seen
    assert [each.method for each in device.seen] == ["GET", "POST", "GET"]
    assert "Token" not in challenge.headers
    assert "Token" not in login.headers
    assert login.headers["Content-Type"] == "application/json"
    assert json.loads(login.body) == {
        "username": "root",
        "hash": "771dff96fa01146f6e42ad01bed197ca",
    }
    assert reading.headers["Token"] == SID
    assert reading.body == b""


@pytest.mark.parametrize("password", ["12345678", "Größe & <Co> 密码", "x" * 64, ""])
async def test_any_password_may_log_in(
    start_router: StartRouter, new_client: NewClient, password: str
) -> None:
    """The rules are for new passwords; one that the device has is right."""
    router = await start_router(password=password)
    client = new_client(router)
    await client.log_in()
    assert (await client.system.status()).serial_number
    assert logins(router) == 1


async def test_wrong_password_is_latched(router: GlS20Simulator, new_client: NewClient) -> None:
    """Two fast refusals are the password's fault; after that nothing is sent any more."""
    client = new_client(router, password=WRONG)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for is None
    assert count(router, "/ui/challenge") == logins(router) == 2
    sent = len(router.requests)
    for attempt in (client.log_in, client.thread.status, client.system.restart, client.wifi.stop):
        with pytest.raises(AuthenticationFailed):
            await attempt()
    await client.release()
    assert len(router.requests) == sent


async def test_identity_needs_no_password(router: GlS20Simulator, new_client: NewClient) -> None:
    """Who the device is can be asked even with a refused password."""
    client = new_client(router, password=WRONG)
    with pytest.raises(AuthenticationFailed):
        await client.log_in()
    assert (await client.identity()).initialized is True


@pytest.mark.parametrize("refusal", [refused(-4, "no"), status(401), status(403)])
async def test_each_form_of_refusal(
    device: ScriptedDevice, scripted: GlS20Client, refusal: Answer | str
) -> None:
    """A code, or an HTTP status."""
    device.answer("/ui/login", refusal)
    with pytest.raises(AuthenticationFailed):
        await scripted.log_in()
    assert device.counts() == {"/ui/challenge": 2, "/ui/login": 2}


async def test_one_lost_race_is_not_the_password(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """Somebody on the web page took the nonce: a second challenge settles it."""
    device.answer("/ui/login", refused(), ok({"sid": SID}))
    await scripted.log_in()
    assert device.counts() == {"/ui/challenge": 2, "/ui/login": 2}


class SlowClock(Clock):
    """A clock by which everything takes two seconds."""

    @override
    def __call__(self) -> float:
        """Return the time."""
        self.advance(2)
        return super().__call__()


async def test_slow_refusals_are_not_the_password(
    device: ScriptedDevice, scripted: GlS20Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nonce died on the way: three attempts, and then no connection."""
    monkeypatch.setattr("custom_components.gatehouse.clients.gl_s20.login.monotonic", SlowClock())
    device.answer("/ui/login", refused())
    with pytest.raises(CannotConnect):
        await scripted.log_in()
    assert device.counts() == {"/ui/challenge": 3, "/ui/login": 3}
    device.answer("/ui/login", ok({"sid": SID}))
    await scripted.log_in()
    assert device.counts()["/ui/login"] == 4


async def test_nonce_that_is_too_old(
    start_router: StartRouter, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right password and a network slower than the nonce lives: no wrong password."""
    monkeypatch.setattr("custom_components.gatehouse.clients.gl_s20.login.monotonic", SlowClock())
    router = await start_router(nonce_seconds=-1)
    with pytest.raises(CannotConnect):
        await new_client(router).log_in()
    assert logins(router) == 3


async def test_one_slow_and_two_fast_refusals(
    device: ScriptedDevice, scripted: GlS20Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow one proves nothing and does not count."""
    moments = iter((0, 2, 10, 10.1, 20, 20.1))
    monkeypatch.setattr(
        "custom_components.gatehouse.clients.gl_s20.login.monotonic", lambda: next(moments)
    )
    device.answer("/ui/login", refused())
    with pytest.raises(AuthenticationFailed):
        await scripted.log_in()
    assert device.counts()["/ui/login"] == 3


@pytest.mark.parametrize("algorithm", [1, 5, 6, 67, None, "sha"])
async def test_other_algorithms(
    device: ScriptedDevice, scripted: GlS20Client, algorithm: object
) -> None:
    """No guess with somebody's password."""
    device.answer("/ui/challenge", ok({**CHALLENGE, "alg": algorithm}))
    with pytest.raises(NotSupported):
        await scripted.log_in()
    assert device.counts() == {"/ui/challenge": 1}


async def test_algorithm_as_text(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """A number is a number."""
    device.answer("/ui/challenge", ok({**CHALLENGE, "alg": "66"}))
    await scripted.log_in()


@pytest.mark.parametrize("missing", ["salt", "nonce"])
async def test_incomplete_challenge(
    device: ScriptedDevice, scripted: GlS20Client, missing: str
) -> None:
    """Nothing to calculate from."""
    device.answer("/ui/challenge", ok({**CHALLENGE, missing: ""}))
    with pytest.raises(InvalidReply):
        await scripted.log_in()
    assert device.counts() == {"/ui/challenge": 1}


@pytest.mark.parametrize(
    "reply",
    [
        json.dumps({"code": 0, "sid": SID}),
        json.dumps({"code": 0, "token": SID}),
        json.dumps({"sid": SID}),
        json.dumps({"code": "0", "result": {"token": SID}}),
    ],
)
async def test_places_of_the_session_id(
    device: ScriptedDevice, scripted: GlS20Client, reply: str
) -> None:
    """Within the result, beside it, or under another name."""
    device.answer("/ui/login", reply)
    device.answer("/sys/get_info", ok({}))
    await scripted.system.information()
    assert device.last("/sys/get_info").headers["Token"] == SID


@pytest.mark.parametrize("sid", ["", None, 0.5j, "a\r\nb", "ü", "x" * 300, ["a"]])
async def test_login_without_a_usable_id(
    device: ScriptedDevice, scripted: GlS20Client, sid: object
) -> None:
    """What cannot be sent as a header is not the id of a session."""
    device.answer("/ui/login", ok({"sid": sid if sid != 0.5j else {}}))
    with pytest.raises(InvalidReply):
        await scripted.log_in()


@pytest.mark.parametrize("number", [429, 503])
async def test_busy_device(device: ScriptedDevice, scripted: GlS20Client, number: int) -> None:
    """Not now is not never."""
    device.answer("/ui/login", status(number), ok({"sid": SID}))
    with pytest.raises(DeviceBusy):
        await scripted.log_in()
    await scripted.log_in()


async def test_too_many_sessions(start_router: StartRouter, new_client: NewClient) -> None:
    """A full house is not a wrong password."""
    router = await start_router(max_sids=1, full_sessions=FullSessions.REFUSE)
    first, second = new_client(router), new_client(router)
    await first.log_in()
    with pytest.raises(SessionConflict):
        await second.log_in()
    await first.release()
    await second.log_in()


async def test_other_device(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """A sibling without this API."""
    device.answer("/ui/challenge", status(404))
    with pytest.raises(NotSupported):
        await scripted.log_in()


async def test_first_setup(start_router: StartRouter, new_client: NewClient) -> None:
    """A new device gets its password, with which the client goes on."""
    router = await start_router(initialized=False, password="")
    client = new_client(router, password="")
    assert (await client.identity()).initialized is False
    with pytest.raises(AuthenticationFailed):
        await client.log_in()
    await client.initialize(Secret("New-password-1"), language="zh-cn")
    assert (await client.identity()).initialized is True
    assert router.lab.state()["language"] == "zh-cn"
    assert router.password == "New-password-1"
    await client.log_in()


async def test_first_setup_with_a_bad_password(
    start_router: StartRouter, new_client: NewClient
) -> None:
    """Nothing is sent that the device would refuse."""
    router = await start_router(initialized=False, password="")
    with pytest.raises(ValueError, match="10 to 31"):
        await new_client(router).initialize(Secret("short1"))
    assert router.requests == []
