"""Every endpoint of the description, with its documented fields."""

from typing import Any

import pytest

from simulators.openvox import DEFAULT_USSD_PASSWORD, OpenVoxSimulator
from tests.simulators.openvox.caller import NUMBER, Caller, Refused
from tests.simulators.openvox.conftest import MakeGateway, OpenCaller

USSD = {
    "username": "ussduser",
    "password": DEFAULT_USSD_PASSWORD,
    "message": "*100#",
    "port": "3,4",
    "timeout": "500",
    "id": "1",
}
SEND = {"spans[]": "1", "dest_num": NUMBER, "msg": "ye", "mode": "0"}
CONFIG = {
    "enable": int,
    "reports_enable": int,
    "results_enable": int,
    "url_http": str,
    "url_host": str,
    "url_port": str,
    "url_path": str,
    "url_from_num": str,
    "url_to_num": str,
    "url_portname": str,
    "url_message": str,
    "url_time": str,
    "url_imsi": str,
    "url_status": str,
    "url_user_defined": str,
}
MESSAGE = {"type": str, "msg": str, "num": str, "flash": str, "id": str, "port": str}
POSTED = {"port_name": str, "phonenumber": str, "time": str, "status": str, "message": str}
RECEIVED = {
    "port": str,
    "id": int,
    "port_name": str,
    "phonenumber": str,
    "time": str,
    "message": str,
}
PAGE = {"current_page": int, "current_counts": int, "counts": int}
SIM = {"imsi": str, "status": str}
ASKED = {"port": str, "time": str, "id": str, "result": str}


def kinds(value: Any) -> Any:
    """Return the type of each value."""
    if isinstance(value, dict):
        return {name: kinds(content) for name, content in value.items()}
    if isinstance(value, list):
        return [kinds(content) for content in value]
    return type(value)


@pytest.mark.parametrize(
    ("path", "form", "expected"),
    [
        ("sms/get_valid_spans", {}, [{"port": int, "port_name": str, "status": int}] * 2),
        ("sms/send", SEND, {"send_list": MESSAGE, "reject_list": str}),
        ("smsoutbox/get", {}, PAGE | {"sms": [POSTED]}),
        ("smsinbox/get", {}, PAGE | {"read": int, "unread": int, "sms": [RECEIVED]}),
        ("smsoutbox/get_config", {}, CONFIG),
        ("smsoutbox/set_config", {"enable": "1"}, []),
        ("service/chan_state", {}, {"idle_channels": int, "channel_status": {"1": str, "2": str}}),
        ("service/simstatus", {}, {"1": SIM}),
        ("service/simstatus", {"port": "2"}, {"2": SIM}),
        ("service/simstatus", {"port": "0"}, {"1": SIM, "2": SIM}),
        ("service/sendussd", USSD, {"message": str, "report": {"3": ASKED, "4": ASKED}}),
    ],
)
async def test_fields(
    make_gateway: MakeGateway, open_caller: OpenCaller, path: str, form: Any, expected: Any
) -> None:
    """A reply has the documented fields, no more, of the documented types."""
    gateway = await make_gateway(ports=2)
    caller = await open_caller(gateway)
    await caller.send("before")
    gateway.lab.receive_sms(1, NUMBER, "before")
    gateway.lab.advance(2)
    assert kinds(await caller.call(path, **form)) == expected


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("sms/send", SEND | {"spans[]": "9"}),
        ("sms/send", SEND | {"spans[]": "lte-1"}),
        ("sms/send", {name: value for name, value in SEND.items() if name != "spans[]"}),
        ("sms/send", SEND | {"dest_num": "Grandma"}),
        ("sms/send", SEND | {"msg": ""}),
        ("sms/send", SEND | {"mode": "2"}),
        ("smsoutbox/get", {"current_page": "0"}),
        ("smsoutbox/get", {"current_counts": "many"}),
        ("smsoutbox/get", {"start_datetime_filter": "2024/11/21 09:59:20"}),
        ("smsinbox/get", {"start_datetime_filter": "2024-11-21 09:59:20"}),
        ("smsinbox/get", {"flag": "new"}),
        ("smsoutbox/set_config", {"enable": "2"}),
        ("smsoutbox/set_config", {"url_http": "ftp"}),
        ("smsoutbox/set_config", {"url_port": "www"}),
        ("service/simstatus", {"port": "9"}),
        ("service/sendussd", USSD | {"port": ""}),
        ("service/sendussd", USSD | {"message": "balance"}),
    ],
)
async def test_wrong_parameters(
    gateway: OpenVoxSimulator, caller: Caller, path: str, form: Any
) -> None:
    """A wrong parameter is refused, and nothing is done."""
    before = await caller.call("smsoutbox/get_config")
    with pytest.raises(Refused, match="400"):
        await caller.call(path, **form)
    assert gateway.lab.sent == []
    assert await caller.call("smsoutbox/get_config") == before


@pytest.mark.parametrize("path", ["sms/nothing", "sms", "auth/login/"])
async def test_unknown_path(caller: Caller, path: str) -> None:
    """A path the API does not have is none of its business."""
    assert (await caller.raw(path))[0] == 404


@pytest.mark.parametrize(("ports", "style"), [(1, "gsm"), (32, "lte")])
async def test_ports(
    make_gateway: MakeGateway, open_caller: OpenCaller, ports: int, style: str
) -> None:
    """There are as many ports as one wants, named as one wants."""
    caller = await open_caller(await make_gateway(ports=ports, port_style=style))
    spans = await caller.call("sms/get_valid_spans")
    assert [(span["port"], span["port_name"]) for span in spans] == [
        (number, f"{style}-{number}") for number in range(1, ports + 1)
    ]


async def test_port_states(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A port without network cannot send, and its channel says 1."""
    gateway = await make_gateway(ports=4, ports_without_sim=(4,))
    caller = await open_caller(gateway)
    gateway.lab.set_port(2, up=False)
    gateway.lab.set_sim(3, "searching")
    spans = await caller.call("sms/get_valid_spans")
    assert [span["status"] for span in spans] == [1, 0, 0, 0]
    assert await caller.call("service/chan_state") == {
        "idle_channels": 1,
        "channel_status": {"1": "0", "2": "1", "3": "1", "4": "1"},
    }
    sims = await caller.call("service/simstatus", port=0)
    assert [bool(sim["imsi"]) for sim in sims.values()] == [True, False, True, False]
    assert sims["4"]["status"] == sims["2"]["status"] == "Unknown Network Status"
    gateway.lab.set_port(2, up=True)
    assert (await caller.call("service/chan_state"))["channel_status"]["2"] == "0"


async def test_idle_channels(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A port that sends a message or waits for an answer is not idle."""
    await caller.send("Hello", span=1)
    await caller.call("service/sendussd", **(USSD | {"port": "2"}))
    assert (await caller.call("service/chan_state"))["idle_channels"] == 6
    gateway.lab.advance(3)
    assert (await caller.call("service/chan_state"))["idle_channels"] == 8


async def test_config(caller: Caller) -> None:
    """The settings of the push are kept; what is not sent stays."""
    wanted = {name: "1" if kind is int else f"new_{name}" for name, kind in CONFIG.items()}
    wanted |= {"url_http": "https", "url_port": "8123"}
    await caller.call("smsoutbox/set_config", **wanted)
    await caller.call("smsoutbox/set_config", url_user_defined="id=id", enable="0")
    expected = {name: 1 if CONFIG[name] is int else value for name, value in wanted.items()}
    assert await caller.call("smsoutbox/get_config") == expected | {
        "url_user_defined": "id=id",
        "enable": 0,
    }
