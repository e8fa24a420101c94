"""Passwords, keys and the router's UUID are seen by nobody who has no business with them."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
import logging
from typing import Any, Final

from homeassistant.const import CONF_CLIENT_SECRET, CONF_PASSWORD
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

from simulators.hiwifi import HiwifiSimulator, identity
from simulators.hiwifi.errors import MESSAGES, Code
from simulators.hiwifi.options import WanType
from simulators.hiwifi.sessions import Session, Sessions
from tests.families.gl_s20.action_helpers import act
from tests.flow_helpers import flows, submit

from .conftest import SIGNATURE, SetUpRouter, StartRouter

PASSWORD: Final = "Marked-Admin-1"
NEW_PASSWORD: Final = "Marked-Admin-2"
CLIENT_SECRET: Final = "marked-client-secret-1"
WIFI_KEY: Final = "Marked-Wifi-Key-1"
SENT_KEY: Final = "Marked-Wifi-Key-2"
GUEST_KEY: Final = "Marked-Guest-Key-1"

FOREIGN: Final = (
    # At this level, Home Assistant itself writes down every call of an action, fields and all.
    ("homeassistant.core", "call_service"),
    # The stand-in for the disk writes down what it stores.
    ("pytest_homeassistant_custom_component.common", "Writing data to"),
)
"""Loggers and words of entries that nobody here can help."""


@pytest.fixture
def session_keys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the keys of all sessions that come to be."""
    found: list[str] = []
    log_in = Sessions.log_in

    def note(self: Sessions, *arguments: Any) -> Session:
        """Note the keys of a session."""
        session = log_in(self, *arguments)
        found.extend((session.stok, session.cookie))
        return session

    monkeypatch.setattr(Sessions, "log_in", note)
    return found


@pytest.fixture
async def marked_router(
    start_router: StartRouter, monkeypatch: pytest.MonkeyPatch
) -> HiwifiSimulator:
    """Return a router whose secrets are all known, and which repeats them when it refuses."""
    router = await start_router(
        admin_password=PASSWORD, client_secret=CLIENT_SECRET, wan_type=WanType.PPPOE
    )
    for ifname, each in router.router.wifi.interfaces.items():
        key = GUEST_KEY if "guest" in ifname else WIFI_KEY
        each.network = replace(each.network, key=key)
    words = f"bad {PASSWORD} {CLIENT_SECRET} {SENT_KEY} {identity.UUID}"
    for code in (Code.PARAMETER, Code.INTERNAL):
        monkeypatch.setitem(MESSAGES, code, words)
    return router


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("signed", [False, True], ids=["password", "signature"])
async def test_nothing_leaks(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    marked_router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: Callable[..., Awaitable[None]],
    session_keys: list[str],
    caplog: pytest.LogCaptureFixture,
    *,
    signed: bool,
) -> None:
    """Set-up, polls, actions, errors and a new login leave no trace of a secret."""
    for name in (None, "aiohttp", "asyncio", "homeassistant", "custom_components"):
        caplog.set_level(logging.DEBUG, name)
    router = marked_router
    assert await async_setup_component(hass, "diagnostics", {})
    entry = await set_up_router(
        router,
        signed=signed,
        options={"client_switches": True},
        **({CONF_CLIENT_SECRET: CLIENT_SECRET} if signed else {}),
    )
    errors: list[str] = []

    async def attempt(name: str, **fields: Any) -> Any:
        """Call an action that may go wrong, and note the error."""
        try:
            return await act(hass, name, **fields)
        except HomeAssistantError as err:
            errors.append(str(err))

    await next_round()
    told = await attempt("hiwifi_call", method="wan.get_config")
    assert identity.PPPOE_PASSWORD in str(told), "who asks for it is told"
    await attempt("hiwifi_call", method="system.led.set_status", data={"key": SENT_KEY})
    router.lab.fail_method("wireless.set_iface_info", Code.PARAMETER)
    await attempt("set_wifi", network="main_2_4", key=SENT_KEY)
    await attempt("set_wifi", network="main_2_4", key="short")
    router.lab.break_replies("call" if signed else "proxy/call", "garbage", executed=True)
    await attempt("set_wifi", network="guest_2_4", key=SENT_KEY)
    await attempt("set_wifi", network="main_2_4", key=SENT_KEY)
    assert router.lab.state()["networks"]["master"]["key"] == SENT_KEY
    assert len(errors) == 3
    router.lab.fail_method("system.get_info", Code.INTERNAL, times=None)
    for kind in ("truncated", "html", "error"):
        router.lab.break_replies("call" if signed else "proxy/call", kind)
        await next_round()
    router.lab.repair()
    await next_round()

    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    places = dict(_places(hass, caplog, diagnostics, errors))
    if signed:
        router.lab.reset_binding()
    else:
        router.lab.set_options(admin_password=NEW_PASSWORD)
        router.lab.expire_sessions()
    await next_round()
    places |= {f"before the login: {name}": text for name, text in _lasting(hass)}
    await _log_in_again(hass, router, signed=signed)

    diagnostics = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    places |= {
        f"at the end: {name}": text for name, text in _places(hass, caplog, diagnostics, errors)
    }
    assert bool(session_keys) is not signed
    secrets = {
        *(PASSWORD, NEW_PASSWORD, CLIENT_SECRET, WIFI_KEY, SENT_KEY, GUEST_KEY),
        *(identity.PPPOE_PASSWORD, identity.UUID, identity.UUID.replace("-", "")),
        *session_keys,
    }
    for place, text in places.items():
        assert text
        for secret in secrets:
            assert secret.lower() not in text.lower(), f"{secret} in {place}"


async def _log_in_again(hass: HomeAssistant, router: HiwifiSimulator, *, signed: bool) -> None:
    """Answer the question for the login."""
    (flow,) = flows(hass)
    if signed:
        router.lab.bind(identity.APP_ID, identity.CLIENT_ID, ["system.*"], CLIENT_SECRET)
        login = {**SIGNATURE, CONF_CLIENT_SECRET: CLIENT_SECRET}
    else:
        login = {CONF_PASSWORD: NEW_PASSWORD}
    result = await submit(hass, await submit(hass, flow, None), login)
    assert result["reason"] == "reauth_successful"


def _places(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, diagnostics: Any, errors: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield every place that somebody may look at, with what stands there."""
    formatter = logging.Formatter()
    for number, record in enumerate(caplog.records):
        if not any(name == record.name and word in record.getMessage() for name, word in FOREIGN):
            yield f"log of {record.name}, {number}", formatter.format(record) or "-"
    yield "diagnostics", json_dumps(diagnostics)
    yield "errors", "\n".join(errors)
    yield from _lasting(hass)


def _lasting(hass: HomeAssistant) -> Iterator[tuple[str, str]]:
    """Yield what Home Assistant keeps."""
    yield "states", json_dumps([each.as_dict() for each in hass.states.async_all()])
    yield "devices", "\n".join(map(repr, dr.async_get(hass).devices))
    yield "entities", "\n".join(map(repr, er.async_get(hass).entities.values()))
    yield "issues", "\n".join(map(repr, ir.async_get(hass).issues.values())) + "-"
    yield "flows", repr(hass.config_entries.flow.async_progress()) + "-"
