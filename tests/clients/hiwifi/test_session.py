"""The administrator's session: kept, healed, given up to whoever fights for it."""

import asyncio

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    GatehouseError,
    InvalidReply,
    OutcomeUnknown,
    SessionConflict,
)
from custom_components.gatehouse.clients.hiwifi.call import Generation
from custom_components.gatehouse.clients.hiwifi.router_admin import BATCH, RouterAdmin
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiSimulator
from simulators.hiwifi.options import SessionLoss
from tests.clients.conftest import Answer
from tests.clients.hiwifi.conftest import (
    LOGIN,
    PROXY_CALL,
    NewAdmin,
    Recorder,
    StartRouter,
    Wait,
    call,
    proxied,
)

LED = call("system.led.get_status")
LED_OFF = call("system.led.set_status", {"status": 0})
LED_V0 = call("system.led.get_status", generation=Generation.V0)


def logins(router: HiwifiSimulator) -> int:
    """Count the logins that succeeded."""
    found: int = router.lab.state()["logins"]
    return found


async def test_nothing_is_sent_before_the_first_request(
    router: HiwifiSimulator, admin: RouterAdmin
) -> None:
    """A channel costs the router nothing until it is used."""
    assert str(admin.base_url) == f"{router.url}"
    await admin.release()
    assert router.requests == []


async def test_calls_share_one_login(
    router: HiwifiSimulator, admin: RouterAdmin, wait: Wait
) -> None:
    """Hours later it is still the same."""
    for _ in range(6):
        assert (await admin.ask(LED)).data == {"status": 1}
        wait(router, 1000)
    assert logins(router) == 1


@pytest.mark.parametrize("form", SessionLoss)
@pytest.mark.parametrize("changes", [False, True])
async def test_lost_session(
    start_router: StartRouter,
    new_admin: NewAdmin,
    wait: Wait,
    form: SessionLoss,
    *,
    changes: bool,
) -> None:
    """However that is said, a new login heals it, and a command is carried out once."""
    router = await start_router(session_loss=form)
    admin = new_admin(router)
    await admin.ask(LED)
    wait(router, 60)
    await admin.ask(LED)
    router.lab.steal_session()
    answer = await admin.ask(LED_OFF if changes else LED, changes=changes)
    assert answer.ok
    assert logins(router) == 2
    assert router.lab.calls().get("system.led.set_status", 0) == changes
    assert router.lab.state()["led"] is not changes


@pytest.mark.parametrize("firmware", ["0.9007", "0.9003"])
async def test_lost_session_of_older_firmware(
    start_router: StartRouter, new_admin: NewAdmin, firmware: str
) -> None:
    """The pages of the oldest one answer with the login form."""
    router = await start_router(firmware=firmware)
    admin = new_admin(router)
    clients = call("network.common.device_list", generation=Generation.V0)
    for _ in range(2):
        assert len((await admin.ask(clients)).data["list"]) == 5
        router.lab.expire_sessions()
    assert logins(router) == 2


async def test_stolen_again_and_again(
    router: HiwifiSimulator, admin: RouterAdmin, wait: Wait
) -> None:
    """Somebody else wants to be in: each time they are left in peace for longer."""
    await admin.ask(LED)
    router.lab.steal_session(1000)
    with pytest.raises(SessionConflict):
        await admin.ask(LED)
    assert router.lab.counts()["api/login/login_admin"] == 2
    for number, pause in enumerate([60.0, 120.0, 240.0, 480.0, 900.0, 900.0], start=3):
        seen = len(router.requests)
        wait(router, pause - 5)
        for action in (admin.ask(LED), admin.ask_all([LED, LED]), admin.log_in()):
            with pytest.raises(SessionConflict, match="next attempt in"):
                await action
        assert len(router.requests) == seen
        wait(router, 6)
        with pytest.raises(SessionConflict):
            await admin.ask(LED)
        assert router.lab.counts()["api/login/login_admin"] == number


