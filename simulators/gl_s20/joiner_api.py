"""Endpoints under /otbr that concern joiners."""

from typing import Final

from simulators.gl_s20.commissioner import ANYONE, Joiner, Rejoin
from simulators.gl_s20.device import Device
from simulators.gl_s20.endpoint import command, reading
from simulators.gl_s20.request import Request
from simulators.gl_s20.thread_api import PSKD
from simulators.gl_s20.wire import Fields

EUI64: Final = r"\*|[0-9a-fA-F]{16}"
DEFAULT_TIMEOUT: Final = 120
MAX_TIMEOUT: Final = 86400
LIST_VERSION: Final = "1.0"


def add_joiner(device: Device, request: Request) -> Fields:
    """Put a joiner on the list."""
    device.commissioner.add([_entry(request)], _timeout(request), device.now)
    return {}


def _entry(request: Request) -> tuple[str, str]:
    """Return EUI-64 and PSKd of a joiner."""
    return request.text("EUI64", EUI64, default=ANYONE).lower(), request.text("PSKd", PSKD)


def _timeout(request: Request) -> int:
    """Return how long to wait for joiners."""
    return request.number("Timeout", 1, MAX_TIMEOUT, default=DEFAULT_TIMEOUT)


def get_joiner_list(device: Device, _: Request) -> Fields:
    """Return the list."""
    return {"DeviceList": joiner_fields(device)}


def joiner_fields(device: Device) -> list[Fields]:
    """Return every joiner on the list."""
    return [_fields(device, each) for each in device.commissioner.joiners]


def _fields(device: Device, joiner: Joiner) -> Fields:
    """Return one joiner."""
    return {
        "EUI64": joiner.eui64,
        "Status": int(joiner.status),
        "PSKd": joiner.pskd,
        "Timeout": joiner.timeout,
        "AddTime": device.timestamp(joiner.added),
        "JoinedTime": 0 if joiner.joined is None else device.timestamp(joiner.joined),
    }


def remove_joiner_list(device: Device, request: Request) -> Fields:
    """Take joiners off the list."""
    device.commissioner.remove([each.lower() for each in request.texts("DeviceList")])
    return {}


def rejoin_all(device: Device, request: Request) -> Fields:
    """Wait once more for joiners."""
    which = Rejoin(request.number("Type", Rejoin.TIMED_OUT, Rejoin.TIMED_OUT | Rejoin.JOINED))
    device.commissioner.rejoin(which, _timeout(request), device.now)
    return {}


def export_joiner_list(device: Device, _: Request) -> Fields:
    """Return the list to keep it elsewhere."""
    return {
        "joiner_list_version": LIST_VERSION,
        "DeviceList": [
            {"EUI64": each.eui64, "PSKd": each.pskd} for each in device.commissioner.joiners
        ],
    }


def import_joiner_list(device: Device, request: Request) -> Fields:
    """Take a list that was kept elsewhere; it counts once committed."""
    request.text("joiner_list_version", ".+")
    device.commissioner.stage([_entry(each) for each in request.parts("DeviceList")])
    return {}


def commit_joiner_list(device: Device, request: Request) -> Fields:
    """Put the imported joiners on the list."""
    device.commissioner.commit(_timeout(request), device.now)
    return {}


ENDPOINTS: Final = {
    "otbr/add_joiner": command(add_joiner),
    "otbr/rejoin_all": command(rejoin_all),
    "otbr/get_joiner_list": reading(get_joiner_list),
    "otbr/remove_joiner_list": command(remove_joiner_list),
    "otbr/export_joiner_list": reading(export_joiner_list),
    "otbr/import_joiner_list": command(import_joiner_list),
    "otbr/commit_joiner_list": command(commit_joiner_list),
}
