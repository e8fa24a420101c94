"""The Wi-Fi of a simulated device refuses what a real one refuses."""

from typing import Any

import pytest

from simulators.hilink import HilinkSimulator, TokenStyle
from simulators.hilink.errors import Code
from simulators.hilink.wlan import FILTER, NETWORKS, ONE_NETWORK, RADIOS, SECURITY, entries
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

RADIO = "InternetGatewayDevice.X_Config.Wifi.Radio.1."


def elements(fields: dict[str, Any]) -> str:
    """Return fields as a request has them."""
    return "".join(f"<{name}>{value or ''}</{name}>" for name, value in fields.items())


def ssids(*networks: dict[str, Any]) -> str:
    """Return networks as a request has them."""
    listed = "".join(f"<Ssid>{elements(each)}</Ssid>" for each in networks)
    return f"<Ssids>{listed}</Ssids>"


async def user(make_modem: MakeModem, open_browser: MakeBrowser, profile: str) -> Any:
    """Return a device and a browser that is logged in."""
    modem: HilinkSimulator = await make_modem(profile=profile)
    browser: Browser = open_browser(modem)
    await browser.log_in(modem.password)
    return modem, browser


def networks(modem: HilinkSimulator) -> list[dict[str, Any]]:
    """Return the networks of a device."""
    return entries(modem.modem.records[NETWORKS], "Ssids", "Ssid")


async def test_what_is_left_out(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A post replaces a network: what it leaves out falls back, but for name and secrets."""
    modem, browser = await user(make_modem, open_browser, "b535-932")
    first = networks(modem)[0]
    kept = {name: first[name] for name in ("Index", "ID", "WifiEnable", "WifiAuthmode")}
    await browser.post(NETWORKS, ssids(kept) + "<WifiRestart>1</WifiRestart>")
    changed = networks(modem)[0]
    assert (changed["WifiSsid"], changed["WifiMaxassoc"]) == (first["WifiSsid"], "0")


@pytest.mark.parametrize(
    "changes",
    [
        {"WifiSsid": "x" * 33},
        {"WifiAuthmode": "WPA9"},
        {"WifiWpapsk": "plain text", "MixWifiWpapsk": "plain text"},
        {"Index": "7"},
    ],
)
async def test_bad_network(
    make_modem: MakeModem, open_browser: MakeBrowser, changes: dict[str, str]
) -> None:
    """A network that cannot be is refused as a whole, as is a key in plain text."""
    modem, browser = await user(make_modem, open_browser, "b535-932")
    before = networks(modem)
    with pytest.raises(Refused) as refusal:
        await browser.post(NETWORKS, ssids(before[0] | changes) + "<WifiRestart>1</WifiRestart>")
    assert refusal.value.code in {Code.FORMAT, Code.PARAMETER}
    assert networks(modem) == before


async def test_radio_decides(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """While its radio is off, a network takes no notice of its own switch."""
    modem, browser = await user(make_modem, open_browser, "b535-932")
    radio = f"<radio><wifienable>0</wifienable><index>0</index><ID>{RADIO}</ID></radio>"
    await browser.post(RADIOS, f"<radios>{radio}</radios><WifiRestart>1</WifiRestart>")
    assert (await browser.get("monitoring/status"))["WifiStatus"] == "1"
    guests = networks(modem)[2] | {"WifiEnable": "1"}
    await browser.post(NETWORKS, ssids(guests) + "<WifiRestart>1</WifiRestart>")
    assert networks(modem)[2]["WifiEnable"] == "0"


async def test_key_is_hidden(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """Newer firmware never shows a key in plain text."""
    _, browser = await user(make_modem, open_browser, "b535-932")
    listed = (await browser.get(NETWORKS))["Ssids"]["Ssid"]
    assert [each["WifiWpapsk"] for each in listed] == [None, None, None]
    with pytest.raises(Refused):
        await browser.post("user/pwd", "<module>wlan</module><nonce>00</nonce>")


@pytest.mark.parametrize("endpoint", [ONE_NETWORK, SECURITY])
async def test_whole_records(
    make_modem: MakeModem, open_browser: MakeBrowser, endpoint: str
) -> None:
    """A hotspot wants every field of a record."""
    modem: HilinkSimulator = await make_modem(
        profile="e5573cs-322", login="scram", token_style=TokenStyle.TOKEN
    )
    browser = open_browser(modem)
    await browser.log_in(modem.password)
    record = dict(await browser.get(endpoint))
    record.pop("WifiMode", None)
    record.pop("WifiWepKeyIndex", None)
    with pytest.raises(Refused) as refusal:
        await browser.post(endpoint, elements(record))
    assert refusal.value.code == Code.FORMAT


@pytest.mark.parametrize("changes", [{"WifiMacFilterStatus": "3"}, {"WifiMacFilterMac0": "laptop"}])
async def test_bad_filter(
    make_modem: MakeModem, open_browser: MakeBrowser, changes: dict[str, str]
) -> None:
    """A filter has one of three modes, and addresses."""
    modem, browser = await user(make_modem, open_browser, "b535-932")
    before = modem.modem.records[FILTER]
    fields = {"Index": "0", "WifiMacFilterStatus": "2", **changes}
    with pytest.raises(Refused):
        await browser.post(FILTER, ssids(fields))
    assert modem.modem.records[FILTER] == before
