"""Typed content of HiLink replies, one class for each request."""

from typing import Final

from .access import LoginState, Modules
from .device import BasicInformation, DeviceInformation
from .messages import (
    MessageKind,
    MessageStatus,
    SmsConfig,
    SmsList,
    SmsSplitInfo,
    StoredMessage,
)
from .monitoring import (
    ConvergedStatus,
    DataPlan,
    MonthStatistics,
    Notifications,
    Status,
    Traffic,
)
from .net import MobileData, NetworkMode, Operator
from .reply import Reply
from .signal import LTE_MODES, RadioMode, Signal
from .sms import SmsCount, SmsSendStatus
from .ussd import UssdContent, UssdState, UssdStatus

MODELS: Final[tuple[type[Reply], ...]] = (
    BasicInformation,
    ConvergedStatus,
    DataPlan,
    DeviceInformation,
    LoginState,
    MobileData,
    Modules,
    MonthStatistics,
    NetworkMode,
    Notifications,
    Operator,
    Signal,
    SmsConfig,
    SmsCount,
    SmsList,
    SmsSendStatus,
    SmsSplitInfo,
    Status,
    Traffic,
    UssdContent,
    UssdStatus,
)
"""All models."""

__all__ = [
    "LTE_MODES",
    "MODELS",
    "BasicInformation",
    "ConvergedStatus",
    "DataPlan",
    "DeviceInformation",
    "LoginState",
    "MessageKind",
    "MessageStatus",
    "MobileData",
    "Modules",
    "MonthStatistics",
    "NetworkMode",
    "Notifications",
    "Operator",
    "RadioMode",
    "Reply",
    "Signal",
    "SmsConfig",
    "SmsCount",
    "SmsList",
    "SmsSendStatus",
    "SmsSplitInfo",
    "Status",
    "StoredMessage",
    "Traffic",
    "UssdContent",
    "UssdState",
    "UssdStatus",
]
