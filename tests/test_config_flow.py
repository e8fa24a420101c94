"""The wizard's first step: what is found, and what is made of it."""

from collections.abc import AsyncGenerator, Awaitable, Callable

from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.gatehouse import recognition
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families import FAMILIES, RECOGNIZABLE
from simulators.hilink.simulator import HilinkSimulator

from .conftest import StartModem
from .flow_helpers import (
    CREDENTIALS,
    NO_CREDENTIALS,
    SERIAL,
    attempts,
    created,
    field_of,
    find,
    set_up_entry,
    start_user_flow,
    submit,
)

type Serve = Callable[[web.Response], Awaitable[str]]

RECOGNITION = "custom_components.gatehouse.recognition"


@pytest.fixture
async def serve(socket_enabled: None) -> AsyncGenerator[Serve]:
    """Return a function that starts something that always answers the same."""
    servers: list[TestServer] = []

    async def serve(response: web.Response) -> str:
        """Start a server and return its address."""

        async def answer(request: web.Request) -> web.Response:
            """Answer any request."""
            return web.Response(
                status=response.status, body=response.body, content_type=response.content_type
            )

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server(access_log=None)
        servers.append(server)
        return str(server.make_url("/"))

    yield serve
    for server in servers:
        await server.close()


@pytest.mark.parametrize("device_type", ["auto", "hilink"])
@pytest.mark.parametrize(
    "address_of",
    [
        pytest.param(str, id="url"),
        pytest.param(lambda url: f" {url}/html/home.html ", id="page"),
        pytest.param(lambda url: url.authority, id="host-and-port"),
    ],
)
async def test_create(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    address_of: Callable[[URL], str],
    device_type: str,
) -> None:
    """An address and a password are all it takes."""
    result = await start_user_flow(hass)
    address = address_of(URL(modem.url))
    result = await submit(hass, result, field_of(address, device_type))
    assert result["step_id"] == "credentials"
    assert result["description_placeholders"] == {"device": "E8372h-320", "url": modem.url}

    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.title == "E8372h-320"
    assert entry.unique_id == "SIM8372320000001"
    assert entry.data == {
        "device_type": "hilink",
        "url": modem.url,
        "username": "admin",
        "password": "gatehouse",
        "verify_ssl": True,
    }
    assert entry.options == {}
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("response", "device_type"),
    [
        (web.Response(text="<!DOCTYPE html><html/>", content_type="text/html"), "auto"),
        (web.Response(text='{"status": "ok"}', content_type="application/json"), "auto"),
        (web.Response(status=404), "auto"),
        (web.Response(status=404), "hilink"),
    ],
    ids=["html", "json", "not-found", "not-found-hilink"],
)
async def test_something_else_answers(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    serve: Serve,
    response: web.Response,
    device_type: str,
) -> None:
    """What is no device is told apart from what is none at all; the form takes another address."""
    result = await start_user_flow(hass)
    result = await submit(hass, result, field_of(await serve(response), device_type))
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "not_recognized"}
    await recover(hass, result, modem)


@pytest.mark.parametrize(
    "address", ["", "my modem", "ftp://192.168.8.1", "http://", "modem:99999", "a" * 64]
)
async def test_invalid_host(hass: HomeAssistant, modem: HilinkSimulator, address: str) -> None:
    """What cannot be an address is said at its field."""
    result = await submit(hass, await start_user_flow(hass), field_of(address))
    assert result["step_id"] == "user"
    assert result["errors"] == {"host": "invalid_host"}
    await recover(hass, result, modem)


@pytest.mark.parametrize("scheme", ["", "http://", "https://"])
async def test_nothing_answers(hass: HomeAssistant, modem: HilinkSimulator, scheme: str) -> None:
    """A wrong address can be put right."""
    address = f"{scheme}127.0.0.1:{unused_port()}"
    result = await submit(hass, await start_user_flow(hass), field_of(address))
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "cannot_connect"}
    await recover(hass, result, modem)


