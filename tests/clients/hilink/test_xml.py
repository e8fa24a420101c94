"""XML of HiLink devices: what they send, and what they are sent."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hilink.xml import MalformedReply, decode, encode

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\r\n'
EMOJI_AS_SURROGATES = b"\xed\xa0\xbd\xed\xb8\x80"
"""The grinning face as devices write it: CESU-8."""


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"", ""),
        (b" \r\n", ""),
        (b"<response/>", ""),
        (b"<response></response>", ""),
        (DECLARATION + b"<response>OK</response>\r\n", "OK"),
        (b"<response>ok</response>", "ok"),
        (b"<response>Idle</response>", "Idle"),
        (b"<config><a>1</a></config>", {"a": "1"}),
        (b"\xef\xbb\xbf" + DECLARATION + b"<response><a>1</a></response>", {"a": "1"}),
        (b"\xef\xbb\xbf\r\n" + DECLARATION + b"<response/>", ""),
        (b"\xef\xbb\xbf", ""),
        (b"\r\n" + DECLARATION + b"<response><a>1</a></response>", {"a": "1"}),
        (b"<response><a></a><b/><c> </c></response>", {"a": None, "b": None, "c": None}),
        (b"<response><a>x &amp; y</a></response>", {"a": "x & y"}),
        (b"<response><a>&gt;=-51dBm</a></response>", {"a": ">=-51dBm"}),
    ],
)
def test_success(body: bytes, content: object) -> None:
    """All the ways to say that all is well."""
    assert decode(body) == content


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head><title>Login</title></head><body><br></body></html>",
        b"<html><body/></html>",
        b"<response><a>1</a>",
        b"<response><a>1</b></response>",
        b"<response>\xc3\x28<a>",
        b"OK",
        b'{"code": 0}',
        b"\xff\xfe\xfd",
        b"<response/><response/>",
    ],
)
def test_no_reply_of_a_device(body: bytes) -> None:
    """A captive portal, a page while the device restarts, half a reply: never a success."""
    with pytest.raises(InvalidReply):
        decode(body)


def test_invalid_reply_keeps_the_text_to_itself() -> None:
    """What could not be read may hold a password or a message."""
    with pytest.raises(InvalidReply) as caught:
        decode(b"<response><Content>my secret</b></response>")
    assert "secret" not in str(caught.value)


def test_error_with_message() -> None:
    """An error comes in HTTP 200."""
    with pytest.raises(NotSupported):
        decode(b"<error><code>100002</code><message>whatever</message></error>")


@pytest.mark.parametrize(
    "body",
    [
        b"<error><code>100006</code><message></message></error>",
        b"<error><code>100006</code><message/></error>",
        b"<error><code>100006</code></error>",
        b"<error>\r\n<code>100006</code>\r\n<count>1</count>\r\n</error>",
    ],
)
def test_error_without_message(body: bytes) -> None:
    """The message may be empty or missing, and other elements may be there."""
    with pytest.raises(CommandRefused) as caught:
        decode(body)
    assert caught.value.code == 100006


@pytest.mark.parametrize("body", [b"<error/>", b"<error>busy</error>", b"<error><code/></error>"])
def test_error_without_code(body: bytes) -> None:
    """An error stays an error when it does not say which."""
    with pytest.raises(CommandRefused) as caught:
        decode(body)
    assert caught.value.code == 100001


def test_numeric_entities() -> None:
    """Tokens are written with them."""
    assert decode(b"<response><TokInfo>a&#x2F;b&#43;c&#x3d;</TokInfo></response>") == {
        "TokInfo": "a/b+c="
    }


@pytest.mark.parametrize("declared", [b"UTF-8", b"utf-8", b"ISO-8859-1", b"GB2312", b"us-ascii"])
def test_utf8_whatever_is_declared(declared: bytes) -> None:
    """The devices write UTF-8 under any name."""
    declaration = b'<?xml version="1.0" encoding="' + declared + b'"?>'
    body = declaration + "<response><a>Größe Привет</a></response>".encode()
    assert decode(body) == {"a": "Größe Привет"}


def test_garbage_bytes_do_not_spoil_the_rest() -> None:
    """An MMS notification puts invalid bytes into a list."""
    body = b"<response><a>\xc2\xbe\xc2\xaf\xbe\xaf\x84\xff</a><b>2</b></response>"
    content = decode(body)
    assert isinstance(content, dict)
    assert content["a"].startswith("¾¯")
    assert content["b"] == "2"


def test_latin1_bytes_do_not_spoil_the_rest() -> None:
    """A name in another character set costs its letters, not the reply."""
    content = decode("<response><FullName>Télé 2</FullName><b>2</b></response>".encode("latin-1"))
    assert content == {"FullName": "T\ufffdl\ufffd 2", "b": "2"}


def test_control_characters_are_dropped() -> None:
    """XML forbids them, yet they come in texts that people sent."""
    assert decode(b"<response><a>x\x00\x01\x08\x0b\x0c\x1by\tz\nw</a></response>") == {
        "a": "xy\tz\nw"
    }


def test_emoji_as_surrogates_are_read() -> None:
    """A pair of surrogates is one character."""
    assert decode(b"<response><a>" + EMOJI_AS_SURROGATES + b"</a></response>") == {"a": "😀"}


def test_emoji_as_utf8_are_read() -> None:
    """Proper UTF-8 is understood as well."""
    assert decode("<response><a>😀</a></response>".encode()) == {"a": "😀"}


def test_half_a_surrogate_pair_is_replaced() -> None:
    """A text cut between the two halves can still be read."""
    content = decode(b"<response><a>x\xed\xa0\xbd</a><b>2</b></response>")
    assert content == {"a": "x\ufffd", "b": "2"}


def test_large_numbers_stay_text() -> None:
    """No number is converted, so none can lose digits or leading zeros."""
    body = b"<response><TotalDownload>18446744073709551616</TotalDownload><id>00123</id></response>"
    assert decode(body) == {"TotalDownload": "18446744073709551616", "id": "00123"}


@pytest.mark.parametrize(
    ("inner", "hosts"),
    [
        (b"", None),
        (b"<Host><ID>1</ID></Host>", {"Host": {"ID": "1"}}),
        (
            b"<Host><ID>1</ID></Host><Host><ID>2</ID></Host>",
            {"Host": [{"ID": "1"}, {"ID": "2"}]},
        ),
    ],
)
def test_one_or_many(inner: bytes, hosts: object) -> None:
    """None is None, one is a dictionary, several are a list."""
    assert decode(b"<response><Hosts>" + inner + b"</Hosts></response>") == {"Hosts": hosts}


def test_billion_laughs_are_refused() -> None:
    """Entities of its own could make a small reply expand without bound."""
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    body = f'<!DOCTYPE r [<!ENTITY e0 "lol">{levels}]><response><a>&e9;</a></response>'
    with pytest.raises(InvalidReply):
        decode(body.encode())


def test_external_entity_is_refused() -> None:
    """A reply must not make the house read a file."""
    body = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><response>&e;</response>'
    with pytest.raises(InvalidReply):
        decode(body)


def nested(levels: int) -> bytes:
    """Return a reply with so many levels of elements below its root."""
    return b"<response>" + b"<a>" * levels + b"x" + b"</a>" * levels + b"</response>"


def test_usual_depth_is_accepted() -> None:
    """The deepest known reply has five levels."""
    assert decode(nested(5)) == {"a": {"a": {"a": {"a": {"a": "x"}}}}}


@pytest.mark.parametrize("levels", [20, 100_000])
def test_too_deep_is_refused(levels: int) -> None:
    """Neither a little too deep nor absurdly deep does any harm."""
    with pytest.raises(InvalidReply):
        decode(nested(levels))


def test_order_of_a_request_is_kept() -> None:
    """Some firmware refuses the same elements in another order."""
    body = encode({"PageIndex": 1, "ReadCount": 20, "BoxType": 1, "Ascending": 0})
    assert body.endswith(
        b"<request><PageIndex>1</PageIndex><ReadCount>20</ReadCount>"
        b"<BoxType>1</BoxType><Ascending>0</Ascending></request>"
    )
    assert body.startswith(b"<?xml")


def test_empty_and_repeated_elements_of_a_request() -> None:
    """None is an empty element, a list repeats it."""
    body = encode({"Phones": {"Phone": ["+491", "+492"]}, "Sca": None})
    assert body.endswith(
        b"<request><Phones><Phone>+491</Phone><Phone>+492</Phone></Phones><Sca></Sca></request>"
    )


def test_markup_of_a_request_is_escaped() -> None:
    """A text cannot end its element."""
    body = encode({"Content": "</Content><Phone>1</Phone> & 1 < 2"})
    assert body.count(b"<Phone>") == 0
    assert b"&lt;/Content&gt;&lt;Phone&gt;1&lt;/Phone&gt; &amp; 1 &lt; 2" in body


def test_emoji_of_a_request_become_surrogates() -> None:
    """The devices know no four-byte UTF-8; everything else is sent as it is."""
    body = encode({"Content": "Grüße 😀!"})
    assert "Grüße ".encode() + EMOJI_AS_SURROGATES + b"!" in body


@pytest.mark.parametrize(
    "text", ["Привет", "a😀b👩‍🚀c", "5 < 6 & 7 > 2 \"quoted\" 'so'", "two\nlines"]
)
def test_both_ways(text: str) -> None:
    """What is written as a device reads it is read as a device writes it."""
    fields: dict[str, Any] = {"Content": text}
    sent = (
        encode(fields).replace(b"<request>", b"<response>").replace(b"</request>", b"</response>")
    )
    assert decode(sent) == fields


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"<response><a>x\xff\x84y</a></response>", "x\ufffd\ufffdy"),
        (b"<response><a>\xff" + EMOJI_AS_SURROGATES + b"</a></response>", "\ufffd\U0001f600"),
        (b"<response><a>\xed\xa0\xbd!</a></response>", "\ufffd!"),
        (b"<response><a>\xef\xbf\xbf!</a></response>", "!"),
        (b"<response><a>&#1;&#x0B;&#xFFFE;&#9999999999;!</a></response>", "!"),
        (b"<response><a>x&#10;y&#x1F600;</a></response>", "x\ny\U0001f600"),
        (b"<response><a>&#55357;&#56832;</a></response>", "\U0001f600"),
        (b"<response><a>&#xD83D;&#xDE00; &#60;</a></response>", "\U0001f600 <"),
    ],
)
def test_what_xml_forbids(body: bytes, content: str) -> None:
    """Characters that XML forbids cost themselves and nothing else."""
    assert decode(body) == {"a": content}


def test_malformed_reply_can_be_looked_at() -> None:
    """Whoever knows what the reply should be may look at it; nobody reads it in a log."""
    with pytest.raises(MalformedReply) as caught:
        decode(b"<response><a>private & \xed\xa0\xbd\xed\xb8\x80</a></response>")
    assert caught.value.text == "<response><a>private & \U0001f600</a></response>"
    assert "private" not in f"{caught.value!r} {caught.value}"
