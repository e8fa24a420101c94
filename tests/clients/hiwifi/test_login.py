"""The way in: the right login at once, few tries, and none of the last ones."""

from datetime import timedelta
import json
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotSupported,
)
from custom_components.gatehouse.clients.hiwifi.admin_login import doors
from custom_components.gatehouse.clients.hiwifi.attempts import PAUSE, RESERVE
from custom_components.gatehouse.clients.hiwifi.router_admin import RouterAdmin
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiSimulator, identity
from tests.clients.conftest import Answer
from tests.clients.hiwifi.conftest import (
    FIRMWARES,
    LOGIN,
    NEWER,
    OPEN_PAGE,
    PROXY_CALL,
    ROOT,
    STOK,
    Clock,
    NewAdmin,
    Recorder,
    StartRouter,
    Wait,
    call,
    proxied,
)

MIDDLE = f"{ROOT}admin_web/login_admin"
OLDEST = f"{ROOT}admin_web"
FORM = '<form><input name="password" type="password"></form>'


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_every_firmware(
    start_router: StartRouter, new_admin: NewAdmin, firmware: str
) -> None:
    """One password, sent to where it belongs."""
    router = await start_router(firmware=firmware)
    admin = new_admin(router)
    await admin.log_in()
    await admin.log_in()
    await admin.release()
    await admin.log_in()
    state = router.lab.state()
    assert state["logins"] == 2
    assert state["refused_logins"] == state["stray_passwords"] == 0


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize("login", ["api", "admin_web", "form"])
async def test_login_of_another_firmware(
    start_router: StartRouter, new_admin: NewAdmin, firmware: str, login: str
) -> None:
    """Versions in between may have either; finding out costs no try."""
    router = await start_router(firmware=firmware, login=login)
    admin = new_admin(router)
    await admin.log_in()
    assert router.lab.state()["refused_logins"] == 0
    router.lab.reset_counts()
    await admin.release()
    await admin.log_in()
    assert sum(router.lab.counts().values()) == 1


@pytest.mark.parametrize(
    ("version", "path"),
    [
        ("1.4.8.20462s", LOGIN),
        ("2.0", LOGIN),
        ("0.9012.1.8100s", MIDDLE),
        ("0.9100", MIDDLE),
        ("0.9011.1.1s", OLDEST),
        ("0.9003", OLDEST),
        ("0", OLDEST),
        (None, LOGIN),
        ("unknown", LOGIN),
    ],
)
def test_where_to_begin(version: str | None, path: str) -> None:
    """All are tried, the likely one first."""
    assert doors(version)[0].path == path
    assert {each.path for each in doors(version)} == {LOGIN, MIDDLE, OLDEST}


@pytest.mark.parametrize("password", ["a&b+c 家", "100%25?#/;=", "'\"\\", " "])
@pytest.mark.parametrize("firmware", ["1.4.8", "0.9007"])
async def test_special_characters(
    start_router: StartRouter, new_admin: NewAdmin, firmware: str, password: str
) -> None:
    """They arrive as they are, in an address as in a form."""
    router = await start_router(firmware=firmware, admin_password=password)
    await new_admin(router).log_in()
    assert router.lab.state()["refused_logins"] == 0


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_wrong_password(
    start_router: StartRouter, new_admin: NewAdmin, clock: Clock, firmware: str
) -> None:
    """It is tried once and never again, however long one waits."""
    router = await start_router(firmware=firmware)
    admin = new_admin(router, password="wrong")
    for _ in range(3):
        for action in (admin.log_in(), admin.ask(call("system.led.get_status"))):
            with pytest.raises(AuthenticationFailed) as caught:
                await action
            assert caught.value.locked_for is None
        clock.advance(3600)
        await admin.release()
    state = router.lab.state()
    assert state["refused_logins"] == 1
    assert state["stray_passwords"] == 0


