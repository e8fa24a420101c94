"""The session: its token, what heals it, one request at a time, and nothing twice."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    ConnectionLost,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from simulators.faults import FaultKind
from simulators.gl_s20 import (
    CodeStyle,
    ExpiredToken,
    FirmwareCategory,
    GlS20Simulator,
)
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice
from tests.clients.gl_s20.conftest import (
    Clock,
    NewClient,
    StartRouter,
    count,
    logins,
    ok,
    refused,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

POWER = "otbr/set_txpower"
BROKEN = (
    FaultKind.DROP,
    FaultKind.CUT,
    FaultKind.EMPTY,
    FaultKind.GARBAGE,
    FaultKind.HTML,
    FaultKind.TRUNCATED,
)


async def test_nothing_is_sent_before_the_first_request(
    router: GlS20Simulator, client: GlS20Client
) -> None:
    """A client costs the device nothing until it is used."""
    assert client.base_url == URL(router.url)
    await client.release()
    assert router.requests == []


async def test_polls_share_one_login(
    router: GlS20Simulator, client: GlS20Client, clock: Clock
) -> None:
    """Every 30 s and a little: the session lives on, whatever the jitter of the poll."""
    for pause in (30, 30.5, 31, 29, 32, 30.2):
        await client.system.information()
        clock.advance(pause)
        router.lab.advance(pause)
    assert logins(router) == 1


async def test_idle_session_is_renewed_before_it_is_used(
    router: GlS20Simulator, client: GlS20Client, clock: Clock
) -> None:
    """The device has forgotten it or is about to: no request is wasted on trying."""
    await client.system.information()
    clock.advance(34)
    router.lab.advance(34)
    router.lab.reset_counts()
    await client.thread.set_tx_power(3)
    assert router.lab.counts() == {"/ui/challenge": 1, "/ui/login": 1, f"/{POWER}": 1}


async def test_refused_reply_does_not_prolong_the_session(
    device: ScriptedDevice, scripted: GlS20Client, clock: Clock
) -> None:
    """Only a reply that the device gave to somebody logged in is known to count as use."""
    device.answer("/sys/get_info", refused())
    for _ in range(3):
        with pytest.raises(CommandRefused):
            await scripted.system.information()
        clock.advance(20)
    assert device.counts()["/ui/login"] == 2


@pytest.mark.parametrize("form", ExpiredToken)
@pytest.mark.parametrize("code_style", [CodeStyle.NUMBER, CodeStyle.STRING])
async def test_forgotten_session_of_a_read(
    start_router: StartRouter, new_client: NewClient, form: ExpiredToken, code_style: CodeStyle
) -> None:
    """One new login, and the read again."""
    router = await start_router(expired_token=form, code_style=code_style, token_code=1000)
    client = new_client(router)
    await client.system.information()
    router.lab.expire_tokens()
    router.lab.reset_counts()
    assert (await client.thread.status()).network.network_name
    assert logins(router) == 1
    assert count(router, "/otbr/get_status") == 2


@pytest.mark.parametrize("form", ExpiredToken)
async def test_forgotten_session_of_the_cheapest_read(
    start_router: StartRouter, new_client: NewClient, form: ExpiredToken
) -> None:
    """The reading that otherwise bears witness needs another witness."""
    router = await start_router(expired_token=form)
    client = new_client(router)
    await client.system.information()
    router.lab.expire_tokens()
    router.lab.reset_counts()
    await client.system.information()
    assert logins(router) == 1
    assert count(router, "/sys/get_status") == 1


@pytest.mark.parametrize("form", ExpiredToken)
async def test_forgotten_session_of_a_command(
    start_router: StartRouter, new_client: NewClient, form: ExpiredToken
) -> None:
    """The device refused it for its token, so it is given again and carried out once."""
    router = await start_router(expired_token=form, generate_applies=True)
    client = new_client(router)
    await client.system.information()
    router.lab.expire_tokens()
    await client.thread.generate()
    assert router.lab.state()["networks_generated"] == 1
    assert logins(router) == 2


@pytest.mark.parametrize("form", ExpiredToken)
async def test_reboot_in_between(
    start_router: StartRouter, new_client: NewClient, form: ExpiredToken
) -> None:
    """After a restart the device knows nobody; the client notices by itself."""
    router = await start_router(expired_token=form)
    client = new_client(router)
    await client.system.information()
    router.lab.reboot(20)
    with pytest.raises(CannotConnect):
        await client.system.information()
    router.lab.advance(21)
    await client.system.information()
    assert logins(router) == 2


async def test_password_changed_elsewhere(router: GlS20Simulator, client: GlS20Client) -> None:
    """The new login is refused, and that is that."""
    await client.system.information()
    router.lab.set_options(password="Somebody-else-1")
    router.lab.expire_tokens()
    with pytest.raises(AuthenticationFailed):
        await client.system.information()
    tried = logins(router)
    with pytest.raises(AuthenticationFailed):
        await client.system.information()
    assert logins(router) == tried == 3


@pytest.mark.parametrize("refusal", [refused(7, "not now"), status(401), status(403)])
async def test_refusal_with_a_good_token(
    device: ScriptedDevice, scripted: GlS20Client, refusal: Answer | str
) -> None:
    """The witness says that the login holds: no new one, however often it is asked."""
    device.answer("/sys/get_info", ok({}))
    device.answer("/eth/get_status", refusal)
    await scripted.system.information()
    for _ in range(3):
        with pytest.raises((CommandRefused, NotPermitted)):
            await scripted.ethernet.status()
    assert device.counts()["/ui/login"] == 1
    assert device.counts()["/eth/get_status"] == 3


@pytest.mark.parametrize("refusal", [refused(7, "not now"), status(401)])
async def test_device_that_refuses_everything(
    device: ScriptedDevice, scripted: GlS20Client, refusal: Answer | str
) -> None:
    """It is not logged into with each request."""
    device.answer("/sys/get_info", refusal)
    device.answer("/sys/get_status", refusal)
    for _ in range(5):
        with pytest.raises((CommandRefused, NotPermitted)):
            await scripted.system.information()
        with pytest.raises((CommandRefused, NotPermitted)):
            await scripted.system.status()
    assert device.counts()["/ui/login"] == 1


async def test_refusal_of_the_first_command(router: GlS20Simulator, client: GlS20Client) -> None:
    """The login that it was made with is known to hold, and to be gone later."""
    router.lab.break_replies(POWER, FaultKind.ERROR)
    with pytest.raises(CommandRefused):
        await client.thread.set_tx_power(1)
    router.lab.expire_tokens()
    await client.thread.set_tx_power(1)
    assert logins(router) == 2


async def test_repetition_that_is_refused_too(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """One new login and one repetition, not more."""
    device.answer("/sys/get_info", ok({}), refused(3), refused(3))
    device.answer("/eth/get_status", refused(3))
    await scripted.system.information()
    with pytest.raises(CommandRefused):
        await scripted.ethernet.status()
    assert device.counts()["/ui/login"] == 2
    assert device.counts()["/eth/get_status"] == 2


async def test_witness_that_cannot_speak(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """The refusal stands."""
    device.answer("/sys/get_info", ok({}), "<html>")
    device.answer("/eth/get_status", refused(3, "no cable"))
    await scripted.system.information()
    with pytest.raises(CommandRefused, match="no cable") as caught:
        await scripted.ethernet.status()
    assert caught.value.code == 3
    assert device.counts()["/ui/login"] == 1


async def test_refused_command_is_not_repeated(router: GlS20Simulator, client: GlS20Client) -> None:
    """The device's own reasons are final."""
    await client.system.information()
    router.lab.break_replies(POWER, FaultKind.ERROR, code=-9)
    with pytest.raises(CommandRefused) as caught:
        await client.thread.set_tx_power(1)
    assert caught.value.code == -9
    assert count(router, f"/{POWER}") == 1


