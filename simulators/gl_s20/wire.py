"""JSON as the border router writes it."""

from collections.abc import Mapping
import json
from typing import Any

from simulators.gl_s20.errors import DeviceError
from simulators.gl_s20.options import CodeStyle, GlS20Options, ResultShape

type Fields = dict[str, Any]


class RawText(str):
    """A reply that is no JSON at all."""

    __slots__ = ()


def response(result: Any, options: GlS20Options) -> bytes:
    """Return a successful reply; a command without fields answers with the code alone."""
    if isinstance(result, RawText):
        return result.encode()
    content = _plain(result) if options.numeric_booleans else result
    envelope = _code(0, options)
    if options.result_shape is ResultShape.FLAT and isinstance(content, Mapping):
        envelope |= content
    elif content != {}:
        envelope["result"] = content
    return json.dumps(envelope).encode()


def error(failure: DeviceError, options: GlS20Options) -> bytes:
    """Return a refusal."""
    code = str(failure.code) if options.code_style is CodeStyle.STRING else failure.code
    return json.dumps({"code": code, "err_msg": failure.message}).encode()


def _code(code: int, options: GlS20Options) -> Fields:
    """Return the code of a success as this firmware writes it."""
    match options.code_style:
        case CodeStyle.NUMBER:
            return {"code": code}
        case CodeStyle.STRING:
            return {"code": str(code)}
        case CodeStyle.MISSING:
            return {}


def _plain(value: Any) -> Any:
    """Return a value with numbers for booleans."""
    match value:
        case bool():
            return int(value)
        case dict():
            return {name: _plain(content) for name, content in value.items()}
        case list():
            return [_plain(content) for content in value]
        case _:
            return value
