"""Every kind of login, its refusals and the lock-out."""

from collections.abc import Callable
from typing import Any

import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator, LoginKind
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

WRONG = "wrong"


async def failure(attempt: Any) -> Refused:
    """Return the refusal of a login."""
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value


def plain(browser: Browser, password: str) -> Any:
    """Log in with base64."""
    return browser.log_in_plain(password)


def changed(browser: Browser, password: str) -> Any:
    """Log in with base64 after a change of password."""
    return browser.log_in_plain(password, "3")


def hashed(browser: Browser, password: str) -> Any:
    """Log in with SHA-256."""
    return browser.log_in_hashed(password)


def scram(browser: Browser, password: str) -> Any:
    """Log in with SCRAM."""
    return browser.log_in(password)


@pytest.mark.parametrize(
    ("kind", "log_in", "state"),
    [
        (LoginKind.BASE64, plain, {"password_type": "0"}),
        (LoginKind.BASE64_CHANGED, changed, {"password_type": "3"}),
        (LoginKind.SHA256, hashed, {"password_type": "4", "lockstatus": "0"}),
        (
            LoginKind.SCRAM,
            scram,
            {"password_type": "4", "extern_password_type": "1", "remainwaittime": "0"},
        ),
    ],
)
async def test_login(
    make_modem: MakeModem,
    open_browser: MakeBrowser,
    kind: LoginKind,
    log_in: Callable[[Browser, str], Any],
    state: dict[str, str],
) -> None:
    """The right password opens the device and the wrong one does not."""
    browser = open_browser(await make_modem(login=kind))
    assert (await failure(log_in(browser, WRONG))).code == 108006
    assert (await browser.get("user/hilink_login"))["hilink_login"] == "1"
    await log_in(browser, DEFAULT_PASSWORD)
    found = await browser.get("user/state-login")
    assert found["State"] == "0"
    assert found["Username"] == "admin"
    assert state.items() <= found.items()


async def test_no_login(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A stick without a login shows everything and knows no login state."""
    browser = open_browser(await make_modem(login=LoginKind.NONE))
    await browser.page()
    assert (await browser.get("user/hilink_login"))["hilink_login"] == "0"
    assert (await failure(browser.get("user/state-login"))).code == 100002
    assert (await browser.get("device/information"))["DeviceName"] == "H165-383"


async def test_scram_only(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """To a modem that wants SCRAM the right password in another form is a wrong one."""
    browser = open_browser(await make_modem(login=LoginKind.SCRAM))
    refused = await failure(browser.log_in_hashed(DEFAULT_PASSWORD))
    assert refused.code == 108006
    assert refused.fields["count"] == "1"
    assert refused.fields["remaincount"] == "2"


async def test_no_scram(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A modem without SCRAM does not know its paths."""
    browser = open_browser(await make_modem(login=LoginKind.SHA256))
    assert (await failure(browser.log_in(DEFAULT_PASSWORD))).code == 100002


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [("root", DEFAULT_PASSWORD, 108001), ("admin", WRONG, 108002)],
)
async def test_precise_refusals(
    make_modem: MakeModem, open_browser: MakeBrowser, username: str, password: str, code: int
) -> None:
    """Some firmwares say which of name and password is wrong."""
    browser = open_browser(await make_modem(precise_login_errors=True))
    assert (await failure(browser.log_in(password, username))).code == code


async def test_empty_username(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """On some models the password alone decides."""
    await open_browser(await make_modem(profile="h165-383")).log_in(DEFAULT_PASSWORD, "")
    browser = open_browser(await make_modem(profile="b535-932"))
    assert (await failure(browser.log_in(DEFAULT_PASSWORD, ""))).code == 108006


async def lock(modem: HilinkSimulator, browser: Browser) -> None:
    """Fail until the account is locked."""
    assert (await failure(browser.log_in(WRONG))).fields["remaincount"] == "2"
    assert (await failure(browser.log_in(WRONG))).fields["remaincount"] == "1"
    refused = await failure(browser.log_in(WRONG))
    assert refused.code == 108007
    assert refused.fields["waittime"] == "2"
    assert modem.lab.state()["logged_in"] == 0


async def test_lock_out(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """While the account is locked even the right password is refused; then all is forgotten."""
    modem = await make_modem(lock_minutes=2)
    browser = open_browser(modem)
    await lock(modem, browser)
    modem.lab.advance(61)
    assert (await failure(browser.log_in(DEFAULT_PASSWORD))).fields["waittime"] == "1"
    state = await browser.get("user/state-login")
    assert (state["lockstatus"], state["remainwaittime"]) == ("1", "1")
    modem.lab.advance(60)
    assert (await browser.get("user/state-login"))["lockstatus"] == "0"
    assert (await failure(browser.log_in(WRONG))).fields["remaincount"] == "2"
    await browser.log_in(DEFAULT_PASSWORD)
    assert (await failure(browser.log_in(WRONG))).fields["remaincount"] == "2"


async def test_restart_unlocks(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """The counter of failures does not survive a restart."""
    modem = await make_modem(lock_minutes=2)
    browser = open_browser(modem)
    await lock(modem, browser)
    modem.lab.reboot(seconds=0)
    await browser.log_in(DEFAULT_PASSWORD)


async def test_password_change_required(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A right password can be refused until it is changed."""
    browser = open_browser(await make_modem(require_password_change=True))
    assert (await failure(browser.log_in(WRONG))).code == 108006
    assert (await failure(browser.log_in(DEFAULT_PASSWORD))).code == 115002
    assert (await browser.get("user/state-login"))["State"] == "-1"


async def test_challenge_serves_once(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A proof without an open challenge is a wrong password."""
    browser = open_browser(await make_modem())
    await browser.page()
    body = f"<clientproof>{'0' * 64}</clientproof><finalnonce>{'0' * 96}</finalnonce>"
    assert (await failure(browser.post("user/authentication_login", body))).code == 108006


async def test_password_changes_at_run_time(
    make_modem: MakeModem, open_browser: MakeBrowser
) -> None:
    """The lab can change the password."""
    modem = await make_modem()
    browser = open_browser(modem)
    modem.lab.set_options(password="other")
    assert (await failure(browser.log_in(DEFAULT_PASSWORD))).code == 108006
    await browser.log_in("other")
