"""A lab over HTTP: JSON in, JSON out, under /__lab/."""

from collections.abc import Callable, Mapping
import json
from typing import Any

from aiohttp import web

PREFIX = "/__lab/"

type Functions = Mapping[str, Callable[..., Any]]


class LabServer:
    """Hands HTTP requests to the lab's functions of the same names."""

    def __init__(self, *, readings: Functions, actions: Functions) -> None:
        """Serve readings to GET and actions to POST."""
        self._readings = readings
        self._actions = actions

    async def handle(self, request: web.Request) -> web.Response:
        """Call one of the lab's functions."""
        name = request.path.removeprefix(PREFIX)
        functions = self._readings if request.method == "GET" else self._actions
        if name not in functions:
            known = sorted(self._readings) + sorted(self._actions)
            return web.json_response({"error": "unknown", "known": known}, status=404)
        try:
            arguments = await _arguments(request)
            result = functions[name](**arguments)
        except (TypeError, ValueError) as failure:
            return web.json_response({"error": str(failure)}, status=400)
        return web.json_response({"result": result})


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Return the arguments of a call, from the query or the JSON body."""
    if request.method == "GET":
        return dict(request.query)
    body = await request.read()
    arguments = json.loads(body) if body else {}
    if not isinstance(arguments, dict):
        raise TypeError("the body must be a JSON object")
    return arguments
