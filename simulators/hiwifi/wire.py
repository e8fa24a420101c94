"""JSON as the router's Lua writes it."""

import json
from typing import Any

from simulators.hiwifi.errors import FRAMEWORK_CODES, Code, DeviceError
from simulators.hiwifi.options import CodePlace, CodeStyle, HiwifiOptions

type Fields = dict[str, Any]


def openapi(result: Any, options: HiwifiOptions) -> bytes:
    """Return the reply to a call that was carried out."""
    return _from_router(code(0, options), "", payload(result, options), "0", options)


def about(fields: Fields, options: HiwifiOptions) -> bytes:
    """Return what the framework itself tells, whose success is text."""
    return _from_router("0", "", payload(fields, options), "0", options)


def openapi_refusal(failure: DeviceError, options: HiwifiOptions) -> bytes:
    """Return the reply to a call that was not."""
    shown = code(failure.code, options)
    app = "0" if options.code_place is CodePlace.OUTER else shown
    outer = "0" if options.code_place is CodePlace.APP else shown
    return _from_router(app, failure.message, payload(failure.data, options), outer, options)


def _from_router(
    app: int | str, message: str, data: Any, outer: int | str, options: HiwifiOptions
) -> bytes:
    """Return a whole reply of the OpenAPI; the router itself is the source."""
    numeric = options.code_style is CodeStyle.NUMBER
    return _json(
        {
            "app_code": int(app) if numeric else app,
            "app_msg": message,
            "app_data": data,
            "code": int(outer) if numeric else outer,
            "msg": "" if outer == "0" else message,
            "data": "",
            "source": "1",
        }
    )


def platform(
    fields: Fields, options: HiwifiOptions, failure: DeviceError | None = None, **app: Any
) -> bytes:
    """Return a reply of the cloud; what a router said is beside it."""
    number, message = (0, "") if failure is None else (failure.code, failure.message)
    data = fields if failure is None else failure.data
    return _json(
        {
            "app_code": "0",
            "app_msg": "",
            "app_data": "",
            **app,
            "code": str(number) if options.code_style is CodeStyle.MIXED else code(number, options),
            "msg": message,
            "data": payload(data, options),
        }
    )


def proxy(result: Any, failure: DeviceError | None, req_id: str, options: HiwifiOptions) -> bytes:
    """Return the reply to an administrator's call."""
    return _json({**outcome(result, failure, options), "req_id": req_id})


def outcome(result: Any, failure: DeviceError | None, options: HiwifiOptions) -> Fields:
    """Return code, message and data of one call."""
    if failure is None:
        return {"code": code(0, options), "msg": "", "data": payload(result, options)}
    return {
        "code": code(failure.code, options),
        "msg": failure.message,
        "data": payload(failure.data, options),
    }


def flat(fields: Fields, options: HiwifiOptions) -> bytes:
    """Return a reply whose fields are beside its code."""
    return _json(_drifted(fields, options))


def code(number: int, options: HiwifiOptions) -> int | str:
    """Return a code as this firmware writes it."""
    match options.code_style:
        case CodeStyle.NUMBER:
            return number
        case CodeStyle.STRING:
            return str(number)
        case CodeStyle.MIXED:
            return str(number) if number in FRAMEWORK_CODES else number


def payload(data: Any, options: HiwifiOptions) -> Any:
    """Return data in the form this firmware gives it."""
    shown = _drifted(data, options)
    return as_text(shown) if options.data_as_text else shown


def as_text(data: Any) -> str:
    """Return data as JSON within a text."""
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _drifted(value: Any, options: HiwifiOptions) -> Any:
    """Return a value as loosely typed as ordered."""
    match value:
        case bool():
            return _drifted(int(value), options) if options.numeric_booleans else value
        case int() | float() if options.numbers_as_text:
            return str(value)
        case dict():
            return {name: _drifted(content, options) for name, content in value.items()}
        case [] | ():
            return {} if options.empty_list_as_object else []
        case list() | tuple():
            return [_drifted(content, options) for content in value]
        case _:
            return value


def _json(fields: Fields) -> bytes:
    """Return bytes with characters as they are."""
    return json.dumps(fields, ensure_ascii=False).encode()


def parsed(body: bytes) -> Fields:
    """Return the object a client sent."""
    try:
        fields = json.loads(body)
    except ValueError as failure:
        raise DeviceError(Code.DATA_FORMAT) from failure
    if not isinstance(fields, dict):
        raise DeviceError(Code.DATA_FORMAT)
    return fields
