"""The lab, over HTTP as well, and the command line."""

import argparse
import asyncio
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from simulators.openvox.command_line import OPENVOX
from tests.simulators.openvox.caller import NUMBER, Caller, Refused
from tests.simulators.openvox.conftest import Listener


async def lab(gateway: OpenVoxSimulator, function: str, **arguments: Any) -> Any:
    """Call the lab over HTTP."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{gateway.url}/__lab/{function}", json=arguments) as reply,
    ):
        return (await reply.json())["result"]


async def look(gateway: OpenVoxSimulator, function: str) -> Any:
    """Read something from the lab over HTTP."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{gateway.url}/__lab/{function}") as reply,
    ):
        return (await reply.json())["result"]


async def test_over_http(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """The lab does the same over HTTP."""
    await caller.call(
        "smsoutbox/set_config", enable=1, url_host="127.0.0.1", url_port=str(listener.port)
    )
    await lab(gateway, "reset_counts")
    assert await lab(gateway, "receive_sms", port=1, number=NUMBER, text="Hello", parts=2) == 1
    await gateway.lab.pushed()
    await caller.send("Hello")
    await lab(gateway, "set_options", delivery_reports=False, ussd_seconds=None)
    await lab(gateway, "advance", seconds=2)
    assert await lab(gateway, "deliver", status=1) == 1
    await lab(gateway, "set_port", port=2, up=False)
    await lab(gateway, "set_sim", port=3, state="denied")
    assert await lab(gateway, "answer_ussd", port=1, text="nobody asked") is False
    state = await look(gateway, "state")
    assert (state["inbox"], state["sent"], state["pushes"], state["outbox"]) == (1, 1, 1, 1)
    assert state["local_date"] == "2026-09-01 12:00:02"
    (message,) = await look(gateway, "sent")
    assert message | {"id": ""} == {
        "id": "",
        "port": 1,
        "number": NUMBER,
        "text": "Hello",
        "synchronous": False,
    }
    (push,) = await look(gateway, "pushes")
    assert (push["kind"], push["outcome"]) == ("received", "200")
    assert await look(gateway, "requests") == [["POST", "/sms/send"]]
    assert await look(gateway, "counts") == {"/sms/send": 1}
    assert [row["status"] for row in await caller.outbox()] == ["DELIVERD(1)"]
    for name in ("clear_inbox", "clear_outbox", "reset_inbox_ids", "mark_read", "steal_tokens"):
        await lab(gateway, name)
    assert gateway.lab.state()["inbox"] == gateway.lab.state()["outbox"] == 0
    with pytest.raises(Refused):
        await caller.inbox()


async def test_away(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """The lab answers while the device is away."""
    await lab(gateway, "reboot", seconds=10)
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.inbox()
    assert (await look(gateway, "state"))["up"] is False
    await lab(gateway, "advance", seconds=10)
    assert (await look(gateway, "state"))["up"] is True
    await caller.log_in(gateway.username, gateway.password)


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("nothing", {}, 404),
        ("set_options", {"send_outcome": "perhaps"}, 400),
        ("set_options", {"prefix": "api"}, 400),
        ("set_options", {"ports": 4}, 400),
        ("set_options", {"inbox_capacity": 0}, 400),
        ("set_port", {"port": 9, "up": True}, 400),
        ("set_sim", {"port": 1, "state": "bent"}, 400),
        ("receive_sms", {"port": 0, "number": NUMBER, "text": "Hello"}, 400),
        ("receive_sms", {"port": 1, "number": NUMBER, "text": "Hello", "when": "now"}, 400),
    ],
)
async def test_bad_calls(gateway: OpenVoxSimulator, name: str, arguments: Any, status: int) -> None:
    """A wrong call says what is wrong."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{gateway.url}/__lab/{name}", json=arguments) as reply,
    ):
        assert reply.status == status
        assert (await reply.json())["error"]


@pytest.mark.parametrize("ports", [0, 33])
def test_number_of_ports(ports: int) -> None:
    """There are 1 to 32 ports."""
    with pytest.raises(ValueError, match="1 to 32"):
        OpenVoxSimulator(OpenVoxOptions(ports=ports))


async def test_fields(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Fields can be set and left out, also inside lists and maps, and released."""
    path = "sms/get_valid_spans"
    before = await caller.call(path)
    gateway.lab.set_field(path, "1.status", "maybe")
    gateway.lab.remove_field(path, "0.port_name")
    gateway.lab.set_field("service/chan_state", "channel_status.3", "2")
    spans = await caller.call(path)
    assert spans[1]["status"] == "maybe"
    assert spans[0] == {"port": 1, "status": 1}
    assert (await caller.call("service/chan_state"))["channel_status"]["3"] == "2"
    gateway.lab.reset_fields()
    assert await caller.call(path) == before


async def test_latency_and_repair(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Requests can take their time, and errors last until repaired."""
    loop = asyncio.get_running_loop()
    gateway.lab.set_options(latency_seconds=0.1)
    begin = loop.time()
    await caller.inbox()
    assert loop.time() - begin >= 0.1
    gateway.lab.break_replies("*", "error", None)
    for _ in range(2):
        with pytest.raises(Refused):
            await caller.inbox()
    gateway.lab.repair()
    await caller.inbox()


async def test_frozen_time(socket_enabled: None, freezer: FrozenDateTimeFactory) -> None:
    """While time stands still around it, only the lab moves the device's."""
    freezer.move_to("2026-01-01 00:00:00")
    gateway = OpenVoxSimulator(clock=lambda: 0.0)
    await gateway.start()
    caller = Caller(gateway.url)
    await caller.log_in(gateway.username, gateway.password)
    await caller.send("Hello")
    freezer.tick(3600)
    assert await caller.outbox() == []
    gateway.lab.advance(2)
    assert [row["time"] for row in await caller.outbox()] == ["2026-09-01 12:00:02"]
    await caller.close()
    await gateway.stop()


def parse(*arguments: str) -> argparse.Namespace:
    """Return the arguments as the command line reads them."""
    parser = argparse.ArgumentParser()
    OPENVOX.add_arguments(parser)
    return parser.parse_args(arguments)


async def test_command_line(socket_enabled: None) -> None:
    """What is asked for is what one gets."""
    gateway = OPENVOX.build(
        parse(
            "--ports",
            "32",
            "--port-style",
            "gsm",
            "--prefix",
            "/api",
            "--bearer",
            "--ussd-seconds",
            "9",
        )
    )
    await gateway.start()
    assert gateway.url.startswith("http://127.0.0.1:")
    assert (gateway.username, gateway.password) == ("admin", "gatehouse-sms")
    options = vars(gateway)["gateway"].options
    assert (options.ports, options.port_style, options.prefix) == (32, "gsm", "/api")
    assert (options.bearer, options.bom, options.ussd_seconds) == (True, False, 9)
    await gateway.stop()
    assert OPENVOX.port == 18003
    with pytest.raises(SystemExit):
        parse("--list-shape", "round")
