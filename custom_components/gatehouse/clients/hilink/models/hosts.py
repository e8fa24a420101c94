"""Models of the clients that the device connects."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from ..values import address, count, elements, flag, mac_address, text, value_text
from .reply import Fields, Reply, derive, read

_BANDS: Final[Mapping[str, str]] = {"2.4GHZ": "2.4 GHz", "5GHZ": "5 GHz"}


def _first_address(raw: object) -> str | None:
    """Return the first of the addresses, which newer firmware lists with semicolons."""
    return address(value_text(raw).partition(";")[0])


def _wired(raw: object) -> bool | None:
    """Tell whether a kind of interface has a cable."""
    return {"ethernet": True, "wireless": False, "wifi": False}.get(value_text(raw).lower())


def _band(raw: object) -> str | None:
    """Return the band of a frequency."""
    return _BANDS.get(value_text(raw).upper().replace(" ", ""))


@dataclass(frozen=True, kw_only=True)
class Host(Reply):
    """A device in the house that is or was connected."""

    host_id: str | None = read(text, "ID")
    """How the device calls it in a command."""

    mac: str | None = read(mac_address, "MacAddress")
    """In lower case with colons."""

    name: str | None = read(text, "ActualName", "HostName")
    """As the owner calls it, or as it calls itself."""

    ip: str | None = read(_first_address, "IpAddress")
    active: bool | None = read(flag, "Active")
    """None where the list has only who is connected."""

    wired: bool | None = read(_wired, "InterfaceType")
    band: str | None = read(_band, "Frequency")
    """`2.4 GHz` or `5 GHz`."""

    network: str | None = read(text, "AssociatedSsid")
    """Such as `SSID-1`."""

    connected_seconds: int | None = read(count, "AssociatedTime")
    is_asking: bool | None = read(flag, "isLocalDevice")
    """Whether it is the one that asks for the list."""

    @property
    def connected(self) -> bool:
        """Tell whether it is connected."""
        return self.active is not False


def _hosts(fields: Fields) -> tuple[Host, ...]:
    """Return the hosts, of which there are none, one or many; of twins, the one that is there."""
    found: dict[str, Host] = {}
    for each in elements(fields.get("Hosts"), "Host"):
        host = Host.from_fields(each) if isinstance(each, dict) else Host()
        if host.mac and (host.mac not in found or host.connected):
            found[host.mac] = host
    return tuple(found.values())


@dataclass(frozen=True, kw_only=True)
class HostInfo(Reply):
    """All clients, also those that are away for a while."""

    ENDPOINT: ClassVar[str] = "lan/HostInfo"

    hosts: tuple[Host, ...] = derive(_hosts, default=())


@dataclass(frozen=True, kw_only=True)
class HostList(Reply):
    """The clients that are connected to the Wi-Fi."""

    ENDPOINT: ClassVar[str] = "wlan/host-list"

    hosts: tuple[Host, ...] = derive(_hosts, default=())
