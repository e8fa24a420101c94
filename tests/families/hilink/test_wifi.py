"""The Wi-Fi of a device: switches, codes to join it, and actions."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.auth.models import User
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.json import json_dumps
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hilink.wlan import NETWORKS
from simulators.hilink import wlan as simulated
from simulators.hilink.commands import COMMANDS
from simulators.hilink.errors import DeviceError
from simulators.hilink.modem import WIFI_KEY
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of

from .conftest import call

type NextRound = Callable[..., Awaitable[None]]

KEY = "a new key"
REFUSAL = 100007
ROUTER = {"wifi", "wifi_2_4", "wifi_5", "guest_wifi", "guest_wifi_code"}
CODES = {"wifi_2_4_code", "wifi_5_code"}
WIFI = "switch.modem_wi_fi"
GUESTS = "switch.modem_guest_wi_fi"


@pytest.fixture
async def router(start_modem: StartModem, set_up: SetUpModem) -> HilinkSimulator:
    """Return a 5G router that is set up."""
    modem = await start_modem(profile="h165-383")
    await set_up(modem)
    return modem


def refuse(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    """Let devices refuse what is written to an endpoint."""

    def command(*_: object) -> str:
        """Refuse."""
        raise DeviceError(REFUSAL)

    monkeypatch.setitem(COMMANDS, endpoint, command)


def radios(modem: HilinkSimulator) -> list[str]:
    """Return which radios are on."""
    listed = simulated.entries(modem.modem.records[simulated.RADIOS], "radios", "radio")
    return [each["wifienable"] for each in listed]


def networks(modem: HilinkSimulator) -> list[dict[str, Any]]:
    """Return the networks as the device has them."""
    return simulated.entries(modem.modem.records[simulated.NETWORKS], "Ssids", "Ssid")


async def do(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Carry out an action that tells nothing."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)


async def turn(hass: HomeAssistant, entity_id: str, *, on: bool) -> None:
    """Use a switch."""
    action = "turn_on" if on else "turn_off"
    await hass.services.async_call("switch", action, {ATTR_ENTITY_ID: entity_id}, blocking=True)


def registered(hass: HomeAssistant, *domains: str) -> set[str]:
    """Return the entities of the Wi-Fi that are there, enabled or not."""
    return {
        each.unique_id.removeprefix("SERIAL_")
        for each in er.async_get(hass).entities.values()
        if each.domain in domains and ("wifi" in each.unique_id or "wps" in each.unique_id)
    }


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("e3372", set()),
        ("e5573cs-322", {"wifi", "wifi_2_4_code"}),
        ("e8372h-320", {"wifi", "wifi_2_4_code"}),
        ("b525s-23a", ROUTER),
        ("b535-932", ROUTER | CODES | {"wps"}),
        ("h165-383", ROUTER | CODES | {"extend_guest_wifi"}),
    ],
)
async def test_entities(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    profile: str,
    expected: set[str],
) -> None:
    """Each device has what it answers to, and no code of a network whose key it hides."""
    await set_up(await start_modem(profile=profile))
    assert registered(hass, "switch", "image", "button") == expected


async def test_radios(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """The Wi-Fi is switched by its radios, all or one."""
    assert state_of(hass, WIFI) == "on"
    await turn(hass, "switch.modem_wi_fi_5_ghz", on=False)
    assert radios(router) == ["1", "0"]
    assert state_of(hass, WIFI) == "on"
    assert state_of(hass, "switch.modem_wi_fi_5_ghz") == "off"
    await turn(hass, WIFI, on=False)
    assert radios(router) == ["0", "0"]
    assert state_of(hass, WIFI) == "off"
    assert [each["WifiEnable"] for each in networks(router)] == ["1", "1", "0"]
    await turn(hass, WIFI, on=True)
    assert radios(router) == ["1", "1"]


async def test_refused_switch(
    hass: HomeAssistant, router: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that refuses leaves the switch as it is."""
    refuse(monkeypatch, simulated.RADIOS)
    with pytest.raises(HomeAssistantError):
        await turn(hass, WIFI, on=False)
    assert radios(router) == ["1", "1"]
    assert state_of(hass, WIFI) == "on"


