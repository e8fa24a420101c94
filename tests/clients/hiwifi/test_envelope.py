"""Replies in all three shapes, the codes in them, and what is no reply at all."""

from collections.abc import Callable, Mapping
import json
from typing import Any

from multidict import CIMultiDict, CIMultiDictProxy
import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    BindingLost,
    CommandRefused,
    ConnectionLost,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from custom_components.gatehouse.clients.hiwifi.codes import RequestFaulty, refusal
from custom_components.gatehouse.clients.hiwifi.envelope import (
    Answer,
    WebPage,
    harmless,
    openapi_answer,
    page_answer,
    parse,
    proxy_answer,
    several_answers,
)
from custom_components.gatehouse.clients.transport import Reply
from simulators.hiwifi.errors import Code

KINDS: Mapping[int, type[GatehouseError]] = {
    Code.PARAMETER: CommandRefused,
    Code.NO_UPGRADE: CommandRefused,
    Code.NO_INTERFACE: NotSupported,
    Code.UPGRADE_SERVER: CommandRefused,
    Code.ARGUMENT_TYPE: CommandRefused,
    Code.OFFLINE: ConnectionLost,
    Code.CALL_TIMEOUT: ConnectionLost,
    Code.INTERNAL: CommandRefused,
    Code.METHOD_SYNTAX: NotSupported,
    Code.AUTHORITY: CommandRefused,
    Code.NO_API: NotSupported,
    Code.NOT_INSTALLED: NotPermitted,
    Code.BAD_KEY: AuthenticationFailed,
    Code.ALREADY_BOUND: NotPermitted,
    Code.TOO_MANY_PERMISSIONS: NotPermitted,
    Code.DATA_FORMAT: RequestFaulty,
    Code.NO_PERMISSION_LIST: NotPermitted,
    Code.CHECK_PARAMETER: RequestFaulty,
    Code.NOT_BOUND: BindingLost,
    Code.NO_SECRET: BindingLost,
    Code.SIGNATURE: AuthenticationFailed,
    Code.NO_PERMISSION: NotPermitted,
    Code.BAD_ID: AuthenticationFailed,
    Code.CONTENT_TYPE: RequestFaulty,
    Code.UNKNOWN_ACTION: NotSupported,
    Code.NO_CLIENT_ID: RequestFaulty,
}


def reply(body: str | bytes, status: int = 200) -> Reply:
    """Return a reply."""
    headers: CIMultiDictProxy[str] = CIMultiDictProxy(CIMultiDict())
    content = body if isinstance(body, bytes) else body.encode()
    return Reply(status=status, headers=headers, body=content)


def test_every_code_is_known() -> None:
    """The test knows all that a simulated router says."""
    assert set(KINDS) == set(Code) - {Code.SUCCESS}


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_codes(code: int, kind: type[GatehouseError]) -> None:
    """Each code is its error, in our words, with its number."""
    err = refusal(code, "路由器返回文字描述")
    assert type(err) is kind
    assert f"(code {int(code)})" in str(err)
    assert str(err).isascii()
    if isinstance(err, CommandRefused):
        assert err.code == code


@pytest.mark.parametrize("code", [100012, 100013])
def test_lost_binding_says_what_to_do(code: int) -> None:
    """The cloud, which could bind again, is gone."""
    assert "cloud" in str(refusal(code, ""))
    assert "administrator's password" in str(refusal(code, ""))


def test_unknown_code() -> None:
    """It is explained in the router's words, or not at all."""
    assert str(refusal(4711, "没有")) == "没有 (code 4711)"
    assert str(refusal(4711, "")) == "refused by the router (code 4711)"


@pytest.mark.parametrize(
    ("members", "code", "data"),
    [
        ({"app_code": "0", "code": "0", "app_data": {"a": 1}, "data": ""}, 0, {"a": 1}),
        ({"app_code": 0, "code": 0, "app_data": {"a": 1}}, 0, {"a": 1}),
        ({"app_code": "0", "code": "0", "app_data": '{"a": 1}', "data": ""}, 0, {"a": 1}),
        ({"app_code": "", "code": "0", "app_data": "", "data": {"a": 1}}, 0, {"a": 1}),
        ({"code": "0", "data": {"code": 0, "data": '{"a": 1}'}}, 0, {"a": 1}),
        ({"code": "0", "data": '{"code": "0", "data": "{\\"a\\": 1}"}'}, 0, {"a": 1}),
        ({"code": "0", "app_data": "", "data": {"code": 0, "data": "plain"}}, 0, "plain"),
        ({"app_code": "0", "code": "0", "app_data": {}, "data": ""}, 0, {}),
        ({"app_code": "0", "code": "0", "app_data": [], "data": ""}, 0, []),
        ({"app_code": "100004", "code": "0", "app_data": "", "data": ""}, 100004, ""),
        ({"app_code": "0", "code": "100004", "app_data": "", "data": ""}, 100004, ""),
        ({"app_code": "20", "code": "100001", "app_data": ""}, 100001, ""),
        ({"app_code": "0", "code": "0", "data": {"code": "20", "data": ""}}, 20, None),
        ({"code": 0, "data": {"code": 100005, "request_id": ""}}, 100005, None),
        ({"app_code": 528, "app_data": {}}, 528, {}),
    ],
)
def test_openapi(members: dict[str, Any], code: int, data: object) -> None:
    """Whichever code disagrees is right, wherever the data are."""
    answer = openapi_answer(members)
    assert answer.code == code
    assert answer.ok is (code == 0)
    if data is not None:
        assert answer.data == data


