"""Where cookies and tokens come from, and which token goes with which request."""

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    DeviceBusy,
    InvalidReply,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.session import Session
from tests.clients.conftest import NOT_SUPPORTED, Answer, OpenSession, ScriptedDevice

HEADER = "__RequestVerificationToken"
TOKEN_PAGE = "/api/webserver/token"
SES_TOK_INFO = "/api/webserver/SesTokInfo"
PAGE = "/api/some/page"
OK = "<response>OK</response>"
FORBIDDEN = "<error><code>100003</code></error>"
WITH_COOKIE = {"Set-Cookie": "SessionID=first/+=;path=/;HttpOnly;"}


def token(letter: str) -> str:
    """Return a token of the usual length."""
    return letter * 32


@pytest.fixture
async def session(device: ScriptedDevice, open_session: OpenSession) -> Session:
    """Return a session with a device that gives a cookie and answers OK."""
    device.answer("/", Answer(body="<html/>", headers=WITH_COOKIE))
    device.answer(PAGE, OK)
    return Session(open_session(), device.url)


def sent_tokens(device: ScriptedDevice) -> list[str | None]:
    """Return the tokens of the POSTs, in order."""
    return [each.headers.get(HEADER) for each in device.seen if each.method == "POST"]


async def test_last_half_of_a_long_token(device: ScriptedDevice, session: Session) -> None:
    """Newer firmware answers 64 characters, of which the last 32 are the token."""
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}{token('b')}</token></response>")
    await session.post("some/page", {"a": 1})
    assert sent_tokens(device) == [token("b")]
    assert device.last(PAGE).cookies == {"SessionID": "first/+="}
    assert SES_TOK_INFO not in device.counts()


async def test_each_post_uses_up_a_token(device: ScriptedDevice, session: Session) -> None:
    """Where the replies bring none, a new one is asked for each time."""
    device.answer(
        TOKEN_PAGE, *(f"<response><token>{token(letter)}</token></response>" for letter in "abc")
    )
    for _ in range(3):
        await session.post("some/page", {})
    assert sent_tokens(device) == [token("a"), token("b"), token("c")]


async def test_read_uses_up_no_token(device: ScriptedDevice, session: Session) -> None:
    """A read carries no token and asks for none."""
    await session.get("some/page")
    assert device.counts() == {"/": 1, PAGE: 1}
    assert HEADER not in device.last(PAGE).headers


@pytest.mark.parametrize("prefix", ["SessionID=", ""])
@pytest.mark.parametrize("refusal", [Answer(status=404), "<error><code>100002</code></error>"])
async def test_session_and_token_at_once(
    device: ScriptedDevice, open_session: OpenSession, prefix: str, refusal: Answer | str
) -> None:
    """Older firmware names the cookie or not, and writes the token with entities."""
    device.answer("/", "<html/>")
    device.answer("/html/home.html", "<html/>")
    device.answer(TOKEN_PAGE, refusal)
    device.answer(
        SES_TOK_INFO,
        f"<response><SesInfo>{prefix}se&#x2F;ss</SesInfo>"
        f"<TokInfo>{'x' * 30}&#x2F;&#43;</TokInfo></response>",
    )
    device.answer(PAGE, OK)
    await Session(open_session(), device.url).post("some/page", {})
    assert sent_tokens(device) == ["x" * 30 + "/+"]
    assert device.last(PAGE).cookies == {"SessionID": "se/ss"}


async def test_tokens_of_the_start_page(device: ScriptedDevice, session: Session) -> None:
    """A page carries two tokens; both are used before the page is read again."""
    device.answer(
        "/",
        *(
            Answer(
                body=f'<html><head><meta name="csrf_token" content="{token(one)}"/>\n'
                f'<META name="csrf_token" content="{token(two)}"></head></html>',
                headers=WITH_COOKIE,
            )
            for one, two in ("ab", "cd")
        ),
    )
    for _ in range(3):
        await session.post("some/page", {})
    assert sent_tokens(device) == [token("a"), token("b"), token("c")]
    assert device.counts() == {"/": 2, PAGE: 3}