async def test_answer_takes_too_long(
    hass: HomeAssistant, modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits longer than the limit, and nothing goes on behind the form."""
    monkeypatch.setattr(f"{RECOGNITION}._TIME_LIMIT", 0.1)
    modem.lab.break_replies("*", "timeout", None)
    started = hass.loop.time()
    result = await submit(hass, await start_user_flow(hass), field_of(modem.url))
    assert hass.loop.time() - started < 2
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "cannot_connect"}
    asked = len(modem.requests)
    modem.lab.repair()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(modem.requests) == asked
    monkeypatch.undo()
    await recover(hass, result, modem)


async def test_search_fails_unexpectedly(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A bug is admitted, and the log has its traceback."""

    async def fail(*args: object) -> None:
        """Fail in a way that nobody thought of."""
        raise RuntimeError("never thought of")

    result = await start_user_flow(hass)
    monkeypatch.setattr(f"{RECOGNITION}._async_try", fail)
    result = await submit(hass, result, field_of(modem.url))
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": "unknown"}
    assert "RuntimeError: never thought of" in caplog.text
    monkeypatch.undo()
    await recover(hass, result, modem)


async def recover(hass: HomeAssistant, result: ConfigFlowResult, modem: HilinkSimulator) -> None:
    """Put the address right on the same form and finish."""
    result = await submit(hass, result, field_of(modem.url))
    assert result["step_id"] == "credentials"
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED


async def test_silence_on_one_port_hides_no_device(
    hass: HomeAssistant, start_modem: StartModem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device is found at its other address though the first one never answers."""
    monkeypatch.setattr(f"{RECOGNITION}._TIME_LIMIT", 1)
    silent = await start_modem()
    silent.lab.break_replies("*", "timeout", None)
    modem = await start_modem()
    found = await recognition.async_recognize(
        hass, (URL(silent.url), URL(modem.url)), tuple(FAMILIES.values())
    )
    assert str(found.url) == modem.url
    silent.lab.repair()


def test_limit_is_five_seconds() -> None:
    """The limit itself is as promised."""
    assert recognition._TIME_LIMIT == 5


async def test_modem_that_hides_its_serial_number(
    hass: HomeAssistant, modem: HilinkSimulator, entity_registry: er.EntityRegistry
) -> None:
    """Without a password nothing tells who the device is; it works, and can be set up once."""
    entry = created(await submit(hass, await find(hass, modem), NO_CREDENTIALS))
    assert entry.unique_id is None
    assert entry.title == "E8372h-320"
    assert entry.state is ConfigEntryState.LOADED

    def unique_ids() -> set[str]:
        """Return the unique ids of the entry's entities."""
        entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        return {entity.unique_id for entity in entities}

    before = unique_ids()
    assert f"{entry.entry_id}_network_type" in before
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert unique_ids() == before

    result = await submit(hass, await start_user_flow(hass), field_of(modem.url))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(hass.config_entries.async_entries(DOMAIN)) == 1


@pytest.mark.parametrize("loaded", [True, False])
async def test_same_device_at_a_new_address(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    start_modem: StartModem,
    *,
    loaded: bool,
) -> None:
    """A device that is set up already is not added again, but found where it is now."""
    old = await start_modem()
    if not loaded:
        await old.stop()
    entry = await set_up_entry(hass, old)
    assert (entry.state is ConfigEntryState.LOADED) is loaded
    modem.requests.clear()

    result = await submit(hass, await find(hass, modem), CREDENTIALS)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED
    assert hass.config_entries.async_entries(DOMAIN) == [entry]
    assert attempts(modem) == 2, "one by the wizard, one by a single reload"


async def test_new_address_of_an_entry_that_is_busy(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    start_modem: StartModem,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An entry that cannot reload itself at once is not reloaded by the wizard besides."""
    entry = await set_up_entry(hass, await start_modem())
    result = await find(hass, modem)
    async with entry.setup_lock:
        result = await hass.config_entries.flow.async_configure(result["flow_id"], CREDENTIALS)
    await hass.async_block_till_done()
    assert result["reason"] == "already_configured"
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 2, "one by the wizard, one by a single reload"
    assert "has an update listener" not in caplog.text


async def test_through_the_web_interface(
    hass: HomeAssistant, modem: HilinkSimulator, hass_client: ClientSessionGenerator
) -> None:
    """The forms survive the way to the browser and back, where empty fields are left out."""
    await async_setup_component(hass, "config", {})
    client = await hass_client()
    flow_url = "/api/config/config_entries/flow"
    form = await (await client.post(flow_url, json={"handler": DOMAIN})).json()
    assert [field["name"] for field in form["data_schema"]] == ["host", "device_type"]
    assert form["data_schema"][1]["default"] == "auto"
    assert form["data_schema"][1]["selector"]["select"]["options"] == [
        "auto",
        *(family.key for family in RECOGNIZABLE),
    ]

    flow_url += f"/{form['flow_id']}"
    form = await (await client.post(flow_url, json=field_of(modem.url))).json()
    assert [(field["name"], field["default"]) for field in form["data_schema"]] == [
        ("username", ""),
        ("password", ""),
        ("verify_ssl", True),
    ]
    assert form["data_schema"][1]["selector"]["text"]["type"] == "password"

    outcome = await (await client.post(flow_url, json={"verify_ssl": True})).json()
    assert outcome["type"] == "create_entry"
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.data["username"] == ""
    assert entry.data["password"] == ""
    assert entry.state is ConfigEntryState.LOADED
