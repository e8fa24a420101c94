"""Messages out of a list that is not well formed.

The notification of a picture message brings bytes into the list that spoil it as XML. All other
messages of the list are whole.
"""

from html import unescape
import re
from typing import Any, Final

from ..errors import InvalidReply
from .xml import MalformedReply

_END: Final = "</response>"
_LINE_END: Final = re.compile("\r\n?")
_START: Final = re.compile(r"<message>", re.IGNORECASE)
_TOTAL: Final = re.compile(r"<count>\s*([0-9]{1,9})\s*</count>", re.IGNORECASE)
_FIELD: Final = re.compile(r"<(\w{1,20})>([^<]*)</\1>")

# The one element that people write; its end may be among what is spoiled.
_CONTENT: Final = re.compile(
    r"<(content)>(.*?)(?:</content>|(?=<date>)|\Z)", re.IGNORECASE | re.DOTALL
)


def salvage(reply: MalformedReply) -> dict[str, Any]:
    """Return the fields of a list. Raises InvalidReply where it was cut off, or is no list."""
    head, *messages = _START.split(_LINE_END.sub("\n", reply.text))
    if not reply.text.endswith(_END) or not messages:
        raise InvalidReply(str(reply)) from reply
    total = _TOTAL.search(head)
    return {
        "Count": total[1] if total else None,
        "Messages": {"Message": [_fields(message) for message in messages]},
    }


def _fields(message: str) -> dict[str, str]:
    """Return the elements of one message; what its content holds is none of them.

    Of the content comes what a parser gives, line ends and outer blanks included: it must be the
    same message before and after the list is spoiled.
    """
    content = _CONTENT.search(message)
    others = _CONTENT.sub("", message, count=1)
    found = {name: unescape(value) for name, value in _FIELD.findall(others)}
    return found | ({content[1]: unescape(content[2]).strip()} if content else {})
