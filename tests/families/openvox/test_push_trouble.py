"""Push settings that the gateway does not take, and memories that fail."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.file import WriteError
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import (
    CONF_PUSH,
    DOMAIN,
)
from simulators.openvox import OpenVoxSimulator
from tests.conftest import until

from .conftest import StartGateway
from .message_helpers import ANN, RECEIVED, Events, local_options, set_up
from .push_helpers import (
    SET_CONFIG,
    SLOW,
    THEIRS,
    NextRound,
    Web,
    address_of,
    count,
    issue,
    points_here,
    set_options,
    set_push,
    set_settings,
    set_up_push,
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


async def test_refusal(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A gateway that takes no setting works as without, and is seldom asked again."""
    gateway.lab.set_options(pushes_lost=True)
    gateway.lab.break_replies("smsoutbox/set_config", "error", 2, code=500)
    entry = await set_up(hass, gateway, push=True, push_address=address_of(web))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue(hass, entry, "push_refused") is not None
    assert settings(gateway) == THEIRS
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Hello")
    await next_round()
    assert events.all("text") == ["Hello"]
    gateway.requests.clear()
    for _ in range(10):
        await next_round(30)
    assert count(gateway, SET_CONFIG) == 0
    for _ in range(4):
        await next_round(SLOW)
    assert points_here(gateway, web)
    assert issue(hass, entry, "push_refused") is None
    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS


async def test_setting_that_is_ignored(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A gateway that says yes and does nothing is found out."""
    gateway.lab.set_field("smsoutbox/get_config", "url_path", "test.php")
    entry = await set_up(hass, gateway, push=True, push_address=address_of(web))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue(hass, entry, "push_refused") is not None


async def test_lost_reply(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A setting whose outcome is unknown is looked at in the next round."""
    gateway.lab.break_replies("smsoutbox/set_config", "drop", executed=True)
    entry = await set_up(hass, gateway, push=True, push_address=address_of(web))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert points_here(gateway, web)
    await next_round()
    assert entry.runtime_data.push.report()["state"] == "on"
    assert points_here(gateway, web)
    gateway.lab.break_replies("smsoutbox/set_config", "drop", executed=True)
    await set_options(hass, entry, push=False)
    await next_round()
    assert settings(gateway) == THEIRS
    assert entry.runtime_data.push.report()["state"] == "off"


async def test_gateway_away_when_switched_off(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """What could not be given back is given back as soon as the gateway answers."""
    entry = await set_up_push(hass, gateway, web)
    gateway.lab.break_replies("smsoutbox/get_config", "drop", 2)
    await set_options(hass, entry, push=False)
    assert points_here(gateway, web)
    await next_round()
    await next_round()
    assert settings(gateway) == THEIRS


async def test_nothing_can_be_saved(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a note of what the gateway has, nothing is changed there."""
    entry = await set_up(hass, gateway, push_address=address_of(web))

    async def fail(*_: object) -> None:
        """Write nothing."""
        raise WriteError("no space")

    with monkeypatch.context() as context:
        context.setattr("homeassistant.helpers.storage.Store._async_write_data", fail)
        await set_options(hass, entry, push=True)
        await next_round()
        assert settings(gateway) == THEIRS
        with pytest.raises(HomeAssistantError) as refused:
            await set_push(hass, enabled=True)
        assert refused.value.translation_key == "push_not_recorded"
    await next_round()
    assert points_here(gateway, web)
    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS


async def test_nothing_can_be_saved_at_all(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A disk that is full from the beginning costs the pushes and nothing else."""

    async def fail(*_: object) -> None:
        """Write nothing."""
        raise WriteError("no space")

    with monkeypatch.context() as context:
        context.setattr("homeassistant.helpers.storage.Store._async_write_data", fail)
        options = {CONF_PUSH: True, "ussd_username": "u", "ussd_password": "p"}
        entry = await set_up(hass, gateway, **options)
        assert entry.state is ConfigEntryState.LOADED
        assert settings(gateway) == THEIRS
        with pytest.raises(HomeAssistantError) as refused:
            await set_push(hass, enabled=True)
        assert refused.value.translation_key == "push_not_recorded"
        with pytest.raises(HomeAssistantError) as refused:
            await hass.services.async_call(
                DOMAIN, "send_ussd", {"port": 1, "code": "*100#"}, blocking=True
            )
        assert refused.value.translation_key == "push_not_recorded"
        result = await hass.config_entries.options.async_init(entry.entry_id)
        assert result["description_placeholders"] == {"ussd_address": "?"}
        await hass.config_entries.async_remove(entry.entry_id)
        assert settings(gateway) == THEIRS


async def test_one_look_at_a_time(
    hass: HomeAssistant, start_gateway: StartGateway, web: Web
) -> None:
    """A slow gateway is not asked again before it has answered."""
    gateway = await start_gateway(**local_options(latency_seconds=0.1))
    entry = await set_up(hass, gateway, push=True, push_address=address_of(web))
    await entry.runtime_data.async_refresh()
    await until(lambda: entry.runtime_data.push.report()["state"] == "on")
    assert count(gateway, SET_CONFIG) == 1


async def test_crash_in_between(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, storage: dict[str, Any]
) -> None:
    """What was kept before a crash still comes back, whatever had been done by then."""
    entry = await set_up_push(hass, gateway, web)
    document = storage[f"{DOMAIN}.{entry.entry_id}.push"]["data"]["document"]
    document["confirmed"] = False
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert points_here(gateway, web)
    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS


async def test_damaged_memory(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, storage: dict[str, Any]
) -> None:
    """A file that makes no sense costs the setting that was kept, and nothing else."""
    entry = await set_up(hass, gateway, push_address=address_of(web))
    storage[f"{DOMAIN}.{entry.entry_id}.push"]["data"]["document"] = {"version": 1}
    await set_options(hass, entry, push=True)
    assert entry.state is ConfigEntryState.LOADED
    assert points_here(gateway, web)