async def test_command_during_a_conflict(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """It is not carried out, and that is certain."""
    await admin.ask(LED)
    router.lab.steal_session(1000)
    for _ in range(3):
        with pytest.raises(SessionConflict):
            await admin.ask(LED_OFF, changes=True)
    assert router.lab.state()["led"] is True


async def test_conflict_ends(router: HiwifiSimulator, admin: RouterAdmin, wait: Wait) -> None:
    """Once the other is gone, everything is as before, and forgotten after half a minute."""
    await admin.ask(LED)
    router.lab.steal_session(1)
    with pytest.raises(SessionConflict):
        await admin.ask(LED)
    wait(router, 61)
    await admin.ask(LED)
    wait(router, 31)
    await admin.ask(LED)
    for number in (4, 5):
        router.lab.steal_session()
        await admin.ask(LED)
        assert logins(router) == number


async def test_stolen_twice_after_a_long_life(
    router: HiwifiSimulator, admin: RouterAdmin, wait: Wait
) -> None:
    """That is no reason to wait, but one new login for each call is enough."""
    await admin.ask(LED)
    wait(router, 31)
    await admin.ask(LED)
    router.lab.steal_session(1)
    with pytest.raises(SessionConflict, match="at once"):
        await admin.ask(LED)
    assert logins(router) == 2
    await admin.ask(LED)
    assert logins(router) == 3


async def test_release_ends_a_conflict(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """Whoever releases the client wants it to start anew afterwards."""
    await admin.ask(LED)
    router.lab.steal_session(1)
    with pytest.raises(SessionConflict):
        await admin.ask(LED)
    await admin.release()
    await admin.ask(LED)


async def test_two_clients(router: HiwifiSimulator, new_admin: NewAdmin) -> None:
    """They do not fight for the one session."""
    channels = [new_admin(router), new_admin(router)]
    for turn in range(40):
        try:
            await channels[turn % 2].ask(LED)
        except SessionConflict:
            continue
    assert logins(router) <= 6


async def test_restart_of_the_router(
    router: HiwifiSimulator, admin: RouterAdmin, wait: Wait
) -> None:
    """It forgets the session, which costs one login."""
    await admin.ask(LED)
    wait(router, 60)
    await admin.ask(LED)
    router.lab.reboot(30)
    with pytest.raises(CannotConnect):
        await admin.ask(LED)
    wait(router, 31)
    assert (await admin.ask(LED)).ok
    assert logins(router) == 2


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.GARBAGE, InvalidReply),
        (FaultKind.HTML, InvalidReply),
        (FaultKind.EMPTY, InvalidReply),
        (FaultKind.TRUNCATED, InvalidReply),
        (FaultKind.CUT, CannotConnect),
        (FaultKind.DROP, CannotConnect),
    ],
)
async def test_spoiled_reply(
    router: HiwifiSimulator,
    admin: RouterAdmin,
    kind: FaultKind,
    error: type[GatehouseError],
) -> None:
    """A reading fails; a command may have been carried out, and is not sent again."""
    await admin.ask(LED)
    router.lab.break_replies("proxy/call", kind, executed=True)
    with pytest.raises(error):
        await admin.ask(LED)
    router.lab.reset_counts()
    router.lab.break_replies("proxy/call", kind, executed=True)
    with pytest.raises(OutcomeUnknown):
        await admin.ask(LED_OFF, changes=True)
    assert router.lab.counts() == {"proxy/call": 1}
    assert router.lab.calls() == {"system.led.set_status": 1}
    assert logins(router) == 1
    assert (await admin.ask(LED)).ok


