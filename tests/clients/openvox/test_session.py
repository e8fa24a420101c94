"""The session: its token, what heals it, one request at a time."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    GatehouseError,
    NotPermitted,
    SessionConflict,
)
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from simulators.faults import FaultKind
from simulators.openvox import CodeStyle, ExpiredToken, OpenVoxSimulator
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice
from tests.clients.openvox.conftest import (
    CHANNELS,
    LOGIN,
    LOGOUT,
    NUMBER,
    SEND,
    SIMS,
    SPANS,
    TEXT,
    TOKEN,
    Clock,
    NewClient,
    StartGateway,
    Wait,
    count,
    form,
    logins,
    ok,
    refused,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOST = "Login has expired"
"""Words of a lost login."""

FOREIGN = "Сеанс завершён"
"""Words that nobody taught the client."""


async def test_nothing_is_sent_before_the_first_request(
    gateway: OpenVoxSimulator, client: OpenVoxClient
) -> None:
    """A client costs the gateway nothing until it is used."""
    assert client.base_url == URL(gateway.url)
    await client.release()
    assert gateway.requests == []


async def test_polls_share_one_login(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """Each use prolongs the token: hours later it is still the same."""
    for pause in (30, 300, 560, 569, 31, 500):
        await client.channels()
        wait(pause)
    await client.channels()
    assert logins(gateway) == 1


async def test_idle_session_is_renewed_before_it_is_used(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """The gateway has forgotten it or is about to: no request is wasted on trying."""
    for _ in range(5):
        await client.channels()
        wait(575)
        gateway.lab.reset_counts()
        await client.valid_spans()
        assert gateway.lab.counts() == {LOGIN: 1, SPANS: 1}


async def test_refused_reply_does_not_prolong_the_token(
    device: ScriptedDevice, scripted: OpenVoxClient, clock: Clock
) -> None:
    """Only what the gateway said to somebody logged in counts as use."""
    await scripted.channels()
    device.answer(SPANS, refused())
    device.answer(CHANNELS, status(500))
    for _ in range(3):
        with pytest.raises(CommandRefused):
            await scripted.valid_spans()
        clock.advance(300)
    assert device.counts()[LOGIN] == 2


@pytest.mark.parametrize("code_style", CodeStyle)
@pytest.mark.parametrize("form_of_loss", ExpiredToken)
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (401, ""),
        (403, FOREIGN),
        (1003, "Invalid token"),
        (1003, "Please log in"),
        (1003, "Not logged-in"),
        (1003, LOST),
        (1003, "AUTH failed"),
        (1003, "Your Session is over"),
        (1003, "请先登录"),
        (1003, "令牌无效"),
        (1003, FOREIGN),
        (500, ""),
    ],
)
async def test_stolen_token(
    start_gateway: StartGateway,
    new_client: NewClient,
    form_of_loss: ExpiredToken,
    code_style: CodeStyle,
    code: int,
    message: str,
) -> None:
    """Whatever the gateway calls it: one new login, and the reading again."""
    gateway = await start_gateway(
        expired_token=form_of_loss, code_style=code_style, token_code=code, token_message=message
    )
    client = new_client(gateway)
    await client.channels()
    gateway.lab.steal_tokens()
    gateway.lab.reset_counts()
    assert await client.sims()
    assert gateway.lab.counts() == {SIMS: 2, CHANNELS: 1, LOGIN: 1}


async def test_stolen_token_of_the_witness(
    gateway: OpenVoxSimulator, client: OpenVoxClient
) -> None:
    """The reading that otherwise bears witness needs another witness."""
    await client.channels()
    gateway.lab.steal_tokens()
    gateway.lab.reset_counts()
    assert (await client.channels()).channels
    assert gateway.lab.counts() == {CHANNELS: 2, SPANS: 1, LOGIN: 1}


async def test_restart(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """After a restart the gateway knows nobody; the client notices by itself."""
    await client.channels()
    gateway.lab.reboot(20)
    with pytest.raises(CannotConnect):
        await client.channels()
    gateway.lab.advance(21)
    await client.channels()
    assert logins(gateway) == 2


async def test_password_changed_elsewhere(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """The new login is refused, and that is that."""
    await client.channels()
    gateway.lab.set_options(password="Somebody-else-1")
    gateway.lab.steal_tokens()
    for _ in range(3):
        with pytest.raises(AuthenticationFailed):
            await client.channels()
    assert logins(gateway) == 2


async def test_bearer(start_gateway: StartGateway, new_client: NewClient) -> None:
    """One refusal teaches how the token has to be written, for good."""
    gateway = await start_gateway(bearer=True)
    client = new_client(gateway)
    await client.channels()
    assert gateway.lab.counts() == {LOGIN: 1, CHANNELS: 2}
    await client.sims()
    gateway.lab.steal_tokens()
    await client.valid_spans()
    assert gateway.lab.counts() == {LOGIN: 2, CHANNELS: 3, SIMS: 1, SPANS: 2}
    await client.release()
    assert gateway.lab.state()["tokens"] == 0


async def test_headers_of_both_ways(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Bare first, as it is documented; then with the word before it."""
    device.answer(CHANNELS, refused(401), ok({}))
    await scripted.channels()
    await scripted.channels()
    asked = [each.headers["authorization"] for each in device.seen if each.path == CHANNELS]
    assert asked == [TOKEN, f"Bearer {TOKEN}", f"Bearer {TOKEN}"]
    assert device.counts()[LOGIN] == 1


