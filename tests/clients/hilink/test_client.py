"""What can be read of a modem and commanded, and that nothing is commanded twice."""

from datetime import date
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CommandRefused,
    DeviceBusy,
    InvalidReply,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.login import LoginKind
from custom_components.gatehouse.clients.hilink.models import Operator
from simulators.faults import FaultKind
from simulators.hilink.profile import names
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, login_posts, posts
from tests.conftest import StartModem

SWITCH = "dialup/mobile-dataswitch"
BROKEN = (FaultKind.DROP, FaultKind.CUT, FaultKind.GARBAGE, FaultKind.HTML, FaultKind.TRUNCATED)
"""Answers that do not tell whether a command was carried out."""


def recorded(modem: HilinkSimulator, endpoint: str, *fields: str) -> Any:
    """Return the first of some fields that a modem's profile has."""
    reply = modem.modem.profile.fields(endpoint)
    return next((reply[name] for name in fields if reply.get(name)), None)


@pytest.mark.parametrize("profile", names())
async def test_identity(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Every modem says what it is."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    information = await client.device_information()
    endpoint = "device/information"
    assert information.device_name == recorded(modem, endpoint, "DeviceName", "devicename")
    assert information.serial_number == recorded(modem, endpoint, "SerialNumber")
    assert information.imei == recorded(modem, endpoint, "Imei")
    assert information.software_version == recorded(modem, endpoint, "SoftwareVersion")
    assert isinstance(information.device_name, str)
    basic = await client.basic_information()
    assert basic.device_name == recorded(modem, "device/basic_information", "devicename")
    state = await client.login_state()
    assert (state is None) is (client.login_kind is LoginKind.NONE)
    assert state is None or state.state == 0


@pytest.mark.parametrize("profile", names())
async def test_connection(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Every modem says how it is connected."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    status = await client.status()
    assert status.connection_status == int(modem.lab.state()["connection_status"])
    assert isinstance(status.network_type_ex or status.network_type, int)
    assert status.sim_status == 1
    operator = await client.operator()
    assert operator.name == recorded(modem, "net/current-plmn", "FullName", "ShortName")
    assert operator.numeric == recorded(modem, "net/current-plmn", "Numeric")
    mode = await client.network_mode()
    assert mode.network_mode == recorded(modem, "net/net-mode", "NetworkMode")
    assert mode.lte_band == recorded(modem, "net/net-mode", "LTEBand")
    assert (await client.mobile_data()).enabled is True
    assert (await client.converged_status()).sim_state == int(
        recorded(modem, "monitoring/converged-status", "SimState")
    )


@pytest.mark.parametrize("profile", names())
async def test_signal(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Levels are numbers within what physics allows, or absent where the modem has none."""
    modem = await start_modem(profile=profile)
    signal = await new_client(modem).signal()
    assert (signal.rsrp is None) is (recorded(modem, "device/signal", "rsrp") is None)
    assert signal.rsrp is None or -141 <= signal.rsrp <= -43
    assert signal.rsrq is None or -20 <= signal.rsrq <= 3
    assert signal.sinr is None or -24 <= signal.sinr <= 41
    assert signal.rssi is None or -121 <= signal.rssi <= -20
    assert (signal.nr_rsrp is None) is (recorded(modem, "device/signal", "nrrsrp") is None)
    assert signal.has_nr is (signal.nr_rsrp is not None)
    assert isinstance(signal.mode, int)


@pytest.mark.parametrize("profile", names())
async def test_traffic(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Counters are whole numbers of any size, and no less than the modem began with."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    traffic = await client.traffic()
    endpoint = "monitoring/traffic-statistics"
    assert traffic.total_download is not None
    assert traffic.total_upload is not None
    assert traffic.total_download >= int(recorded(modem, endpoint, "TotalDownload") or 0)
    assert traffic.total_upload >= int(recorded(modem, endpoint, "TotalUpload") or 0)
    assert traffic.current_connect_time is not None
    month = await client.month_statistics()
    assert month.month_total is not None
    assert month.month_total > 0
    assert isinstance(month.last_clear, date)
    plan = await client.data_plan()
    assert plan.start_day == int(recorded(modem, "monitoring/start_date", "StartDay"))
    notifications = await client.notifications()
    assert notifications.unread_messages == modem.lab.state()["unread"]
    assert notifications.sms_storage_full is False
    modules = await client.modules()
    assert modules.has("sms") is True
    assert (await client.sms.count()).local_max == modem.modem.capacity


async def test_totals_beyond_32_bits(start_modem: StartModem, new_client: NewClient) -> None:
    """A busy 5G router counts terabytes."""
    modem = await start_modem(profile="h122-373")
    traffic = await new_client(modem).traffic()
    assert traffic.total_download is not None
    assert traffic.total_download > 2**32


async def test_without_sim(start_modem: StartModem, new_client: NewClient) -> None:
    """Without a SIM card the network is unknown, and nothing fails."""
    modem = await start_modem(sim_present=False)
    client = new_client(modem)
    assert await client.operator() == Operator.from_fields({})
    assert (await client.status()).sim_status == 255
    assert (await client.device_information()).imsi is None
    assert (await client.sms.count()).local_max is not None
    await client.signal()


async def test_other_failure_of_the_operator(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Only the code for a missing SIM card means that there is no network."""
    modem.lab.break_replies("net/current-plmn", FaultKind.ERROR, code=102003)
    with pytest.raises(CommandRefused) as caught:
        await client.operator()
    assert caught.value.code == 102003


async def test_firmware_without_a_page(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What the firmware lacks is told as such."""
    modem.lab.remove_endpoint("monitoring/start_date")
    with pytest.raises(NotSupported):
        await client.data_plan()


async def test_bare_text_is_no_fields(start_modem: StartModem, new_client: NewClient) -> None:
    """A page may answer with a bare text, which has no fields."""
    modem = await start_modem(profile="h165-383")
    with pytest.raises(InvalidReply):
        await new_client(modem).fields("voice/voicebusy")


@pytest.mark.parametrize("enabled", [False, True])
async def test_mobile_data(modem: HilinkSimulator, client: HilinkClient, *, enabled: bool) -> None:
    """Mobile data is switched at the device."""
    await client.set_mobile_data(enabled=not enabled)
    await client.set_mobile_data(enabled=enabled)
    assert modem.lab.state()["mobile_data"] is enabled
    assert (await client.mobile_data()).enabled is enabled
    assert ((await client.status()).connection_status == 902) is not enabled


async def test_clear_traffic(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Counters start at zero again."""
    before = await client.traffic()
    await client.clear_traffic()
    after = await client.traffic()
    assert before.total_download is not None
    assert after.total_download is not None
    assert after.total_download < before.total_download / 100
    assert posts(modem, "monitoring/clear-traffic") == 1


@pytest.mark.parametrize("broken_off", [False, True])
async def test_restart(modem: HilinkSimulator, client: HilinkClient, *, broken_off: bool) -> None:
    """A restart that cuts off its own answer is a restart, and is not ordered twice."""
    if broken_off:
        modem.lab.break_replies("device/control", FaultKind.DROP, executed=True)
    await client.restart()
    assert modem.lab.state()["up"] is False
    assert posts(modem, "device/control") == 1
    with pytest.raises(CannotConnect):
        await client.status()
    modem.lab.advance(60)
    assert (await client.device_information()).serial_number
    assert posts(modem, "device/control") == 1


async def test_refused_restart(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A refusal is told."""
    modem.lab.break_replies("device/control", FaultKind.ERROR, code=100004)
    with pytest.raises(DeviceBusy):
        await client.restart()
    assert modem.lab.state()["up"] is True


async def test_restart_of_an_absent_device(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A device that cannot be reached has not been restarted."""
    await client.log_in()
    await modem.stop()
    with pytest.raises(CannotConnect):
        await client.restart()


async def test_release_logs_out(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The device is free for its owner, and the next request logs in again."""
    await client.device_information()
    assert modem.lab.state()["logged_in"] == 1
    await client.release()
    assert modem.lab.state()["logged_in"] == 0
    assert posts(modem, "user/logout") == 1
    sent = len(modem.requests)
    await client.release()
    assert len(modem.requests) == sent
    assert (await client.device_information()).serial_number
    assert login_posts(modem) == 2


async def test_release_without_a_login(modem: HilinkSimulator, new_client: NewClient) -> None:
    """Who never logged in need not log out."""
    await new_client(modem).release()
    assert modem.requests == []
    anonymous = new_client(modem, username="", password="")
    await anonymous.status()
    modem.lab.reset_counts()
    await anonymous.release()
    assert modem.requests == []


async def test_release_with_a_used_up_token(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A refused token does not leave a session behind."""
    await client.log_in()
    modem.lab.break_replies("user/logout", FaultKind.ERROR, code=125003)
    await client.release()
    assert posts(modem, "user/logout") == 2
    assert modem.lab.state()["logged_in"] == 0


async def test_release_of_an_absent_device(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Logging out is a courtesy: what cannot be reached need not be told."""
    await client.log_in()
    modem.lab.reboot(30)
    await client.release()
    modem.lab.advance(31)
    assert (await client.device_information()).serial_number


@pytest.mark.parametrize("kind", BROKEN)
async def test_command_is_not_repeated(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind
) -> None:
    """Without a proper answer nobody knows, so nobody tries again."""
    await client.log_in()
    modem.lab.break_replies(SWITCH, kind, executed=True)
    with pytest.raises(OutcomeUnknown):
        await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 1
    assert modem.lab.state()["mobile_data"] is False
    assert (await client.mobile_data()).enabled is False


async def test_command_that_was_lost_is_not_repeated(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """The client cannot tell a lost command from a lost answer."""
    await client.log_in()
    modem.lab.break_replies(SWITCH, FaultKind.DROP, executed=False)
    with pytest.raises(OutcomeUnknown):
        await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 1
    assert modem.lab.state()["mobile_data"] is True


async def test_command_after_a_definite_refusal(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """A refused token is a refusal: the repetition is the first to be carried out."""
    await client.log_in()
    modem.lab.break_replies("monitoring/clear-traffic", FaultKind.ERROR, code=125003)
    await client.clear_traffic()
    assert posts(modem, "monitoring/clear-traffic") == 2


@pytest.mark.parametrize(
    ("code", "error"),
    [(100004, DeviceBusy), (100006, CommandRefused), (-1, CommandRefused), (100002, NotSupported)],
)
async def test_refused_command(
    modem: HilinkSimulator, client: HilinkClient, code: int, error: type[Exception]
) -> None:
    """A refusal is told at once."""
    modem.lab.break_replies(SWITCH, FaultKind.ERROR, code=code)
    with pytest.raises(error):
        await client.set_mobile_data(enabled=False)
    assert posts(modem, SWITCH) == 1


async def test_command_to_an_absent_device(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where nobody listens, the outcome is known."""
    await client.log_in()
    await modem.stop()
    with pytest.raises(CannotConnect):
        await client.set_mobile_data(enabled=False)


async def test_one_login_for_all_reads(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A poll costs one request for each reading."""
    await client.log_in()
    modem.lab.reset_counts()
    for read in (client.signal, client.status, client.traffic, client.operator):
        await read()
    assert len(modem.requests) == 4
    assert gets(modem, "device/signal") == 1
