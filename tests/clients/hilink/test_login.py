"""The ways into a modem, and what is never tried twice."""

from datetime import timedelta
import logging
import time
import traceback

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    InvalidReply,
    NotPermitted,
    PasswordChangeRequired,
    SessionConflict,
)
from custom_components.gatehouse.clients.hilink import login as login_module
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.login import LoginKind as Kind
from simulators.faults import FaultKind
from simulators.hilink.options import LoginKind, SessionPolicy
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, login_posts, posts
from tests.conftest import StartModem

WRONG = "not-the-password"
WITH_PASSWORD = [kind for kind in LoginKind if kind is not LoginKind.NONE]


@pytest.mark.parametrize(
    ("login", "kind"),
    [
        (LoginKind.NONE, Kind.NONE),
        (LoginKind.BASE64, Kind.BASE64),
        (LoginKind.BASE64_CHANGED, Kind.BASE64),
        (LoginKind.SHA256, Kind.SHA256),
        (LoginKind.SCRAM, Kind.SCRAM),
    ],
)
@pytest.mark.parametrize("password", ["gatehouse", "Größe & <Co> 密码", "x" * 64])
async def test_each_kind(
    start_modem: StartModem,
    new_client: NewClient,
    login: LoginKind,
    kind: Kind,
    password: str,
) -> None:
    """Each kind of modem lets the right password in, at the first attempt."""
    modem = await start_modem(login=login, password=password)
    client = new_client(modem)
    await client.log_in()
    assert client.login_kind is kind
    assert (await client.device_information()).serial_number
    assert login_posts(modem) == (0 if kind is Kind.NONE else 1)


@pytest.mark.parametrize("login", WITH_PASSWORD)
@pytest.mark.parametrize("precise", [False, True])
async def test_wrong_password_is_tried_once(
    start_modem: StartModem, new_client: NewClient, login: LoginKind, *, precise: bool
) -> None:
    """The devices count: after a refusal nothing at all is sent any more."""
    modem = await start_modem(login=login, precise_login_errors=precise)
    client = new_client(modem, password=WRONG)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for is None
    assert login_posts(modem) == 1
    sent = len(modem.requests)
    for attempt in (client.log_in, client.device_information, client.restart, client.sms.count):
        with pytest.raises(AuthenticationFailed):
            await attempt()
    assert len(modem.requests) == sent


@pytest.mark.parametrize("login", [LoginKind.BASE64, LoginKind.SHA256, LoginKind.SCRAM])
async def test_wrong_user_name_is_tried_once(
    start_modem: StartModem, new_client: NewClient, login: LoginKind
) -> None:
    """A wrong name counts like a wrong password."""
    modem = await start_modem(login=login, precise_login_errors=True)
    client = new_client(modem, username="somebody")
    for _ in range(2):
        with pytest.raises(AuthenticationFailed):
            await client.log_in()
    assert login_posts(modem) == 1


async def test_latched_refusal_does_not_grow(modem: HilinkSimulator, new_client: NewClient) -> None:
    """A refusal that is told at every poll does not collect the trace of every poll."""
    client = new_client(modem, password=WRONG)
    lengths = []
    for _ in range(5):
        with pytest.raises(AuthenticationFailed) as caught:
            await client.log_in()
        lengths.append(len(traceback.extract_tb(caught.value.__traceback__)))
    assert len(set(lengths[1:])) == 1


