"""The session of one modem: cookie, tokens, order, and what heals it."""

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from simulators.faults import FaultKind
from simulators.hilink.options import LoginKind, TokenRotation, TokenStyle
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, login_posts, posts
from tests.conftest import StartModem, until

if TYPE_CHECKING:
    from collections.abc import Awaitable

SWITCH = "dialup/mobile-dataswitch"
TOKEN_CODES = (125001, 125002, 125003)
PROTECTED = "device/information"
STYLES = (
    (TokenStyle.META, LoginKind.SHA256),
    (TokenStyle.TOKEN, LoginKind.SCRAM),
    (TokenStyle.SES_TOK_INFO, LoginKind.SHA256),
    (TokenStyle.NONE, LoginKind.BASE64),
)
"""As the generations of firmware combine them; those without tokens have no SCRAM."""


@pytest.mark.parametrize("login", [LoginKind.BASE64, LoginKind.SHA256, LoginKind.SCRAM])
@pytest.mark.parametrize("rotation", TokenRotation)
@pytest.mark.parametrize("style", TokenStyle)
async def test_all_ways_of_tokens(
    start_modem: StartModem,
    new_client: NewClient,
    style: TokenStyle,
    rotation: TokenRotation,
    login: LoginKind,
) -> None:
    """Wherever tokens come from, no request is refused for its token."""
    modem = await start_modem(token_style=style, token_rotation=rotation, login=login)
    client = new_client(modem)
    for enabled in (False, True, False):
        await client.set_mobile_data(enabled=enabled)
        assert (await client.mobile_data()).enabled is enabled
    assert posts(modem, SWITCH) == 3
    assert login_posts(modem) == 1


