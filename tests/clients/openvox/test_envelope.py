"""What goes over the wire: forms of replies, errors and HTTP statuses."""

import pytest

from custom_components.gatehouse.clients.errors import (
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.envelope import Request, encode, parse
from custom_components.gatehouse.clients.secret import Secret
from tests.clients.conftest import Answer, ScriptedDevice
from tests.clients.openvox.conftest import (
    CHANNELS,
    LOGIN,
    NUMBER,
    SEND,
    SPANS,
    TEXT,
    TOKEN,
    form,
    ok,
    refused,
    status,
)

DATA = [{"port": 1, "port_name": "gsm-1", "status": 1}]
NOTICE = (
    "<br />\n<b>Notice</b>:  Undefined index: x in <b>/www/{closure}.php</b> on line <b>7</b><br />"
)


@pytest.mark.parametrize(
    "answer",
    [
        ok(DATA),
        ok(DATA, code="200"),
        ok(DATA, code=" 200 "),
        ok(DATA, code=0),
        "\ufeff" + ok(DATA),
        "\ufeff\ufeff\r\n" + ok(DATA),
        NOTICE + ok(DATA),
        NOTICE * 5 + "\ufeff" + ok(DATA) + NOTICE,
        'PHP Warning: {"broken": {}} ' + ok(DATA),
        '{"other": 1}' + ok(DATA),
        ok(DATA, unknown={"a": [1]}),
        '{"code":200,"data":[{"port":1,"port_name":"gsm-1\n","status":1}]}',
        Answer(body=ok(DATA), headers={"Content-Type": "application/json; charset=iso-8859-1"}),
        Answer(body=ok(DATA), headers={"Content-Type": "image/png"}),
    ],
)
async def test_forms_of_success(
    device: ScriptedDevice, scripted: OpenVoxClient, answer: Answer | str
) -> None:
    """Byte order marks, notices of PHP, codes as texts, any content type."""
    device.answer(SPANS, answer)
    (span,) = await scripted.valid_spans()
    assert (span.port, span.name, span.available) == (1, "gsm-1", True)
    assert device.counts()[SPANS] == 1


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "200",
        "<html>{}</html>",
        "{" * 5000,
        '{"a":' * 5000,
        ok(DATA)[:-20],
        ok(DATA, code=None),
        ok(DATA, code="ok"),
        ok(DATA, code=[200]),
        ok("ports"),
        ok(7),
        '{"uri":"","msg":"","data":[]}',
        refused(0).replace("[]", "null"),
        b"\x00\xff\xfe\xc3\x28",
    ],
)
async def test_no_reply_of_a_gateway(
    device: ScriptedDevice, scripted: OpenVoxClient, answer: bytes | str
) -> None:
    """Never an empty list where there is none."""
    device.answer(SPANS, answer)
    with pytest.raises((InvalidReply, CommandRefused)):
        await scripted.valid_spans()


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (302, InvalidReply),
        (400, InvalidReply),
        (404, NotSupported),
        (405, NotSupported),
        (429, DeviceBusy),
        (500, InvalidReply),
        (501, NotSupported),
        (502, InvalidReply),
        (503, DeviceBusy),
    ],
)
async def test_http_status(
    device: ScriptedDevice, scripted: OpenVoxClient, number: int, error: type[GatehouseError]
) -> None:
    """What a bare status means, and one that goes with a success."""
    for answer in (status(number), Answer(body=ok(DATA), status=number)):
        device.answer(SPANS, answer)
        with pytest.raises(error):
            await scripted.valid_spans()


@pytest.mark.parametrize(
    ("code", "told"), [(1001, 1001), ("1001", 1001), (-1, -1), (0, 0), (404, 404), (201, 201)]
)
async def test_other_codes(
    device: ScriptedDevice, scripted: OpenVoxClient, code: object, told: int
) -> None:
    """The gateway's own reasons, once, with its words."""
    device.answer(SPANS, refused(code, "no such thing", data=None))
    await scripted.channels()
    with pytest.raises(CommandRefused, match="no such thing") as caught:
        await scripted.valid_spans()
    assert caught.value.code == told
    assert device.counts() == {LOGIN: 1, SPANS: 1, CHANNELS: 2}


async def test_code_beats_http_status(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """The gateway's words are better than HTTP's."""
    device.answer(SPANS, Answer(body=refused(1234, "database locked"), status=500))
    with pytest.raises(CommandRefused, match="database locked") as caught:
        await scripted.valid_spans()
    assert caught.value.code == 1234


async def test_refusal_without_words(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Somebody has to say something."""
    device.answer(SPANS, refused(5, ""))
    with pytest.raises(CommandRefused, match="error of the gateway"):
        await scripted.valid_spans()


async def test_not_permitted(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Refused for this login only, as another reading proves: no new login."""
    for answer in (refused(403, "only for root"), status(401), Answer(body=refused(5), status=403)):
        device.answer(SPANS, answer)
        with pytest.raises(NotPermitted):
            await scripted.valid_spans()
    assert device.counts()[LOGIN] == 1
    assert device.counts()[CHANNELS] == 3


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (f"cannot send to {NUMBER}!", "cannot send to **********!"),
        (f"bad text: {TEXT}", "bad text: **********"),
        ("IMSI 460001234567890 busy", "IMSI ********** busy"),
        ("port 3\r\n is\x00 busy", "port 3 is busy"),
        ("x" * 500, "x" * 120),
    ],
)
async def test_error_text_is_harmless(
    device: ScriptedDevice, scripted: OpenVoxClient, told: str, shown: str
) -> None:
    """Neither what was sent nor anybody's number, and not too long."""
    device.answer(SEND, refused(7, told))
    with pytest.raises(CommandRefused) as caught:
        await scripted.send(1, NUMBER, TEXT)
    assert caught.value.message == shown


async def test_short_text_is_hidden_as_a_word(
    device: ScriptedDevice, scripted: OpenVoxClient
) -> None:
    """Without garbling every word that has it inside."""
    device.answer(SEND, refused(7, "yesterday ye said"))
    with pytest.raises(CommandRefused) as caught:
        await scripted.send(1, "10086", "ye")
    assert caught.value.message == "yesterday ********** said"


async def test_form(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Plus signs, blanks, line ends and everything beyond ASCII arrive as they are."""
    device.answer(SEND, ok({"send_list": {"id": "1"}, "reject_list": ""}))
    text = "a+b=c&d %20 ä 🚪\n$"
    await scripted.send(3, NUMBER, text)
    assert b"%2B8613800138000" in device.last(SEND).body
    assert form(device.last(SEND)) == {
        "spans[]": "3",
        "dest_num": NUMBER,
        "msg": text,
        "mode": "0",
    }


def test_request_hides_its_form() -> None:
    """A request may end up in a traceback."""
    assert TEXT not in repr(Request(path="/x", form={"plain": TEXT}))


def test_encoding_reveals_on_the_wire_only() -> None:
    """The form is complete, and what was secret in it is known."""
    data, secrets = encode({"a": Secret(TOKEN), "b": 1, "c": Secret("")})
    assert data == f"a={TOKEN}&b=1&c=".encode()
    assert secrets == {TOKEN}


def test_parse_is_bounded() -> None:
    """Hundreds of thousands of braces take no time."""
    assert parse(b'{"a' * 300_000) is None
    assert parse(b"{" * 1_000_000) is None