@pytest.mark.parametrize("kind", BROKEN)
async def test_command_without_a_proper_answer(
    router: GlS20Simulator, client: GlS20Client, kind: FaultKind
) -> None:
    """Carried out or not, nobody knows, and nobody tries again."""
    router.lab.break_replies(POWER, kind, times=None, executed=True)
    with pytest.raises(OutcomeUnknown):
        await client.thread.set_tx_power(1)
    assert count(router, f"/{POWER}") == 1
    router.lab.repair()
    assert (await client.thread.status()).radio.tx_power == 1


@pytest.mark.parametrize("kind", BROKEN)
async def test_lost_login_before_a_command(
    router: GlS20Simulator, client: GlS20Client, kind: FaultKind
) -> None:
    """Where the login failed, the command was not sent: there is no doubt about it."""
    router.lab.break_replies("ui/login", kind)
    with pytest.raises((CannotConnect, InvalidReply)):
        await client.thread.set_tx_power(1)
    assert count(router, f"/{POWER}") == 0


@pytest.mark.parametrize("kind", BROKEN)
async def test_lost_login_in_the_middle_of_a_command(
    router: GlS20Simulator, client: GlS20Client, kind: FaultKind
) -> None:
    """Refused for its token, and then no login: it was not carried out either."""
    await client.system.information()
    router.lab.expire_tokens()
    router.lab.break_replies("ui/login", kind)
    with pytest.raises((CannotConnect, InvalidReply)):
        await client.thread.set_tx_power(1)
    assert count(router, f"/{POWER}") == 1
    assert (await client.thread.status()).radio.tx_power != 1


