"""An OpenVox multi-port SMS gateway."""

from simulators.openvox.options import (
    DEFAULT_PASSWORD,
    DEFAULT_USERNAME,
    DEFAULT_USSD_PASSWORD,
    CodeStyle,
    EmptyShape,
    ExpiredToken,
    ListShape,
    OpenVoxOptions,
    PastLastPage,
    PortStyle,
    SendOutcome,
    SeveralSpans,
    UssdFormat,
)
from simulators.openvox.simulator import OpenVoxSimulator

__all__ = [
    "DEFAULT_PASSWORD",
    "DEFAULT_USERNAME",
    "DEFAULT_USSD_PASSWORD",
    "CodeStyle",
    "EmptyShape",
    "ExpiredToken",
    "ListShape",
    "OpenVoxOptions",
    "OpenVoxSimulator",
    "PastLastPage",
    "PortStyle",
    "SendOutcome",
    "SeveralSpans",
    "UssdFormat",
]
