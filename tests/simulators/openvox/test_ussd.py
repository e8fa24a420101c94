"""USSD: three forms of reply, and answers by push."""

from typing import Any

import pytest

from simulators.openvox import DEFAULT_USSD_PASSWORD, OpenVoxSimulator
from tests.simulators.openvox.caller import Caller, Refused
from tests.simulators.openvox.conftest import Listener

QUESTION = {
    "username": "ussduser",
    "password": DEFAULT_USSD_PASSWORD,
    "message": "*#301",
    "port": "3, 4",
    "timeout": "500",
    "id": "7",
}
TIME = "2026-09-01 12:00:00"


def ask(caller: Caller, **changes: Any) -> Any:
    """Send a code."""
    return caller.call("service/sendussd", **(QUESTION | changes))


async def test_json(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Each port says what became of the question; no token is needed."""
    caller.token = ""
    gateway.lab.set_port(4, up=False)
    assert await ask(caller, port="3,4,40") == {
        "message": "*#301",
        "report": {
            "3": {"port": "3", "time": TIME, "id": "7", "result": "sent"},
            "4": {"port": "4", "time": TIME, "id": "7", "result": "not ready"},
            "40": {"port": "40", "time": TIME, "id": "7", "result": "not select"},
        },
    }
    assert (await ask(caller, port="3"))["report"]["3"]["result"] == "other"


async def test_text(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """The reply may be text, as documented."""
    gateway.lab.set_options(ussd_format="string")
    gateway.lab.set_port(4, up=False)
    assert await ask(caller) == (
        "message: *#301\n"
        f"--record 3 start--port: 3\ntime: {TIME}\nid: 7\nresult: sent\n--record 3 end--"
        f"--record 4 start--port: 4\ntime: {TIME}\nid: 7\nresult: not ready\n--record 4 end--"
    )


async def test_null(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """The reply may be nothing, though the question was sent."""
    gateway.lab.set_options(ussd_format="null")
    assert await ask(caller) is None
    assert gateway.lab.state()["ussd_open"] == [3, 4]


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"username": "admin"}, {"username": ""}])
async def test_account(gateway: OpenVoxSimulator, caller: Caller, wrong: Any) -> None:
    """Without the account for USSD nothing is sent, also with a token."""
    with pytest.raises(Refused, match="401"):
        await ask(caller, **wrong)
    state = gateway.lab.state()
    assert (state["ussd_asked"], state["refused_ussd_logins"]) == (0, 1)
    assert state["refused_logins"] == 0


async def test_answer(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """The network's answer comes by push, with the id of the question."""
    names = ["my_port", "my_message", "my_time", "my_status", "my_code", "my_id"]
    gateway.lab.set_options(
        ussd_push_url=f"http://127.0.0.1:{listener.port}/receiveussd.php",
        ussd_push_names=names,
        ussd_push_user_defined="box=1",
    )
    await ask(caller, port="3")
    gateway.lab.advance(2.9)
    await gateway.lab.pushed()
    assert listener.receiver.queries == []
    gateway.lab.advance(0.1)
    await gateway.lab.pushed()
    assert listener.receiver.paths == ["/receiveussd.php"]
    assert listener.receiver.queries == [
        {
            "my_port": "3",
            "my_message": "Your balance is 12.34",
            "my_time": "2026-09-01 12:00:03",
            "my_status": "success",
            "my_code": "0",
            "my_id": "7",
            "box": "1",
        }
    ]
    assert gateway.lab.state()["ussd_open"] == []


async def test_answer_by_lab(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """The lab answers in the network's stead, once; a restart forgets the question."""
    gateway.lab.set_options(
        ussd_seconds=None, ussd_push_url=f"http://127.0.0.1:{listener.port}/ussd"
    )
    await ask(caller)
    gateway.lab.advance(3600)
    assert gateway.lab.answer_ussd(3, "Grüße") is True
    assert gateway.lab.answer_ussd(3, "again") is False
    gateway.lab.reboot(1)
    gateway.lab.advance(1)
    assert gateway.lab.answer_ussd(4, "too late") is False
    await gateway.lab.pushed()
    assert [query["message"] for query in listener.receiver.queries] == ["Grüße"]


async def test_nowhere_to_push(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Without an address the answer is lost."""
    await ask(caller)
    gateway.lab.advance(3)
    assert gateway.lab.state()["ussd_open"] == []
    assert gateway.lab.pushes == []