async def test_bearer_with_a_token_stolen_at_once(
    start_gateway: StartGateway, new_client: NewClient
) -> None:
    """The dead token proves nothing about how it has to be written."""
    gateway = await start_gateway(bearer=True)
    client = new_client(gateway)
    await client.log_in()
    gateway.lab.steal_tokens()
    assert (await client.channels()).channels
    assert logins(gateway) == 2


@pytest.mark.parametrize(
    ("bare", "bearer", "code"),
    [
        (refused(1, LOST), refused(2, "SIM locked"), 2),
        (refused(1, "SIM locked"), refused(2, LOST), 1),
        (refused(1, "SIM locked"), refused(2, "Bad header"), 1),
    ],
)
async def test_refused_in_both_ways(
    device: ScriptedDevice, scripted: OpenVoxClient, bare: str, bearer: str, code: int
) -> None:
    """The refusal that is not about the login is the one that counts."""
    device.answer(SIMS, bare, bearer)
    with pytest.raises(CommandRefused) as caught:
        await scripted.sims()
    assert caught.value.code == code
    assert device.counts()[LOGIN] == 1


@pytest.mark.parametrize("refusal", [refused(7, LOST), refused(403), status(401)])
async def test_refusal_with_a_good_token(
    device: ScriptedDevice, scripted: OpenVoxClient, refusal: Answer | str
) -> None:
    """The witness says that the login holds: no new one, however often it is asked."""
    device.answer(SPANS, refusal)
    await scripted.channels()
    for _ in range(3):
        with pytest.raises((CommandRefused, NotPermitted)):
            await scripted.valid_spans()
    assert device.counts() == {LOGIN: 1, CHANNELS: 4, SPANS: 3}


@pytest.mark.parametrize("witness", [refused(9, "out of order"), status(500), "<html>"])
async def test_witness_that_cannot_speak(
    device: ScriptedDevice, scripted: OpenVoxClient, witness: Answer | str
) -> None:
    """The refusal stands."""
    device.answer(CHANNELS, ok({}), witness)
    device.answer(SPANS, refused(3, LOST))
    await scripted.channels()
    with pytest.raises(CommandRefused, match=LOST) as caught:
        await scripted.valid_spans()
    assert caught.value.code == 3
    assert device.counts()[LOGIN] == 1


@pytest.mark.parametrize("refusal", [refused(7, LOST), refused(7, FOREIGN), status(401)])
async def test_gateway_that_refuses_everything(
    device: ScriptedDevice, scripted: OpenVoxClient, refusal: Answer | str
) -> None:
    """It is not logged into with each request."""
    await scripted.channels()
    for path in (CHANNELS, SPANS, SIMS):
        device.answer(path, refusal)
    for _ in range(10):
        for call in (scripted.channels, scripted.valid_spans, scripted.sims):
            with pytest.raises((CommandRefused, NotPermitted, SessionConflict)):
                await call()
    assert device.counts()[LOGIN] <= 3