def test_both_codes_are_kept() -> None:
    """Who calls a method by name may want to see them."""
    assert openapi_answer({"code": "0", "app_code": "20"}).app_code == 20
    assert openapi_answer({"code": "0", "data": {"code": 20, "data": ""}}).app_code == 20
    assert openapi_answer({"code": "0", "app_msg": "参数错误", "msg": ""}).message == "参数错误"
    assert proxy_answer({"code": 20}).app_code is None


@pytest.mark.parametrize("decode", [openapi_answer, proxy_answer, page_answer])
@pytest.mark.parametrize("members", [{}, {"code": ""}, {"code": None}, {"code": "x"}, {"code": []}])
def test_no_code(decode: Callable[[Any], Answer], members: dict[str, Any]) -> None:
    """It is no reply of a router."""
    with pytest.raises(InvalidReply):
        decode(members)


def test_other_shapes() -> None:
    """The administrator's replies have no `app_` members; the oldest pages have no data."""
    assert proxy_answer({"code": "0", "data": '{"a": "b"}'}).accepted() == {"a": "b"}
    assert page_answer({"code": 0, "msg": "", "list": []}).accepted() == {"list": []}
    with pytest.raises(NotSupported):
        page_answer({"code": "560", "msg": "请求的接口不存在"}).accepted()


def test_several() -> None:
    """One result for each call, in the order of the calls, each with its own code."""
    results = [
        {"method": "a.b", "result": {"code": 0, "data": {"x": 1}}},
        {"method": "c.d", "result": '{"code": "100004", "data": ""}'},
        {"result": {"code": "0", "data": '{"y": 2}'}},
    ]
    answers = several_answers({"results": results}, ["a.b", "c.d", "e.f"])
    assert [each.code for each in answers] == [0, 100004, 0]
    assert [each.data for each in answers] == [{"x": 1}, "", {"y": 2}]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        {},
        {"results": []},
        {"results": [{"method": "a.b", "result": {"code": 0}}]},
        {"results": [{"method": "c.d", "result": {"code": 0}}] * 2},
        {"results": [{"method": "a.b", "result": {"code": 0}}, {"method": "c.d"}]},
        {"results": ["a.b", "c.d"]},
    ],
)
def test_several_that_do_not_fit(data: object) -> None:
    """An answer is never given to the wrong question."""
    with pytest.raises(InvalidReply):
        several_answers(data, ["a.b", "c.d"])


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("<html></html>", 200, WebPage),
        ("  <!DOCTYPE html>", 200, WebPage),
        ("\ufeff<html>", 200, WebPage),
        ("", 302, WebPage),
        ("Bad Gateway", 502, WebPage),
        ("", 200, InvalidReply),
        ("[]", 200, InvalidReply),
        ('"text"', 200, InvalidReply),
        ('{"code": 0', 200, InvalidReply),
        (b'\x00\xff\xfe{"code":\xc3\x28', 200, InvalidReply),
        ("{" * 100_000, 200, InvalidReply),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, 200, InvalidReply),
    ],
)
def test_no_json(body: str | bytes, status: int, kind: type[InvalidReply]) -> None:
    """A page is told from garbage."""
    with pytest.raises(InvalidReply) as caught:
        parse(reply(body, status))
    assert type(caught.value) is kind


def test_json_counts_whatever_the_status_is() -> None:
    """And whatever stands before it, or is NaN."""
    for status in (200, 400, 500):
        assert parse(reply('\ufeff {"code": 0, "data": NaN}\n', status)) == {
            "code": 0,
            "data": None,
        }
    assert parse(reply(b'{"msg": "\xff\t"}')) == {"msg": "\ufffd\t"}


def test_error_texts_are_cleaned() -> None:
    """Of secrets, of control characters and of their length."""
    message = harmless("key s3cr3t\n\x1b[0m" + "x" * 500, ["s3cr3t", ""])
    assert message.startswith("key **********[0mxxx")
    assert len(message) < 130
    with pytest.raises(CommandRefused) as caught:
        Answer(code=4711, message="bad key hunter22").accepted(["hunter22"])
    assert "hunter22" not in str(caught.value)


def test_data_are_not_shown() -> None:
    """They hold network keys."""
    answer = openapi_answer(
        json.loads('{"code": 0, "msg": "m-hidden", "data": {"key": "k-hidden"}}')
    )
    assert "hidden" not in repr(answer)
