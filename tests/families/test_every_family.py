"""What Home Assistant's users may expect of every kind of device alike."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from tests.flow_helpers import flows, submit

from .kinds import KINDS, Kind, Simulator

type NextRound = Callable[..., Awaitable[None]]

ALWAYS_THERE = {Platform.EVENT, Platform.NOTIFY, "zone"}
"""What has something to show whether the device answers or not; trackers bring a zone along."""


@pytest.fixture(params=KINDS, ids=lambda kind: kind.family.value)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Return each kind of device in turn."""
    found: Kind = request.param
    return found


@pytest.fixture
async def device(kind: Kind, socket_enabled: None) -> AsyncGenerator[Simulator]:
    """Return a device that answers."""
    simulator = kind.build()
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    kind: Kind,
    device: Simulator,
    no_multicast: None,
) -> MockConfigEntry:
    """Return an entry of the device that is set up, from when on time stands still."""
    entry = MockConfigEntry(domain=DOMAIN, title="Box", data=kind.entry_data(device))
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


def entity_id(hass: HomeAssistant, platform: Platform, key: str) -> str:
    """Return the id of the entity with a key."""
    return next(
        each.entity_id
        for each in er.async_get(hass).entities.values()
        if each.domain == platform and each.translation_key == key
    )


def unavailable(hass: HomeAssistant) -> bool:
    """Tell whether nothing is shown of what the device told last."""
    switch = entity_id(hass, Platform.SWITCH, "polling_pause")
    states = [
        each
        for each in hass.states.async_all()
        if each.domain not in ALWAYS_THERE and each.entity_id != switch
    ]
    registry = er.async_get(hass)
    keys = {
        each.entity_id: registry.entities[each.entity_id].translation_key
        for each in states
        if each.state != STATE_UNAVAILABLE
    }
    # What shows absence has something to say then, and what has come has come.
    return bool(states) and all(
        key in {"health", "last_sms"}
        or (key == "connection" and hass.states.is_state(entity_id, "off"))
        for entity_id, key in keys.items()
    )


def available(hass: HomeAssistant) -> bool:
    """Tell whether something is shown of the device."""
    health = entity_id(hass, Platform.SENSOR, "health")
    return any(
        each.state != STATE_UNAVAILABLE
        for each in hass.states.async_all(Platform.SENSOR)
        if each.entity_id != health
    )


async def press(hass: HomeAssistant, domain: str, service: str, entity: str) -> None:
    """Do what a user does with an entity."""
    await hass.services.async_call(domain, service, {"entity_id": entity}, blocking=True)
    await hass.async_block_till_done()


async def test_device_and_names(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """The box is one device with a name, a maker and a model, and every entity has a name."""
    registry = er.async_get(hass)
    boxes = [
        each
        for each in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        if isinstance(each, dr.DeviceEntry) and each.via_device_id is None
    ]
    assert len(boxes) == 1
    assert boxes[0].name == "Box"
    assert boxes[0].manufacturer
    assert boxes[0].model
    entities = er.async_entries_for_config_entry(registry, entry.entry_id)
    assert len({(each.domain, each.unique_id) for each in entities}) == len(entities)
    for state in hass.states.async_all():
        assert state.attributes["friendly_name"]


async def test_gone_and_back(
    hass: HomeAssistant, device: Simulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """A device that does not answer shows nothing old, and everything when it is back."""
    assert available(hass)
    device.lab.reboot(3600)
    device.lab.advance(10)
    await next_round()
    assert unavailable(hass)
    device.lab.advance(3600)
    await next_round()
    assert available(hass)
    assert not flows(hass)


async def test_pause(
    hass: HomeAssistant, device: Simulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """While polling is paused the device hears nothing at all."""
    switch = entity_id(hass, Platform.SWITCH, "polling_pause")
    await press(hass, "switch", "turn_on", switch)
    assert unavailable(hass)
    device.requests.clear()
    for _ in range(3):
        await next_round(200)
    assert device.requests == []
    await press(hass, "switch", "turn_off", switch)
    await next_round()
    assert available(hass)


async def test_restart(
    hass: HomeAssistant,
    kind: Kind,
    device: Simulator,
    entry: MockConfigEntry,
    next_round: NextRound,
) -> None:
    """The button restarts the device, which is away until it has come up again."""
    if not kind.restarts:
        with pytest.raises(StopIteration):
            entity_id(hass, Platform.BUTTON, "restart")
        return
    before = device.lab.state()["uptime"]
    await press(hass, "button", "press", entity_id(hass, Platform.BUTTON, "restart"))
    assert unavailable(hass)
    device.lab.advance(10)
    assert not device.lab.state()["up"]
    device.lab.advance(600)
    await next_round()
    assert available(hass)
    assert device.lab.state()["uptime"] < before + 610


async def test_refused_login(
    hass: HomeAssistant,
    kind: Kind,
    device: Simulator,
    entry: MockConfigEntry,
    next_round: NextRound,
) -> None:
    """Refused credentials are tried once; the owner is asked, and all is well again."""
    known = dict(entry.data)
    kind.change_secret(device)
    await next_round()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    device.requests.clear()
    await next_round()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert not [path for _, path in device.requests if kind.login in path]

    (flow,) = flows(hass)
    assert flow["context"]["source"] == SOURCE_REAUTH
    form = await submit(hass, flow, None)
    if not kind.new_credentials:
        return
    result = await submit(hass, form, kind.new_credentials)
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data == {**known, **kind.new_credentials}
    assert not flows(hass)


async def test_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    kind: Kind,
    entry: MockConfigEntry,
) -> None:
    """Diagnostics say how each reading fares, and hold no secret."""
    assert await async_setup_component(hass, "diagnostics", {})
    diagnostics = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert isinstance(diagnostics, dict)
    readings: Any = diagnostics["readings"]
    assert any(each["outcome"] == "ok" for each in readings.values())
    text = json_dumps(diagnostics)
    for key in ("password", "client_secret", "mac"):
        if secret := entry.data.get(key):
            assert f'"{secret}"' not in text
    assert str(entry.data["url"]) not in text


async def test_unload_and_remove(
    hass: HomeAssistant, device: Simulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """An entry that is removed leaves nothing behind, and the device in peace."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    device.requests.clear()
    await next_round()
    assert device.requests == []
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not er.async_get(hass).entities
    assert not dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