async def test_password_changed_on_the_device(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The next login with the old password is the last one."""
    await client.log_in()
    modem.lab.set_options(password="another")
    modem.lab.expire_sessions()
    modem.lab.reset_counts()
    for _ in range(3):
        with pytest.raises(AuthenticationFailed):
            await client.device_information()
    assert login_posts(modem) == 1
    await client.status()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (None, 0),
        (FaultKind.ERROR, 100002),
        (FaultKind.ERROR, 100003),
        (FaultKind.HTML, 0),
    ],
)
@pytest.mark.parametrize("right", [True, False])
async def test_fallback_from_scram(
    start_modem: StartModem,
    new_client: NewClient,
    spoil: FaultKind | None,
    code: int,
    *,
    right: bool,
) -> None:
    """Without a challenge the hash is sent, once, whether or not the password is right."""
    modem = await start_modem(profile="b525s-23a", login=LoginKind.SHA256)
    modem.lab.set_field("user/state-login", "extern_password_type", "1")
    if spoil is not None:
        modem.lab.break_replies("user/challenge_login", spoil, code=code, executed=False)
    client = new_client(modem, password=None if right else WRONG)
    if right:
        await client.log_in()
        assert client.login_kind is Kind.SHA256
    else:
        with pytest.raises(AuthenticationFailed):
            await client.log_in()
    assert posts(modem, "user/challenge_login") == 1
    assert posts(modem, "user/login") == 1
    assert posts(modem, "user/authentication_login") == 0


async def test_no_fallback_after_a_wrong_password(
    modem: HilinkSimulator, new_client: NewClient
) -> None:
    """A refused proof is a counted attempt: the other way in would be the second."""
    with pytest.raises(AuthenticationFailed):
        await new_client(modem, password=WRONG).log_in()
    assert posts(modem, "user/challenge_login") == 1
    assert posts(modem, "user/authentication_login") == 1
    assert posts(modem, "user/login") == 0


async def test_sha256_without_scram_is_not_challenged(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """Firmware that does not speak of SCRAM is not asked for it."""
    modem = await start_modem(profile="e8372h-153")
    await new_client(modem).log_in()
    assert posts(modem, "user/challenge_login") == 0


async def test_device_must_prove_itself(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that does not know the password is not believed."""
    client = new_client(await start_modem(session_policy=SessionPolicy.TOLERATE))
    with monkeypatch.context() as patch:
        patch.setattr("simulators.hilink.scram.server_signature", lambda *_: "00" * 32)
        with pytest.raises(InvalidReply):
            await client.log_in()
    await client.log_in()
    assert client.login_kind is Kind.SCRAM


@pytest.mark.parametrize("code", [125001, 125002, 125003])
@pytest.mark.parametrize("step", ["user/challenge_login", "user/authentication_login"])
async def test_refused_token_of_a_login(
    modem: HilinkSimulator, client: HilinkClient, step: str, code: int
) -> None:
    """A token refused within a login is no wrong password: the login begins anew, once."""
    modem.lab.break_replies(step, FaultKind.ERROR, code=code)
    await client.log_in()
    assert posts(modem, step) == 2
    modem.lab.expire_sessions()
    modem.lab.reset_counts()
    modem.lab.break_replies(step, FaultKind.ERROR, code=code, times=None)
    with pytest.raises(InvalidReply):
        await client.device_information()
    assert posts(modem, step) == 2
    modem.lab.repair()
    assert (await client.device_information()).serial_number


@pytest.mark.parametrize("login", [LoginKind.SHA256, LoginKind.SCRAM])
async def test_lockout_is_read_before_a_login(
    start_modem: StartModem, new_client: NewClient, login: LoginKind
) -> None:
    """While the device is locked no password is sent; afterwards the right one is let in."""
    modem = await start_modem(login=login, lock_minutes=5)
    for number in range(3):
        with pytest.raises(AuthenticationFailed):
            await new_client(modem, password=f"guess-{number}").log_in()
    modem.lab.reset_counts()
    client = new_client(modem)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for == timedelta(minutes=5)
    modem.lab.advance(4 * 60)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for == timedelta(minutes=1)
    assert login_posts(modem) + posts(modem, "user/challenge_login") == 0
    modem.lab.advance(61)
    await client.log_in()
    assert login_posts(modem) == 1


async def test_lockout_of_old_firmware(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the refusal tells of the lock, nothing is sent until it is over."""
    modem = await start_modem(login=LoginKind.BASE64, lock_minutes=5)
    for number in range(3):
        with pytest.raises(AuthenticationFailed):
            await new_client(modem, password=f"guess-{number}").log_in()
    client = new_client(modem)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for == timedelta(minutes=5)
    sent = len(modem.requests)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for is not None
    assert timedelta(minutes=4) < caught.value.locked_for <= timedelta(minutes=5)
    assert len(modem.requests) == sent
    modem.lab.advance(301)
    monkeypatch.setattr(login_module, "monotonic", lambda: time.monotonic() + 301)
    await client.log_in()
    assert client.login_kind is Kind.BASE64


async def test_last_wrong_password_before_the_lock(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """The attempt that locks the device is told for how long it does."""
    modem = await start_modem(max_failed_logins=1, lock_minutes=2)
    client = new_client(modem, password=WRONG)
    with pytest.raises(AuthenticationFailed) as caught:
        await client.log_in()
    assert caught.value.locked_for == timedelta(minutes=2)
    sent = len(modem.requests)
    with pytest.raises(AuthenticationFailed):
        await client.log_in()
    assert len(modem.requests) == sent


@pytest.mark.parametrize("policy", [SessionPolicy.REFUSE, SessionPolicy.REPLACE])
async def test_somebody_else_is_logged_in(
    start_modem: StartModem, new_client: NewClient, policy: SessionPolicy
) -> None:
    """Who is at the device's own page is not pushed out, and the device is free afterwards."""
    modem = await start_modem(session_policy=policy)
    owner, client = new_client(modem), new_client(modem)
    await owner.log_in()
    modem.lab.reset_counts()
    for _ in range(2):
        with pytest.raises(SessionConflict):
            await client.device_information()
    assert login_posts(modem) == 0
    assert (await owner.device_information()).serial_number
    await owner.release()
    assert (await client.device_information()).serial_number


async def test_somebody_else_was_quicker(start_modem: StartModem, new_client: NewClient) -> None:
    """A conflict that only the login itself shows is no wrong password."""
    modem = await start_modem(session_policy=SessionPolicy.REFUSE)
    owner, client = new_client(modem), new_client(modem)
    await owner.log_in()
    modem.lab.set_field("user/state-login", "State", "-1")
    with pytest.raises(SessionConflict):
        await client.log_in()
    modem.lab.reset_fields()
    await owner.release()
    await client.log_in()


async def test_pushed_out_by_somebody(start_modem: StartModem, new_client: NewClient) -> None:
    """Where the newer login wins, the client waits its turn instead of fighting."""
    modem = await start_modem(session_policy=SessionPolicy.REPLACE)
    client, owner = new_client(modem), new_client(modem)
    await client.log_in()
    modem.lab.set_field("user/state-login", "State", "-1")
    await owner.log_in()
    modem.lab.reset_fields()
    modem.lab.reset_counts()
    for _ in range(3):
        with pytest.raises(SessionConflict):
            await client.device_information()
    assert login_posts(modem) == 0
    await owner.release()
    assert (await client.device_information()).serial_number


@pytest.mark.parametrize("login", WITH_PASSWORD)
async def test_password_must_be_changed_first(
    start_modem: StartModem, new_client: NewClient, login: LoginKind
) -> None:
    """The owner has to act; until then the device is left alone."""
    modem = await start_modem(login=login, require_password_change=True)
    client = new_client(modem)
    for _ in range(2):
        with pytest.raises(PasswordChangeRequired):
            await client.log_in()
    assert login_posts(modem) == 1


@pytest.mark.parametrize("profile", ["e3372", "e5573cs-322"])
async def test_needless_password(
    start_modem: StartModem, new_client: NewClient, profile: str
) -> None:
    """An open stick whose owner typed a password all the same: none is ever sent."""
    modem = await start_modem(profile=profile, hide_information=False)
    modem.lab.set_field("user/hilink_login", "hilink_login", "0")
    client = new_client(modem, username="admin", password="whatever")
    await client.log_in()
    assert client.login_kind is Kind.NONE
    assert (await client.device_information()).device_name
    assert (await client.device_information()).device_name
    assert login_posts(modem) == 0
    assert gets(modem, "user/state-login") == 1
    modem.lab.reset_counts()
    await client.release()
    assert modem.requests == []


async def test_stick_that_wants_its_password_all_the_same(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """Some firmware says that no login is asked for, and keeps its pages closed."""
    modem = await start_modem(login=LoginKind.BASE64, hide_information=True)
    modem.lab.set_field("user/hilink_login", "hilink_login", "0")
    client = new_client(modem)
    assert (await client.device_information()).serial_number
    assert client.login_kind is Kind.BASE64


async def test_firmware_that_does_not_say_whether_it_wants_one(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """A router does not know the page on which sticks tell whether they want a login."""
    modem = await start_modem(profile="b525s-23a")
    modem.lab.break_replies("user/hilink_login", FaultKind.ERROR, times=None, code=100002)
    client = new_client(modem)
    assert (await client.device_information()).serial_number
    assert client.login_kind is Kind.SHA256


@pytest.mark.parametrize("login", [LoginKind.BASE64, LoginKind.SHA256, LoginKind.SCRAM])
@pytest.mark.parametrize("optional", [True, False])
async def test_empty_user_name(
    start_modem: StartModem, new_client: NewClient, login: LoginKind, *, optional: bool
) -> None:
    """Firmware without a field for the name has the usual one."""
    modem = await start_modem(login=login, username_optional=optional)
    await new_client(modem, username="").log_in()
    assert login_posts(modem) == 1


@pytest.mark.parametrize("policy", SessionPolicy)
async def test_anonymous_client(
    start_modem: StartModem, new_client: NewClient, policy: SessionPolicy
) -> None:
    """Without credentials the open pages are read and the others are not permitted."""
    modem = await start_modem(session_policy=policy)
    client = new_client(modem, username="", password="")
    await client.log_in()
    assert client.login_kind is None
    assert (await client.basic_information()).device_name == "E8372h-320"
    assert (await client.status()).connection_status == 901
    assert (await client.traffic()).total_download is not None
    assert (await client.sms.count()).local_max is not None
    with pytest.raises(NotPermitted):
        await client.device_information()
    with pytest.raises(NotPermitted):
        await client.set_mobile_data(enabled=False)
    assert modem.lab.state()["mobile_data"] is True
    assert login_posts(modem) == 0
    modem.lab.expire_sessions(forget=True)
    assert (await client.status()).connection_status == 901


async def test_no_secret_is_told(
    start_modem: StartModem, new_client: NewClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither logs nor exceptions nor representations hold what only the owner may know."""
    caplog.set_level(logging.DEBUG)
    modem = await start_modem(password="s3cr3t-Pass", session_policy=SessionPolicy.TOLERATE)
    modem.lab.break_replies("net/current-plmn", FaultKind.GARBAGE)
    client, wrong = new_client(modem), new_client(modem, password="wr0ng-Pass")
    told = [repr(client), repr(client._login), repr(client._session)]
    await client.device_information()
    tokens = [*client._session._tokens, *client._session._transport.session.cookie_jar]
    for attempt in (client.operator, wrong.log_in, wrong.log_in):
        with pytest.raises((InvalidReply, AuthenticationFailed)) as caught:
            await attempt()
        told.append("".join(traceback.format_exception(caught.value)))
    report = await client.sms.send(
        ["+4915550100"], "my private text", gsm7=True, sent_at=modem.modem.clock.date()
    )
    told += [repr(client), repr(client._login), repr(report), caplog.text]
    secrets = ["s3cr3t-Pass", "wr0ng-Pass", "4915550100", "my private text"]
    secrets += [each if isinstance(each, str) else each.value for each in tokens]
    assert len(secrets) > 5
    assert caplog.text
    for secret in secrets:
        assert all(secret not in text for text in told)


@pytest.mark.parametrize("kind", [FaultKind.EMPTY, FaultKind.HTML])
async def test_something_else_answers(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind
) -> None:
    """A web server that says nothing of a login is no HiLink device."""
    modem.lab.break_replies("user/state-login", kind, None)
    with pytest.raises(InvalidReply):
        await client.login_state()
