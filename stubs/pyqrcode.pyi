# What of it is used; it comes without types.
from typing import BinaryIO

class QRCode:
    code: list[list[int]]
    def svg(self, file: BinaryIO, *, scale: float = ..., background: str | None = ...) -> None: ...

def create(
    content: str, *, error: str = ..., mode: str | None = ..., encoding: str | None = ...
) -> QRCode: ...
