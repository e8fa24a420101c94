"""The lab over HTTP: JSON in, JSON out, under /__lab/."""

from collections.abc import Callable
import json
from typing import Any

from aiohttp import web

from simulators.hilink.lab import Lab

PREFIX = "/__lab/"


class LabServer:
    """Hands HTTP requests to the lab's methods of the same names."""

    def __init__(self, lab: Lab) -> None:
        """Serve a lab."""
        self._readings: dict[str, Callable[..., Any]] = {
            "state": lab.state,
            "counts": lab.counts,
            "messages": lab.messages,
            "sent": lambda: [message._asdict() for message in lab.sent],
        }
        self._actions: dict[str, Callable[..., Any]] = {
            "inject_sms": lab.inject_sms,
            "inject_mms": lab.inject_mms,
            "clear_messages": lab.clear_messages,
            "reboot": lab.reboot,
            "power_on": lab.power_on,
            "expire_sessions": lab.expire_sessions,
            "break_replies": lab.break_replies,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_endpoint": lab.set_endpoint,
            "remove_endpoint": lab.remove_endpoint,
            "set_options": lab.set_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Call one of the lab's methods."""
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