async def test_session_after_a_lost_answer(router: GlS20Simulator, client: GlS20Client) -> None:
    """What broke the connection may have been a restart: the next request logs in."""
    router.lab.break_replies(POWER, FaultKind.DROP)
    with pytest.raises(OutcomeUnknown):
        await client.thread.set_tx_power(1)
    await client.system.information()
    assert logins(router) == 2


async def test_bluetooth_firmware(start_router: StartRouter, new_client: NewClient) -> None:
    """A device without a border router says so."""
    router = await start_router(firmware_category=FirmwareCategory.BLE)
    client = new_client(router)
    assert (await client.identity()).category == "bluetooth"
    with pytest.raises(NotSupported):
        await client.thread.status()
    assert logins(router) == 1


async def test_identity_is_asked_as_a_stranger(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """Without the token, even if there is one: it may be one that the device refuses."""
    device.answer("/ui/check_initialized", ok({}))
    await scripted.log_in()
    await scripted.identity()
    assert "Token" not in device.last("/ui/check_initialized").headers


async def test_release(router: GlS20Simulator, client: GlS20Client) -> None:
    """Nothing of ours is left, and the next request logs in again."""
    await client.system.information()
    assert router.lab.state()["sessions"] == 1
    await client.release()
    assert router.lab.state()["sessions"] == 0
    await client.release()
    assert count(router, "/ui/logout") == 1
    await client.system.information()
    assert logins(router) == 2


@pytest.mark.parametrize("kind", [*BROKEN, FaultKind.ERROR])
async def test_release_never_fails(
    router: GlS20Simulator, client: GlS20Client, kind: FaultKind
) -> None:
    """Whoever leaves does not care for the answer."""
    await client.system.information()
    router.lab.break_replies("ui/logout", kind)
    await client.release()
    await client.system.information()
    assert logins(router) == 2


async def test_one_request_at_a_time(router: GlS20Simulator, client: GlS20Client) -> None:
    """All at once, and the device sees one after the other, after a single login."""
    router.lab.set_options(latency_seconds=0.02)
    calls: list[Callable[[], Awaitable[object]]] = [
        client.identity,
        client.system.information,
        client.thread.status,
        client.log_in,
        client.joiners.read,
        client.wifi.status,
        client.system.log,
        client.thread.start,
    ]
    await asyncio.gather(*(call() for call in calls * 3))
    assert router.lab.state()["overlaps"] == 0
    assert logins(router) == 1


async def test_challenge_and_login_stay_together(
    router: GlS20Simulator, new_client: NewClient
) -> None:
    """Nothing of ours comes between the two, even when everything starts at once."""
    client = new_client(router)
    await asyncio.gather(client.log_in(), *(client.identity() for _ in range(4)))
    paths = [path for _, path in router.requests]
    assert paths[paths.index("/ui/challenge") + 1] == "/ui/login"


async def test_canceled_request_frees_the_way(router: GlS20Simulator, client: GlS20Client) -> None:
    """A caller that gives up does not block the others."""
    await client.system.information()
    router.lab.break_replies("otbr/scan", FaultKind.TIMEOUT)
    scan = asyncio.create_task(client.thread.scan())
    while not count(router, "/otbr/scan"):  # noqa: ASYNC110 - the simulator has no event for it
        await asyncio.sleep(0.01)
    scan.cancel()
    with pytest.raises(asyncio.CancelledError):
        await scan
    async with asyncio.timeout(5):
        await client.system.information()


async def test_nobody_there(open_session: OpenSession) -> None:
    """A closed port is no connection, and not a lost one."""
    client = GlS20Client(open_session(), URL("http://127.0.0.1:1"), password="x")
    with pytest.raises(CannotConnect) as caught:
        await client.identity()
    assert not isinstance(caught.value, ConnectionLost)
