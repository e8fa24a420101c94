"""What the gateway accepts: checks to make before anything is sent.

Each check returns None or raises ValueError; its text says what is wrong and never repeats the
value, which may be nobody's business.
"""

from collections.abc import Collection
import re
from typing import Final

from .models import PushConfiguration

_NUMBER: Final = re.compile(r"\+?[0-9*#]{1,20}")
_USSD_CODE: Final = re.compile(r"[0-9*#]{1,182}")
"""At most what one USSD string carries (3GPP TS 23.038)."""

_HOST: Final = re.compile(r"[A-Za-z0-9._:\[\]-]{1,253}")
_PATH: Final = re.compile(r"[^\s/?#][^\s?#]*")
_PARAMETER: Final = re.compile(r"[A-Za-z0-9_.-]{0,64}")
_USER_DEFINED: Final = re.compile(r"(?:[^\s#&=]+=[^\s#&=]*(?:&(?!$)|$))*")
_SCHEMES: Final = frozenset({"http", "https"})
_TCP_PORT: Final = re.compile(r"[0-9]{1,5}")
_TCP_PORTS: Final = range(1, 65536)


def check_port(value: int) -> None:
    """Check the number of a port; the first is 1, and only the gateway knows the last."""
    if value < 1:
        raise ValueError("ports are numbered from 1")


def check_ports(values: Collection[int]) -> None:
    """Check the numbers of several ports."""
    if not values:
        raise ValueError("at least one port is needed")
    for value in values:
        check_port(value)


def check_number(value: str) -> None:
    """Check a phone number as the network wants it: digits, maybe a plus sign in front."""
    if not _NUMBER.fullmatch(value):
        raise ValueError("a phone number has up to 20 digits and maybe a plus sign in front")


def check_text(value: str) -> None:
    """Check the text of a message; how long it may be is documented nowhere."""
    if not value:
        raise ValueError("a message has a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("the text is not Unicode") from None


def check_page(page: int, size: int) -> None:
    """Check which page is wanted, and how long it is."""
    if page < 1 or size < 1:
        raise ValueError("pages are numbered from 1 and have at least one message")


def check_ussd_code(value: str) -> None:
    """Check a USSD code: digits, asterisks and hash signs."""
    if not _USSD_CODE.fullmatch(value):
        raise ValueError("a USSD code has up to 182 digits, asterisks and hash signs")


def check_push(configuration: PushConfiguration) -> None:
    """Check where the gateway is to push to, and with which parameters."""
    if configuration.scheme not in _SCHEMES:
        raise ValueError("the gateway pushes by http or https")
    if not _HOST.fullmatch(configuration.host):
        raise ValueError("the host is a name or an address")
    port = configuration.port
    if not (_TCP_PORT.fullmatch(port) and int(port) in _TCP_PORTS):
        raise ValueError("the port lies between 1 and 65535")
    if not _PATH.fullmatch(configuration.path):
        raise ValueError("the path has no slash in front, no blanks and no parameters")
    names = [name for name in configuration.names.values() if name]
    if not all(_PARAMETER.fullmatch(name) for name in names):
        raise ValueError("names of parameters have up to 64 letters, digits, _, - and .")
    if len(names) != len(set(names)):
        raise ValueError("each parameter needs a name of its own")
    if not _USER_DEFINED.fullmatch(configuration.user_defined):
        raise ValueError("parameters of your own are written name=value and joined by &")
