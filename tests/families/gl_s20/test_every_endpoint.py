"""Every endpoint of the device is reached from Home Assistant, and each by something."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.families.gl_s20 import firmware
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.webserver import ENDPOINTS
from tests.flow_helpers import created, field_of, start_user_flow, submit

from .action_helpers import ACTIONS, act, sent
from .conftest import SetUpRouter, StartRouter
from .flow_helpers import FIRST_PASSWORD

type Trigger = Callable[[HomeAssistant, GlS20Simulator, ConfigEntry], Awaitable[None]]
"""What somebody does in Home Assistant with a router that is set up."""

RULED_OUT: Final = {"sys/upgrade_online_certificate", "sys/upgrade_local_certificate"}
"""How a certificate is sent is not documented, and a wrong one may end all updates."""

IN_THE_WIZARD: Final = "ui/set_init"

EUI64: Final = "0123456789abcdef"
JOINER: Final = {"eui64": EUI64, "pskd": "J01NU5"}
ADDRESS: Final = {
    "addressing": "static",
    "ip_address": "192.0.2.9",
    "netmask": "255.255.255.0",
    "gateway": "192.0.2.1",
}


async def set_up(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Do nothing more than setting up."""


async def poll(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Let the next round be made."""
    await entry.runtime_data.async_refresh()


async def unload(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Disable the entry."""
    assert await hass.config_entries.async_unload(entry.entry_id)


async def install(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Install the firmware that is offered."""
    await poll(hass, router, entry)
    await entity("update.firmware", "install")(hass, router, entry)


async def back_up(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Bring the configuration back that has just been exported."""
    kept = await act(hass, "export_configuration")
    await act(hass, "import_configuration", **kept, confirm=True)


async def restart_thread(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
    """Switch Thread off and on."""
    for name in ("turn_off", "turn_on"):
        await entity("switch.thread_network", name)(hass, router, entry)


def entity(entity_id: str, name: str, **fields: Any) -> Trigger:
    """Make a trigger of an action of an entity."""
    domain, object_id = entity_id.split(".")
    data = {"entity_id": f"{domain}.gl_s20_{object_id}", **fields}

    async def trigger(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
        """Do with the entity what a user does."""
        await hass.services.async_call(domain, name, data, blocking=True)

    return trigger


def action(name: str, **fields: Any) -> Trigger:
    """Make a trigger of an action of Gatehouse."""

    async def trigger(hass: HomeAssistant, router: GlS20Simulator, entry: ConfigEntry) -> None:
        """Call the action."""
        await act(hass, name, **fields)

    return trigger


TRIGGERS: Final[Mapping[str, Trigger]] = {
    "ui/challenge": set_up,
    "ui/login": set_up,
    "ui/logout": unload,
    "ui/check_initialized": set_up,
    "otbr/get_status": set_up,
    "otbr/scan": action("scan_thread_networks"),
    "otbr/get_join_status": action("join_thread_network", pskd="J01NME"),
    "otbr/join": action("join_thread_network", pskd="J01NME"),
    "otbr/set_config": action("set_thread_network", channel=15),
    "otbr/stop": entity("switch.thread_network", "turn_off"),
    "otbr/start": restart_thread,
    "otbr/generate_thread_network": action("generate_thread_network", confirm=True),
    "otbr/set_txpower": entity("number.tx_power", "set_value", value=10),
    "otbr/set_commissioning": entity("switch.commissioner", "turn_on"),
    "otbr/add_joiner": action("add_joiner", **JOINER),
    "otbr/get_commissioning_status": entity("switch.commissioner", "turn_on"),
    "otbr/rejoin_all": entity("button.retry_joiners_that_timed_out", "press"),
    "otbr/get_joiner_list": set_up,
    "otbr/remove_joiner_list": action("remove_joiners", eui64=[EUI64]),
    "otbr/export_joiner_list": action("export_joiners"),
    "otbr/import_joiner_list": action("import_joiners", version="1.0", joiners=[JOINER]),
    "otbr/commit_joiner_list": action("import_joiners", version="1.0", joiners=[JOINER]),
    "otbr/get_bbr_status": set_up,
    "otbr/disable_bbr": entity("switch.backbone_border_router", "turn_off"),
    "otbr/enable_bbr": entity("switch.backbone_border_router", "turn_on"),
    "eth/get_status": set_up,
    "eth/get_config": set_up,
    "eth/set_config": action("set_ethernet", **ADDRESS),
    "wifi/get_status": set_up,
    "wifi/stop": entity("switch.wi_fi", "turn_off"),
    "wifi/start": action("connect_wifi", ssid="Café"),
    "wifi/get_save_wifi": set_up,
    "wifi/delete_save_wifi": action("delete_saved_wifi", ssid="House"),
    "wifi/scan": action("scan_wifi"),
    "wifi/set_reconn_to_saved_wifi": entity("switch.reconnect_to_saved_wi_fi", "turn_on"),
    "wifi/get_reconn_to_saved_wifi": set_up,
    "wan_failover/get_config": set_up,
    "wan_failover/set_config": entity("switch.check_ethernet_for_internet", "turn_on"),
    "sys/get_info": set_up,
    "sys/get_status": set_up,
    "sys/get_time_config": set_up,
    "sys/set_time_config": entity("select.time_zone", "select_option", option="utc_plus_1"),
    "sys/check_current_firmware": set_up,
    "sys/check_online_firmware": poll,
    "sys/upgrade_online_firmware": install,
    "sys/check_upgrade_status": install,
    "sys/get_log": action("get_log"),
    "sys/export_sys_config": back_up,
    "sys/import_sys_config": back_up,
    "sys/set_admin_pwd": action("change_password", password="another-Gatehouse-1"),
    "sys/reset": action("factory_reset", confirm="GL-S20"),
    "sys/restart": entity("button.restart", "press"),
}


def test_nothing_is_left_out() -> None:
    """Every endpoint has something that reaches it, is part of the wizard, or is ruled out."""
    assert {*TRIGGERS, IN_THE_WIZARD, *RULED_OUT} == set(ENDPOINTS)
    assert len(ENDPOINTS) == 55


@pytest.mark.parametrize("endpoint", TRIGGERS)
async def test_endpoint(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
    endpoint: str,
) -> None:
    """What somebody does in Home Assistant reaches the endpoint, which has no objection."""
    router = await start_router(commissioner_seconds=0, upgrade_seconds=2, restart_seconds=2)

    async def pass_time(seconds: float) -> None:
        """Let the router have the time that an update takes."""
        router.lab.advance(seconds)

    for name in ("commissioner", "join", "reach", "wifi"):
        monkeypatch.setattr(f"{ACTIONS}.{name}.LOOK_INTERVAL", 0)
    for module in (firmware, update):
        monkeypatch.setattr(module, "sleep", pass_time)
    router.device.commissioner.add([(EUI64, JOINER["pskd"])], 120, router.device.now)
    entry = await set_up_router(router)
    if TRIGGERS[endpoint] is not set_up:
        router.requests.clear()
    await TRIGGERS[endpoint](hass, router, entry)
    assert (ENDPOINTS[endpoint].method, f"/{endpoint}") in router.requests
    await hass.async_block_till_done()


async def test_first_password(hass: HomeAssistant, start_router: StartRouter) -> None:
    """A new device gets its password from the wizard."""
    router = await start_router(initialized=False)
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    created(await submit(hass, result, FIRST_PASSWORD))
    assert sent(router, IN_THE_WIZARD) == 1


async def test_certificates_stay_as_they_are(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """No action names a certificate."""
    await set_up_router(await start_router())
    services = hass.services.async_services_for_domain("gatehouse")
    assert not [name for name in services if "certificate" in name]
