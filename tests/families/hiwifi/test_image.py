"""QR codes with which a phone joins the router's networks."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
import re
from unittest.mock import patch

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pyqrcode
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.clients.hiwifi.models import Interface
from custom_components.gatehouse.clients.secret import Secret
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hiwifi.readings import GUEST_2_4
from custom_components.gatehouse.families.wifi_code import wifi_code
from simulators.hiwifi import Firmware, HiwifiSimulator, identity
from tests.conftest import state_of

from .client_helpers import NAMELESS, PHONE
from .conftest import MAC, SetUpRouter, StartRouter

type NextRound = Callable[..., Awaitable[None]]

GUEST = "image.router_guest_wi_fi_qr_code"
GUEST_5 = "image.router_guest_wi_fi_5_ghz_qr_code"
MAIN = "image.router_wi_fi_2_4_ghz_qr_code"
SECRET = 'semi;colon,"quote"\\:'


def images(hass: HomeAssistant) -> set[str]:
    """Return the images that are registered."""
    entries = er.async_get(hass).entities.values()
    return {each.entity_id for each in entries if each.domain == Platform.IMAGE}


async def shown(hass_client: ClientSessionGenerator, entity_id: str) -> list[list[int]]:
    """Return the modules of a QR code as a browser gets it, without the quiet zone."""
    client = await hass_client()
    response = await client.get(f"/api/image_proxy/{entity_id}")
    assert response.status == HTTPStatus.OK
    assert response.content_type == "image/svg+xml"
    return modules_of(await response.text())


def modules_of(svg: str) -> list[list[int]]:
    """Return the modules that a picture shows."""
    found = re.search(r'width="(\d+)".*scale\((\d+)\).* d="([^"]+)"', svg, re.DOTALL)
    assert found
    size = int(found[1]) // int(found[2])
    grid = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", found[3]):
        if kind == "h":
            for column in range(int(x), int(x) + int(first)):
                grid[int(y)][column] = 1
            x += int(first)
        elif kind == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return [row[4:-4] for row in grid[4:-4]]


def modules_for(text: str) -> list[list[int]]:
    """Return the modules that a text needs."""
    return pyqrcode.create(text, error="M", mode="binary", encoding="utf-8").code


async def change(
    router: HiwifiSimulator, entry: MockConfigEntry, *, on: bool, **network: str
) -> None:
    """Open or close the first guest network, with another name or key, and hear of it."""
    coordinator = entry.runtime_data
    wifi = coordinator.client.wifi
    if network:
        key = network.pop("key", None)
        await wifi.set_guest_network(
            Interface.GUEST_2_4, key=None if key is None else Secret(key), **network
        )
    await wifi.set_guest_enabled(Interface.GUEST_2_4, on=on)
    router.lab.advance(10)
    await coordinator.async_read({GUEST_2_4})


@pytest.mark.parametrize(
    ("authentication", "ssid", "key", "hidden", "text"),
    [
        ("WPA", "Guests", "12345678", False, "WIFI:T:WPA;S:Guests;P:12345678;;"),
        ("WPA", "家;1", SECRET, None, r"WIFI:T:WPA;S:家\;1;P:semi\;colon\,\"quote\"\\\:;;"),
        ("WEP", "a:b", "abcde", True, r"WIFI:T:WEP;S:a\:b;P:abcde;H:true;;"),
        ("nopass", "Open", "left over", False, "WIFI:T:nopass;S:Open;;"),
        ("nopass", "Open", None, False, "WIFI:T:nopass;S:Open;;"),
        ("WPA", "Guests", "", False, None),
        ("WPA", "Guests", None, False, None),
        ("WPA", "", "12345678", False, None),
        ("WPA", None, "12345678", False, None),
        (None, "Guests", "12345678", False, None),
    ],
)
def test_text(
    authentication: str | None,
    ssid: str | None,
    key: str | None,
    hidden: bool | None,  # noqa: FBT001 - a column of the table
    text: str | None,
) -> None:
    """Names and keys are written so that no character of theirs ends them."""
    code = wifi_code(
        ssid=ssid,
        authentication=authentication,
        key=None if key is None else Secret(key),
        hidden=hidden,
    )
    assert (code and code.reveal()) == text


@pytest.mark.parametrize("signed", [False, True])
async def test_guests(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    *,
    signed: bool,
) -> None:
    """Guests find the network and its key in the code, while the network is open."""
    entry = await set_up_router(router, signed=signed)
    assert state_of(hass, GUEST) == STATE_UNAVAILABLE

    await change(router, entry, on=True, ssid='家;"guests"', key=SECRET)
    expected = r"WIFI:T:WPA;S:家\;\"guests\";P:semi\;colon\,\"quote\"\\\:;H:true;;"
    assert await shown(hass_client, GUEST) == modules_for(expected)
    assert state_of(hass, GUEST_5) == STATE_UNAVAILABLE

    await change(router, entry, on=False)
    assert state_of(hass, GUEST) == STATE_UNAVAILABLE
    client = await hass_client()
    response = await client.get(f"/api/image_proxy/{GUEST}")
    assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR


async def test_changes(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """The state is the time since which the code is the same, however often it is read."""
    entry = await set_up_router(router)
    await change(router, entry, on=True)
    since = state_of(hass, GUEST)
    first = await shown(hass_client, GUEST)

    # The network hides its name, closes and is opened again.
    router.lab.advance(600)
    for _ in range(40):
        await next_round()
    await change(router, entry, on=False)
    await change(router, entry, on=True)
    assert state_of(hass, GUEST) == since
    assert await shown(hass_client, GUEST) == first

    await change(router, entry, on=True, key="another key")
    assert state_of(hass, GUEST) > since
    assert await shown(hass_client, GUEST) != first


async def test_drawn_once(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
) -> None:
    """A code, which takes a moment to draw, is drawn when it is looked at and then kept."""
    with patch(
        "custom_components.gatehouse.image.pyqrcode.create", wraps=pyqrcode.create
    ) as create:
        entry = await set_up_router(router)
        await change(router, entry, on=True)
        assert create.call_count == 0
        for _ in range(2):
            await shown(hass_client, GUEST)
        assert create.call_count == 1


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("firmware", [Firmware.V1_4_8, Firmware.V0_9007])
async def test_main_network(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    firmware: Firmware,
) -> None:
    """There is one for the main network too, on either generation."""
    await set_up_router(await start_router(firmware=firmware))
    expected = f"WIFI:T:WPA;S:{identity.SSID};P:{identity.WIFI_KEY};;"
    assert await shown(hass_client, MAIN) == modules_for(expected)


async def test_which_there_are(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """There is a code for each network of a model, of which those of guests are enabled."""
    await set_up_router(await start_router(five_ghz=False))
    assert images(hass) == {GUEST, MAIN}
    assert hass.states.get(MAIN) is None


async def test_older_generation(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A router without a guest network has no code for guests."""
    await set_up_router(await start_router(firmware=Firmware.V0_9007))
    assert images(hass) == {MAIN}


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_nothing_leaks(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No key is in a state, a log or diagnostics, and nobody's name or address is in the latter."""
    caplog.set_level("DEBUG")
    assert await async_setup_component(hass, "diagnostics", {})
    entry = await set_up_router(router, options={"client_switches": True})
    await change(router, entry, on=True)
    await next_round()
    await shown(hass_client, GUEST)
    await shown(hass_client, MAIN)
    states = json_dumps([state.as_dict() for state in hass.states.async_all()])
    diagnostics = json_dumps(await get_diagnostics_for_config_entry(hass, hass_client, entry))
    own_log = "\n".join(record.getMessage() for record in caplog.records if DOMAIN in record.name)
    for key in (identity.WIFI_KEY, identity.GUEST_KEY):
        for text in (states, diagnostics, caplog.text):
            assert key not in text
    for private in (
        "O'Neil",
        "Tablet",
        "192.168.199.102",
        PHONE,
        NAMELESS,
        MAC,
        identity.SSID,
        identity.GUEST_SSID,
    ):
        assert private.lower() not in diagnostics.lower(), private
        assert private.lower() not in own_log.lower(), private
