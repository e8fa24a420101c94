"""The radio link: signal, traffic, mobile data, network mode, SIM."""

from typing import Any

import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

NAMES = ("NetworkMode", "NetworkBand", "LTEBand")


@pytest.fixture
async def modem(make_modem: MakeModem) -> HilinkSimulator:
    """Return a 5G router."""
    return await make_modem(register_seconds=5, connect_seconds=2, idle_timeout=1e9)


@pytest.fixture
async def browser(modem: HilinkSimulator, open_browser: MakeBrowser) -> Browser:
    """Return a browser that is logged in."""
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    return browser


async def refusal(attempt: Any) -> int:
    """Return the code with which something is refused."""
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value.code


def stripped(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields without the spaces that a parser may strip."""
    return {name: value and value.strip() for name, value in fields.items()}


async def set_mode(browser: Browser, *values: str) -> Any:
    """Write net/net-mode."""
    pairs = zip(NAMES, values, strict=True)
    return await browser.post("net/net-mode", "".join(f"<{n}>{v}</{n}>" for n, v in pairs))


async def test_counters(modem: HilinkSimulator, browser: Browser) -> None:
    """Counters grow by exactly the rates that are shown."""
    before = await browser.get("monitoring/traffic-statistics")
    assert before["TotalDownload"] == "4554169910362"
    modem.lab.advance(10)
    after = await browser.get("monitoring/traffic-statistics")
    for direction in ("Download", "Upload"):
        grown = int(after[f"Total{direction}"]) - int(before[f"Total{direction}"])
        assert grown == 10 * int(before[f"Current{direction}Rate"]) > 0
        assert grown == int(after[f"Current{direction}"]) - int(before[f"Current{direction}"])
    assert int(after["CurrentConnectTime"]) == int(before["CurrentConnectTime"]) + 10
    assert int(after["TotalConnectTime"]) == int(before["TotalConnectTime"]) + 10
    modem.lab.advance(10)
    later = await browser.get("monitoring/traffic-statistics")
    assert later["CurrentDownloadRate"] != before["CurrentDownloadRate"]


async def test_steps_add_up(make_modem: MakeModem) -> None:
    """Many small steps count the same as one large one."""
    one, many = await make_modem(), await make_modem()
    one.lab.advance(100_000)
    for _ in range(1000):
        many.lab.advance(100)
    totals = [modem.modem.traffic.total for modem in (one, many)]
    assert totals[0].download == pytest.approx(totals[1].download)
    assert totals[0].seconds == pytest.approx(totals[1].seconds)


async def test_new_day_and_month(modem: HilinkSimulator, browser: Browser) -> None:
    """The day's counters start at midnight, the month's on the billing day."""
    modem.lab.advance(12 * 3600 + 60)
    day = await browser.get("monitoring/month_statistics")
    assert day["CurrentDayDuration"] == "60"
    assert int(day["MonthDuration"]) > 1202664
    modem.lab.advance(29 * 86400)
    assert (await browser.get("monitoring/month_statistics"))["MonthDuration"] == "60"


async def test_clear_traffic(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Clearing sets all counters to zero and notes the day in the model's own format."""
    modem = await make_modem(profile="b525s-23a", login="scram", token_style="token")
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    assert await browser.post("monitoring/clear-traffic", "<ClearTraffic>1</ClearTraffic>") == "OK"
    month = await browser.get("monitoring/month_statistics")
    assert (month["CurrentMonthDownload"], month["MonthLastClearTime"]) == ("0", "2026-9-1")
    assert (await browser.get("monitoring/traffic-statistics"))["TotalDownload"] == "0"


async def test_mobile_data(modem: HilinkSimulator, browser: Browser) -> None:
    """Switched off, nothing is counted; switched on, a new connection starts at zero."""
    await browser.post("dialup/mobile-dataswitch", "<dataswitch>0</dataswitch>")
    assert (await browser.get("dialup/mobile-dataswitch"))["dataswitch"] == "0"
    status = await browser.get("monitoring/status")
    assert (status["ConnectionStatus"], status["PrimaryDns"]) == ("902", None)
    before = await browser.get("monitoring/traffic-statistics")
    modem.lab.advance(60)
    assert await browser.get("monitoring/traffic-statistics") == before
    assert (before["CurrentDownloadRate"], before["CurrentConnectTime"]) == ("0", "0")
    await browser.post("dialup/mobile-dataswitch", "<dataswitch>1</dataswitch>")
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "900"
    modem.lab.advance(12)
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "901"
    after = await browser.get("monitoring/traffic-statistics")
    assert after["CurrentConnectTime"] == "10"
    assert int(after["TotalDownload"]) > int(before["TotalDownload"])


async def test_dial(browser: Browser) -> None:
    """Dialing disconnects and connects."""
    await browser.post("dialup/dial", "<Action>0</Action>")
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "902"
    await browser.post("dialup/dial", "<Action>1</Action>")
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "900"
    assert await refusal(browser.post("dialup/dial", "<Action>7</Action>")) == 100006


async def test_signal_moves(modem: HilinkSimulator, browser: Browser) -> None:
    """Measurements move within bounds and keep their format; everything else stays."""
    recorded = modem.modem.profile.fields("device/signal")
    assert stripped(await browser.get("device/signal")) == stripped(recorded)
    seen: dict[str, set[Any]] = {}
    for _ in range(40):
        modem.lab.advance(10)
        signal = await browser.get("device/signal")
        assert list(signal) == list(recorded)
        for name, value in signal.items():
            seen.setdefault(name, set()).add(value)
    moving = {name for name, values in seen.items() if len(values) > 1}
    assert moving == {"rsrp", "rsrq", "rssi", "sinr", "nrrsrp", "nrrsrq", "nrrssi", "nrsinr"}
    assert {value[-3:] for value in seen["rsrp"]} == {"dBm"}
    numbers = [int(value.removesuffix("dBm")) for value in seen["rsrp"]]
    assert -92 <= min(numbers) < -88 < max(numbers) <= -84
    assert all("." in value for value in seen["rsrq"])


async def test_network_mode(modem: HilinkSimulator, browser: Browser) -> None:
    """A change of mode is read back, drops the network for a while and changes the technology."""
    assert await set_mode(browser, "03", "3FFFFFFF", "80000") == "OK"
    stored = await browser.get("net/net-mode")
    assert [stored[name] for name in NAMES] == ["03", "3FFFFFFF", "80000"]
    assert stored["networkOption"] == "0"
    assert (await browser.get("net/current-plmn"))["FullName"] is None
    assert (await browser.get("device/signal"))["rsrp"] is None
    modem.lab.advance(8)
    status = await browser.get("monitoring/status")
    assert (status["CurrentNetworkTypeEx"], status["EndcStatus"]) == ("101", "0")
    signal = await browser.get("device/signal")
    assert (signal["rsrp"], signal["nrrsrp"], signal["mode"]) == ("-88dBm", None, "7")


@pytest.mark.parametrize(
    ("mode", "kind", "rat", "filled"),
    [("08", "20", "12", "nrrsrp"), ("02", "9", "2", "rscp"), ("01", "3", "0", "rssi")],
)
async def test_technology(
    modem: HilinkSimulator, browser: Browser, mode: str, kind: str, rat: str, filled: str
) -> None:
    """Each technology fills its own signal fields only."""
    await set_mode(browser, mode, "3FFFFFFF", "7FFFFFFFFFFFFFFF")
    modem.lab.advance(8)
    assert (await browser.get("monitoring/status"))["CurrentNetworkType"] == kind
    assert (await browser.get("net/current-plmn"))["Rat"] == rat
    signal = await browser.get("device/signal")
    assert signal[filled] is not None
    assert signal["rsrp"] is None


async def test_own_bands(browser: Browser) -> None:
    """A write of all bands reads back as the model's own mask."""
    await set_mode(browser, "00", "3FFFFFFF", "80000")
    await set_mode(browser, "00", "3FFFFFFF", "7FFFFFFFFFFFFFFF")
    assert (await browser.get("net/net-mode"))["LTEBand"] == "7A0880800D5"


async def test_refused_modes(browser: Browser) -> None:
    """Unknown modes and masks that are no hexadecimal numbers are refused."""
    assert await refusal(set_mode(browser, "99", "3FFFFFFF", "5")) == 112007
    assert await refusal(set_mode(browser, "00", "3FFFFFFF", "all")) == 100006


async def test_lost_reply(modem: HilinkSimulator, browser: Browser) -> None:
    """A change can be applied although the answer says it failed."""
    modem.lab.set_options(net_mode_reply_lost=True)
    assert await refusal(set_mode(browser, "03", "3FFFFFFF", "5")) == -1
    assert (await browser.get("net/net-mode"))["LTEBand"] == "5"


async def test_reconnect(
    make_modem: MakeModem, browser: Browser, open_browser: MakeBrowser
) -> None:
    """One model reconnects, the other cannot."""
    body = "<ReconnectAction>1</ReconnectAction>"
    assert await refusal(browser.post("net/reconnect", body)) == -1
    other = open_browser(await make_modem(profile="b535-932"))
    await other.log_in(DEFAULT_PASSWORD)
    assert await other.post("net/reconnect", body) == "OK"
    assert (await other.get("monitoring/status"))["ServiceStatus"] == "0"


async def test_no_sim(modem: HilinkSimulator, browser: Browser) -> None:
    """Without a SIM there is no network, and the device says why."""
    modem.lab.set_options(sim_present=False)
    status = await browser.get("monitoring/status")
    assert (status["SimStatus"], status["ServiceStatus"]) == ("255", "0")
    assert status["ConnectionStatus"] == "902"
    assert await refusal(browser.get("net/current-plmn")) == -1
    assert (await browser.get("pin/status"))["SimState"] == "255"
    assert (await browser.get("monitoring/converged-status"))["SimState"] == "255"
    information = await browser.get("device/information")
    assert (information["Imsi"], information["Imei"]) == (None, "490154203237575")
    modem.lab.set_options(sim_present=True)
    modem.lab.advance(8)
    assert (await browser.get("net/current-plmn"))["Numeric"] == "00101"
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "901"


async def test_data_plan(browser: Browser) -> None:
    """A data plan is kept, and its limit is shown in bytes as well."""
    await browser.post(
        "monitoring/start_date",
        "<StartDay>5</StartDay><DataLimit>60GB</DataLimit><MonthThreshold>80</MonthThreshold>"
        "<SetMonthData>1</SetMonthData>",
    )
    plan = await browser.get("monitoring/start_date")
    assert (plan["StartDay"], plan["DataLimit"]) == ("5", "60GB")
    assert plan["trafficmaxlimit"] == str(60 * 1024**3)


async def test_dialup_settings(browser: Browser) -> None:
    """The dial-up settings are replaced as a whole."""
    body = (
        "<RoamAutoConnectEnable>1</RoamAutoConnectEnable><MaxIdelTime>0</MaxIdelTime>"
        "<ConnectMode>0</ConnectMode><MTU>1400</MTU><auto_dial_switch>1</auto_dial_switch>"
        "<pdp_always_on>0</pdp_always_on>"
    )
    await browser.post("dialup/connection", body)
    assert (await browser.get("dialup/connection"))["MTU"] == "1400"
