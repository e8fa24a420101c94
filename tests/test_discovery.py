"""Devices that announce themselves on the network."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aiohttp.test_utils import unused_port
from homeassistant.config_entries import (
    SOURCE_IGNORE,
    SOURCE_SSDP,
    ConfigEntryDisabler,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.ssdp import SsdpServiceInfo
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator

from .flow_helpers import (
    CREDENTIALS,
    NO_CREDENTIALS,
    SERIAL,
    TEXTS,
    WRONG,
    add_entry,
    attempts,
    checked,
    created,
    field_of,
    flows,
    set_up_entry,
    start_user_flow,
    submit,
)

ELSEWHERE = "http://192.0.2.7"


def announcement(page: str | None, serial: str | None = SERIAL) -> SsdpServiceInfo:
    """Return what a modem announces."""
    upnp: dict[str, Any] = {
        "deviceType": "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
        "manufacturer": "Huawei",
        "modelName": "Huawei router",
    }
    upnp |= {"presentationURL": page} if page is not None else {}
    upnp |= {"serialNumber": serial} if serial is not None else {}
    return SsdpServiceInfo(
        ssdp_usn="uuid:00000000-0000-0000-0000-000000000001",
        ssdp_st="urn:schemas-upnp-org:device:InternetGatewayDevice:1",
        ssdp_location="",
        upnp=upnp,
    )


async def discover(hass: HomeAssistant, info: SsdpServiceInfo) -> ConfigFlowResult:
    """Let a device be discovered."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_SSDP}, data=info
    )
    await hass.async_block_till_done()
    return checked(result, TEXTS["config"])


async def aborted(hass: HomeAssistant, info: SsdpServiceInfo) -> str:
    """Let a device be discovered and return why nothing comes of it."""
    result = await discover(hass, info)
    assert result["type"] is FlowResultType.ABORT
    assert flows(hass) == []
    return result["reason"]


