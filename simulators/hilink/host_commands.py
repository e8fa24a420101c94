"""What the POST endpoints of the list of clients do."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Value

HOSTS: Final = "lan/HostInfo"
_LONGEST_NAME: Final = 32


def hosts(modem: Modem) -> list[dict[str, Any]]:
    """Return the clients that the device lists."""
    listed = modem.record(HOSTS).get("Hosts")
    entries = listed.get("Host") if isinstance(listed, Mapping) else None
    items = entries if isinstance(entries, list) else [entries]
    return [dict(item) for item in items if isinstance(item, Mapping)]


def _keep(modem: Modem, listed: list[dict[str, Any]]) -> None:
    """Replace the list."""
    modem.records[HOSTS] = {"Hosts": {"Host": listed} if listed else None}


def rename(modem: Modem, request: Request) -> Value:
    """Give a client a name of the owner's choice."""
    name = request.text("ActualName")
    listed = hosts(modem)
    found = [each for each in listed if each["ID"] == request.text("ID")]
    if not found or not 1 <= len(name) <= _LONGEST_NAME:
        raise DeviceError(Code.PARAMETER)
    found[0]["ActualName"] = name
    _keep(modem, listed)
    return OK


def forget(modem: Modem, request: Request) -> Value:
    """Take a client off the list that is not connected."""
    mac = request.text("MacAddress").upper()
    listed = hosts(modem)
    left = [each for each in listed if each["MacAddress"].upper() != mac or each["Active"] == "1"]
    if len(left) == len(listed):
        raise DeviceError(Code.PARAMETER)
    _keep(modem, left)
    return OK


HOST_COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    "lan/changedevicename": rename,
    HOSTS: forget,
}
