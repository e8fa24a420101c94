"""Who a router is, without credentials, on whichever page its firmware has."""

import json
from typing import Any

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import CannotConnect, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hiwifi.open_pages import read_router_info
from simulators.hiwifi import identity
from tests.clients.conftest import Answer, OpenSession
from tests.clients.hiwifi.conftest import (
    FIRMWARES,
    OPEN_PAGE,
    ROOT,
    ROUTER_INFO,
    Recorder,
    StartRouter,
    local,
    proxied,
)

OLDER_PAGE = f"{ROOT}api/system/get_info"
KNOWN = {"mac": identity.MAC, "version": "1.4.8", "board": "HC5962"}


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_every_firmware(
    start_router: StartRouter, open_session: OpenSession, firmware: str
) -> None:
    """Address, version and board are told to everybody; what else is told is not kept."""
    router = await start_router(firmware=firmware)
    info = await read_router_info(open_session(), URL(router.url))
    traits = router.router.options.traits
    assert info.mac == "d4:ee:07:a0:52:01"
    assert (info.version, info.board) == (traits.version, traits.board)
    assert info.name == ("HiWiFi_A05201" if firmware in FIRMWARES[:2] else None)
    assert identity.UUID not in repr(info)
    assert router.lab.handed_on == 0
    assert router.lab.state()["refused_logins"] == 0


async def test_page_of_the_api(device: Recorder, open_session: OpenSession) -> None:
    """Where the administrator's pages tell nothing, that of the API may."""
    for page in (OPEN_PAGE, OLDER_PAGE):
        device.answer(page, Answer(status=404, body="<html>"))
    device.answer(ROUTER_INFO, local(KNOWN))
    info = await read_router_info(open_session(), device.url)
    assert info.board == "HC5962"
    assert device.queries[-1] == {"local": "1"}
    assert device.last(ROUTER_INFO).headers["Host"] == "client.openapi.hiwifi.com"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(status=302, headers={"Location": "/"}),
        "<html>another router</html>",
        "",
        "[]",
        json.dumps({"mac": identity.MAC}),
        proxied(KNOWN, 100004),
        proxied(KNOWN, 100015),
        proxied(KNOWN, 20),
        proxied({"mac": identity.MAC}),
        proxied({"mac": "x", "version": "1", "board": "y"}),
        proxied("text"),
    ],
)
async def test_something_else(device: Recorder, open_session: OpenSession, answer: Any) -> None:
    """Nothing is taken for a router that does not say so."""
    for page in (OPEN_PAGE, OLDER_PAGE, ROUTER_INFO):
        device.answer(page, answer)
    with pytest.raises(NotSupported):
        await read_router_info(open_session(), device.url)
    assert len(device.seen) == 3


async def test_nobody(open_session: OpenSession) -> None:
    """Where nobody answers, that is said."""
    with pytest.raises(CannotConnect):
        await read_router_info(open_session(), URL("http://127.0.0.1:9"))


async def test_endless_page(device: Recorder, open_session: OpenSession) -> None:
    """Whoever sends far too much is no router."""
    device.answer(OPEN_PAGE, " " * 2_000_000)
    with pytest.raises(InvalidReply):
        await read_router_info(open_session(), device.url)
