"""The password and the factory reset; who may call what, and for which device."""

from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.gl_s20.actions import ACTIONS
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import SetUpModem, StartModem, state_of

from .action_helpers import NextRound, act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter, router_data

NEW = "another-Gatehouse-1"
ROLE = "sensor.gl_s20_thread_role"

OPEN_TO_ALL = {
    "delete_saved_wifi",
    "list_saved_wifi",
    "rejoin_joiners",
    "remove_joiners",
    "scan_thread_networks",
    "scan_wifi",
    "set_failover",
    "set_time",
}
"""Actions that neither tell a secret nor can cut off the router or its network."""


async def test_change_password(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A new password holds on the router and in Home Assistant, and nobody is asked for it."""
    entry = await set_up_router(router)
    await act(hass, "change_password", password=NEW)
    assert router.password == NEW
    assert entry.data[CONF_PASSWORD] == NEW
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    await next_round()
    assert state_of(hass, ROLE) == "leader"
    assert hass.config_entries.flow.async_progress() == []
    assert sent(router, "sys/set_admin_pwd") == 1


@pytest.mark.parametrize(
    "password", ["Short-1", "x" * 32, "onlysmallletters", "Gate house 2026", "Gätehouse-2026"]
)
async def test_weak_password(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, password: str
) -> None:
    """A password that the router would refuse is answered with its rules, and kept secret."""
    entry = await set_up_router(router)
    key, text = await refusal(hass, "change_password", password=password)
    assert key == "invalid_password"
    assert "10 to 31" in text
    assert password not in text
    assert sent(router, "sys/set_admin_pwd") == 0
    assert entry.data[CONF_PASSWORD] == router.password


@pytest.mark.parametrize("executed", [False, True])
async def test_password_with_unknown_outcome(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    executed: bool,
) -> None:
    """When the answer is lost either password may be right; if it is the new one, it is asked."""
    entry = await set_up_router(router)
    old = router.password
    router.lab.break_replies("sys/set_admin_pwd", "cut", 1, executed=executed)
    key, text = await failure(hass, "change_password", password=NEW)
    assert key == "password_outcome_unknown"
    assert "either the old or the new password" in text
    assert sent(router, "sys/set_admin_pwd") == 1
    assert router.password == (NEW if executed else old)
    assert entry.data[CONF_PASSWORD] == old
    await next_round()
    asked = [flow["step_id"] for flow in hass.config_entries.flow.async_progress()]
    assert asked == (["reauth_confirm"] if executed else [])
    assert state_of(hass, ROLE) == ("unavailable" if executed else "leader")


async def test_refused_password(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A password that the router refuses after all leaves everything as it was."""
    entry = await set_up_router(router)
    router.lab.break_replies("sys/set_admin_pwd", "error", 1)
    assert (await failure(hass, "change_password", password=NEW))[0] == "command_refused"
    assert entry.data[CONF_PASSWORD] == router.password
    assert state_of(hass, ROLE) == "leader"


@pytest.mark.parametrize("word", ["gl-s20-otbr", " GL-S20 "])
async def test_factory_reset(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, word: str
) -> None:
    """A router is reset once somebody has named it; its entities leave at once."""
    await set_up_router(router)
    await act(hass, "factory_reset", confirm=word)
    assert router.lab.state()["initialized"] is False
    assert state_of(hass, ROLE) == "unavailable"
    assert sent(router, "sys/reset") == 1


async def test_factory_reset_without_the_word(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that is not named is not reset, and the word is told."""
    await set_up_router(router)
    for word in ("yes", ""):
        key, text = await refusal(hass, "factory_reset", confirm=word)
        assert key == "reset_not_confirmed"
        assert "enter gl-s20-otbr" in text
    for field in ("hostname", "model"):
        router.lab.remove_field("ui/check_initialized", field)
    key, text = await refusal(hass, "factory_reset", confirm="gl-s20-otbr")
    assert "enter GL-S20 as" in text
    assert sent(router, "sys/reset") == 0


@pytest.mark.parametrize("executed", [False, True])
async def test_restart_during_a_command(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    executed: bool,
) -> None:
    """A router that restarts in the middle leaves the outcome open, and everything heals."""
    await set_up_router(router)
    router.lab.break_replies("sys/set_time_config", "drop", 1, executed=executed)
    assert (await failure(hass, "set_time", utc_offset=5))[0] == "outcome_unknown"
    router.lab.reboot(20)
    await next_round()
    assert state_of(hass, ROLE) == "unavailable"
    assert (await failure(hass, "set_time", utc_offset=5))[0] == "cannot_connect"
    router.lab.advance(26)
    await next_round()
    assert state_of(hass, ROLE) == "leader"
    assert sent(router, "sys/set_time_config") == 1
    await act(hass, "set_time", utc_offset=5)
    assert state_of(hass, "select.gl_s20_time_zone") == "utc_plus_5"


@pytest.mark.parametrize("name", [each.name for each in ACTIONS])
async def test_who_may_call(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    hass_read_only_user: User,
    name: str,
) -> None:
    """What is dangerous or tells secrets is for administrators only."""
    [action] = [each for each in ACTIONS if each.name == name]
    await set_up_router(router)
    router.requests.clear()
    fields = {str(field): _example(str(field)) for field in action.fields}
    context = Context(user_id=hass_read_only_user.id)
    if name in OPEN_TO_ALL:
        assert not action.admin
        with pytest.raises(ServiceValidationError) as error:
            await act(hass, name, context=context, config_entry_id="unknown", **fields)
        assert error.value.translation_key == "service_config_entry_not_found"
    else:
        with pytest.raises(Unauthorized):
            await act(hass, name, context=context, **fields)
    assert router.requests == []


def _example(field: str) -> object:
    """Return something that a field takes."""
    if field in {"timeout", "lines", "channel", "utc_offset"}:
        return 20
    return True if field in {"confirm", "save", "force"} or field.endswith("enabled") else "no"


async def test_action_of_another_family(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A modem is told to be none of these, and one need not be named where none is set up."""
    entry = await set_up(await start_modem())
    key, text = await refusal(hass, "scan_wifi", config_entry_id=entry.entry_id)
    assert key == "action_of_another_family"
    assert "Modem cannot do this" in text
    assert await refusal(hass, "scan_wifi") == (
        "device_not_named",
        "0 devices of GL.iNet are set up. Choose the one that is meant.",
    )


async def test_two_routers(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Where there are several routers, the one that is meant has to be named."""
    first, second = await start_router(), await start_router(tx_power_limit=10)
    await set_up_router(first)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Second",
        unique_id="94:83:c4:00:00:01",
        data=router_data(second),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    key, text = await refusal(hass, "set_time", utc_offset=2)
    assert key == "device_not_named"
    assert text.startswith("2 devices")
    await act(hass, "set_time", utc_offset=2, config_entry_id=entry.entry_id)
    assert (first.device.timezone, second.device.timezone) == (0, 2)


async def test_paused(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that is left alone takes no action."""
    await set_up_router(router)
    pause = {"entity_id": "switch.gl_s20_pause_polling"}
    await hass.services.async_call("switch", "turn_on", pause, blocking=True)
    router.requests.clear()
    assert (await refusal(hass, "scan_wifi"))[0] == "polling_paused"
    assert router.requests == []