async def test_refusals_are_answers(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """They cost no login."""
    router.lab.set_options(refused_methods=["system.led.get_status"])
    assert (await admin.ask(LED)).code == 100015
    assert (await admin.ask(call("system.nothing"))).code == 100004
    assert logins(router) == 1


async def test_waiting_page_is_no_lost_session(device: Recorder, scripted: RouterAdmin) -> None:
    """Only a page that asks for the password is."""
    device.answer(PROXY_CALL, "<html>please wait</html>", proxied({"status": 0}))
    with pytest.raises(InvalidReply):
        await scripted.ask(LED)
    assert (await scripted.ask(LED)).data == {"status": 0}
    assert device.counts()[LOGIN] == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_server_errors_are_no_lost_session(
    device: Recorder, scripted: RouterAdmin, status: int
) -> None:
    """The router is not well, and a login would not help."""
    device.answer(PROXY_CALL, Answer(status=status, body="<html>"))
    with pytest.raises(InvalidReply):
        await scripted.ask(LED)
    assert device.counts()[LOGIN] == 1


async def test_several_calls_in_one_request(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """Each has its own answer, in order."""
    answers = await admin.ask_all([LED, call("system.nothing"), call("wan.get_inet_stat")])
    assert [each.code for each in answers] == [0, 100004, 0]
    assert [each.data for each in answers][::2] == [{"status": 1}, {"status": 1}]
    assert router.lab.counts()["proxy/call"] == 1
    router.lab.reset_counts()
    assert await admin.ask_all([]) == []
    assert router.lab.counts() == {}
    assert len(await admin.ask_all([LED] * (2 * BATCH + 1))) == 2 * BATCH + 1
    assert router.lab.counts()["proxy/call"] == 3


async def test_firmware_without_multi_call(start_router: StartRouter, new_admin: NewAdmin) -> None:
    """It is asked one by one, and not tried again."""
    router = await start_router(multi_call=False)
    admin = new_admin(router)
    for number, expected in enumerate([3, 2]):
        router.lab.reset_counts()
        answers = await admin.ask_all([LED, call("wan.get_inet_stat")])
        assert [each.data for each in answers] == [{"status": 1}, {"status": 1}]
        assert router.lab.counts()["proxy/call"] == expected, number


async def test_lost_session_in_a_multi_call(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """It is healed like any other."""
    await admin.ask(LED)
    router.lab.expire_sessions()
    assert [each.ok for each in await admin.ask_all([LED, LED])] == [True, True]
    assert logins(router) == 2


@pytest.mark.parametrize("generation", Generation)
async def test_oldest_firmware(
    start_router: StartRouter, new_admin: NewAdmin, generation: Generation
) -> None:
    """It has pages instead of calls, for some methods of the older generation."""
    router = await start_router(firmware="0.9003")
    admin = new_admin(router)
    known = generation is Generation.V0
    names = ("system.sys.get_info", "network.common.device_list", "network.common.get_wan_info")
    answers = await admin.ask_all([call(each, generation=generation) for each in names])
    assert [each.ok for each in answers] == [known] * 3
    assert not (await admin.ask(call("system.led.get_status", generation=generation))).ok
    assert router.lab.counts()["proxy/call"] == 1
    reboot = call("system.os.reboot", generation=generation)
    assert (await admin.ask(reboot, changes=True)).ok is known
    assert router.lab.counts().get("api/system/reboot", 0) == known


async def test_firmware_without_anything(device: Recorder, scripted: RouterAdmin) -> None:
    """Where there are neither calls nor the page, the method is missing."""
    for path in (PROXY_CALL, PROXY_CALL.replace("proxy/call", "api/network/device_list")):
        device.answer(path, Answer(status=404, body="<html>"))
    clients = call("network.common.device_list", generation=Generation.V0)
    assert [each.code for each in await scripted.ask_all([clients, clients])] == [100004] * 2
    assert device.counts()[PROXY_CALL] == 1


async def test_one_request_at_a_time(router: HiwifiSimulator, admin: RouterAdmin) -> None:
    """Whoever asks at the same time shares the login."""
    router.lab.set_options(latency_seconds=0.01)
    await asyncio.gather(*(admin.ask(LED) for _ in range(5)))
    assert logins(router) == 1