async def test_repetition_that_is_refused_otherwise(
    device: ScriptedDevice, scripted: OpenVoxClient
) -> None:
    """One new login and one repetition, whose answer is the answer."""
    device.answer(CHANNELS, ok({}), refused(401))
    device.answer(SIMS, refused(401), refused(8, "no SIM"))
    await scripted.channels()
    with pytest.raises(CommandRefused) as caught:
        await scripted.sims()
    assert caught.value.code == 8
    assert device.counts()[LOGIN] == 2
    assert device.counts()[SIMS] == 2


async def test_release(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Nothing of ours is left, and the next request logs in again."""
    await client.channels()
    assert gateway.lab.state()["tokens"] == 1
    await client.release()
    assert gateway.lab.state()["tokens"] == 0
    await client.release()
    assert count(gateway, LOGOUT) == 1
    await client.channels()
    assert logins(gateway) == 2


async def test_release_says_which_token(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """In the form, and in the header as ever."""
    await scripted.channels()
    await scripted.release()
    seen = device.last(LOGOUT)
    assert form(seen) == {"token": TOKEN}
    assert seen.headers["authorization"] == TOKEN


async def test_forgotten_token_is_not_given_back(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """The gateway does not know it any more."""
    await client.channels()
    wait(700)
    await client.release()
    assert count(gateway, LOGOUT) == 0


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.HTML, FaultKind.ERROR])
async def test_release_never_fails(
    gateway: OpenVoxSimulator, client: OpenVoxClient, kind: FaultKind
) -> None:
    """Whoever leaves does not care for the answer."""
    await client.channels()
    gateway.lab.break_replies("auth/logout", kind)
    await client.release()
    await client.channels()
    assert logins(gateway) == 2


async def test_one_request_at_a_time(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """All at once, and the gateway sees one after the other, after a single login."""
    under_way = most = 0
    answer = gateway._answer

    async def watch(request: object) -> object:
        """Count who is there at the same time."""
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.005)
        try:
            return await answer(request)  # type: ignore[arg-type]  # handed through
        finally:
            under_way -= 1

    gateway._answer = watch  # type: ignore[assignment,method-assign]  # the test's own ears
    calls: list[Callable[[], Awaitable[object]]] = [
        client.channels,
        client.valid_spans,
        client.sims,
        client.outbox,
        client.inbox,
        client.push_configuration,
        client.log_in,
        lambda: client.send(1, NUMBER, TEXT),
        lambda: client.send_ussd("ussduser", "x", [1], "*100#", 10, 1),
    ]
    results = await asyncio.gather(*(call() for call in calls * 3), return_exceptions=True)
    assert sum(isinstance(each, GatehouseError) for each in results) == 3
    assert most == 1
    assert logins(gateway) == 1
    assert count(gateway, SEND) == 3


async def test_one_new_login_for_all(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Whoever notices first logs in, and the others go on with that."""
    await client.channels()
    gateway.lab.steal_tokens()
    await asyncio.gather(*(client.sims() for _ in range(10)))
    assert logins(gateway) == 2


async def test_canceled_request_frees_the_way(
    gateway: OpenVoxSimulator, client: OpenVoxClient
) -> None:
    """A caller that gives up does not block the others."""
    await client.channels()
    gateway.lab.break_replies("service/simstatus", FaultKind.TIMEOUT)
    reading = asyncio.create_task(client.sims())
    while not count(gateway, SIMS):  # noqa: ASYNC110 - the simulator has no event for it
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    async with asyncio.timeout(5):
        await client.channels()


async def test_prefix(start_gateway: StartGateway, new_client: NewClient) -> None:
    """Every request goes below it, and no password goes anywhere else."""
    gateway = await start_gateway(prefix="/index.php")
    client = new_client(gateway)
    assert client.prefix == "/index.php"
    await client.channels()
    await client.send(1, NUMBER, TEXT)
    await client.release()
    assert all(path.startswith("/index.php/") for _, path in gateway.requests)
    assert gateway.lab.state()["stray_passwords"] == 0


async def test_nobody_there(open_session: OpenSession) -> None:
    """A closed port is no connection."""
    client = OpenVoxClient(open_session(), URL("http://127.0.0.1:1"), username="a", password="x")
    with pytest.raises(CannotConnect):
        await client.channels()
