"""The refusals a gateway answers with."""

from enum import IntEnum


class Code(IntEnum):
    """Codes of a reply; the vendor publishes only that 200 is success."""

    SUCCESS = 200
    PARAMETER = 400
    UNAUTHORIZED = 401
    FAILED = 500


class DeviceError(Exception):
    """A reply that refuses: a code and a sentence."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message)
        self.code = int(code)
        self.message = message


def refused(name: str) -> DeviceError:
    """Return the refusal of a field."""
    return DeviceError(Code.PARAMETER, f"Invalid parameter: {name}")