async def test_discovery(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The owner is shown what was found and asked for the login only."""
    result = await discover(hass, announcement(modem.url))
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "credentials"
    (flow,) = flows(hass)
    assert flow["context"]["title_placeholders"] == {"name": "E8372h-320 (127.0.0.1)"}
    assert flow["context"]["unique_id"] == SERIAL
    assert attempts(modem) == 0

    result = await submit(hass, result, WRONG)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "invalid_auth"}
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.title == "E8372h-320"
    assert entry.unique_id == "SIM8372320000001"
    assert entry.data == {
        "device_type": "hilink",
        "url": modem.url,
        "username": "admin",
        "password": "gatehouse",
        "verify_ssl": True,
    }
    assert entry.state is ConfigEntryState.LOADED


async def test_device_that_tells_no_model(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Where the device keeps its model to itself, the announcement's name must do."""
    modem.lab.remove_endpoint("device/basic_information")
    result = await discover(hass, announcement(modem.url, serial=None))
    assert result["step_id"] == "credentials"
    assert result["description_placeholders"] == {"device": "Huawei", "url": modem.url}
    (flow,) = flows(hass)
    assert flow["context"]["title_placeholders"] == {"name": "Huawei router (127.0.0.1)"}
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.usefixtures("socket_enabled")
async def test_nothing_answers(hass: HomeAssistant) -> None:
    """An announcement of what cannot be reached leads to nothing."""
    info = announcement(f"http://127.0.0.1:{unused_port()}")
    assert await aborted(hass, info) == "cannot_connect"


async def test_announced_serial_number_counts(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Without a password only the announcement tells who the device is."""
    result = await discover(hass, announcement(modem.url))
    entry = created(await submit(hass, result, NO_CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


async def test_something_else_answers(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The manufacturer makes other devices as well."""
    modem.lab.break_replies("*", "html", None)
    assert await aborted(hass, announcement(modem.url)) == "not_recognized"


@pytest.mark.parametrize("page", [None, "", "/index.html", "http://[fe80", "nonsense"])
async def test_announcement_without_a_host(hass: HomeAssistant, page: str | None) -> None:
    """An announcement that does not say where the device is leads to nothing."""
    assert await aborted(hass, announcement(page)) == "not_recognized"


async def test_known_device_at_a_new_address(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An entry follows its device."""
    entry = add_entry(hass, modem, url=ELSEWHERE)
    assert await aborted(hass, announcement(modem.url)) == "already_configured"
    assert entry.data["url"] == modem.url
    assert entry.data["password"] == "gatehouse"
    assert await hass.config_entries.async_setup(entry.entry_id)


async def test_https_is_not_given_up(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An entry that uses https does not follow its device to plain http."""
    entry = add_entry(hass, modem, url="https://192.0.2.7")
    assert await aborted(hass, announcement(modem.url)) == "cannot_connect"
    assert entry.data["url"] == "https://192.0.2.7"
    assert modem.requests == []


@pytest.mark.parametrize("serial", [SERIAL, None])
async def test_known_device_is_left_alone(
    hass: HomeAssistant, modem: HilinkSimulator, serial: str | None
) -> None:
    """An announcement of a device that is in use does not even cost it a request."""
    entry = await set_up_entry(hass, modem, unique_id=serial)
    modem.requests.clear()
    assert await aborted(hass, announcement(modem.url, serial)) == "already_configured"
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED
    assert modem.requests == []


async def test_known_device_is_back(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An entry that waits for its device tries again when the device announces itself."""
    modem.lab.reboot(60)
    entry = await set_up_entry(hass, modem)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    modem.lab.advance(61)
    assert await aborted(hass, announcement(modem.url)) == "already_configured"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("url_of", "disabled_by", "owned"),
    [
        (str, None, True),
        (lambda url: f"http://{url.host}/", None, True),
        (lambda url: str(url.with_host("192.0.2.7")), None, False),
        (str, ConfigEntryDisabler.USER, False),
    ],
    ids=["same", "other-form", "another-device", "disabled"],
)
async def test_owned_by_home_assistant(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    url_of: Callable[[URL], str],
    disabled_by: ConfigEntryDisabler | None,
    *,
    owned: bool,
) -> None:
    """A device that Home Assistant's own integration uses is not offered a second time."""
    MockConfigEntry(
        domain="huawei_lte", data={"url": url_of(URL(modem.url))}, disabled_by=disabled_by
    ).add_to_hass(hass)
    result = await discover(hass, announcement(modem.url))
    assert (result.get("reason") == "owned_by_core") is owned
    assert (result.get("description_placeholders") == {"integration": "huawei_lte"}) is owned
    assert (result["type"] is FlowResultType.FORM) is not owned
    assert bool(modem.requests) is not owned


async def test_owned_by_home_assistant_under_another_name(
    hass: HomeAssistant, modem: HilinkSimulator
) -> None:
    """The serial number tells that it is the same device, whatever it is called there."""
    MockConfigEntry(
        domain="huawei_lte", data={"url": "http://homerouter.cpe/"}, unique_id=SERIAL
    ).add_to_hass(hass)
    result = await discover(hass, announcement(modem.url))
    assert result["reason"] == "owned_by_core"
    assert modem.requests == []


async def test_ignored(
    hass: HomeAssistant, modem: HilinkSimulator, hass_client: ClientSessionGenerator
) -> None:
    """An ignored device is not offered again, does no harm to the list, and can be added."""
    result = await discover(hass, announcement(modem.url))
    await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_IGNORE},
        data={"unique_id": SERIAL, "title": "E8372h-320"},
    )
    assert flows(hass) == []
    (ignored,) = hass.config_entries.async_entries(DOMAIN)
    assert ignored.source == SOURCE_IGNORE
    modem.requests.clear()
    assert await aborted(hass, announcement(modem.url)) == "already_configured"
    assert ignored.data == {}
    assert modem.requests == []

    await async_setup_component(hass, "config", {})
    client = await hass_client()
    response = await client.get("/api/config/config_entries/entry")
    assert response.status == HTTPStatus.OK
    (listed,) = await response.json()
    assert listed["supports_options"] is False
    assert listed["supported_subentry_types"] == {}

    result = await submit(hass, await start_user_flow(hass), field_of(modem.url))
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_set_up_by_hand_meanwhile(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Whoever does not wait for the discovery is not asked again."""
    await discover(hass, announcement(modem.url))
    result = await submit(hass, await start_user_flow(hass), field_of(modem.url))
    created(await submit(hass, result, CREDENTIALS))
    assert flows(hass) == []
