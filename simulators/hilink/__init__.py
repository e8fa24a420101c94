"""A Huawei HiLink modem."""

from simulators.hilink.options import (
    DEFAULT_PASSWORD,
    HilinkOptions,
    LoginKind,
    SessionPolicy,
    SmsEncryption,
    SmsOutcome,
    SmsStyle,
    TokenRotation,
    TokenStyle,
)
from simulators.hilink.simulator import HilinkSimulator

__all__ = [
    "DEFAULT_PASSWORD",
    "HilinkOptions",
    "HilinkSimulator",
    "LoginKind",
    "SessionPolicy",
    "SmsEncryption",
    "SmsOutcome",
    "SmsStyle",
    "TokenRotation",
    "TokenStyle",
]
