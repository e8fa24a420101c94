"""The simulator works while time stands still around it."""

from freezegun.api import FrozenDateTimeFactory

from simulators.hilink import DEFAULT_PASSWORD, HilinkOptions, HilinkSimulator
from tests.simulators.browser import Browser


async def test_frozen(socket_enabled: None, freezer: FrozenDateTimeFactory) -> None:
    """Requests are answered with a frozen clock, and only the lab moves the device's."""
    freezer.move_to("2026-01-01 00:00:00")
    modem = HilinkSimulator(HilinkOptions())
    await modem.start()
    browser = Browser(modem.url)
    await browser.log_in(DEFAULT_PASSWORD)
    freezer.tick(3600)
    assert (await browser.get("user/heartbeat"))["userlevel"] == "2"
    assert modem.lab.state()["date"] == "2026-09-01 12:00:00"
    modem.lab.advance(60)
    assert modem.lab.state()["date"] == "2026-09-01 12:01:00"
    await browser.close()
    await modem.stop()
