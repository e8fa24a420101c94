"""Keys, passphrases, passwords and tokens of a GL-S20 show up nowhere, whatever happens."""

from collections.abc import Awaitable, Callable, Iterator
import logging
from typing import Any, Final

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.gl_s20 import joining
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.errors import DeviceError
from simulators.gl_s20.sessions import Sessions

from .action_helpers import ACTIONS, act
from .conftest import SetUpRouter, StartRouter
from .thread_helpers import UNHEARD, add_network, change_network, network_of

NETWORK_KEY: Final = "5ec2e7ab5ec2e7ab5ec2e7ab5ec2e7ab"
SENT_KEY: Final = "ca11ab1eca11ab1eca11ab1eca11ab1e"
PASSPHRASE: Final = "Marked-Passphrase-1"
PSKD: Final = "MARKED9PSKD"
PASSWORD: Final = "Marked-Admin-1"
NEW_PASSWORD: Final = "Marked-Admin-2"
WIFI_PASSWORD: Final = "house-invented"

WORDS: Final = {
    1: f"bad {PSKD} {PSKD.lower()}",
    2: f"bad {SENT_KEY} {SENT_KEY.upper()}",
    3: f"bad {NEW_PASSWORD} {PASSWORD} {PASSWORD.upper()}",
}
"""What the router says when it refuses, by its code."""

FOREIGN: Final = (
    # At this level, Home Assistant itself writes down every call of an action, fields and all.
    ("homeassistant.core", "call_service"),
    # The stand-in for the disk writes down what it stores.
    ("pytest_homeassistant_custom_component.common", "Writing data to"),
)
"""Loggers and words of entries that nobody here can help."""


@pytest.fixture
def sids(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of all sessions that come to be."""
    found: list[str] = []
    log_in = Sessions.log_in

    def note(self: Sessions, *arguments: Any) -> str:
        """Note the id of a session."""
        found.append(log_in(self, *arguments))
        return found[-1]

    monkeypatch.setattr(Sessions, "log_in", note)
    return found


@pytest.fixture
async def marked_router(
    start_router: StartRouter, monkeypatch: pytest.MonkeyPatch
) -> GlS20Simulator:
    """Return a router whose secrets are all known, and which repeats them in its errors."""
    router = await start_router(password=PASSWORD, attach_seconds=0, commissioner_seconds=0)
    change_network(router, key=NETWORK_KEY, passphrase=PASSPHRASE)

    def refuse(code: int) -> Any:
        """Refuse with more words than is good."""
        return router._web.refused(DeviceError(code, WORDS[code]))

    monkeypatch.setattr(router, "refusal", refuse)
    monkeypatch.setattr(joining, "LOOK_INTERVAL", 0)
    monkeypatch.setattr(joining, "LOOKS", 2)
    monkeypatch.setattr(f"{ACTIONS}.join.LOOK_INTERVAL", 0)
    monkeypatch.setattr(f"{ACTIONS}.commissioner.LOOK_INTERVAL", 0)
    return router


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_nothing_leaks(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    marked_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: Callable[..., Awaitable[None]],
    sids: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Set-up, polls, actions, errors, repairs and a new password leave no trace of a secret."""
    for name in (None, "aiohttp", "asyncio", "homeassistant", "custom_components"):
        caplog.set_level(logging.DEBUG, name)
    router = marked_router
    router.device.log.note("otbr", f"key {NETWORK_KEY} pskd {PSKD}")
    assert await async_setup_component(hass, "diagnostics", {})
    await add_network(hass, UNHEARD.dataset, preferred=True)
    entry = await set_up_router(router, options={"log_in_diagnostics": True})
    secrets = {NETWORK_KEY, network_of(router).pskc, network_of(router).dataset}
    errors: list[str] = []

    async def attempt(name: str, **fields: Any) -> None:
        """Call an action that may go wrong, and note the error."""
        try:
            await act(hass, name, **fields)
        except HomeAssistantError as err:
            errors.append(str(err))

    await next_round()
    await attempt("share_thread_network")
    router.lab.advance(10)
    await attempt("add_joiner", pskd=PSKD)
    router.lab.break_replies("otbr/add_joiner", "error", code=1)
    await attempt("add_joiner", pskd=PSKD)
    assert len(errors) == 1
    await next_round()
    await attempt("join_preferred_network")
    router.lab.break_replies("otbr/join", "error", code=2)
    await attempt("join_thread_network", network_key=SENT_KEY, channel=15, pan_id="0x1234")
    router.lab.break_replies("sys/set_admin_pwd", "error", code=3)
    await attempt("change_password", password=NEW_PASSWORD)
    for path in ("otbr/get_status", "otbr/get_joiner_list", "wifi/get_save_wifi"):
        router.lab.break_replies(path, "truncated")
    await next_round()
    assert len(errors) == 4

    router.lab.set_options(password=NEW_PASSWORD)
    router.lab.expire_tokens()
    await next_round()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(
        DOMAIN, match_context={"source": SOURCE_REAUTH, "entry_id": entry.entry_id}
    )
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"password": NEW_PASSWORD}
    )
    await hass.async_block_till_done()
    assert result["reason"] == "reauth_successful"
    router.lab.set_role("disabled")
    await next_round()

    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert "key **" in str(diagnostics["extra"]["log"])
    secrets |= {network_of(router).pskc, network_of(router).dataset, UNHEARD.key, UNHEARD.pskc}
    assert sum("bad **" in error for error in errors) == 3
    secrets |= {SENT_KEY, PASSPHRASE, PSKD, PASSWORD, NEW_PASSWORD, WIFI_PASSWORD, *sids}
    assert len(sids) >= 3
    for place, text in _places(hass, caplog, diagnostics, errors):
        assert text
        for secret in secrets:
            assert secret.lower() not in text.lower(), f"{secret} in {place}"


def _places(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, diagnostics: Any, errors: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield every place that somebody may look at, with what stands there."""
    formatter = logging.Formatter()
    for record in caplog.records:
        if not any(name == record.name and word in record.getMessage() for name, word in FOREIGN):
            yield f"log of {record.name}", formatter.format(record) or "-"
    states = [each.as_dict() for each in hass.states.async_all()]
    yield "states", json_dumps(states)
    yield "diagnostics", json_dumps(diagnostics)
    yield "errors", "\n".join(errors)
    yield "devices", "\n".join(map(repr, dr.async_get(hass).devices))
    yield "entities", "\n".join(map(repr, er.async_get(hass).entities.values()))
    yield "issues", "\n".join(map(repr, ir.async_get(hass).issues.values()))
    flows = hass.config_entries.flow.async_progress()
    yield "flows", repr(flows) + "-"
