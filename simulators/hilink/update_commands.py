"""What the endpoints of the online update do, and the schedule of restarts."""

from collections.abc import Callable
from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

STATUS: Final = "online-update/status"
SCHEDULE: Final = "diagnosis/time_reboot"

_MINUTES_OF_A_DAY: Final = range(24 * 60)
_DAYS: Final = range(1, 31)


def _endpoint(modem: Modem) -> None:
    """Refuse what the model cannot do."""
    modem.record(STATUS)


def status(modem: Modem) -> Fields:
    """Return online-update/status."""
    return modem.overlay(STATUS, modem.update.status(modem.now, modem.options.download_seconds))


def url_list(modem: Modem) -> Fields:
    """Return online-update/url-list."""
    _endpoint(modem)
    return modem.update.url_list()


def check_new_version(modem: Modem, _: Request) -> Value:
    """Ask the server."""
    _endpoint(modem)
    modem.update.check(modem.now)
    return OK


def ack_newversion(modem: Modem, request: Request) -> Value:
    """Install what was found, or leave it."""
    _endpoint(modem)
    if request.choice("userAckNewVersion", "0", "1") == "0":
        modem.update.accept(modem.now, battery_low=modem.options.battery_low)
    return OK


def cancel_downloading(modem: Modem, _: Request) -> Value:
    """Stop a download."""
    _endpoint(modem)
    modem.update.cancel()
    return OK


def time_reboot(modem: Modem, request: Request) -> Value:
    """Keep the schedule of restarts."""
    modem.record(SCHEDULE)
    request.choice("enable", "0", "1")
    times = (request.number("begintime"), request.number("endtime"))
    if request.number("dayinterval") not in _DAYS or not set(times) <= set(_MINUTES_OF_A_DAY):
        raise DeviceError(Code.PARAMETER)
    modem.records[SCHEDULE] = dict(request.fields)
    return OK


UPDATE_COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    "online-update/check-new-version": check_new_version,
    "online-update/ack-newversion": ack_newversion,
    "online-update/cancel-downloading": cancel_downloading,
    SCHEDULE: time_reboot,
}
