"""The device's web server: prefix, tokens and the API, without HTTP itself."""

from collections.abc import Callable
from typing import Any, Final

from simulators.openvox import auth_api, box_api, service_api, sms_api, wire
from simulators.openvox.endpoint import Endpoint, Later
from simulators.openvox.errors import DeviceError
from simulators.openvox.gateway import Gateway
from simulators.openvox.options import ExpiredToken
from simulators.openvox.request import Request
from simulators.server import Reply

HTTP_OK: Final = 200
HTTP_FOUND: Final = 302
UNAUTHORIZED: Final = 401
METHOD_NOT_ALLOWED: Final = 405
BEARER: Final = "Bearer "
HOME_PAGE: Final = b"<!DOCTYPE html>\n<html><head><title>Wireless Gateway</title></head></html>"
ENDPOINTS: Final[dict[str, Endpoint]] = {
    **auth_api.ENDPOINTS,
    **sms_api.ENDPOINTS,
    **box_api.ENDPOINTS,
    **service_api.ENDPOINTS,
}


class WebServer:
    """Answers requests for a gateway."""

    def __init__(self, gateway: Gateway, alter: Callable[[str, Any], Any]) -> None:
        """Serve a gateway; alter has the last word on each reply."""
        self._gateway = gateway
        self._alter = alter
        self.stray_passwords = 0
        """Forms with a password that went to a path outside the API."""

    def uri(self, path: str) -> str:
        """Return what replies call a path."""
        return path.removeprefix(f"{self._gateway.options.prefix}/")

    def find(self, path: str) -> Endpoint | None:
        """Return what is at a path."""
        inside = path.startswith(f"{self._gateway.options.prefix}/")
        return ENDPOINTS.get(self.uri(path)) if inside else None

    def unknown(self, path: str, request: Request) -> Reply:
        """Answer a path outside the API."""
        if request.has("password"):
            self.stray_passwords += 1
        status = HTTP_OK if path == "/" else self._gateway.options.unknown_path_status
        match status:
            case 200:
                return Reply(body=HOME_PAGE)
            case 302:
                return Reply(body=b"", status=status, headers=[("Location", "/")])
            case _:
                return plain(status)

    def admit(self, uri: str, endpoint: Endpoint, authorization: str) -> Reply | None:
        """Return the refusal of a request without a live token where one is needed."""
        gateway, options = self._gateway, self._gateway.options
        token = authorization
        if options.bearer:
            token = token.removeprefix(BEARER) if token.startswith(BEARER) else ""
        if not endpoint.needs_token or gateway.sessions.use(token, gateway.now, options):
            return None
        if options.expired_token is ExpiredToken.HTTP_401:
            return plain(UNAUTHORIZED)
        return self.refused(uri, DeviceError(options.token_code, options.token_message))

    async def answer(self, uri: str, endpoint: Endpoint, request: Request) -> Reply:
        """Do what a request asks for."""
        gateway = self._gateway
        gateway.settle()
        try:
            result = endpoint.handler(gateway, request)
        except DeviceError as failure:
            return self.refused(uri, failure)
        if isinstance(result, Later):
            await gateway.timeline.until(result.moment)
            gateway.settle()
            result = result.data()
        gateway.settle()
        data = self._alter(uri, wire.resolved(result, gateway.options))
        body = wire.success(uri, data, endpoint.message, gateway.options)
        return Reply(body=body, content_type=gateway.options.content_type)

    def refused(self, uri: str, failure: DeviceError) -> Reply:
        """Return a refusal."""
        options = self._gateway.options
        return Reply(body=wire.refusal(uri, failure, options), content_type=options.content_type)


def plain(status: int) -> Reply:
    """Return a bare HTTP status."""
    return Reply(body=f"<html><body><h1>HTTP {status}</h1></body></html>".encode(), status=status)
