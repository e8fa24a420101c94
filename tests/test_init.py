"""Set-up, removal and the device page."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.gatehouse.const import CONF_MAX_SMS_PARTS, DOMAIN
from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem, StartModem, state_of

LOGOUT = ("POST", "/api/user/logout")


async def test_device_page(
    modem: HilinkSimulator, set_up: SetUpModem, device_registry: dr.DeviceRegistry
) -> None:
    """The device page is complete."""
    entry = await set_up(modem)
    device = device_registry.async_get_device_by_identifier((DOMAIN, "SERIAL"), entry.entry_id)
    assert device is not None
    assert device.manufacturer == "Huawei"
    assert device.model == "E8372h-320"
    assert device.name == "Modem"
    assert device.sw_version == "10.0.5.1(H195SP4C983)"
    assert device.hw_version == "CL4E8372HM01"
    assert device.serial_number == modem.lab.recorded("device/information", "SerialNumber")
    assert device.configuration_url == modem.url


async def test_new_firmware_reaches_the_device_page(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    device_registry: dr.DeviceRegistry,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """An update that the device installs is noticed without a reload."""
    entry = await set_up(modem)
    modem.lab.set_field("device/information", "SoftwareVersion", "11.0.0.1")
    for _ in range(20):
        await next_round(900)
    device = device_registry.async_get_device_by_identifier((DOMAIN, "SERIAL"), entry.entry_id)
    assert device is not None
    assert device.sw_version == "11.0.0.1"


async def test_sticks_with_one_mac_for_all_have_no_connection(
    start_modem: StartModem, set_up: SetUpModem, device_registry: dr.DeviceRegistry
) -> None:
    """A MAC that all sticks share must not merge their devices."""
    modem = await start_modem(profile="e3372")
    modem.lab.set_field("device/information", "MacAddress1", "BA:AB:BE:34:00:00")
    entry = await set_up(modem)
    device = device_registry.async_get_device_by_identifier((DOMAIN, "SERIAL"), entry.entry_id)
    assert device is not None
    assert device.connections == set()


async def test_unload_logs_out(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """Nothing of an unloaded entry stays behind, on the device neither."""
    entry = await set_up(modem)
    assert LOGOUT not in modem.requests
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert modem.requests.count(LOGOUT) == 1
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    states = [hass.states.get(each.entity_id) for each in entities if not each.disabled]
    assert {each and each.state for each in states} == {"unavailable"}


async def test_stop_of_home_assistant_logs_out(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A device that takes one user at a time is free again when Home Assistant has stopped."""
    await set_up(modem)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert modem.requests.count(LOGOUT) == 1


async def test_stop_just_after_the_options_were_changed(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A device that is unloaded while Home Assistant stops is left alone, and nothing complains."""
    entry = await set_up(modem)
    hass.set_state(CoreState.stopping)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    hass.config_entries.async_update_entry(entry, options={CONF_MAX_SMS_PARTS: 2})
    await hass.async_block_till_done()
    assert modem.requests.count(LOGOUT) == 1
    assert modem.requests[-1] == LOGOUT
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert "Unable to remove" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_stop_during_the_set_up(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that was being set up when Home Assistant stopped is free again, too."""
    forward = hass.config_entries.async_forward_entry_setups

    async def stop_before(*args: Any) -> None:
        """Stop Home Assistant."""
        hass.set_state(CoreState.stopping)
        hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
        await forward(*args)

    monkeypatch.setattr(hass.config_entries, "async_forward_entry_setups", stop_before)
    await set_up(modem)
    assert modem.requests.count(LOGOUT) == 1
    assert modem.requests[-1] == LOGOUT


async def test_device_without_login(
    start_modem: StartModem, set_up: SetUpModem, hass: HomeAssistant
) -> None:
    """An open stick needs no credentials and gets no login or logout."""
    modem = await start_modem(profile="e3372", login="none")
    entry = await set_up(modem, username="", password="")
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not [path for _, path in modem.requests if "log" in path and "state" not in path]


async def test_without_login_what_is_open_works(
    start_modem: StartModem, set_up: SetUpModem, hass: HomeAssistant
) -> None:
    """Without the password there is less to see, but what there is works."""
    modem = await start_modem()
    entry = await set_up(modem, username="", password="")
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.modem_network_type") == "lte"
    assert hass.states.get("sensor.modem_rsrp") is None


@pytest.mark.parametrize(
    "profile",
    [
        "b525s-23a",
        "b535-932",
        "e3372",
        "e5573cs-322",
        "e8372h-153",
        "e8372h-320",
        "h122-373",
        "h165-383",
    ],
)
async def test_every_model_sets_up(
    profile: str,
    start_modem: StartModem,
    set_up: SetUpModem,
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """Each recorded model sets up and keeps all its enabled entities available."""
    modem = await start_modem(profile=profile)
    entry = await set_up(modem)
    assert entry.state is ConfigEntryState.LOADED
    await next_round()
    entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert len(entities) >= 20
    for entity in entities:
        # There is no code of a network for guests that is closed.
        if entity.disabled_by is None and entity.domain != Platform.IMAGE:
            state = hass.states.get(entity.entity_id)
            assert state is not None
            assert state.state != "unavailable", entity.entity_id
