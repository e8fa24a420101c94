"""What goes over the wire: forms of replies, errors and HTTP statuses."""

import json
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from simulators.gl_s20 import CodeStyle, ResultShape
from tests.clients.conftest import Answer, ScriptedDevice
from tests.clients.gl_s20.conftest import SID, NewClient, StartRouter, ok, refused, status


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (400, InvalidReply),
        (404, NotSupported),
        (405, NotSupported),
        (429, DeviceBusy),
        (500, InvalidReply),
        (501, NotSupported),
        (503, DeviceBusy),
        (302, InvalidReply),
    ],
)
async def test_http_status(
    device: ScriptedDevice, scripted: GlS20Client, number: int, error: type[GatehouseError]
) -> None:
    """What a bare status means."""
    device.answer("/wifi/get_status", status(number))
    with pytest.raises(error):
        await scripted.wifi.status()


async def test_error_code_with_an_http_status(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """The device's own words are better than HTTP's."""
    device.answer("/otbr/start", Answer(body=refused(12, "no dataset"), status=500))
    with pytest.raises(CommandRefused, match="no dataset") as caught:
        await scripted.thread.start()
    assert caught.value.code == 12


async def test_success_code_with_a_bad_http_status(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """A success that failed is neither."""
    device.answer("/otbr/start", Answer(body=ok(), status=500))
    with pytest.raises(OutcomeUnknown):
        await scripted.thread.start()


async def test_other_method(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """Where the description has the wrong verb, a read is tried with the other one."""
    device.answer("/sys/export_sys_config", status(405), ok({"cfg_ver": 1}))
    assert (await scripted.system.export_configuration()).reveal() == {"cfg_ver": 1}
    exports = [each for each in device.seen if each.path == "/sys/export_sys_config"]
    assert [each.method for each in exports] == ["POST", "GET"]
    assert exports[1].body == b""
    device.answer("/otbr/export_joiner_list", status(405), ok({"joiner_list_version": "1"}))
    assert (await scripted.joiners.export()).version == "1"
    assert device.last("/otbr/export_joiner_list").method == "POST"
    assert device.last("/otbr/export_joiner_list").body == b"{}"


async def test_command_is_not_tried_with_another_method(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """A command that the firmware lacks is lacking."""
    device.answer("/otbr/generate_thread_network", status(405))
    with pytest.raises(NotSupported):
        await scripted.thread.generate()
    assert device.counts()["/otbr/generate_thread_network"] == 1


@pytest.mark.parametrize("shape", ResultShape)
@pytest.mark.parametrize("code_style", CodeStyle)
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
async def test_forms_of_the_envelope(
    start_router: StartRouter,
    new_client: NewClient,
    shape: ResultShape,
    code_style: CodeStyle,
    content_type: str,
) -> None:
    """Flat or wrapped, with a number, a text or nothing for success, labeled or not."""
    router = await start_router(
        result_shape=shape, code_style=code_style, content_type=content_type
    )
    client = new_client(router)
    assert (await client.identity()).model == "GL-S20"
    assert (await client.system.information()).thread_network is not None
    assert (await client.thread.status()).network.active_dataset
    await client.thread.set_tx_power(5)
    with pytest.raises(CommandRefused):
        await client.joiners.commit()


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "nothing",
        "[]",
        '"text"',
        "null",
        '{"code": "ok"}',
        '{"code": {}}',
        '{"code": 0',
        "[" * 100_000,
        b"\xff\xfe\x00",
        '{"code": ' + "9" * 5000 + "}",
    ],
)
async def test_replies_that_are_none(
    device: ScriptedDevice, scripted: GlS20Client, reply: bytes | str
) -> None:
    """Whatever it is, it is a GatehouseError and not a surprise."""
    device.answer("/sys/get_status", reply)
    with pytest.raises(InvalidReply):
        await scripted.system.status()


@pytest.mark.parametrize(
    ("reply", "code", "message"),
    [
        ({"code": 5}, 5, "error of the device"),
        ({"code": "5", "err_msg": "x"}, 5, "x"),
        ({"code": True}, 1, "error of the device"),
        ({"err_msg": "broken"}, -1, "broken"),
        ({"code": None, "err_msg": "broken"}, -1, "broken"),
        ({"code": -2, "err_msg": "a\nb\x00c" + "d" * 500}, -2, "abc" + "d" * 115),
        ({"code": -2, "err_msg": {"a": 1}}, -2, "error of the device"),
    ],
)
async def test_forms_of_an_error(
    device: ScriptedDevice, scripted: GlS20Client, reply: dict[str, Any], code: int, message: str
) -> None:
    """The code, and a text that can be put into a log."""
    device.answer("/sys/get_status", json.dumps(reply))
    with pytest.raises(CommandRefused) as caught:
        await scripted.system.status()
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    "reply",
    [
        '{"code": false, "result": {"sn": "1"}}',
        '{"code": 0, "sn": "1"}',
        '{"sn": "1"}',
        '{"code": "0", "err_msg": "", "result": {"sn": 1}}',
        '{"code": 0, "result": {"sn": "1", "x": NaN}}',
        b'{"code": 0, "result": {"sn": "1", "x": "\xff\x01"}}',
    ],
)
async def test_forms_of_success(
    device: ScriptedDevice, scripted: GlS20Client, reply: bytes | str
) -> None:
    """All of them carry the serial number."""
    device.answer("/sys/get_status", reply)
    assert (await scripted.system.status()).serial_number == "1"


async def test_small_headers(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """The web server of the device takes 512 bytes of headers on some firmware."""
    device.answer("/otbr/start", ok())
    await scripted.thread.start()
    headers = device.last("/otbr/start").headers
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 512
    assert "Cookie" not in headers
    assert headers["Token"] == SID
    assert device.last("/otbr/start").body == b"{}"
