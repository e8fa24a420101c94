"""Diagnostics of a GL-S20: useful, and safe to post in public."""

import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulators.gl_s20 import GlS20Simulator

from .conftest import MAC, SetUpRouter
from .thread_helpers import add_network, change_network, network_of

LOG = {"log_in_diagnostics": True}


async def diagnose(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> Any:
    """Download the diagnostics of a router."""
    assert await async_setup_component(hass, "diagnostics", {})
    return await get_diagnostics_for_config_entry(hass, hass_client, entry)


async def test_useful_and_harmless(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
) -> None:
    """They tell what the router does, and neither who it is nor how to get into its network."""
    network = network_of(router)
    rival = await add_network(hass, change_network(router, key="5e" * 16, timestamp=99).dataset)
    change_network(router, key=network.key, timestamp=network.timestamp)
    diagnostics = await diagnose(hass, hass_client, await set_up_router(router))
    readings = diagnostics["readings"]
    thread = readings["thread"]["value"]
    assert thread["radio"]["role"] == "leader"
    assert thread["network"]["channel"] == network.channel
    assert thread["network"]["network_key"] == "**REDACTED**"
    assert readings["home_thread"]["value"]["known"] is False
    assert readings["home_thread"]["value"]["discarded"] is True
    assert readings["wifi"]["value"]["state"] == "connected"
    assert diagnostics["extra"] == {}

    text = json_dumps(diagnostics).lower()
    serial = "0000000000a051a2"
    for secret in (
        router.password,
        network.key,
        network.pskc,
        network.passphrase,
        network.dataset,
        network.extended_pan_id,
        network.name,
        rival.tlv,
        "5e" * 16,
        MAC,
        MAC.replace(":", ""),
        serial,
        "house-invented",
        '"house"',
        "02:00:5e:00:53:01",
        "127.0.0.1",
    ):
        assert secret.lower() not in text, secret


@pytest.mark.parametrize("options", [{}, LOG])
async def test_log(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    options: dict[str, object],
) -> None:
    """The end of the log is part of them where its owner wants that, without what is private."""
    network = network_of(router)
    private = (
        network.key.upper(),
        network.passphrase,
        "ab" * 16,
        "0x00112233445566778899",
        "94-83-C4-A0-51-A2",
        "9483c4a051a2",
        "02:00:5E:00:53:77",
        "192.0.2.77",
        "2001:db8::77",
        "fe80::1",
        "fd00:db8:0:5120:1:2:3:4",
        "House",
    )
    for _ in range(300):
        router.device.log.note("old", "long ago")
    for text in private:
        router.device.log.note("wifi", f"(12:30:59) failed with {text}, reason 201, state 3")
    entry = await set_up_router(router, options=options)
    diagnostics = await diagnose(hass, hass_client, entry)
    if not options:
        assert diagnostics["extra"] == {}
        assert ("GET", "/sys/get_log") not in router.requests
        return
    log = diagnostics["extra"]["log"]
    assert len(log) == 200
    ends = log[-len(private) :]
    for text, line in zip(private, ends, strict=True):
        assert text.lower() not in line.lower()
        assert "(12:30:59) failed with **" in line
        assert line.endswith(", reason 201, state 3")
    assert any("long ago" in line for line in log)


async def test_failing_log(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
) -> None:
    """A log that cannot be read is a note, and the rest is there."""
    entry = await set_up_router(router, options=LOG)
    router.lab.break_replies("sys/get_log", "error", None)
    diagnostics = await diagnose(hass, hass_client, entry)
    assert "The device refused" in diagnostics["extra"]["error"]
    assert diagnostics["readings"]["thread"]["outcome"] == "ok"
    assert json.dumps(diagnostics)
