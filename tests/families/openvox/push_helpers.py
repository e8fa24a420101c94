"""What tests of pushes have in common."""

from collections.abc import Awaitable, Callable
import time
from typing import Any, Final

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import CONF_PUSH, CONF_PUSH_ADDRESS, DOMAIN
from simulators.openvox import OpenVoxSimulator
from tests.conftest import until

from .message_helpers import set_up

type Web = TestClient[Any, Any]
type NextRound = Callable[..., Awaitable[None]]

GET_CONFIG: Final = "/smsoutbox/get_config"
SET_CONFIG: Final = "/smsoutbox/set_config"
INBOX: Final = "/smsinbox/get"

SLOW: Final = 901
"""Seconds until everything that is read seldom was read again."""

THEIRS: Final[dict[str, str | int]] = {
    "enable": 1,
    "reports_enable": 0,
    "results_enable": 1,
    "url_http": "https",
    "url_host": "172.16.2.43",
    "url_port": "8443",
    "url_path": "test.php?key=1",
    "url_from_num": "phone_number",
    "url_to_num": "",
    "url_portname": "portname",
    "url_message": "message",
    "url_time": "time",
    "url_imsi": "imsi",
    "url_status": "status",
    "url_user_defined": "id=id",
}
"""What somebody has set up on the gateway's page."""


async def start_web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Let the web server of Home Assistant run on a port of its own."""
    assert await async_setup_component(hass, "webhook", {})
    client: Web = await hass_client_no_auth()
    return client


def address_of(web: Web) -> str:
    """Return where the web server of Home Assistant answers."""
    return f"http://127.0.0.1:{web.port}"


def settings(gateway: OpenVoxSimulator) -> dict[str, str | int]:
    """Return the push setting that the gateway has."""
    return dict(gateway.gateway.pushes.settings)


def set_settings(gateway: OpenVoxSimulator, **changes: str | int) -> None:
    """Change the push setting as somebody may on the gateway's page."""
    gateway.gateway.pushes.settings = {**settings(gateway), **changes}


def points_here(gateway: OpenVoxSimulator, web: Web) -> bool:
    """Tell whether the gateway pushes to Home Assistant."""
    present = settings(gateway)
    return (
        bool(present["enable"])
        and present["url_host"] == "127.0.0.1"
        and present["url_port"] == str(web.port)
    )


def hook_of(gateway: OpenVoxSimulator) -> str:
    """Return the path of the webhook to which the gateway pushes."""
    return f"/{settings(gateway)['url_path']}"


async def set_up_push(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, **options: object
) -> MockConfigEntry:
    """Set up an entry whose gateway pushes to Home Assistant."""
    base = {CONF_PUSH: True, CONF_PUSH_ADDRESS: address_of(web)}
    entry = await set_up(hass, gateway, **{**base, **options})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert points_here(gateway, web)
    gateway.requests.clear()
    return entry


async def set_options(hass: HomeAssistant, entry: MockConfigEntry, **options: object) -> None:
    """Change options, as the form does."""
    hass.config_entries.async_update_entry(entry, options={**entry.options, **options})
    await hass.async_block_till_done(wait_background_tasks=True)


def issue(hass: HomeAssistant, entry: MockConfigEntry, key: str) -> ir.IssueEntry | None:
    """Return an issue of an entry."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_{key}")


def count(gateway: OpenVoxSimulator, path: str) -> int:
    """Count the requests for a path since the last look."""
    return sum(each == path for _, each in gateway.requests)


async def set_push(hass: HomeAssistant, **data: Any) -> Any:
    """Call the action and return its response."""
    response = await hass.services.async_call(
        DOMAIN, "set_sms_push", data, blocking=True, return_response=True
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return response


async def pass_real_time(seconds: float) -> None:
    """Let time pass that nobody has frozen."""
    end = time.monotonic() + seconds
    await until(lambda: time.monotonic() >= end)


def require_https(hass: HomeAssistant) -> None:
    """Let Home Assistant answer to https only, for which its number is no name."""
    assert hass.config.api is not None
    hass.config.api.use_ssl = True
