"""Firmware that a server offers: asked for, downloaded, installed."""

from enum import IntEnum

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.wire import Fields

INSTALL_SECONDS = 30
COMPONENT_BYTES = 46137344


class UpdateStatus(IntEnum):
    """Values of `CurrentComponentStatus`, as the web page names them."""

    IDLE = 10
    QUERYING = 11
    FOUND = 12
    QUERY_FAILED = 13
    UP_TO_DATE = 14
    DOWNLOAD_FAILED = 20
    DOWNLOADING = 30
    INSTALLING = 60


class OnlineUpdate:
    """The modem's dealings with the server."""

    def __init__(self, status: int) -> None:
        """Begin with a recorded status."""
        self.on_server: str | None = None
        """Version that the server offers."""
        self.download_breaks = False
        self._status = UpdateStatus(status or UpdateStatus.IDLE)
        self._found: str | None = None
        self._since = 0.0

    @property
    def code(self) -> str:
        """Return the status as the notifications tell it."""
        return str(self._status.value)

    def check(self, now: float) -> None:
        """Ask the server, which takes its time."""
        if self._status not in {UpdateStatus.DOWNLOADING, UpdateStatus.INSTALLING}:
            self._status, self._since = UpdateStatus.QUERYING, now

    def accept(self, now: float, *, battery_low: bool) -> None:
        """Begin to download what was found."""
        if self._status not in {UpdateStatus.FOUND, UpdateStatus.DOWNLOAD_FAILED}:
            raise DeviceError(Code.UPDATE_NOT_STARTED)
        if battery_low:
            raise DeviceError(Code.UPDATE_BATTERY)
        self._status, self._since = UpdateStatus.DOWNLOADING, now

    def cancel(self) -> None:
        """Stop a download."""
        if self._status is UpdateStatus.DOWNLOADING:
            self._status = UpdateStatus.FOUND

    def settle(
        self, now: float, *, online: bool, check_seconds: float, download_seconds: float
    ) -> str | None:
        """Go on up to a moment; return the version that the modem restarts with, if it does."""
        if self._status is UpdateStatus.QUERYING and now - self._since >= check_seconds:
            self._found = self.on_server if online else None
            if not online:
                self._status = UpdateStatus.QUERY_FAILED
            else:
                self._status = UpdateStatus.FOUND if self._found else UpdateStatus.UP_TO_DATE
        if self._status is UpdateStatus.DOWNLOADING:
            if self.download_breaks or not online:
                self._status = UpdateStatus.DOWNLOAD_FAILED
            elif now - self._since >= download_seconds:
                self._status, self._since = UpdateStatus.INSTALLING, self._since + download_seconds
        if self._status is UpdateStatus.INSTALLING and now - self._since >= INSTALL_SECONDS:
            installed, self._found, self.on_server = self._found, None, None
            self._status = UpdateStatus.UP_TO_DATE
            return installed
        return None

    def status(self, now: float, download_seconds: float) -> Fields:
        """Return the fields of online-update/status."""
        progress = 0
        if self._status is UpdateStatus.DOWNLOADING:
            progress = int(100 * (now - self._since) / max(download_seconds, 1))
        elif self._status is UpdateStatus.INSTALLING:
            progress = 100
        return {
            "CurrentComponentStatus": str(self._status.value),
            "CurrentComponentIndex": "0",
            "TotalComponents": "1" if self._found else "0",
            "DownloadProgress": str(progress),
        }

    def url_list(self) -> Fields:
        """Return online-update/url-list, which fails while nothing is offered."""
        if self._found is None:
            raise DeviceError(Code.UNKNOWN)
        return {
            "ComponentList": {
                "Component": {
                    "ComponentID": "1",
                    "ComponentName": "Firmware",
                    "Version": self._found,
                    "ComponentSize": str(COMPONENT_BYTES),
                }
            }
        }
