"""The same content in the other forms a firmware may give it."""

import json
from typing import Any

import pytest

from tests.simulators.openvox.caller import NUMBER, Caller
from tests.simulators.openvox.conftest import MakeGateway, OpenCaller

SPAN = {"port": 1, "port_name": "lte-1", "status": 1}
SIM = {"imsi": "001010000000001", "status": "Registered (Home network)"}
SEND = {"spans[]": "1", "dest_num": NUMBER, "msg": "Hi"}


async def shapes(caller: Caller) -> dict[str, Any]:
    """Return what each ambiguous field looks like."""
    sent = await caller.call("sms/send", **SEND)
    return {
        "spans": await caller.call("sms/get_valid_spans"),
        "send_list": sent["send_list"],
        "reject_list": sent["reject_list"],
        "sms": (await caller.call("smsinbox/get"))["sms"],
        "channels": (await caller.call("service/chan_state"))["channel_status"],
        "sims": await caller.call("service/simstatus", port=0),
        "config": await caller.call("smsoutbox/set_config"),
    }


async def test_documented(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """By default everything is as in the description."""
    gateway = await make_gateway(ports=1)
    found = await shapes(await open_caller(gateway))
    assert found["send_list"].pop("id") == gateway.lab.sent[0].id
    assert found == {
        "spans": [SPAN],
        "send_list": {"type": "asyncsms", "msg": "Hi", "num": NUMBER, "flash": "0", "port": "1"},
        "reject_list": "",
        "sms": [],
        "channels": {"1": "0"},
        "sims": {"1": SIM},
        "config": [],
    }


async def test_lists(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Everything that is several things may be a list."""
    gateway = await make_gateway(ports=1, list_shape="list")
    gateway.lab.receive_sms(1, NUMBER, "Hello")
    found = await shapes(await open_caller(gateway))
    assert [each["port"] for each in found["send_list"]] == ["1"]
    assert [each["id"] for each in found["sms"]] == [1]
    assert (found["spans"], found["channels"], found["sims"]) == ([SPAN], ["0"], [SIM])


async def test_dicts(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Everything that is several things may be a map."""
    gateway = await make_gateway(ports=1, list_shape="dict")
    gateway.lab.receive_sms(1, NUMBER, "Hello")
    gateway.lab.reject_sends()
    found = await shapes(await open_caller(gateway))
    assert found["reject_list"]["1"]["num"] == NUMBER
    assert found["sms"]["0"]["id"] == 1
    assert (found["spans"], found["sims"]) == ({"1": SPAN}, {"1": SIM})


@pytest.mark.parametrize(("shape", "nothing"), [("text", ""), ("list", []), ("null", None)])
async def test_nothing(
    make_gateway: MakeGateway, open_caller: OpenCaller, shape: str, nothing: Any
) -> None:
    """What is empty may be written in several ways."""
    found = await shapes(await open_caller(await make_gateway(empty_shape=shape)))
    assert [found[name] for name in ("reject_list", "sms", "config")] == [nothing] * 3


@pytest.mark.parametrize(("style", "code"), [("number", 200), ("string", "200")])
async def test_code(
    make_gateway: MakeGateway, open_caller: OpenCaller, style: str, code: Any
) -> None:
    """The code may be text, in a refusal as well."""
    caller = await open_caller(await make_gateway(code_style=style))
    assert (await caller.envelope("service/chan_state"))["code"] == code
    caller.token = "nobody"
    assert str((await caller.envelope("service/chan_state"))["code"]) == "401"
    assert type((await caller.envelope("service/chan_state"))["code"]) is type(code)


async def test_noise(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """There may be a byte order mark and a notice before the JSON, and no word of JSON."""
    notice = "<br />\n<b>Notice</b>: Undefined index\n"
    gateway = await make_gateway(notice=notice, bom=True, content_type="text/html; charset=GBK")
    caller = await open_caller(gateway)
    for token in (caller.token, "nobody"):
        caller.token = token
        status, content_type, body = await caller.raw("service/chan_state")
        assert (status, content_type) == (200, "text/html; charset=GBK")
        assert body.startswith(b"\xef\xbb\xbf" + notice.encode())
        assert json.loads(body[body.index(b"{") :])["uri"] == "service/chan_state"


async def test_expiry_as_text(make_gateway: MakeGateway) -> None:
    """The time a token expires may be text."""
    gateway = await make_gateway(text_expiry=True)
    caller = Caller(gateway.url)
    assert (await caller.log_in(gateway.username, gateway.password))["expires_time"] == "1788264600"
    await caller.close()
