"""The device's web server: tokens, verbs and the API, without HTTP itself."""

from collections.abc import Callable
from typing import Any, Final

from simulators.gl_s20 import (
    backup_api,
    joiner_api,
    system_api,
    thread_api,
    ui_api,
    uplink_api,
    wire,
)
from simulators.gl_s20.device import Device
from simulators.gl_s20.endpoint import Endpoint
from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.options import ExpiredToken, FirmwareCategory
from simulators.gl_s20.request import read
from simulators.server import Reply

HTTP_OK: Final = 200
UNAUTHORIZED: Final = 401
METHOD_NOT_ALLOWED: Final = 405
HEADERS_TOO_LARGE: Final = 431
THREAD_ONLY: Final = "otbr/"
HOME_PAGE: Final = b"<!DOCTYPE html>\n<html><head><title>GL-S20</title></head><body></body></html>"
ENDPOINTS: Final[dict[str, Endpoint]] = {
    **ui_api.ENDPOINTS,
    **thread_api.ENDPOINTS,
    **joiner_api.ENDPOINTS,
    **uplink_api.ENDPOINTS,
    **system_api.ENDPOINTS,
    **backup_api.ENDPOINTS,
}


class WebServer:
    """Answers requests for a device."""

    def __init__(self, device: Device, alter: Callable[[str, Any], Any]) -> None:
        """Serve a device; alter has the last word on each result."""
        self._device = device
        self._alter = alter

    def find(self, path: str) -> Endpoint | None:
        """Return what is at a path; the BLE firmware has no border router."""
        category = self._device.options.firmware_category
        if category is FirmwareCategory.BLE and path.startswith(THREAD_ONLY):
            return None
        return ENDPOINTS.get(path)

    def home_page(self) -> Reply:
        """Return the home page, which the BLE firmware does not have."""
        if self._device.options.firmware_category is FirmwareCategory.BLE:
            return plain(self._device.options.unknown_endpoint_status)
        return Reply(body=HOME_PAGE)

    def unknown(self) -> Reply:
        """Answer a path the firmware does not have."""
        status = self._device.options.unknown_endpoint_status
        if status != HTTP_OK:
            return plain(status)
        return self.refused(DeviceError(Code.UNKNOWN_ENDPOINT, "Not supported"))

    def admit(self, endpoint: Endpoint, sid: str) -> Reply | None:
        """Return the refusal of a request without a live session where one is needed."""
        device = self._device
        if not endpoint.needs_token or device.sessions.use(sid, device.now, device.options):
            return None
        if device.options.expired_token is ExpiredToken.HTTP_401:
            return plain(UNAUTHORIZED)
        return self.refused(DeviceError(device.options.token_code, "Invalid token"))

    def answer(self, path: str, endpoint: Endpoint, sid: str, body: bytes) -> Reply:
        """Do what a request asks for."""
        device = self._device
        device.settle()
        numeric = device.options.numeric_booleans
        try:
            request = read(body, sid=sid, numeric_booleans=numeric)
            result = self._alter(path, endpoint.handler(device, request))
        except DeviceError as failure:
            return self.refused(failure)
        device.settle()
        content = wire.response(result, device.options)
        return Reply(body=content, content_type=device.options.content_type)

    def refused(self, failure: DeviceError) -> Reply:
        """Return a refusal."""
        options = self._device.options
        return Reply(body=wire.error(failure, options), content_type=options.content_type)


def plain(status: int) -> Reply:
    """Return a bare HTTP status."""
    return Reply(body=f"HTTP {status}".encode(), status=status)
