"""What an SMS gateway and its ports show."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of

from .conftest import SetUpGateway, StartGateway

type NextRound = Callable[..., Awaitable[None]]

CHANNELS = "service/chan_state"
SPANS = "sms/get_valid_spans"
SIMS = "service/simstatus"

IDLE = "sensor.sms_gateway_idle_channels"
REGISTERED = "sensor.sms_gateway_registered_channels"
AVAILABLE = "sensor.sms_gateway_available_ports"
GATEWAY = (IDLE, REGISTERED, AVAILABLE)


def of_port(number: int, key: str) -> str:
    """Return the entity of a port."""
    platform = "sensor" if key in {"sim_status", "imsi"} else "binary_sensor"
    return f"{platform}.sms_gateway_port_{number}_{key}"


async def spans_and_sims(next_round: NextRound) -> None:
    """Let so much time pass that also what is read rarely was read."""
    await next_round(901)
    await next_round()
    await next_round()


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_states(
    hass: HomeAssistant, start_gateway: StartGateway, set_up_gateway: SetUpGateway
) -> None:
    """Each port shows its own; one without a SIM is there as well."""
    gateway = await start_gateway(ports=4, ports_without_sim=(2,))
    gateway.lab.set_sim(3, "searching")
    gateway.lab.set_sim(4, "roaming")
    await set_up_gateway(gateway)
    assert [state_of(hass, each) for each in GATEWAY] == ["2", "2", "2"]
    assert {
        number: tuple(
            state_of(hass, of_port(number, key))
            for key in ("registered", "ready_to_send", "sim_status", "imsi")
        )
        for number in range(1, 5)
    } == {
        1: ("on", "on", "Registered (Home network)", "001010000000001"),
        2: ("off", "off", "Unknown Network Status", "unknown"),
        3: ("off", "off", "Not registered (Searching)", "001010000000003"),
        4: ("on", "on", "Registered (Roaming)", "001010000000004"),
    }


async def test_zero_means_registered(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """The gateway says 0 for a registered channel and 1 for one that is not."""
    for number in range(1, 9):
        gateway.lab.set_field(CHANNELS, f"channel_status.{number}", "1")
    gateway.lab.set_field(CHANNELS, "channel_status.5", "0")
    await set_up_gateway(gateway)
    states = [state_of(hass, of_port(number, "registered")) for number in range(1, 9)]
    assert states == ["off", "off", "off", "off", "on", "off", "off", "off"]
    assert state_of(hass, REGISTERED) == "1"


async def test_what_is_primary(
    gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway, entity_registry: er.EntityRegistry
) -> None:
    """What everybody looks for is primary, the rest is for those who look for a fault."""
    await set_up_gateway(gateway)
    categories = {
        entity_id: entity.entity_category
        for entity_id in (
            *GATEWAY,
            "binary_sensor.sms_gateway_connection",
            *(of_port(1, key) for key in ("registered", "ready_to_send", "sim_status", "imsi")),
        )
        if (entity := entity_registry.async_get(entity_id))
    }
    assert [category or "primary" for category in categories.values()] == [
        "primary",
        "primary",
        "primary",
        "diagnostic",
        "primary",
        "primary",
        "diagnostic",
        "diagnostic",
    ]


async def test_registration_changes(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
) -> None:
    """A port that loses its network shows that in the next round, and its return as well."""
    await set_up_gateway(gateway)
    gateway.lab.set_port(2, up=False)
    await next_round()
    assert state_of(hass, of_port(2, "registered")) == "off"
    assert state_of(hass, of_port(1, "registered")) == "on"
    assert [state_of(hass, each) for each in (IDLE, REGISTERED)] == ["7", "7"]
    await spans_and_sims(next_round)
    assert state_of(hass, AVAILABLE) == "7"
    assert state_of(hass, of_port(2, "ready_to_send")) == "off"
    assert state_of(hass, of_port(2, "sim_status")) == "Unknown Network Status"

    gateway.lab.set_port(2, up=True)
    await next_round()
    assert state_of(hass, of_port(2, "registered")) == "on"


async def test_ports_appear_later(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
) -> None:
    """A port that the gateway lists only later is added without a restart."""
    gateway.lab.remove_field(SPANS, "7")
    gateway.lab.remove_field(CHANNELS, "channel_status.8")
    gateway.lab.remove_field(SIMS, "8")
    await set_up_gateway(gateway)
    keys = ("registered", "ready_to_send", "sim_status")
    assert not any(hass.states.get(of_port(8, key)) for key in keys)
    assert state_of(hass, AVAILABLE) == "7"

    gateway.lab.reset_fields()
    await spans_and_sims(next_round)
    assert [state_of(hass, of_port(8, key)) for key in keys] == [
        "on",
        "on",
        "Registered (Home network)",
    ]


async def test_port_disappears(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
) -> None:
    """A port that is no longer listed is unknown, not something that it was."""
    await set_up_gateway(gateway)
    gateway.lab.remove_field(SPANS, "7")
    gateway.lab.remove_field(CHANNELS, "channel_status.8")
    gateway.lab.remove_field(SIMS, "8")
    await spans_and_sims(next_round)
    keys = ("registered", "ready_to_send", "sim_status")
    assert [state_of(hass, of_port(8, key)) for key in keys] == ["unknown"] * 3


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_channels_that_are_no_ports(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """A small gateway that lists the channels of a large one has no more ports by that."""
    for number in range(9, 33):
        gateway.lab.set_field(CHANNELS, f"channel_status.{number}", "1")
        gateway.lab.set_field(SIMS, f"{number}", {"imsi": "", "status": "Unknown"})
    await set_up_gateway(gateway)
    assert hass.states.get(of_port(8, "registered"))
    for key in ("registered", "ready_to_send", "sim_status", "imsi"):
        assert not hass.states.get(of_port(9, key))


async def test_gateway_that_does_not_list_what_can_send(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """Its channels tell which ports it has, then."""
    gateway.lab.break_replies(SPANS, "error", None)
    await set_up_gateway(gateway)
    assert state_of(hass, of_port(8, "registered")) == "on"
    assert state_of(hass, of_port(8, "sim_status")) == "Registered (Home network)"
    assert not hass.states.get(of_port(8, "ready_to_send"))


@pytest.mark.parametrize("shape", ["list", "dict"])
async def test_shapes(
    hass: HomeAssistant, start_gateway: StartGateway, set_up_gateway: SetUpGateway, shape: str
) -> None:
    """PHP writes the same things in more than one way."""
    await set_up_gateway(await start_gateway(list_shape=shape, code_style="string"))
    assert [state_of(hass, each) for each in GATEWAY] == ["8", "8", "8"]
    assert state_of(hass, of_port(8, "registered")) == "on"
    assert state_of(hass, of_port(8, "ready_to_send")) == "on"


@pytest.mark.parametrize(
    ("endpoint", "field", "value", "entity_id", "shown"),
    [
        (CHANNELS, "channel_status.1", "7", of_port(1, "registered"), "unknown"),
        (CHANNELS, "channel_status.1", None, of_port(1, "registered"), "unknown"),
        (CHANNELS, "channel_status", [], REGISTERED, "unknown"),
        (CHANNELS, "channel_status.1", "7", REGISTERED, "7"),
        (CHANNELS, "idle_channels", "many", IDLE, "unknown"),
        (CHANNELS, "idle_channels", "5", IDLE, "5"),
        (SPANS, "0.status", "maybe", of_port(1, "ready_to_send"), "unknown"),
        (SPANS, "0.status", "maybe", AVAILABLE, "7"),
        (SIMS, "1.status", "", of_port(1, "sim_status"), "unknown"),
        (SIMS, "1.status", "\u6ce8\u518c", of_port(1, "sim_status"), "\u6ce8\u518c"),
        (SIMS, "1.status", "x" * 300, of_port(1, "sim_status"), "x" * 255),
        (SIMS, "1", "odd", of_port(1, "sim_status"), "unknown"),
    ],
)
async def test_odd_values(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    endpoint: str,
    field: str,
    value: Any,
    entity_id: str,
    shown: str,
) -> None:
    """A value that nobody has explained is unknown; the others are not affected."""
    gateway.lab.set_field(endpoint, field, value)
    await set_up_gateway(gateway)
    assert state_of(hass, entity_id) == shown
    assert state_of(hass, of_port(2, "ready_to_send")) == "on"
