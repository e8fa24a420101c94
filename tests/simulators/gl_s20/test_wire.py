"""The same content in the other forms a firmware may give it."""

import json
from typing import Any

import pytest

from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import WebPage


async def reply(page: WebPage, path: str) -> dict[str, Any]:
    """Return a whole reply."""
    _, _, body = await page.raw("GET", path)
    content: dict[str, Any] = json.loads(body)
    return content


async def test_flat(make_router: MakeRouter, open_page: OpenPage) -> None:
    """Fields may be beside the code."""
    router = await make_router()
    page = await open_page(router)
    router.lab.set_options(result_shape="flat")
    assert await reply(page, "sys/get_info") == {
        "code": 0,
        "wan_status": 2,
        "thread_nwk_status": 1,
        "thread_commissioner_status": 0,
    }
    assert set(await reply(page, "ui/challenge")) == {"code", "alg", "salt", "nonce"}


@pytest.mark.parametrize(
    ("style", "success", "failure"),
    [("number", 0, -3), ("string", "0", "-3"), ("missing", None, -3)],
)
async def test_code(
    make_router: MakeRouter, open_page: OpenPage, style: str, success: Any, failure: Any
) -> None:
    """The code may be text, or left out of a success."""
    router = await make_router()
    page = await open_page(router)
    router.lab.set_options(code_style=style)
    assert (await reply(page, "sys/get_info")).get("code") == success
    page.token = "nobody"
    assert (await reply(page, "sys/get_info"))["code"] == failure


@pytest.mark.parametrize(
    ("style", "shown"), [("hex_string", "0x51a2"), ("decimal_string", "20898"), ("number", 20898)]
)
async def test_pan_id(make_router: MakeRouter, open_page: OpenPage, style: str, shown: Any) -> None:
    """A PAN ID comes in three forms."""
    page = await open_page(await make_router(pan_id_style=style))
    assert (await page.get("otbr/get_status"))["Network"]["PanId"] == shown


@pytest.mark.parametrize(("shape", "kind"), [("field", dict), ("string", str), ("list", list)])
async def test_log(
    make_router: MakeRouter, open_page: OpenPage, shape: str, kind: type[object]
) -> None:
    """The log comes in several forms, with the same lines."""
    page = await open_page(await make_router(log_shape=shape))
    content = (await reply(page, "sys/get_log"))["result"]
    assert type(content) is kind
    assert "W (0) boot: started" in str(content)


async def test_raw_log(make_router: MakeRouter, open_page: OpenPage) -> None:
    """The log may come as plain text."""
    page = await open_page(await make_router(log_shape="raw_text"))
    assert (await page.raw("GET", "sys/get_log"))[2] == b"W (0) boot: started\n"


async def test_content_type(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may not say that it sends JSON, neither in a success nor in a refusal."""
    router = await make_router()
    page = await open_page(router)
    router.lab.set_options(content_type="text/plain")
    for token in (page.token, "nobody"):
        page.token = token
        status, content_type, body = await page.raw("GET", "sys/get_info")
        assert (status, content_type) == (200, "text/plain")
        assert "code" in json.loads(body)


async def test_values(make_router: MakeRouter, open_page: OpenPage) -> None:
    """Numbers stand for booleans and text, lists and words for single values."""
    router = await make_router(
        numeric_booleans=True,
        numeric_api_version=True,
        on_mesh_prefix_list=True,
        bbr_state_names=True,
        active_commissioner=2,
    )
    page = await open_page(router)
    status = await page.get("otbr/get_status")
    assert status["OpenThreadVersionAPI"] == 370
    assert status["Network"]["OnMeshPrefix"] == ["fd11:2233:4455:6677::/64"]
    known = await page.get("ui/check_initialized")
    assert type(known["initialized"]) is int
    await page.post("otbr/enable_bbr")
    assert await page.get("otbr/get_bbr_status") == {"State": "Primary"}
    router.lab.press_iot_button()
    router.lab.advance(1)
    assert await page.get("otbr/get_commissioning_status") == {"State": 2}