@pytest.mark.parametrize("firmware", NEWER)
async def test_last_tries_are_left_to_the_owner(
    start_router: StartRouter, new_admin: NewAdmin, clock: Clock, firmware: str
) -> None:
    """Whoever tries one password after the other is stopped in time, also by new clients."""
    router = await start_router(firmware=firmware, max_failed_logins=5)
    outcomes = []
    for number in range(8):
        with pytest.raises(AuthenticationFailed) as caught:
            await new_admin(router, password=f"wrong-{number}").log_in()
        outcomes.append(caught.value.locked_for)
    assert outcomes[:2] == [None, None]
    assert all(each == PAUSE for each in outcomes[2:])
    state = router.lab.state()
    assert state["refused_logins"] == 3 == 5 - RESERVE
    assert state["locked_for"] == 0
    clock.advance(PAUSE.total_seconds() - 60)
    with pytest.raises(AuthenticationFailed) as late:
        await new_admin(router).log_in()
    assert late.value.locked_for is not None
    assert late.value.locked_for <= timedelta(seconds=60)
    clock.advance(61)
    await new_admin(router).log_in()
    assert router.lab.state()["refused_logins"] == 3


async def test_refused_password_near_the_lock_out_stays_refused(
    start_router: StartRouter, new_admin: NewAdmin, clock: Clock
) -> None:
    """After the pause it is still known to be wrong."""
    router = await start_router(max_failed_logins=3)
    admin = new_admin(router, password="wrong")
    with pytest.raises(AuthenticationFailed) as near:
        await admin.log_in()
    assert near.value.locked_for == PAUSE
    clock.advance(PAUSE.total_seconds() + 1)
    with pytest.raises(AuthenticationFailed) as after:
        await admin.log_in()
    assert after.value.locked_for is None
    assert router.lab.state()["refused_logins"] == 1


async def test_pages_near_the_lock_out(
    start_router: StartRouter, new_admin: NewAdmin, clock: Clock
) -> None:
    """The older firmwares do not say how many tries there are: few are assumed."""
    router = await start_router(firmware="0.9007")
    locked = []
    for number in range(6):
        with pytest.raises(AuthenticationFailed) as caught:
            await new_admin(router, password=f"wrong-{number}").log_in()
        locked.append(caught.value.locked_for)
    assert locked == [None, None, PAUSE, PAUSE, PAUSE, PAUSE]
    assert router.lab.state()["refused_logins"] == 3


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_locked_out(
    start_router: StartRouter,
    new_admin: NewAdmin,
    wait: Wait,
    firmware: str,
) -> None:
    """Somebody else has locked everybody out: the right password is tried when that is over."""
    router = await start_router(firmware=firmware, max_failed_logins=1, lock_seconds=600)
    sessions, options = router.router.sessions, router.router.options
    with pytest.raises(Exception, match="wrong password"):
        sessions.log_in("admin", "x", router.router.now, options)
    admin = new_admin(router)
    seen = router.lab.state()["refused_logins"]
    for _ in range(3):
        with pytest.raises(AuthenticationFailed) as caught:
            await admin.log_in()
        assert caught.value.locked_for is not None
        assert timedelta(seconds=590) < caught.value.locked_for <= timedelta(seconds=600)
    assert router.lab.state()["refused_logins"] == seen + 1
    wait(router, 601)
    await admin.log_in()
    assert router.lab.state()["logins"] == 1


async def test_success_forgets_what_was_before(
    start_router: StartRouter, new_admin: NewAdmin
) -> None:
    """The router counts anew after a login, and so do we."""
    router = await start_router(max_failed_logins=4)
    for number in range(4):
        with pytest.raises(AuthenticationFailed) as caught:
            await new_admin(router, password=f"wrong-{number}").log_in()
        assert caught.value.locked_for is None
        await new_admin(router).log_in()