async def test_only_network(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """The Wi-Fi of a hotspot is switched by its only network."""
    modem = await start_modem(profile="e5573cs-322")
    await set_up(modem)
    await turn(hass, WIFI, on=False)
    assert state_of(hass, WIFI) == "off"
    assert modem.lab.recorded(simulated.ONE_NETWORK, "WifiEnable") == "0"


async def test_guests(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """The network for guests is opened, and has a code while it is open."""
    image = "image.modem_guest_wi_fi_qr_code"
    assert state_of(hass, GUESTS) == "off"
    assert state_of(hass, image) == STATE_UNAVAILABLE
    await turn(hass, GUESTS, on=True)
    assert networks(router)[2]["WifiEnable"] == "1"
    assert state_of(hass, GUESTS) == "on"
    assert state_of(hass, image) != STATE_UNAVAILABLE
    await turn(hass, WIFI, on=False)
    assert state_of(hass, GUESTS) == "off"
    assert state_of(hass, image) == STATE_UNAVAILABLE
    with pytest.raises(ServiceValidationError) as error:
        await turn(hass, GUESTS, on=True)
    assert error.value.translation_key == "wifi_is_off"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_guest_time(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """The time of the guests is shown and extended."""
    assert state_of(hass, "sensor.modem_guest_wi_fi_time_left") == "0.0"
    await hass.services.async_call(
        "button", "press", {ATTR_ENTITY_ID: "button.modem_extend_guest_wi_fi"}, blocking=True
    )
    assert state_of(hass, "sensor.modem_guest_wi_fi_time_left") == "30.0"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_expert_controls(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """Pairing is started from afar, and both bands become one network."""
    modem = await start_modem(profile="b535-932")
    await set_up(modem)
    await hass.services.async_call(
        "button", "press", {ATTR_ENTITY_ID: "button.modem_start_wps_pairing"}, blocking=True
    )
    assert modem.modem.wps_presses == 1
    assert state_of(hass, "switch.modem_band_steering") == "off"
    await turn(hass, "switch.modem_band_steering", on=True)
    assert state_of(hass, "switch.modem_band_steering") == "on"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize(
    ("profile", "ssid"), [("e5573cs-322", "Gatehouse-Pocket"), ("h165-383", "Gatehouse-H165")]
)
async def test_code_of_main_network(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    hass_client: ClientSessionGenerator,
    profile: str,
    ssid: str,
) -> None:
    """A device that shows its key, if only encrypted, has a code; the key is nowhere else."""
    entry = await set_up(await start_modem(profile=profile))
    content = entry.runtime_data.family.images[2].content_fn(entry.runtime_data.data)
    assert content is not None
    assert content.reveal() == f"WIFI:T:WPA;S:{ssid};P:{WIFI_KEY};;"
    client = await hass_client()
    response = await client.get("/api/image_proxy/image.modem_wi_fi_2_4_ghz_qr_code")
    assert response.content_type == "image/svg+xml"
    assert WIFI_KEY not in json_dumps([state.as_dict() for state in hass.states.async_all()])


async def test_diagnostics(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    hass_client: ClientSessionGenerator,
) -> None:
    """Diagnostics name neither networks nor keys nor clients."""
    entry = await set_up(await start_modem(profile="e5573cs-322"))
    text = json_dumps(await get_diagnostics_for_config_entry(hass, hass_client, entry))
    assert "wifi_networks" in text
    for secret in (WIFI_KEY, "Gatehouse-Pocket", "laptop", "02:00:5e:20"):
        assert secret not in text


@pytest.mark.parametrize("network", ["main_5", "guest_2_4"])
async def test_set_wifi(hass: HomeAssistant, router: HilinkSimulator, network: str) -> None:
    """A network gets another name, key and protection; the others stay."""
    at = {"main_5": 1, "guest_2_4": 2}[network]
    before = networks(router)
    await do(
        hass,
        "set_wifi",
        network=network,
        ssid="Attic",
        key=KEY,
        encryption="wpa2_psk",
        hidden=True,
    )
    after = networks(router)
    assert (after[at]["WifiSsid"], after[at]["WifiAuthmode"]) == ("Attic", "WPA2-PSK")
    assert after[at]["WifiHide"] == "1"
    assert router.modem.wifi_keys[str(at)] == KEY
    found = await call(hass, "list_wifi_networks", include_keys=True)
    assert found["networks"][at]["key"] == KEY
    assert [after[other] for other in range(3) if other != at] == [
        before[other] for other in range(3) if other != at
    ]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"network": "main_6", "ssid": "x"}, "unknown_choice"),
        ({"network": "guest_5", "ssid": "x"}, "no_such_wifi"),
        ({"network": "main_5"}, "nothing_to_change"),
        ({"network": "main_5", "ssid": ""}, "invalid_ssid"),
        ({"network": "main_5", "ssid": "ä" * 17}, "invalid_ssid"),
        ({"network": "main_5", "key": "short"}, "invalid_wifi_key"),
        ({"network": "main_5", "key": "Schlüssel 1"}, "invalid_wifi_key"),
        ({"network": "main_5", "encryption": "wep"}, "unknown_choice"),
        ({"network": "main_5", "encryption": "none", "key": KEY}, "wifi_password_unused"),
        ({"network": "guest_2_4", "key": KEY}, "wifi_password_unused"),
        ({"network": "guest_2_4", "encryption": "wpa2_psk"}, "wifi_password_needed"),
        ({"network": "main_5", "ssid": "x", "delay": 5}, "field_not_taken"),
    ],
)
async def test_bad_wifi(
    hass: HomeAssistant, router: HilinkSimulator, fields: dict[str, Any], key: str
) -> None:
    """What cannot be right is never written."""
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "set_wifi", **fields)
    assert error.value.translation_key == key
    assert ("POST", f"/api/{simulated.NETWORKS}") not in router.requests


