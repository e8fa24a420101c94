"""Calling a method of a router by its name."""

from collections.abc import Callable
import re
from typing import Any, Final

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.firmware import Generation
from simulators.hiwifi.method_table import METHODS
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

UNSIGNED: Final = "unsign"
_NAME: Final = re.compile(r"[A-Za-z_][\w-]*(\.[\w-]+)+")


class Dispatcher:
    """Finds methods and has the last word on what they return."""

    def __init__(self, alter: Callable[[str, Any], Any]) -> None:
        """Alter changes results by the method's name."""
        self.alter = alter

    def call(self, router: Router, request: Fields) -> Any:
        """Return the result of the method a request names."""
        method = request.get("method")
        if not isinstance(method, str) or not _NAME.fullmatch(method):
            raise DeviceError(Code.METHOD_SYNTAX)
        router.settle()
        router.calls.append(method)
        options = router.options
        if method in options.refused_methods:
            raise DeviceError(Code.NO_PERMISSION)
        _fail(router, method)
        v1 = request.get("version") == Generation.V1
        generation = Generation.V1 if v1 else Generation.V0
        handler = METHODS[generation].get(method)
        if (
            handler is None
            or generation not in options.traits.generations
            or method in options.missing_methods
        ):
            raise DeviceError(Code.NO_API)
        result = handler(router, _arguments(request.get("data"), router))
        router.settle()
        return self.alter(method, result)


def _fail(router: Router, method: str) -> None:
    """Refuse a method that was ordered to fail."""
    if method not in router.failing:
        return
    code, times = router.failing[method]
    if times == 1:
        del router.failing[method]
    elif times is not None:
        router.failing[method] = (code, times - 1)
    raise DeviceError(code)


def _arguments(data: Any, router: Router) -> Arguments:
    """Return the data of a call; PHP writes an empty object as a list."""
    if data is None and not router.options.needs_data:
        data = {}
    if data == []:
        data = {}
    if not isinstance(data, dict):
        raise DeviceError(Code.INTERNAL)
    return Arguments(data)
