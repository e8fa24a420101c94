"""Profiles of the data connection (APN)."""

from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

ENDPOINT: Final = "dialup/profiles"
NEW, CHANGED = "1", "2"
ELEMENTS: Final = (
    "Index",
    "IsValid",
    "Name",
    "ApnIsStatic",
    "ApnName",
    "DialupNum",
    "Username",
    "Password",
    "AuthMode",
    "IpIsStatic",
    "IpAddress",
    "DnsIsStatic",
    "PrimaryDns",
    "SecondaryDns",
    "ReadOnly",
    "iptype",
)
_READ_ONLY: Final = frozenset({"1", "2"})


def profiles(modem: Modem, request: Request) -> Value:
    """Choose, delete, add or change a profile."""
    record = modem.record(ENDPOINT)
    listed = _listed(record)
    default, doomed = request.text("SetDefault"), request.text("Delete")
    if doomed != "0":
        found = _find(listed, doomed)
        if found.get("ReadOnly") in _READ_ONLY:
            raise DeviceError(Code.PROFILE_DELETE)
        listed.remove(found)
    if request.text("Modify") in {NEW, CHANGED}:
        default = _keep(listed, request, default)
    if default != "0":
        _find(listed, default)
        record["CurrentProfile"] = default
        modem.register()
    # What is listed of one profile alone is no list.
    record["Profiles"] = {"Profile": listed if len(listed) > 1 else listed[0]} if listed else None
    modem.records[ENDPOINT] = record
    return OK


def _keep(listed: list[Fields], request: Request, default: str) -> str:
    """Keep a new or a changed profile; return the index that is to be the default."""
    profile: Fields = dict(request.fields["Profile"])
    if tuple(profile) != ELEMENTS:
        raise DeviceError(Code.FORMAT)
    if not profile["Name"]:
        raise DeviceError(Code.PROFILE_ADD)
    if request.text("Modify") == CHANGED:
        listed[listed.index(_find(listed, str(profile["Index"])))] = profile
        return default
    if any(each["Name"] == profile["Name"] for each in listed):
        raise DeviceError(Code.PROFILE_ADD)
    used = {int(str(each["Index"])) for each in listed}
    profile["Index"] = str(next(at for at in range(1, len(used) + 2) if at not in used))
    listed.append(profile)
    # Of a profile that has no index yet, any number but 0 says that it is to be the default.
    return default if default == "0" else str(profile["Index"])


def _listed(record: Fields) -> list[Fields]:
    """Return the profiles, none, one or many."""
    container = record["Profiles"]
    found = container["Profile"] if isinstance(container, dict) else []
    return [dict(each) for each in (found if isinstance(found, list) else [found])]


def _find(listed: list[Fields], index: str) -> Fields:
    """Return the profile of an index."""
    for profile in listed:
        if profile["Index"] == index:
            return profile
    raise DeviceError(Code.PARAMETER)
