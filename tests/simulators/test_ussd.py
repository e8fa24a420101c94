"""USSD sessions of a simulated modem."""

from typing import Any

import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem


@pytest.fixture
async def modem(make_modem: MakeModem) -> HilinkSimulator:
    """Return a stick, which has USSD."""
    return await make_modem(profile="e8372h-320", idle_timeout=1e9)


@pytest.fixture
async def browser(modem: HilinkSimulator, open_browser: MakeBrowser) -> Browser:
    """Return a browser that is logged in."""
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    return browser


async def say(browser: Browser, content: str) -> Any:
    """Send a code or an answer."""
    return await browser.post(
        "ussd/send", f"<content>{content}</content><codeType>CodeType</codeType><timeout></timeout>"
    )


async def refusal(attempt: Any) -> int:
    """Return the code with which something is refused."""
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value.code


async def state(browser: Browser) -> str:
    """Return how the session stands."""
    result: str = (await browser.get("ussd/status"))["result"]
    return result


async def test_code(modem: HilinkSimulator, browser: Browser) -> None:
    """The answer takes a moment; until it is released the session is in the way."""
    assert await state(browser) == "0"
    assert await say(browser, "*100#") == "OK"
    assert await state(browser) == "1"
    assert await refusal(browser.get("ussd/get")) == 111019
    modem.lab.advance(2)
    assert await browser.get("ussd/get") == {"content": "Your balance is 10.00"}
    assert await state(browser) == "0"
    assert await refusal(say(browser, "*100#")) == 111013
    assert await browser.get("ussd/release") == "OK"
    assert await say(browser, "*100#") == "OK"
    assert modem.lab.ussd_said == ["*100#", "*100#"]


async def test_menu(modem: HilinkSimulator, browser: Browser) -> None:
    """The network may ask on."""
    await say(browser, "*101#")
    modem.lab.advance(2)
    assert (await browser.get("ussd/get"))["content"].startswith("1 Balance")
    assert await state(browser) == "2"
    await say(browser, "1")
    assert await refusal(browser.get("ussd/get")) == 111019
    modem.lab.advance(2)
    assert await browser.get("ussd/get") == {"content": "Your balance is 10.00"}
    assert await state(browser) == "0"


async def test_no_answer(modem: HilinkSimulator, browser: Browser) -> None:
    """A code that the network does not know is never answered."""
    await say(browser, "*999#")
    modem.lab.advance(19)
    assert await refusal(browser.get("ussd/get")) == 111019
    modem.lab.advance(1)
    assert await refusal(browser.get("ussd/get")) == 111020


@pytest.mark.parametrize(("content", "code"), [("", 111016), ("1" * 183, 111014)])
async def test_bad_code(browser: Browser, content: str, code: int) -> None:
    """What is no code is refused."""
    assert await refusal(say(browser, content)) == code


@pytest.mark.parametrize("options", [{"ussd_in_network": False}, {"sim_present": False}])
async def test_network_without(
    modem: HilinkSimulator, browser: Browser, options: dict[str, bool]
) -> None:
    """Not every network has USSD, and without a SIM card none does."""
    modem.lab.set_options(**options)
    assert await refusal(say(browser, "*100#")) == 111022


async def test_model_without(make_modem: MakeModem, open_browser: MakeBrowser) -> None:
    """A router has no USSD."""
    browser = open_browser(await make_modem(profile="h165-383"))
    await browser.log_in(DEFAULT_PASSWORD)
    assert await refusal(browser.get("ussd/status")) == 100002
    assert await refusal(say(browser, "*100#")) == 100002
    assert await refusal(browser.get("ussd/get")) == 100002
    assert await refusal(browser.get("ussd/release")) == 100002
