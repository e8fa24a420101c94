"""Finding the path prefix, and telling a gateway from anything else, without credentials."""

import json

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import CannotConnect, NotSupported
from custom_components.gatehouse.clients.openvox.prefix import (
    CANDIDATES,
    find_prefix,
    normalize_prefix,
)
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice
from tests.clients.openvox.conftest import CHANNELS, ok, refused


@pytest.mark.parametrize("prefix", CANDIDATES)
async def test_each_candidate(
    device: ScriptedDevice, open_session: OpenSession, prefix: str
) -> None:
    """The gateway is found where it is, and asked no further."""
    device.answer(f"{prefix}{CHANNELS}", refused(401, "Please log in"))
    assert await find_prefix(open_session(), device.url) == prefix
    asked = [each.path for each in device.seen]
    assert asked == [f"{each}{CHANNELS}" for each in CANDIDATES[: CANDIDATES.index(prefix) + 1]]


async def test_nothing_is_revealed(device: ScriptedDevice, open_session: OpenSession) -> None:
    """Empty forms, no header, no cookie, no login, wherever it looks."""
    with pytest.raises(NotSupported):
        await find_prefix(open_session(), device.url)
    assert len(device.seen) == len(CANDIDATES)
    for seen in device.seen:
        assert seen.method == "POST"
        assert seen.path.endswith(CHANNELS)
        assert seen.body == b""
        assert "authorization" not in {name.lower() for name in seen.headers}
        assert not seen.cookies


async def test_prefix_of_ones_own(device: ScriptedDevice, open_session: OpenSession) -> None:
    """Where the user knows better, nothing else is tried."""
    device.answer(f"/odd/place{CHANNELS}", refused())
    assert await find_prefix(open_session(), device.url, ("odd/place/",)) == "/odd/place"
    with pytest.raises(NotSupported):
        await find_prefix(open_session(), device.url, ("/api",))


@pytest.mark.parametrize(
    "answer",
    [
        refused(401),
        refused("1001"),
        ok({"idle_channels": 0, "channel_status": []}),
        Answer(body=refused(401), status=401),
        Answer(body=b"\xef\xbb\xbf" + refused().encode()),
        f"<br />\n<b>Notice</b>: Undefined index: {{token}} in /www/a.php\n{refused()}",
    ],
)
async def test_gateway(
    device: ScriptedDevice, open_session: OpenSession, answer: Answer | str
) -> None:
    """Whatever it answers, if only in its own form."""
    device.answer(CHANNELS, answer)
    assert await find_prefix(open_session(), device.url) == ""


@pytest.mark.parametrize(
    "answer",
    [
        "<html>{}</html>",
        "[]",
        "null",
        "",
        json.dumps({"code": 401, "msg": "Invalid token"}),
        json.dumps({"uri": "/x", "msg": "no code"}),
        refused(404, "no such page"),
        Answer(body=refused(401), status=404),
        Answer(status=302, headers={"Location": "/login"}),
        Answer(body=b"\xff\xfe\x00{" * 100),
    ],
)
async def test_something_else(
    device: ScriptedDevice, open_session: OpenSession, answer: Answer | str
) -> None:
    """Other devices speak JSON too, some of them with codes."""
    for prefix in CANDIDATES:
        device.answer(f"{prefix}{CHANNELS}", answer)
    with pytest.raises(NotSupported):
        await find_prefix(open_session(), device.url)
    assert {each.path.removesuffix(CHANNELS) for each in device.seen} == set(CANDIDATES)


async def test_nobody_there(open_session: OpenSession) -> None:
    """Nobody is not somebody else."""
    with pytest.raises(CannotConnect):
        await find_prefix(open_session(), URL("http://127.0.0.1:1"))


@pytest.mark.parametrize(
    ("written", "prefix"),
    [("", ""), ("/", ""), (" api/ ", "/api"), ("/index.php", "/index.php"), ("//a/b", "/a/b")],
)
def test_normal_form(written: str, prefix: str) -> None:
    """However it is written, it means one thing."""
    assert normalize_prefix(written) == prefix


@pytest.mark.parametrize(
    "written", ["a b", "a?b", "a#b", "..", "a/../b", "http://x", "a//b", "a\\b", "%2e%2e", "a\nb"]
)
def test_no_path(written: str) -> None:
    """A prefix leads to no other host and out of nothing."""
    with pytest.raises(ValueError, match="prefix"):
        normalize_prefix(written)