async def test_changed_password(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """What was right may be wrong tomorrow, which costs one try."""
    await admin.log_in()
    router.lab.set_options(admin_password="another")
    router.lab.expire_sessions()
    for _ in range(3):
        with pytest.raises(AuthenticationFailed):
            await admin.ask(call("system.led.get_status"))
    assert router.lab.state()["refused_logins"] == 1


@pytest.mark.parametrize("kind", sorted(set(FaultKind) - {FaultKind.TIMEOUT}))
@pytest.mark.parametrize("firmware", ["1.4.8", "0.9007"])
async def test_spoiled_login(
    start_router: StartRouter,
    new_admin: NewAdmin,
    firmware: str,
    kind: FaultKind,
) -> None:
    """A reply that tells nothing does not condemn the password."""
    router = await start_router(firmware=firmware)
    path = "api/login/login_admin" if firmware == "1.4.8" else "admin_web"
    router.lab.break_replies(path, kind, code=100004)
    admin = new_admin(router)
    with pytest.raises((CannotConnect, InvalidReply, NotSupported)):
        await admin.log_in()
    await admin.log_in()
    state = router.lab.state()
    assert state["refused_logins"] == state["stray_passwords"] == 0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (json.dumps({"code": 0, "stok": ""}), InvalidReply),
        (json.dumps({"code": 0, "stok": "/;stok=../../x"}), InvalidReply),
        (json.dumps({"code": 0}), InvalidReply),
        (json.dumps({"code": "100001", "msg": ""}), CommandRefused),
        (json.dumps({"code": "100004", "msg": ""}), NotSupported),
        (json.dumps({"code": 560}), NotSupported),
        (json.dumps({"code": "x"}), InvalidReply),
        (json.dumps([]), InvalidReply),
        ("<html>please wait</html>", InvalidReply),
        (FORM, NotSupported),
        (Answer(status=404), NotSupported),
        (Answer(status=502, body="<html>"), InvalidReply),
        (json.dumps({"code": 10102}), AuthenticationFailed),
        (json.dumps({"code": "1", "remaining_num": "9"}), AuthenticationFailed),
        (json.dumps({"code": 1, "remaining_lock_time": "x"}), AuthenticationFailed),
    ],
)
async def test_odd_replies(
    device: Recorder, scripted: RouterAdmin, answer: Any, kind: type[GatehouseError]
) -> None:
    """Only a refusal is a refusal."""
    device.answer(LOGIN, answer)
    for path in (MIDDLE, OLDEST):
        device.answer(path, Answer(status=404))
    with pytest.raises(GatehouseError) as caught:
        await scripted.log_in()
    assert type(caught.value) is kind


async def test_form_that_asks_again(device: Recorder, scripted: RouterAdmin) -> None:
    """Where nothing else is left, the password was wrong, whatever the page says."""
    for path in (LOGIN, MIDDLE):
        device.answer(path, Answer(status=404))
    device.answer(OLDEST, FORM)
    for _ in range(2):
        with pytest.raises(AuthenticationFailed):
            await scripted.log_in()
    assert device.counts()[OLDEST] == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=302, headers={"Location": f"{ROOT};stok={STOK}/admin_web"}),
        Answer(body=f"<script>location='{ROOT};stok={STOK}/'</script>"),
        Answer(body=json.dumps({"code": "0", "stok": STOK})),
        Answer(body=json.dumps({"stok": f";stok={STOK}"})),
    ],
)
async def test_ways_to_hand_out_a_session(
    device: Recorder, scripted: RouterAdmin, answer: Answer
) -> None:
    """By redirect, script or JSON, with a cookie whose header has attributes."""
    cookies = {"Set-Cookie": f"sysauth=c00k1e; path={ROOT};stok={STOK}; HttpOnly"}
    device.answer(
        LOGIN,
        Answer(
            status=answer.status,
            body=answer.body,
            headers={
                **answer.headers,
                **cookies,
            },
        ),
    )
    device.answer(PROXY_CALL, proxied({"status": 1}))
    assert (await scripted.ask(call("system.led.get_status"))).data == {"status": 1}
    assert device.last(PROXY_CALL).cookies == {"sysauth": "c00k1e"}


async def test_session_without_cookie(device: Recorder, scripted: RouterAdmin) -> None:
    """The address may be enough; broken cookies are none."""
    device.answer(
        LOGIN,
        Answer(body=json.dumps({"stok": STOK}), headers={"Set-Cookie": "other=1; =; sysauth"}),
    )
    device.answer(PROXY_CALL, proxied())
    assert (await scripted.ask(call("system.led.get_status"))).ok
    assert "sysauth" not in device.last(PROXY_CALL).cookies


async def test_unknown_version(device: Recorder, scripted: RouterAdmin) -> None:
    """A router that does not say which firmware it has is tried all the same."""
    device.answer(OPEN_PAGE, Answer(status=404))
    await scripted.log_in()
    assert device.counts()[LOGIN] == 1
    assert device.queries[-1] == {"username": "admin", "password": "correct horse"}


async def test_same_router_under_its_address(router: HiwifiSimulator, new_admin: NewAdmin) -> None:
    """The memory of tries belongs to the router, not to the path that was typed."""
    assert router.password == identity.ADMIN_PASSWORD
    first, second = new_admin(router), new_admin(router)
    assert first._login.attempts is second._login.attempts
