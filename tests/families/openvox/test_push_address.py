"""Where the gateway finds Home Assistant."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import (
    CONF_PUSH_ADDRESS,
)
from simulators.openvox import OpenVoxSimulator

from .conftest import StartGateway
from .message_helpers import local_options, set_up
from .push_helpers import (
    GET_CONFIG,
    SLOW,
    THEIRS,
    NextRound,
    Web,
    address_of,
    count,
    issue,
    points_here,
    require_https,
    set_options,
    set_settings,
    settings,
    start_web,
)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway that pushes to somebody else."""
    gateway = await start_gateway(**local_options())
    set_settings(gateway, **THEIRS)
    return gateway


@pytest.fixture
async def web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Return the web server of Home Assistant."""
    return await start_web(hass, hass_client_no_auth)


async def test_address_changes(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A new address of Home Assistant is no reason to ask anybody."""
    hass.config.internal_url = address_of(web)
    entry = await set_up(hass, gateway, push=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert points_here(gateway, web)
    hass.config.internal_url = "http://192.168.7.5:8123"
    for _ in range(4):
        await next_round(SLOW)
    assert settings(gateway)["url_host"] == "192.168.7.5"
    assert settings(gateway)["url_port"] == "8123"
    assert issue(hass, entry, "push_changed") is None
    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://192.168.7.5:8123", ("http", "192.168.7.5", "8123", "api/webhook/")),
        ("https://ha.example.org", ("https", "ha.example.org", "443", "api/webhook/")),
        ("http://ha.example.org/", ("http", "ha.example.org", "80", "api/webhook/")),
        ("https://ha.example.org/home/", ("https", "ha.example.org", "443", "home/api/webhook/")),
        ("http://[fd00::5]:8123", ("http", "[fd00::5]", "8123", "api/webhook/")),
    ],
)
async def test_given_address(
    hass: HomeAssistant, gateway: OpenVoxSimulator, address: str, expected: tuple[str, ...]
) -> None:
    """The owner may say where the gateway finds Home Assistant, also behind a proxy."""
    await set_up(hass, gateway, push=True, push_address=address)
    await hass.async_block_till_done(wait_background_tasks=True)
    present = settings(gateway)
    found = [str(present[key]) for key in ("url_http", "url_host", "url_port", "url_path")]
    found[3] = found[3][: len(expected[3])]
    assert tuple(found) == expected


@pytest.mark.parametrize(
    "address",
    [
        None,
        "192.168.7.5",
        "ftp://ha",
        "http://",
        "http://u:p@ha",
        "http://ha?x=1",
        "http://h a",
        "x",
    ],
)
async def test_no_address(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    next_round: NextRound,
    address: str | None,
) -> None:
    """Where no address is known, nothing is changed, and the owner is asked for one."""
    require_https(hass)
    options = {} if address is None else {CONF_PUSH_ADDRESS: address}
    hass.config.external_url = "https://example.ui.nabu.casa"
    entry = await set_up(hass, gateway, push=True, **options)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert settings(gateway) == THEIRS
    assert issue(hass, entry, "push_no_address") is not None
    gateway.requests.clear()
    await next_round()
    assert issue(hass, entry, "push_no_address") is not None
    assert count(gateway, GET_CONFIG) <= 1
    await set_options(hass, entry, push_address="http://192.168.7.5:8123")
    assert issue(hass, entry, "push_no_address") is None
    assert settings(gateway)["url_host"] == "192.168.7.5"


async def test_address_becomes_known(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """An address that Home Assistant gets later is used in the next round."""
    require_https(hass)
    entry = await set_up(hass, gateway, push=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue(hass, entry, "push_no_address") is not None
    hass.config.internal_url = "http://192.168.7.5:8123"
    await next_round()
    assert settings(gateway)["url_host"] == "192.168.7.5"
    assert issue(hass, entry, "push_no_address") is None
