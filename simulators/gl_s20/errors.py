"""The refusals a border router answers with."""

from enum import IntEnum


class Code(IntEnum):
    """Error codes the simulator uses; the vendor documents only that zero is success."""

    FAILED = -1
    PARAMETER = -2
    TOKEN = -3
    LOGIN = -4
    BUSY = -5
    FULL = -6
    UNKNOWN_ENDPOINT = -7
    ALREADY_INITIALIZED = -8


class DeviceError(Exception):
    """A reply that refuses: a code and a sentence."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message)
        self.code = int(code)
        self.message = message
