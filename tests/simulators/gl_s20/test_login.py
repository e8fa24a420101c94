"""Challenge, login, the sliding session, and the first set-up."""

import json

import aiohttp
import pytest

from simulators.gl_s20 import DEFAULT_PASSWORD, GlS20Simulator
from simulators.gl_s20.errors import Code
from simulators.gl_s20.sessions import login_hash
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

OPEN_TEXT = "Aa1!" * 8


def test_published_example() -> None:
    """The hash is that of the vendor's own example."""
    assert (
        login_hash("12345678", "ZmVhMjk5", "N2E1NDAwNjIzZGMzY2QxYjQyY2VlZTEx")
        == "771dff96fa01146f6e42ad01bed197ca"
    )


async def test_challenge(page: WebPage) -> None:
    """Every challenge is another one, of the documented form."""
    first, second = await page.get("ui/challenge"), await page.get("ui/challenge")
    assert first["alg"] == 66
    assert (len(first["salt"]), len(first["nonce"])) == (8, 32)
    assert first["nonce"] != second["nonce"]


@pytest.mark.parametrize(
    ("username", "password"), [("root", "gatehouse-2025"), ("admin", DEFAULT_PASSWORD)]
)
async def test_wrong_credentials(page: WebPage, username: str, password: str) -> None:
    """A wrong password or name is refused, and the next right one is not."""
    answer = await page.answer(password)
    with pytest.raises(Refused) as refusal:
        await page.post("ui/login", username=username, hash=answer)
    assert refusal.value.code == Code.LOGIN
    await page.log_in(DEFAULT_PASSWORD)


@pytest.mark.parametrize(("seconds", "good"), [(2, True), (2.1, False)])
async def test_nonce_expires(
    router: GlS20Simulator, page: WebPage, seconds: float, *, good: bool
) -> None:
    """An answer that comes later than two seconds looks like a wrong password."""
    answer = await page.answer(DEFAULT_PASSWORD)
    router.lab.advance(seconds)
    if good:
        assert (await page.post("ui/login", username="root", hash=answer))["sid"]
        return
    with pytest.raises(Refused) as refusal:
        await page.post("ui/login", username="root", hash=answer)
    assert refusal.value.code == Code.LOGIN


async def test_answer_serves_once(page: WebPage) -> None:
    """The same answer does not log in twice."""
    answer = await page.answer(DEFAULT_PASSWORD)
    await page.post("ui/login", username="root", hash=answer)
    with pytest.raises(Refused):
        await page.post("ui/login", username="root", hash=answer)


async def test_token_slides(router: GlS20Simulator, page: WebPage) -> None:
    """A token lives for 35 seconds from its last use."""
    for _ in range(3):
        router.lab.advance(35)
        await page.get("sys/get_info")
    router.lab.advance(35.1)
    with pytest.raises(Refused) as refusal:
        await page.get("sys/get_info")
    assert refusal.value.code == Code.TOKEN
    assert router.lab.state()["sessions"] == 0


async def test_requests_without_token_do_not_slide(router: GlS20Simulator, page: WebPage) -> None:
    """What needs no token does not keep one alive."""
    router.lab.advance(20)
    await page.get("ui/check_initialized")
    router.lab.advance(20)
    with pytest.raises(Refused):
        await page.get("sys/get_info")


async def test_expired_token_as_status(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may answer an expired token with HTTP 401."""
    router = await make_router(expired_token="http_401")
    page = await open_page(router)
    router.lab.expire_tokens()
    with pytest.raises(aiohttp.ClientResponseError) as refusal:
        await page.get("sys/get_info")
    assert refusal.value.status == 401


async def test_refused_request_does_nothing(router: GlS20Simulator, page: WebPage) -> None:
    """A request with a bad token is not carried out."""
    page.token = "nobody"
    with pytest.raises(Refused):
        await page.get("otbr/generate_thread_network")
    assert router.lab.state()["networks_generated"] == 0


async def test_oldest_session_gives_way(make_router: MakeRouter, open_page: OpenPage) -> None:
    """One login too many ends the session that was idle longest."""
    router = await make_router(max_sids=2)
    pages = [await open_page(router) for _ in range(2)]
    router.lab.advance(1)
    await pages[0].get("sys/get_info")
    await open_page(router)
    await pages[0].get("sys/get_info")
    with pytest.raises(Refused):
        await pages[1].get("sys/get_info")


async def test_full_sessions_refuse(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may refuse a login too many instead."""
    router = await make_router(max_sids=1, full_sessions="refuse")
    page = await open_page(router)
    with pytest.raises(Refused):
        await open_page(router)
    await page.get("sys/get_info")


async def test_logout(router: GlS20Simulator, page: WebPage) -> None:
    """Logging out ends the session."""
    await page.post("ui/logout")
    assert router.lab.state()["sessions"] == 0
    with pytest.raises(Refused):
        await page.get("sys/get_info")


async def test_first_set_up(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A new device takes a password once, and no login before."""
    router = await make_router(initialized=False)
    page = await open_page(router)
    assert (await page.get("ui/check_initialized"))["initialized"] is False
    with pytest.raises(Refused):
        await page.log_in(DEFAULT_PASSWORD)
    await page.post("ui/set_init", lang="en", password="first-Password")
    assert (await page.get("ui/check_initialized"))["initialized"] is True
    await page.log_in("first-Password")
    with pytest.raises(Refused) as refusal:
        await page.post("ui/set_init", lang="en", password="second-Password")
    assert refusal.value.code == Code.ALREADY_INITIALIZED


@pytest.mark.parametrize(
    ("lang", "password", "good"),
    [
        ("en", "abcdefghi1", True),
        ("zh-cn", OPEN_TEXT[:31], True),
        ("de", "abcdefghi1", False),
        ("en", "abcdefgh1", False),
        ("en", OPEN_TEXT, False),
        ("en", "abcdefghij", False),
        ("en", "abcdefghi1é", False),
    ],
)
async def test_password_rules(
    make_router: MakeRouter, open_page: OpenPage, lang: str, password: str, *, good: bool
) -> None:
    """A new password has 10 to 31 characters of two kinds."""
    router = await make_router(initialized=False)
    page = await open_page(router)
    if good:
        await page.post("ui/set_init", lang=lang, password=password)
        await page.log_in(password)
        return
    with pytest.raises(Refused) as refusal:
        await page.post("ui/set_init", lang=lang, password=password)
    assert refusal.value.code == Code.PARAMETER
    assert router.lab.state()["initialized"] is False


async def test_change_password(router: GlS20Simulator, page: WebPage) -> None:
    """A new password needs the old one and ends every session."""
    new = "another-2026"
    with pytest.raises(Refused):
        await page.post("sys/set_admin_pwd", username="root", old_pwd="wrong", new_pwd=new)
    await page.post("sys/set_admin_pwd", username="root", old_pwd=DEFAULT_PASSWORD, new_pwd=new)
    assert router.password == new
    with pytest.raises(Refused):
        await page.get("sys/get_info")
    await page.log_in(new)
    assert json.loads((await page.raw("GET", "sys/get_log"))[2])["result"]["log"]
