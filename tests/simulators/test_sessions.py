"""Cookies, tokens and what is open without a login."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulators.hilink import DEFAULT_PASSWORD, LoginKind, SessionPolicy, TokenRotation, TokenStyle
from tests.simulators.browser import TIMEOUT, TOKEN, Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

NET_MODE = (
    "<NetworkMode>00</NetworkMode><NetworkBand>3FFFFFFF</NetworkBand>"
    "<LTEBand>7FFFFFFFFFFFFFFF</LTEBand>"
)


async def refusal(attempt: Any) -> int:
    """Return the code with which something is refused."""
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value.code


async def test_no_cookie(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Without a session every path but those that open one is refused."""
    browser = open_browser(await make_modem())
    assert await refusal(browser.get("monitoring/status")) == 125002
    assert await refusal(browser.get("no/such-path")) == 125002
    assert await refusal(browser.post("user/logout", "<Logout>1</Logout>", "")) == 125002
    await browser.token()
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "901"


async def test_anonymous(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """An anonymous session sees the open paths; all others look protected, even unknown ones."""
    browser = open_browser(await make_modem(profile="e8372h-153"))
    await browser.page()
    assert (await browser.get("device/signal"))["rsrp"] == "-87dBm"
    assert await refusal(browser.get("device/information")) == 100003
    assert await refusal(browser.get("no/such-path")) == 100003


async def test_logged_in(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """After the login unknown paths are unsupported and closed ones stay closed."""
    browser = open_browser(await make_modem())
    await browser.log_in(DEFAULT_PASSWORD)
    assert (await browser.get("device/information"))["DeviceName"] == "H165-383"
    assert await refusal(browser.get("no/such-path")) == 100002
    assert await refusal(browser.post("no/such-path", "<Mode>0</Mode>")) == 100002
    assert await refusal(browser.get("device/antenna_status")) == 100003


async def test_open_information(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A model can show device/information to anybody."""
    browser = open_browser(await make_modem(hide_information=False))
    await browser.page()
    assert (await browser.get("device/information"))["Imei"] == "490154203237575"


async def test_cookie_changes_at_login(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A login replaces the session's cookie, and the old one is worth nothing."""
    modem = await make_modem()
    browser = open_browser(modem)
    await browser.page()
    [before] = [cookie.value for cookie in browser.session.cookie_jar]
    await browser.log_in(DEFAULT_PASSWORD)
    [after] = [cookie.value for cookie in browser.session.cookie_jar]
    assert before != after
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as other,
        other.get(
            f"{modem.url}/api/monitoring/status", headers={"Cookie": f"SessionID={before}"}
        ) as reply,
    ):
        assert b"<code>125002</code>" in await reply.read()


async def test_token_is_used_up(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A token serves one POST; used, foreign, invented and missing ones are refused."""
    modem = await make_modem()
    browser, other = open_browser(modem), open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    token = await browser.token()
    assert await browser.post("net/net-mode", NET_MODE, token) == "OK"
    assert await refusal(browser.post("net/net-mode", NET_MODE, token)) == 125003
    assert await refusal(browser.post("net/net-mode", NET_MODE, await other.token())) == 125003
    assert await refusal(browser.post("net/net-mode", NET_MODE, "A" * 32)) == 125001
    assert await refusal(browser.post("net/net-mode", NET_MODE, "")) == 125002


async def test_spent_token_code(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Which error a used token gets depends on the firmware."""
    browser = open_browser(await make_modem(spent_token_code=125002))
    await browser.log_in(DEFAULT_PASSWORD)
    token = await browser.token()
    await browser.post("net/net-mode", NET_MODE, token)
    assert await refusal(browser.post("net/net-mode", NET_MODE, token)) == 125002


async def test_long_token(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """All 64 characters are as good as the last 32."""
    browser = open_browser(await make_modem())
    await browser.log_in(DEFAULT_PASSWORD)
    token = (await browser.get("webserver/token"))["token"]
    assert len(token) == 64
    assert await browser.post("net/net-mode", NET_MODE, token) == "OK"


@pytest.mark.parametrize(
    ("rotation", "count"),
    [(TokenRotation.SINGLE, 1), (TokenRotation.PAIR, 2), (TokenRotation.POOL, 30)],
)
async def test_tokens_after_login(
    make_modem: MakeModem, open_browser: MakeBrowser, rotation: TokenRotation, count: int
) -> None:
    """A login brings as many tokens as the model gives, and all of them serve."""
    browser = open_browser(await make_modem(token_rotation=rotation))
    await browser.log_in(DEFAULT_PASSWORD)
    tokens = list(browser.tokens)
    assert len(set(tokens)) == count
    for token in tokens:
        assert await browser.post("net/net-mode", NET_MODE, token) == "OK"
        assert len(browser.tokens) == 1


async def test_meta_tokens(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Older pages carry two tokens, and there is no token endpoint."""
    browser = open_browser(await make_modem(token_style=TokenStyle.META, login=LoginKind.NONE))
    page = await browser.page()
    tokens = [part.split('"')[0] for part in page.split('content="')[1:]]
    assert len(set(tokens)) == 2
    assert "<title>H165-383</title>" in page
    assert await refusal(browser.get("webserver/token")) == 100002
    for token in tokens:
        assert await browser.post("net/net-mode", NET_MODE, token) == "OK"


async def test_session_and_token(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """SesTokInfo opens a session without a cookie; its token is written with entities."""
    modem = await make_modem(token_style=TokenStyle.SES_TOK_INFO, login=LoginKind.NONE)
    browser = open_browser(modem)
    reply = await browser.get("webserver/SesTokInfo")
    assert not list(browser.session.cookie_jar)
    async with browser.session.post(
        f"{modem.url}/api/net/net-mode",
        data=f"<request>{NET_MODE}</request>",
        headers={"Cookie": reply["SesInfo"], TOKEN: reply["TokInfo"]},
    ) as answer:
        assert b"<response>OK</response>" in await answer.read()
    bodies = [await browser.raw("webserver/SesTokInfo") for _ in range(20)]
    assert any(b"&#x2F;" in body.split(b"<TokInfo>")[1] for body in bodies)


async def test_no_tokens_at_all(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """The oldest sticks know neither cookies nor tokens."""
    browser = open_browser(await make_modem(token_style=TokenStyle.NONE, login=LoginKind.NONE))
    assert await refusal(browser.get("webserver/SesTokInfo")) == 100002
    assert await browser.post("dialup/mobile-dataswitch", "<dataswitch>0</dataswitch>", "") == "OK"


async def test_idle_timeout(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A login ends after the idle time, but any request keeps it alive."""
    modem = await make_modem(idle_timeout=300)
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    token = await browser.token()
    for _ in range(3):
        modem.lab.advance(290)
        assert (await browser.get("user/heartbeat"))["userlevel"] == "2"
    modem.lab.advance(301)
    assert await refusal(browser.get("device/information")) == 100003
    assert await refusal(browser.post("net/net-mode", NET_MODE, token)) == 125003
    assert (await browser.get("user/state-login"))["State"] == "-1"


async def test_logout(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """After a logout the session is anonymous."""
    browser = open_browser(await make_modem())
    await browser.log_in(DEFAULT_PASSWORD)
    assert (await browser.get("user/state-login"))["State"] == "0"
    assert await browser.post("user/logout", "<Logout>1</Logout>") == "OK"
    assert (await browser.get("user/state-login"))["State"] == "-1"
    assert await refusal(browser.get("device/information")) == 100003


async def test_replaced(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """With a single session, a new login throws the old one out."""
    modem = await make_modem(session_policy=SessionPolicy.REPLACE)
    first, second = open_browser(modem), open_browser(modem)
    await first.log_in(DEFAULT_PASSWORD)
    await second.page()
    assert (await second.get("user/state-login"))["State"] == "-2"
    await second.log_in(DEFAULT_PASSWORD)
    assert await refusal(first.get("device/information")) == 100003
    assert (await second.get("device/information"))["DeviceName"] == "H165-383"


async def test_refused(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A model may refuse a second login, unless it is forced or the first one idled out."""
    modem = await make_modem(session_policy=SessionPolicy.REFUSE, idle_timeout=300)
    first, second, third = (open_browser(modem) for _ in range(3))
    await first.log_in(DEFAULT_PASSWORD)
    assert await refusal(second.log_in(DEFAULT_PASSWORD)) == 108003
    await second.log_in(DEFAULT_PASSWORD, flag="2")
    assert await refusal(first.get("device/information")) == 100003
    modem.lab.advance(301)
    await third.log_in(DEFAULT_PASSWORD)


async def test_tolerated(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """By default several clients are logged in side by side."""
    modem = await make_modem()
    first, second = open_browser(modem), open_browser(modem)
    await first.log_in(DEFAULT_PASSWORD)
    await second.log_in(DEFAULT_PASSWORD)
    assert (await first.get("device/information"))["DeviceName"] == "H165-383"
    assert modem.lab.state()["logged_in"] == 2


@pytest.mark.parametrize(("conflict", "refused"), [(True, 1), (False, 0)])
async def test_parallel_posts(
    make_modem: MakeModem, open_browser: MakeBrowser, *, conflict: bool, refused: int
) -> None:
    """The second of two overlapping POSTs of one session is refused."""
    browser = open_browser(await make_modem(parallel_posts_conflict=conflict))
    await browser.log_in(DEFAULT_PASSWORD)
    tokens = [await browser.token() for _ in range(2)]
    results = await asyncio.gather(
        *(browser.post("net/net-mode", NET_MODE, token) for token in tokens),
        return_exceptions=True,
    )
    codes = [result.code for result in results if isinstance(result, Refused)]
    assert codes == [125003] * refused


async def test_parallel_posts_of_two(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Two sessions do not disturb each other."""
    modem = await make_modem()
    browsers: list[Browser] = [open_browser(modem) for _ in range(2)]
    for browser in browsers:
        await browser.log_in(DEFAULT_PASSWORD)
    results = await asyncio.gather(*(each.post("net/net-mode", NET_MODE) for each in browsers))
    assert results == ["OK", "OK"]


async def test_body_shape(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Bad XML, missing or unknown elements and a wrong order are format errors."""
    browser = open_browser(await make_modem())
    await browser.log_in(DEFAULT_PASSWORD)
    swapped = (
        "<LTEBand>7FFFFFFFFFFFFFFF</LTEBand><NetworkMode>00</NetworkMode>"
        "<NetworkBand>3FFFFFFF</NetworkBand>"
    )
    for body in (swapped, "<NetworkMode>00</NetworkMode>", f"{NET_MODE}<x/>", "<a>", "", "text"):
        assert await refusal(browser.post("net/net-mode", body)) == 100005


async def test_config_pages_redirect(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A configuration page that is not there leads to the home page."""
    modem = await make_modem()
    browser = open_browser(modem)
    async with browser.session.get(
        f"{modem.url}/config/global/config.xml", allow_redirects=False
    ) as reply:
        assert reply.status == 302
        assert reply.headers["Location"] == "/html/index.html"
    async with browser.session.get(f"{modem.url}/api/monitoring/status") as reply:
        assert reply.headers["Content-Type"] == "text/html"


async def test_many_sessions(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Old anonymous sessions give way; one that is logged in stays."""
    modem = await make_modem()
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    anonymous = open_browser(modem)
    await anonymous.page()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        for _ in range(70):
            async with session.get(f"{modem.url}/") as reply:
                assert "SessionID=" in reply.headers["Set-Cookie"]
    assert (await browser.get("user/heartbeat"))["userlevel"] == "2"
    assert await refusal(anonymous.get("monitoring/status")) == 125002


async def test_public_key(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """The public key has 2048 bits."""
    browser = open_browser(await make_modem())
    await browser.page()
    key = await browser.get("webserver/publickey")
    assert int(key["encpubkeyn"], 16).bit_length() == 2048
    assert key["encpubkeye"] == "010001"