async def test_tokens_of_the_home_page(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The start page may only redirect, which is not followed; its cookie counts all the same."""
    device.answer("/", Answer(status=307, headers={"Location": "/html/home.html"}))
    device.answer(
        "/html/home.html",
        Answer(body=f'<meta name="csrf_token" content="{token("a")}">', headers=WITH_COOKIE),
    )
    device.answer(PAGE, OK)
    await Session(open_session(), device.url).post("some/page", {})
    assert sent_tokens(device) == [token("a")]
    assert device.last(PAGE).cookies == {"SessionID": "first/+="}


async def test_device_without_tokens(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The oldest sticks have neither cookie nor token, and are asked once only."""
    device.answer(PAGE, OK)
    session = Session(open_session(), device.url)
    for _ in range(3):
        await session.post("some/page", {})
    assert sent_tokens(device) == [None] * 3
    assert device.counts()[SES_TOK_INFO] <= 2
    assert device.counts()[PAGE] == 3


@pytest.mark.parametrize("name", [HEADER, HEADER.lower(), HEADER.upper()])
async def test_token_of_a_reply(device: ScriptedDevice, session: Session, name: str) -> None:
    """The next token comes with the reply; header names come in any case."""
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}</token></response>")
    device.answer(PAGE, Answer(body=OK, headers={name: token("b") + "rest"}))
    for _ in range(2):
        await session.post("some/page", {})
    assert sent_tokens(device) == [token("a"), token("b")]
    assert device.counts()[TOKEN_PAGE] == 1


async def test_token_of_a_refusal(device: ScriptedDevice, session: Session) -> None:
    """A refusal uses up a token as well, and brings the next."""
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}</token></response>")
    device.answer(
        PAGE,
        Answer(body="<error><code>113018</code></error>", headers={HEADER: token("b")}),
        OK,
    )
    with pytest.raises(DeviceBusy):
        await session.post("some/page", {})
    await session.post("some/page", {})
    assert sent_tokens(device) == [token("a"), token("b")]


async def test_pair_of_tokens(device: ScriptedDevice, session: Session) -> None:
    """After a login there are two, and those from before are void."""
    device.answer(
        "/",
        Answer(
            body="".join(f'<meta name="csrf_token" content="{token(each)}">' for each in "abc"),
            headers=WITH_COOKIE,
        ),
    )
    device.answer(
        PAGE,
        Answer(
            body=OK,
            headers={f"{HEADER}one": token("d"), f"{HEADER}two": token("e"), HEADER: token("f")},
        ),
        OK,
    )
    for _ in range(3):
        await session.post("some/page", {})
    assert sent_tokens(device) == [token("a"), token("d"), token("e")]


async def test_pool_of_tokens(device: ScriptedDevice, session: Session) -> None:
    """A pool ends with its separator and replaces what was there before."""
    device.answer(
        "/",
        Answer(
            body="".join(f'<meta name="csrf_token" content="{token(each)}">' for each in "ax"),
            headers=WITH_COOKIE,
        ),
    )
    device.answer(
        PAGE, Answer(body=OK, headers={HEADER: "".join(f"{token(each)}#" for each in "bcd")}), OK
    )
    for _ in range(4):
        await session.post("some/page", {})
    assert sent_tokens(device) == [token(each) for each in "abcd"]
    assert device.counts() == {"/": 1, PAGE: 4}


async def test_pool_of_a_read(device: ScriptedDevice, session: Session) -> None:
    """One router sends a pool with a read: its first token is the next."""
    device.answer(PAGE, Answer(body=OK, headers={HEADER: f"{token('a')}#{token('b')}#"}), OK)
    await session.get("some/page")
    await session.post("some/page", {})
    assert sent_tokens(device) == [token("a")]


async def test_tokens_of_many_reads_do_not_pile_up(
    device: ScriptedDevice, session: Session
) -> None:
    """A house that polls for months must not collect what it never uses."""
    device.answer(PAGE, Answer(body=OK, headers={HEADER: token("a")}))
    for _ in range(60):
        await session.get("some/page")
    assert len(session._tokens) <= 32


async def test_cookie_without_session_does_no_harm(
    device: ScriptedDevice, session: Session
) -> None:
    """A later cookie of another name does not wipe the session."""
    device.answer(PAGE, Answer(body=OK, headers={"Set-Cookie": "lang=en;path=/"}))
    for _ in range(2):
        await session.get("some/page")
    assert device.last(PAGE).cookies == {"SessionID": "first/+=", "lang": "en"}