async def test_refused_wifi(
    hass: HomeAssistant, router: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the device refuses is told, without the key."""
    refuse(monkeypatch, simulated.NETWORKS)
    with pytest.raises(HomeAssistantError) as error:
        await do(hass, "set_wifi", network="main_5", key=KEY)
    assert error.value.translation_key == "command_refused"
    assert KEY not in str(error.value)


async def test_ignored_wifi(
    hass: HomeAssistant, router: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that accepts a change without making it is found out."""
    monkeypatch.setitem(COMMANDS, simulated.NETWORKS, lambda *_: "OK")
    with pytest.raises(HomeAssistantError) as error:
        await do(hass, "set_wifi", network="main_5", ssid="Attic")
    assert error.value.translation_key == "wifi_unchanged"


async def test_list_wifi_networks(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """The networks are listed, with keys only for who wants them."""
    found = await call(hass, "list_wifi_networks")
    assert found["networks"][2] == {
        "network": "guest_2_4",
        "ssid": "Gatehouse-H165-Guest",
        "enabled": False,
        "hidden": False,
        "encryption": "none",
    }
    found = await call(hass, "list_wifi_networks", include_keys=True)
    assert [each["key"] for each in found["networks"]] == [WIFI_KEY, WIFI_KEY, None]
    assert [each["network"] for each in found["networks"]] == ["main_2_4", "main_5", "guest_2_4"]


async def test_keys_on_request(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A device may show its keys to nobody."""
    await set_up(await start_modem(profile="b525s-23a"))
    found = await call(hass, "list_wifi_networks", include_keys=True)
    assert [each["key"] for each in found["networks"]] == [None, None, None]


@pytest.mark.parametrize("action", ["set_wifi", "list_wifi_networks"])
async def test_only_for_administrators(
    hass: HomeAssistant, router: HilinkSimulator, hass_read_only_user: User, action: str
) -> None:
    """Nobody else sees or changes the Wi-Fi by actions."""
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            action,
            {"network": "main_5"} if action == "set_wifi" else {},
            blocking=True,
            return_response=action != "set_wifi",
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_networks_that_turn_malformed(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """Only what needs the networks goes when they cannot be read."""
    [entry] = hass.config_entries.async_entries(DOMAIN)
    router.lab.break_replies(simulated.NETWORKS, "garbage")
    await entry.runtime_data.async_read({NETWORKS})
    assert state_of(hass, GUESTS) == STATE_UNAVAILABLE
    assert state_of(hass, WIFI) == "on"
