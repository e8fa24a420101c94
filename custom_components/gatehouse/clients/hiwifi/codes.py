"""The codes of replies: what each means, and which error it is.

Source: the seed's "错误代码表"; those below 100001 were seen in firmware and clients.
"""

from collections.abc import Mapping
from typing import Final

from ..errors import (
    AuthenticationFailed,
    BindingLost,
    CommandRefused,
    ConnectionLost,
    GatehouseError,
    NotPermitted,
    NotSupported,
)

SUCCESS: Final = 0
WRONG_PARAMETER: Final = 20
INTERNAL_ERROR: Final = 100001
METHOD_SYNTAX: Final = 100002
NO_METHOD: Final = 100004
MALFORMED: Final = 100009
ALREADY_BOUND: Final = 100007
OFFLINE: Final = 10150
UNANSWERED: Final = 10160
NO_SUCH_ACTION: Final = 100018
NO_CLIENT_ID: Final = 100019


class RequestFaulty(CommandRefused):
    """The request itself was not in order, whatever it asked for; nothing was done."""


_REMEDY: Final = (
    "the vendor's cloud, which could bind it again, is shut down: bind it by SSH, or use the "
    "administrator's password"
)

type _Meaning = tuple[type[GatehouseError], str]

_MEANINGS: Final[Mapping[int, _Meaning]] = {
    WRONG_PARAMETER: (CommandRefused, "a parameter is wrong"),
    511: (CommandRefused, "the router cannot do that"),
    514: (CommandRefused, "the router cannot do that"),
    528: (CommandRefused, "there is no newer firmware"),
    560: (NotSupported, "the interface does not exist"),
    1000: (CommandRefused, "the upgrade server does not answer"),
    10125: (CommandRefused, "a parameter has the wrong type"),
    # Seen with the cloud only, for routers that it does not reach. Whether the call got through
    # is documented nowhere.
    OFFLINE: (ConnectionLost, "the cloud does not reach the router"),
    UNANSWERED: (ConnectionLost, "the router did not answer the cloud in time"),
    INTERNAL_ERROR: (CommandRefused, "internal error of the router"),
    METHOD_SYNTAX: (NotSupported, "the router cannot make sense of the method"),
    100003: (CommandRefused, "the router could not check the permission"),
    NO_METHOD: (NotSupported, "the router does not have the method"),
    100005: (NotPermitted, "the plug-in is not installed, or not authorized"),
    100006: (AuthenticationFailed, "the client secret is not valid"),
    ALREADY_BOUND: (NotPermitted, "the client is bound already"),
    100008: (NotPermitted, "more permissions were asked for than the plug-in has"),
    MALFORMED: (RequestFaulty, "the data of the call are malformed"),
    100010: (NotPermitted, "the router has lost the list of permissions"),
    100011: (RequestFaulty, "signature or device id are missing or malformed"),
    100012: (BindingLost, f"the client is not bound to the router; {_REMEDY}"),
    100013: (BindingLost, f"the router has lost the client secret; {_REMEDY}"),
    100014: (AuthenticationFailed, "the signature is wrong"),
    100015: (NotPermitted, "no permission for the method"),
    100016: (AuthenticationFailed, "app id or client id are not valid"),
    100017: (RequestFaulty, "the content type must be application/json"),
    NO_SUCH_ACTION: (NotSupported, "the action does not exist"),
    NO_CLIENT_ID: (RequestFaulty, "the client id is missing"),
}

READ_AGAIN: Final = frozenset({INTERNAL_ERROR, 100003})
"""May be gone the next time, so that a reading is worth a second attempt."""


def refusal(code: int, message: str) -> GatehouseError:
    """Return the error for a code; the router's own message explains an unknown one."""
    kind, meaning = _MEANINGS.get(code, (CommandRefused, message or "refused by the router"))
    if issubclass(kind, CommandRefused):
        return kind(code, meaning)
    return kind(f"{meaning} (code {code})")
