"""Replies as the gateway's PHP writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
import json
from typing import Any

from simulators.openvox.errors import Code, DeviceError
from simulators.openvox.options import CodeStyle, EmptyShape, ListShape, OpenVoxOptions

type Fields = dict[str, Any]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Form(Enum):
    """How the documents show a collection."""

    LIST = auto()
    MAP = auto()
    SINGLE = auto()
    """The only element by itself."""


@dataclass(frozen=True, kw_only=True)
class Collection:
    """Several things, each with a key that is shown only in a map."""

    items: Mapping[str, Any]
    form: Form = Form.LIST
    empty: Any = ()


def resolved(value: Any, options: OpenVoxOptions) -> Any:
    """Return plain data with every collection in the form this firmware gives it."""
    match value:
        case Collection(items=items) if not items:
            return _empty(value, options)
        case Collection(items=items):
            return _collected(
                {key: resolved(each, options) for key, each in items.items()}, value.form, options
            )
        case dict():
            return {name: resolved(content, options) for name, content in value.items()}
        case _:
            return value


def _empty(collection: Collection, options: OpenVoxOptions) -> Any:
    """Return a collection of nothing."""
    match options.empty_shape:
        case EmptyShape.DOCUMENTED:
            return collection.empty
        case EmptyShape.TEXT:
            return ""
        case EmptyShape.LIST:
            return []
        case EmptyShape.NULL:
            return None


def _collected(items: Fields, form: Form, options: OpenVoxOptions) -> Any:
    """Return a collection of something."""
    values = list(items.values())
    match options.list_shape:
        case ListShape.LIST:
            return values
        case ListShape.DICT:
            return items
        case ListShape.DOCUMENTED if form is Form.SINGLE and len(values) == 1:
            return values[0]
        case ListShape.DOCUMENTED:
            return items if form is Form.MAP else values


def success(uri: str, data: Any, message: str, options: OpenVoxOptions) -> bytes:
    """Return the reply to a request that was carried out."""
    return _envelope(uri, Code.SUCCESS, message, data, options)


def refusal(uri: str, failure: DeviceError, options: OpenVoxOptions) -> bytes:
    """Return the reply to a request that was not."""
    return _envelope(uri, failure.code, failure.message, [], options)


def _envelope(uri: str, code: int, message: str, data: Any, options: OpenVoxOptions) -> bytes:
    """Return a whole reply."""
    shown = str(int(code)) if options.code_style is CodeStyle.STRING else int(code)
    text = json.dumps({"uri": uri, "msg": message, "code": shown, "data": data})
    mark = BYTE_ORDER_MARK if options.bom else b""
    return mark + options.notice.encode() + text.encode()
