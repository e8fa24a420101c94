"""Restart, factory reset and power off."""

import aiohttp
import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem


@pytest.fixture
async def modem(make_modem: MakeModem) -> HilinkSimulator:
    """Return a modem that restarts in half a minute."""
    return await make_modem(reboot_seconds=30, register_seconds=5, connect_seconds=2)


@pytest.fixture
async def browser(modem: HilinkSimulator, open_browser: MakeBrowser) -> Browser:
    """Return a browser that is logged in."""
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    return browser


async def test_restart(modem: HilinkSimulator, browser: Browser) -> None:
    """A restart is answered, then the device is away and comes back without sessions."""
    before = await browser.get("monitoring/traffic-statistics")
    assert (await browser.get("device/information"))["uptime"] == "216708"
    assert await browser.post("device/control", "<Control>1</Control>") == "OK"
    seen = len(modem.requests)
    with pytest.raises(aiohttp.ClientConnectionError):
        await browser.get("monitoring/status")
    modem.lab.advance(29)
    with pytest.raises(aiohttp.ClientConnectionError):
        await browser.page()
    assert len(modem.requests) == seen
    modem.lab.advance(1)
    with pytest.raises(Refused, match="125002"):
        await browser.get("monitoring/status")
    await browser.log_in(DEFAULT_PASSWORD)
    assert (await browser.get("device/information"))["uptime"] == "30"
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "900"
    modem.lab.advance(17)
    after = await browser.get("monitoring/traffic-statistics")
    assert after["CurrentConnectTime"] == "10"
    assert int(after["TotalDownload"]) > int(before["TotalDownload"])
    assert int(after["TotalConnectTime"]) == int(before["TotalConnectTime"]) + 10


async def test_factory_reset(modem: HilinkSimulator, browser: Browser) -> None:
    """A factory reset forgets settings, messages and the password."""
    await browser.post("dialup/mobile-dataswitch", "<dataswitch>0</dataswitch>")
    await browser.post("device/control", "<Control>2</Control>")
    modem.lab.advance(60)
    with pytest.raises(Refused, match="108006"):
        await browser.log_in(DEFAULT_PASSWORD)
    await browser.log_in("admin")
    assert (await browser.get("dialup/mobile-dataswitch"))["dataswitch"] == "1"
    assert (await browser.get("sms/sms-count"))["LocalInbox"] == "0"


async def test_power_off(modem: HilinkSimulator, browser: Browser) -> None:
    """Switched off, the device stays away until somebody switches it on."""
    await browser.post("device/control", "<Control>4</Control>")
    modem.lab.advance(86400)
    with pytest.raises(aiohttp.ClientConnectionError):
        await browser.page()
    modem.lab.power_on()
    await browser.log_in(DEFAULT_PASSWORD)
    modem.lab.advance(8)
    assert (await browser.get("monitoring/status"))["ConnectionStatus"] == "901"


async def test_other_controls(modem: HilinkSimulator, browser: Browser) -> None:
    """A back-up changes nothing and an unknown control is refused."""
    assert await browser.post("device/control", "<Control>3</Control>") == "OK"
    with pytest.raises(Refused, match="100006"):
        await browser.post("device/control", "<Control>9</Control>")
    assert modem.lab.state()["up"] is True


async def test_stop_and_start_again(modem: HilinkSimulator, open_browser: MakeBrowser) -> None:
    """A simulator can be stopped and started on the same port."""
    port = int(modem.url.rsplit(":", 1)[1])
    await modem.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await open_browser(modem).page()
    await modem.start(port)
    assert "H165-383" in await open_browser(modem).page()