async def test_pool_is_used_up_before_asking(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """Thirty tokens came with the login: none need be asked for."""
    modem = await start_modem(
        token_style=TokenStyle.TOKEN, token_rotation=TokenRotation.POOL, login=LoginKind.SCRAM
    )
    client = new_client(modem)
    await client.log_in()
    asked = gets(modem, "webserver/token")
    for _ in range(5):
        await client.set_mobile_data(enabled=True)
    assert gets(modem, "webserver/token") == asked == 1


async def test_nothing_is_sent_before_the_first_request(
    modem: HilinkSimulator, new_client: NewClient
) -> None:
    """A client costs the device nothing until it is used."""
    client = new_client(modem)
    assert str(client.base_url).startswith(modem.url)
    assert client.login_kind is None
    assert modem.requests == []


@pytest.mark.parametrize("code", TOKEN_CODES)
async def test_refused_token_of_a_command(
    modem: HilinkSimulator, client: HilinkClient, code: int
) -> None:
    """A fresh token, the same request again, and no new login."""
    await client.log_in()
    modem.lab.break_replies(SWITCH, FaultKind.ERROR, code=code)
    await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 2
    assert modem.lab.state()["mobile_data"] is False


@pytest.mark.parametrize("code", TOKEN_CODES)
async def test_refused_token_of_a_read(
    modem: HilinkSimulator, client: HilinkClient, code: int
) -> None:
    """A read heals in the same way."""
    await client.log_in()
    modem.lab.break_replies("device/signal", FaultKind.ERROR, code=code)
    await client.signal()
    assert gets(modem, "device/signal") >= 2


@pytest.mark.parametrize("code", TOKEN_CODES)
async def test_token_refused_for_good(
    modem: HilinkSimulator, client: HilinkClient, code: int
) -> None:
    """One repetition and no more, until somebody asks again."""
    await client.log_in()
    modem.lab.break_replies("net/current-plmn", FaultKind.ERROR, times=None, code=code)
    with pytest.raises(InvalidReply):
        await client.operator()
    assert gets(modem, "net/current-plmn") == 2
    modem.lab.break_replies(SWITCH, FaultKind.ERROR, times=None, code=code)
    modem.lab.reset_counts()
    with pytest.raises(InvalidReply):
        await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 2
    modem.lab.repair()
    await client.set_mobile_data(enabled=False)
    assert modem.lab.state()["mobile_data"] is False


@pytest.mark.parametrize("code", [125001, 125003])
async def test_token_page_that_fails_once(
    modem: HilinkSimulator, client: HilinkClient, code: int
) -> None:
    """A moment without tokens does not turn the device into one that has none."""
    await client.log_in()
    client._session.drop_tokens()
    for endpoint in ("webserver/token", "webserver/SesTokInfo"):
        modem.lab.break_replies(endpoint, FaultKind.HTML)
    modem.lab.break_replies(SWITCH, FaultKind.ERROR, code=code)
    await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 2
    assert modem.lab.state()["mobile_data"] is False


async def test_denied_to_a_user(start_modem: StartModem, new_client: NewClient) -> None:
    """100003 may mean that this user may not: no login for that, each poll would make one."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    await client.log_in()
    modem.lab.reset_counts()
    for _ in range(3):
        with pytest.raises(NotPermitted):
            await client.fields("device/antenna_status")
    assert login_posts(modem) == 0
    assert gets(modem, "user/state-login") == 3
    assert gets(modem, "device/antenna_status") == 3


async def test_denied_command(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A command that the user may not give is not given twice."""
    await client.log_in()
    modem.lab.break_replies(SWITCH, FaultKind.ERROR, times=None, code=100003)
    with pytest.raises(NotPermitted):
        await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 1
    assert login_posts(modem) == 1


async def test_unknown_page(modem: HilinkSimulator, client: HilinkClient) -> None:
    """100002 is an answer, not a reason to try again."""
    await client.log_in()
    with pytest.raises(NotSupported):
        await client.fields("no/such-page")
    assert gets(modem, "no/such-page") == 1
    assert login_posts(modem) == 1


@pytest.mark.parametrize(("style", "login"), STYLES)
@pytest.mark.parametrize("how", ["idle", "expired", "forgotten"])
async def test_expired_session_of_a_read(
    start_modem: StartModem, new_client: NewClient, style: TokenStyle, login: LoginKind, how: str
) -> None:
    """A login that ended is renewed once, and the read is repeated."""
    modem = await start_modem(token_style=style, login=login)
    client = new_client(modem)
    await client.device_information()
    end_session(modem, how)
    modem.lab.reset_counts()
    assert (await client.device_information()).serial_number
    assert login_posts(modem) == 1
    assert gets(modem, PROTECTED) <= 3
    await client.device_information()
    assert login_posts(modem) == 1


@pytest.mark.parametrize(("style", "login"), STYLES)
@pytest.mark.parametrize("how", ["idle", "expired", "forgotten"])
async def test_expired_session_of_a_command(
    start_modem: StartModem, new_client: NewClient, style: TokenStyle, login: LoginKind, how: str
) -> None:
    """A command that was refused for its session is given again, and carried out once."""
    modem = await start_modem(token_style=style, login=login)
    client = new_client(modem)
    await client.set_mobile_data(enabled=True)
    end_session(modem, how)
    modem.lab.reset_counts()
    await client.set_mobile_data(enabled=False)
    assert login_posts(modem) == 1
    assert modem.lab.state()["mobile_data"] is False


async def test_login_state_of_a_forgotten_session(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """The state can be read with a cookie that the device does not know any more."""
    await client.log_in()
    modem.lab.expire_sessions(forget=True)
    state = await client.login_state()
    assert state is not None
    assert state.state == -1
    assert login_posts(modem) == 1


async def test_open_pages_need_no_new_login(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Logging in again waits until a page asks for it."""
    await client.log_in()
    modem.lab.expire_sessions()
    await client.status()
    assert login_posts(modem) == 1


@pytest.mark.parametrize("latency", [0, 0.005])
async def test_requests_go_one_at_a_time(
    start_modem: StartModem, new_client: NewClient, latency: float
) -> None:
    """Twenty reads and commands at once: no conflict, no lost token, one login."""
    modem = await start_modem(latency_seconds=latency, parallel_posts_conflict=True)
    client = new_client(modem)
    requests: list[Awaitable[object]] = []
    for number in range(10):
        requests.append(client.set_mobile_data(enabled=bool(number % 2)))
        requests.append(client.device_information())
    await asyncio.gather(*requests)
    assert posts(modem, SWITCH) == 10
    assert gets(modem, PROTECTED) == 10
    assert login_posts(modem) == 1


async def test_no_request_overlaps_another(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reads wait for each other too, including those that need several requests."""
    modem = await start_modem()
    client = new_client(modem)
    answer = modem._answer
    running, most = 0, 0

    async def observed(request: object) -> object:
        """Answer slowly, and note how many do."""
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.003)
        try:
            return await answer(request)  # type: ignore[arg-type] # handed on as it came
        finally:
            running -= 1

    monkeypatch.setattr(modem, "_answer", observed)
    await asyncio.gather(
        *(client.signal() for _ in range(5)), client.login_state(), client.sms.count()
    )
    assert most == 1


async def test_canceled_request_frees_the_way(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A request that somebody gave up does not block the next."""
    await client.log_in()
    modem.lab.break_replies("device/signal", FaultKind.TIMEOUT)
    given_up = asyncio.create_task(client.signal())
    await until(lambda: ("GET", "/api/device/signal") in modem.requests)
    given_up.cancel()
    async with asyncio.timeout(10):
        assert (await client.signal()).mode is not None


async def test_restart_in_the_middle(modem: HilinkSimulator, client: HilinkClient) -> None:
    """While the device restarts it cannot be reached; afterwards one login heals everything."""
    before = await client.device_information()
    modem.lab.reboot(60)
    for _ in range(2):
        with pytest.raises(CannotConnect):
            await client.device_information()
    modem.lab.advance(61)
    modem.lab.reset_counts()
    information = await client.device_information()
    assert before.uptime is not None
    assert information.uptime is not None
    assert information.uptime < before.uptime
    assert login_posts(modem) == 1
    await client.set_mobile_data(enabled=False)
    assert login_posts(modem) == 1


async def test_read_is_repeated_once_on_a_broken_connection(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """Devices drop connections; twice in a row is an outage."""
    await client.log_in()
    modem.lab.break_replies("device/signal", FaultKind.DROP)
    await client.signal()
    assert gets(modem, "device/signal") == 2
    modem.lab.break_replies("device/signal", FaultKind.DROP, times=None)
    with pytest.raises(CannotConnect):
        await client.signal()
    assert gets(modem, "device/signal") == 4


async def test_first_connection_may_be_dropped(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """Some devices drop the very first connection of a session."""
    modem.lab.break_replies("/", FaultKind.DROP)
    modem.lab.break_replies("user/state-login", FaultKind.DROP)
    assert (await client.device_information()).serial_number


@pytest.mark.parametrize("kind", [FaultKind.GARBAGE, FaultKind.HTML, FaultKind.TRUNCATED])
async def test_one_bad_reply_costs_one_reading(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind
) -> None:
    """A reply that cannot be read is an error now and nothing later."""
    await client.log_in()
    modem.lab.break_replies("device/signal", kind)
    with pytest.raises(InvalidReply):
        await client.signal()
    await client.status()
    await client.signal()
    assert login_posts(modem) == 1


async def test_empty_reply_is_no_reading(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Success without content is good for a command only."""
    await client.log_in()
    modem.lab.break_replies("device/signal", FaultKind.EMPTY)
    with pytest.raises(InvalidReply):
        await client.signal()
    modem.lab.break_replies(SWITCH, FaultKind.EMPTY)
    await client.set_mobile_data(enabled=False)


async def test_each_login_has_a_new_session(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The cookie changes at login, so an old one cannot be taken over."""
    cookies = []
    await client.login_state()
    cookies.append(session_cookie(client))
    for _ in range(2):
        await client.log_in()
        cookies.append(session_cookie(client))
        await client.release()
    assert all(cookies)
    assert all(one != other for one, other in pairwise(cookies))


def session_cookie(client: HilinkClient) -> str:
    """Return the session cookie that the next request will carry."""
    jar = client._session._transport.session.cookie_jar
    cookie = jar.filter_cookies(client.base_url).get("SessionID")
    return cookie.value if cookie else ""


def end_session(modem: HilinkSimulator, how: str) -> None:
    """End all logins at the device."""
    match how:
        case "idle":
            modem.lab.advance(301)
        case "expired":
            modem.lab.expire_sessions()
        case _:
            modem.lab.expire_sessions(forget=True)
