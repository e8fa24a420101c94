"""A GL-S20 Thread border router."""

from simulators.gl_s20.options import (
    DEFAULT_PASSWORD,
    CodeStyle,
    ExpiredToken,
    FirmwareCategory,
    FullSessions,
    GlS20Options,
    LogShape,
    PanIdInput,
    PanIdStyle,
    Reach,
    ResultShape,
    UpgradeOutcome,
)
from simulators.gl_s20.simulator import GlS20Simulator

__all__ = [
    "DEFAULT_PASSWORD",
    "CodeStyle",
    "ExpiredToken",
    "FirmwareCategory",
    "FullSessions",
    "GlS20Options",
    "GlS20Simulator",
    "LogShape",
    "PanIdInput",
    "PanIdStyle",
    "Reach",
    "ResultShape",
    "UpgradeOutcome",
]
