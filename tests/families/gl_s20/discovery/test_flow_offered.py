"""GL-S20s that show themselves for the first time."""

import json
from pathlib import Path

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_ZEROCONF,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from yarl import URL

from custom_components import gatehouse
from custom_components.gatehouse import discovery
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families import FAMILIES
from simulators.gl_s20 import GlS20Simulator
from simulators.hilink.simulator import HilinkSimulator
from tests.flow_helpers import add_entry, created, field_of, flows, start_user_flow, submit

from ..conftest import MAC, StartRouter
from ..flow_helpers import (
    CREDENTIALS,
    FIRST_PASSWORD,
    OTHER_MAC,
    aborted,
    add_router,
    become_another,
    discover,
    logins,
)
from .helpers import (
    ELSEWHERE,
    HERE,
    MESH_ADDRESS,
    Shown,
    Stranger,
    announcement,
    both_ways,
    lease,
    over_dhcp,
    over_zeroconf,
    tells_nothing,
)


def test_manifest_and_families_agree() -> None:
    """What Home Assistant listens for is what the families know what to do with."""
    manifest = json.loads(Path(gatehouse.__file__).with_name("manifest.json").read_text("utf-8"))
    types = {each.zeroconf_type for each in FAMILIES.values() if each.zeroconf_type}
    assert {each["type"] for each in manifest["zeroconf"]} == types
    names = {each.host_names for each in FAMILIES.values() if each.host_names}
    assert {each["hostname"] for each in manifest["dhcp"] if "hostname" in each} == names
    prefixes = {each.mac_prefix.upper() for each in FAMILIES.values() if each.mac_prefix}
    assert {
        each["macaddress"].rstrip("*") for each in manifest["dhcp"] if "macaddress" in each
    } == (prefixes)
    assert {"registered_devices": True} in manifest["dhcp"]


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_discovery(
    hass: HomeAssistant, router: GlS20Simulator, asked: list[str], shown: Shown
) -> None:
    """The owner is shown what was found, at its IPv4 address, and asked for the password only."""
    result = await discover(hass, *shown(HERE))
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "credentials"
    assert result["description_placeholders"] == {"device": "GL-S20", "url": router.url}
    assert asked == [HERE]
    (flow,) = flows(hass)
    assert flow["context"]["title_placeholders"] == {"name": "GL-S20 (127.0.0.1)"}
    assert flow["context"]["unique_id"] == MAC
    assert router.requests == [("GET", "/ui/check_initialized")]

    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.title == "GL-S20"
    assert entry.unique_id == MAC
    assert entry.data == {
        "device_type": "gl_s20",
        "url": router.url,
        "password": "gatehouse-2026",
    }
    assert entry.options == {"share_network": True}
    assert entry.state is ConfigEntryState.LOADED


async def test_only_ipv6(
    hass: HomeAssistant,
    router: GlS20Simulator,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where there is no IPv4 address, the other will do."""

    def urls(address: str) -> tuple[URL, ...]:
        """Return where the router really is."""
        asked.append(address)
        return (URL(router.url),)

    monkeypatch.setattr(discovery, "candidate_urls", urls)
    result = await discover(hass, SOURCE_ZEROCONF, announcement(MESH_ADDRESS, "fe80::1"))
    assert result["step_id"] == "credentials"
    assert asked == [MESH_ADDRESS]


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_new_unit(hass: HomeAssistant, router: GlS20Simulator, shown: Shown) -> None:
    """A unit fresh from its box gets its first password."""
    router.lab.set_options(initialized=False)
    result = await discover(hass, *shown(HERE))
    assert result["step_id"] == "initialize"
    entry = created(await submit(hass, result, FIRST_PASSWORD))
    assert entry.data["password"] == FIRST_PASSWORD["password"]
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("firmware_category", "2b", "not_thread_firmware"),
        ("model", "GL-S200", "other_gl_inet"),
    ],
)
@both_ways
@pytest.mark.usefixtures("port_80")
async def test_unsuitable(
    hass: HomeAssistant,
    router: GlS20Simulator,
    shown: Shown,
    name: str,
    value: str,
    reason: str,
) -> None:
    """A unit with the other firmware, and a sibling, are not offered."""
    router.lab.set_field("ui/check_initialized", name, value)
    assert await aborted(hass, *shown(HERE)) == reason


@both_ways
async def test_other_product(
    hass: HomeAssistant,
    stranger: Stranger,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another product of the manufacturer is not offered, and is told nothing."""
    url = URL.build(scheme="http", host=HERE, port=stranger.port)
    monkeypatch.setattr(discovery, "candidate_urls", lambda _: (url,))
    assert await aborted(hass, *shown(HERE)) == "other_gl_inet"
    assert len(stranger.headers) == 1
    tells_nothing(stranger)


@pytest.mark.usefixtures("port_80")
@both_ways
async def test_nothing_answers(hass: HomeAssistant, router: GlS20Simulator, shown: Shown) -> None:
    """What cannot be reached is not offered."""
    router.lab.break_replies("*", "drop", None)
    assert await aborted(hass, *shown(HERE)) == "cannot_connect"


@pytest.mark.usefixtures("port_80")
async def test_both_discoveries(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A device that shows itself in several ways is offered once."""
    await discover(hass, *over_zeroconf(HERE))
    assert await aborted(hass, *over_dhcp(HERE)) == "already_in_progress"
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    created(await submit(hass, result, CREDENTIALS))
    assert flows(hass) == []


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_ignored(hass: HomeAssistant, router: GlS20Simulator, shown: Shown) -> None:
    """An ignored device is not offered again."""
    await discover(hass, *shown(HERE))
    await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_IGNORE}, data={"unique_id": MAC, "title": "GL-S20"}
    )
    assert flows(hass) == []
    (ignored,) = hass.config_entries.async_entries(DOMAIN)
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert ignored.data == {}


@pytest.mark.usefixtures("port_80")
async def test_another_unit_takes_the_address(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A discovery that has waited for long does not end with another unit."""
    result = await discover(hass, *over_zeroconf(HERE))
    become_another(router)
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "unique_id_mismatch"
    assert logins(router) == 0


async def test_second_unit(
    hass: HomeAssistant,
    router: GlS20Simulator,
    start_router: StartRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A unit beside one that has an entry is offered."""
    add_router(hass, router, url=f"http://{ELSEWHERE}")
    other = await start_router()
    become_another(other)
    monkeypatch.setattr(discovery, "candidate_urls", lambda _: (URL(other.url),))
    result = await discover(hass, SOURCE_DHCP, lease(HERE, OTHER_MAC))
    assert result["step_id"] == "credentials"
    assert flows(hass)[0]["context"]["unique_id"] == OTHER_MAC


async def test_lease_of_something_else(hass: HomeAssistant) -> None:
    """A name that is none of ours leads to nothing."""
    info = lease(HERE, "02:00:00:00:00:09", "printer")
    assert await aborted(hass, SOURCE_DHCP, info) == "not_recognized"


async def test_search_by_hand_tells_nothing(
    hass: HomeAssistant, router: GlS20Simulator, modem: HilinkSimulator, stranger: Stranger
) -> None:
    """An address that somebody types is asked without any secret of the devices that are known."""
    add_router(hass, router)
    add_entry(hass, modem)
    result = await submit(hass, await start_user_flow(hass), field_of(f"{HERE}:{stranger.port}"))
    assert result["errors"] == {"base": "not_recognized"}
    assert len(stranger.headers) >= len(FAMILIES)
    tells_nothing(stranger)
