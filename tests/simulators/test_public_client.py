"""The simulator satisfies the public huawei-lte-api client."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from huawei_lte_api.Client import Client
from huawei_lte_api.Connection import Connection
from huawei_lte_api.enums.client import ResponseEnum
from huawei_lte_api.enums.device import ControlModeEnum
from huawei_lte_api.enums.sms import BoxTypeEnum
from huawei_lte_api.exceptions import (
    LoginErrorUsernamePasswordOverrunException,
    LoginErrorUsernamePasswordWrongException,
    ResponseErrorWrongSessionToken,
)
import pytest
import requests

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator, LoginKind
from tests.simulators.conftest import MakeModem

PHONE = "+15550100200"
TIMEOUT = 5.0


async def in_thread[T](work: Callable[[], T]) -> T:
    """Run the blocking client beside the simulator."""
    with ThreadPoolExecutor(1) as executor:
        return await asyncio.get_running_loop().run_in_executor(executor, work)


def connect(modem: HilinkSimulator, password: str | None = DEFAULT_PASSWORD) -> Connection:
    """Connect as the client does, without credentials where none are needed."""
    if modem.modem.options.login is LoginKind.NONE:
        return Connection(modem.url, timeout=TIMEOUT)
    return Connection(modem.url, username="admin", password=password, timeout=TIMEOUT)


@pytest.mark.parametrize(
    ("profile", "login"),
    [
        ("e3372", LoginKind.NONE),
        ("e5573cs-322", LoginKind.BASE64),
        ("e5573cs-322", LoginKind.BASE64_CHANGED),
        ("e8372h-153", LoginKind.SHA256),
        ("b525s-23a", LoginKind.SHA256),
        ("h122-373", LoginKind.SHA256),
        ("b525s-23a", LoginKind.NONE),
    ],
)
async def test_walk(make_modem: MakeModem, profile: str, login: LoginKind) -> None:
    """Log in, read everything, send a text, find it again, log out."""
    modem = await make_modem(profile=profile, login=login, sms_send_seconds=3)

    def walk() -> None:
        with connect(modem) as connection:
            client = Client(connection)
            fields = modem.modem.profile.fields
            information = client.device.information()
            assert information["DeviceName"] == fields("device/information")["DeviceName"]
            assert client.device.signal()["rsrp"] == fields("device/signal")["rsrp"]
            assert client.monitoring.status()["ConnectionStatus"] == "901"
            traffic = client.monitoring.traffic_statistics()
            recorded = fields("monitoring/traffic-statistics")
            assert traffic["TotalDownload"] == recorded["TotalDownload"]
            assert client.net.current_plmn()["Numeric"] == fields("net/current-plmn")["Numeric"]
            assert client.net.net_mode() == fields("net/net-mode")
            assert client.sms.sms_count()["LocalInbox"] == "2"
            assert [message.phone for message in client.sms.get_messages()] == [
                "Operator",
                "+15550100101",
            ]
            sent = client.sms.send_sms([PHONE], "Grüße 😀")
            assert sent == ResponseEnum.OK.value
            assert client.sms.send_status()["Phone"] == PHONE
            modem.lab.advance(3)
            status = client.sms.send_status()
            assert (status["Phone"], status["SucPhone"]) == (None, PHONE)
            box = client.sms.get_sms_list(box_type=BoxTypeEnum.LOCAL_SENT)
            assert PHONE in {message["Phone"] for message in box["Messages"]["Message"]}
            assert client.dial_up.set_mobile_dataswitch(0) == ResponseEnum.OK.value
            assert client.monitoring.status()["ConnectionStatus"] == "902"

    await in_thread(walk)
    assert modem.lab.sent == [((PHONE,), "Grüße 😀")]
    assert modem.lab.state()["logged_in"] == 0


@pytest.mark.parametrize(
    ("profile", "login"),
    [
        ("e3372", LoginKind.NONE),
        ("e5573cs-322", LoginKind.BASE64),
        ("h165-383", LoginKind.SHA256),
    ],
)
async def test_restart(make_modem: MakeModem, profile: str, login: LoginKind) -> None:
    """The client restarts the device, loses it, and finds it again."""
    modem = await make_modem(profile=profile, login=login, token_rotation="pair", reboot_seconds=30)

    def restart() -> None:
        connection = connect(modem)
        client = Client(connection)
        assert client.device.set_control(ControlModeEnum.REBOOT) == ResponseEnum.OK.value
        with pytest.raises(requests.exceptions.ConnectionError):
            client.monitoring.status()
        connection.requests_session.close()
        modem.lab.advance(40)
        with connect(modem) as again:
            assert Client(again).monitoring.status()["ConnectionStatus"] == "901"

    await in_thread(restart)


async def test_wrong_password(make_modem: MakeModem) -> None:
    """The client understands refusal and lock-out."""
    modem = await make_modem(profile="b525s-23a")

    def fail() -> None:
        for _ in range(2):
            with pytest.raises(LoginErrorUsernamePasswordWrongException):
                connect(modem, "wrong")
        for password in ("wrong", DEFAULT_PASSWORD):
            with pytest.raises(LoginErrorUsernamePasswordOverrunException):
                connect(modem, password)

    await in_thread(fail)


async def test_scram_only(make_modem: MakeModem) -> None:
    """The client knows no SCRAM, so a SCRAM-only modem refuses it and counts a failure."""
    modem = await make_modem(login=LoginKind.SCRAM)

    def fail() -> None:
        with pytest.raises(LoginErrorUsernamePasswordWrongException):
            connect(modem)

    await in_thread(fail)
    assert modem.modem.accounts.failures == 1


async def test_stale_token(make_modem: MakeModem) -> None:
    """The client's known fault shows: with a single token it sends a used one."""
    modem = await make_modem(login=LoginKind.NONE)

    def fail() -> None:
        with Connection(modem.url, timeout=TIMEOUT) as connection:
            client = Client(connection)
            client.sms.get_sms_list()
            with pytest.raises(ResponseErrorWrongSessionToken):
                client.sms.get_sms_list()

    await in_thread(fail)