async def test_new_session_cookie_replaces_the_old(
    device: ScriptedDevice, session: Session
) -> None:
    """The device changes the cookie at login."""
    device.answer(PAGE, Answer(body=OK, headers={"Set-Cookie": "SessionID=second;path=/"}))
    for _ in range(2):
        await session.get("some/page")
    assert device.last(PAGE).cookies == {"SessionID": "second"}


async def test_reset_forgets_cookie_and_tokens(device: ScriptedDevice, session: Session) -> None:
    """After a reset the session is a new one."""
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}</token></response>")
    device.answer(
        "/",
        Answer(body="<html/>", headers=WITH_COOKIE),
        Answer(body="<html/>", headers={"Set-Cookie": "SessionID=second;path=/"}),
    )
    await session.post("some/page", {})
    session.reset()
    assert session.next_token == ""
    await session.post("some/page", {})
    starts = [each for each in device.seen if each.path == "/"]
    assert [each.cookies for each in starts] == [{}, {}]
    assert device.last(PAGE).cookies == {"SessionID": "second"}


@pytest.mark.parametrize("code", [125001, 125002, 125003])
async def test_forgotten_cookie_that_still_reads(
    device: ScriptedDevice, open_session: OpenSession, code: int
) -> None:
    """Firmware that binds tokens to a cookie may still answer open pages to a forgotten one."""
    device.answer("/api/user/state-login", "<response><State>-1</State></response>")
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}</token></response>")
    device.answer(
        "/",
        Answer(body="<html/>", headers=WITH_COOKIE),
        Answer(body="<html/>", headers={"Set-Cookie": "SessionID=second;path=/"}),
    )
    device.answer(PAGE, f"<error><code>{code}</code></error>", OK)
    await HilinkClient(open_session(), device.url).command("some/page", {})
    assert [each.cookies["SessionID"] for each in device.seen if each.path == PAGE] == [
        "first/+=",
        "second",
    ]


async def test_body_of_a_post(device: ScriptedDevice, session: Session) -> None:
    """The body is XML under the type that the devices' own pages use."""
    device.answer(TOKEN_PAGE, f"<response><token>{token('a')}</token></response>")
    await session.post("some/page", {"b": 1, "a": None})
    seen = device.last(PAGE)
    assert seen.body.endswith(b"<request><b>1</b><a></a></request>")
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded; charset=UTF-8;"


@pytest.mark.parametrize("status", [302, 404, 500, 503])
async def test_http_failure(device: ScriptedDevice, session: Session, status: int) -> None:
    """Errors of a device come in HTTP 200; any other status is no reply of its API."""
    device.answer(PAGE, Answer(body=OK, status=status, headers={"Location": "/"}))
    with pytest.raises(InvalidReply):
        await session.get("some/page")
    with pytest.raises(OutcomeUnknown):
        await session.command("some/page", {})
    assert device.counts()[PAGE] == 2


async def test_no_token_means_nothing_was_commanded(
    device: ScriptedDevice, session: Session
) -> None:
    """Where the device is lost on the way to a token, the outcome is known: nothing happened."""
    await session.get("some/page")
    await device.stop()
    with pytest.raises(CannotConnect):
        await session.command("some/page", {})
    assert [each for each in device.seen if each.method == "POST"] == []


@pytest.mark.parametrize(
    "reply", ["<response/>", "<response><token/></response>", "<response><TokInfo/></response>"]
)
async def test_token_page_without_a_token(
    device: ScriptedDevice, session: Session, reply: str
) -> None:
    """Where no token is given the request goes without, and the device may judge."""
    device.answer(TOKEN_PAGE, reply, NOT_SUPPORTED)
    device.answer(SES_TOK_INFO, reply)
    for _ in range(2):
        await session.post("some/page", {})
    assert sent_tokens(device) == [None, None]
    assert device.last(PAGE).cookies == {"SessionID": "first/+="}


async def test_forbidden_token_page(device: ScriptedDevice, session: Session) -> None:
    """Without a right to one token page the other is asked."""
    device.answer(TOKEN_PAGE, FORBIDDEN)
    device.answer(SES_TOK_INFO, f"<response><TokInfo>{token('a')}</TokInfo></response>")
    await session.post("some/page", {})
    assert sent_tokens(device) == [token("a")]
    assert device.last(PAGE).cookies == {"SessionID": "first/+="}
