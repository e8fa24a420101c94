"""A router and a modem in one home."""

from homeassistant.core import HomeAssistant

from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem

from .conftest import SetUpRouter


async def test_messages_go_to_the_modem(
    hass: HomeAssistant,
    router: GlS20Simulator,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    set_up_router: SetUpRouter,
) -> None:
    """An action that sends a message need not say that the router is not meant."""
    await set_up(modem)
    await set_up_router(router)
    await hass.services.async_call(
        DOMAIN, "send_sms", {"numbers": ["+15550100"], "message": "Hello"}, blocking=True
    )
    assert [message.text for message in modem.lab.sent] == ["Hello"]
