"""Every module of the API has its place, and what is said to be used is."""

from collections.abc import Awaitable, Callable
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.clients.hilink import diagnosis, radio_changes, ussd
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hilink import firmware
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem
from tests.families.carriers import local_now

from .conftest import call

type NextRound = Callable[..., Awaitable[None]]
type Trigger = Callable[[HomeAssistant, HilinkSimulator], Awaitable[None]]

MANUAL: Final = Path(__file__).parents[3] / "docs" / "hilink.md"

MODULES: Final = {
    "cradle",
    "ddns",
    "device",
    "dhcp",
    "diagnosis",
    "dialup",
    "filemanager",
    "global",
    "host",
    "language",
    "monitoring",
    "net",
    "online-update",
    "ota",
    "pb",
    "pin",
    "redirection",
    "sdcard",
    "security",
    "sms",
    "sntp",
    "stk",
    "user",
    "ussd",
    "voice",
    "webserver",
    "wlan",
}
"""Of the document."""

DOCUMENT: Final = frozenset(
    {
        "cradle/basic-info",
        "ddns/ddns-list",
        "device/autorun-version",
        "device/information",
        "device/control",
        "dhcp/settings",
        "diagnosis/ping",
        "dialup/connection",
        "dialup/dial",
        "filemanager/upload",
        "global/module-switch",
        "monitoring/status",
        "monitoring/traffic-statistics",
        "sms/sms-count",
        "sms/sms-list",
        "sms/send-sms",
        "wlan/basic-settings",
        "wlan/security-settings",
    }
)
"""Pages that it describes."""


def rows() -> list[list[str]]:
    """Return the rows of the manual's table: module, pages, and what they are for."""
    chapter = MANUAL.read_text("utf-8").partition("\n## Every module")[2]
    lines = chapter.partition("| Module |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def pages(*, used: bool) -> set[str]:
    """Return the pages that the manual says to be used, or not to be."""
    return {
        page.removeprefix("/")
        for _, names, purpose in rows()
        if used is not purpose.startswith(("Not ", "Never "))
        for page in re.findall(r"`([^`]+)`", names)
    }


USED: Final = pages(used=True)
NOT_USED: Final = pages(used=False)


def action(name: str, /, **fields: Any) -> Trigger:
    """Make a trigger of an action of Gatehouse."""
    return service(DOMAIN, name, **fields)


def press(button: str) -> Trigger:
    """Make a trigger of a button."""
    return service("button", "press", entity_id=f"button.modem_{button}")


def service(domain: str, name: str, /, **fields: Any) -> Trigger:
    """Make a trigger of any action."""

    async def trigger(hass: HomeAssistant, modem: HilinkSimulator) -> None:
        """Call the action, whether or not the modem can do it."""
        answers = hass.services.supports_response(domain, name).value != "none"
        await hass.services.async_call(domain, name, fields, blocking=True, return_response=answers)

    return trigger


async def change_phone_book(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Add somebody to the phone book and take him out of it."""
    await action("add_phone_book_entry", name="Zoe", number="+15550100200")(hass, modem)
    found = await call(hass, "list_phone_book")
    [entry] = [each for each in found["entries"] if each["name"] == "Zoe"]
    await action("delete_phone_book_entry", ids=[entry["id"]])(hass, modem)


async def unlock(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Enter the PIN that the SIM card wants."""
    modem.lab.lock_sim()
    await action("unlock_sim", pin="1234")(hass, modem)


async def install(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Install the firmware that is offered."""
    modem.lab.offer_firmware("10.0.6.1(H192SP2C00)")
    await press("check_for_new_firmware")(hass, modem)
    await hass.async_block_till_done(wait_background_tasks=True)
    await service("update", "install", entity_id="update.modem_firmware")(hass, modem)


async def use_messages(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Write a draft, mark a message and delete it."""
    await action("save_sms_draft", numbers=["+15550100200"], message="Hello")(hass, modem)
    found = await call(hass, "list_sms")
    ids = [found["messages"][0]["id"]]
    await action("mark_sms_read", ids=ids)(hass, modem)
    await action("delete_sms", ids=ids)(hass, modem)


ROUTER: Final[tuple[Trigger, ...]] = (
    action("get_ddns"),
    action("get_dhcp_settings"),
    action("list_static_leases"),
    action("list_firewall_rules"),
    action("ping", host="example.org"),
    action("traceroute", host="example.org"),
    action("rename_client", mac="02:00:5e:20:00:01", name="Study"),
    press("disconnect"),
    press("reconnect"),
)
STICK: Final[tuple[Trigger, ...]] = (
    action("scan_operators"),
    action("send_sms", numbers=["+15550100200"], message="Hello"),
    use_messages,
    change_phone_book,
    press("clear_traffic_statistics"),
    press("reconnect"),
    unlock,
    press("restart"),
)

TRIGGERS: Final[dict[str, tuple[Trigger, ...]]] = {
    "e3372": (
        action("get_cradle"),
        action("ping", host="example.org"),
        action("send_ussd", code="*100#"),
    ),
    "e5573cs-322": (),
    "e8372h-153": (),
    "e8372h-320": STICK,
    "b525s-23a": ROUTER,
    "b535-932": (install,),
    "h122-373": (),
    "h165-383": (action("set_5g_bands", bands=[78]),),
}
"""By the model on which somebody pulls them."""

OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "e3372": {"ussd_seconds": 0},
    "e8372h-153": {"sms_style": "conversation"},
    "h165-383": {"locks_bands": True, "register_seconds": 0},
}


def test_manual_is_complete() -> None:
    """The manual's table has all that the document has, and nothing in two places."""
    assert {row[0] for row in rows()} >= MODULES
    assert USED | NOT_USED >= DOCUMENT
    assert USED.isdisjoint(NOT_USED)
    for module, names, _ in rows():
        found = re.findall(r"`([^`]+)`", names)
        assert all(page.startswith((f"{module}/", "/config/")) for page in found), names


@pytest.fixture
def modems(monkeypatch: pytest.MonkeyPatch) -> list[HilinkSimulator]:
    """Return the modems whose time passes at once while somebody waits."""
    present: list[HilinkSimulator] = []

    async def pass_time(seconds: float) -> None:
        """Let time pass for whichever modem there is."""
        for modem in present:
            modem.lab.advance(seconds)

    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0)
    monkeypatch.setattr(diagnosis, "POLL_INTERVAL", 0)
    monkeypatch.setattr(ussd, "POLL_INTERVAL", 0)
    monkeypatch.setattr(update, "sleep", pass_time)
    monkeypatch.setattr(firmware, "sleep", pass_time)
    return present


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_pages(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    modems: list[HilinkSimulator],
) -> None:
    """Each page that is said to be used is asked for by some model, and no other by any."""
    touched: set[str] = set()
    for model, triggers in TRIGGERS.items():
        modem = await start_modem(profile=model, start=local_now(), **OPTIONS.get(model, {}))
        modems[:] = [modem]
        entry = await set_up(modem)
        for _ in range(12):
            await next_round(900)
        for trigger in triggers:
            await trigger(hass, modem)
        await hass.config_entries.async_remove(entry.entry_id)
        touched |= {path.removeprefix("/").removeprefix("api/") for _, path in modem.requests}
    assert not USED - touched
    assert not touched & NOT_USED
    assert not {page for page in touched if "/" in page} - USED
