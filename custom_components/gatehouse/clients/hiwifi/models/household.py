"""Models of the clients in the house."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from ..values import (
    Fields,
    byte_rate,
    count,
    dbm,
    elements,
    exact_text,
    flag,
    inverted,
    mac_address,
    members,
    moment,
    text,
)
from .reply import Part, derive, read


class Link(StrEnum):
    """How a client is connected."""

    WIFI_2_4 = "wifi_2_4"
    WIFI_5 = "wifi_5"
    WIRED = "wired"
    USB = "usb"
    BLUETOOTH = "bluetooth"


_LINKS: Final[Mapping[str, Link]] = {
    "2.4g": Link.WIFI_2_4,
    "2g": Link.WIFI_2_4,
    "5g": Link.WIFI_5,
    "wire": Link.WIRED,
    "line": Link.WIRED,
    "usb": Link.USB,
    "bt": Link.BLUETOOTH,
}


def _link(content: Fields) -> Link | None:
    """Return how a client is connected; the older generation has it in another place."""
    words = (text(content.get(place)) or "" for place in ("phy", "type"))
    return next((_LINKS[each.lower()] for each in words if each.lower() in _LINKS), None)


def _kind(content: Fields) -> str | None:
    """Return what kind of device a client is, in the router's word."""
    found = text(content.get("type"))
    return None if (found or "").lower() in _LINKS else found


@dataclass(frozen=True, kw_only=True)
class LanClient(Part):
    """A device in the house that is or was connected to the router."""

    mac: str | None = read(mac_address, "mac")
    """In lower case with colons."""

    name: str | None = read(exact_text, "name")
    ip: str | None = read(text, "ip")

    online: bool | None = read(flag, "online")
    """Whether it is connected now."""

    link: Link | None = derive(_link, None)

    guest: bool | None = read(inverted, "master")
    """Whether it is in a guest network."""

    signal: int | None = read(dbm, "rssi")
    """dBm; None for one with a cable."""

    kind: str | None = derive(_kind, None)
    """`phone`, `pad`, `pc`, `tv` or others."""

    access_point: str | None = read(mac_address, "conn_ap")
    """The router or satellite that it is connected to."""

    download: int | None = None
    upload: int | None = None
    """bit/s, in the older generation only; `Rates` has them in the newer one."""

    last_online: int | None = read(moment, "last_online")
    last_offline: int | None = read(moment, "last_offline")
    first_online: int | None = read(moment, "first_online")
    """Seconds since 1970."""

    @property
    def wired(self) -> bool | None:
        """Tell whether it has a cable."""
        return None if self.link is None else self.link is Link.WIRED

    @classmethod
    def from_older(cls, data: object) -> Self:
        """Take a client from the older generation, which lists only who is connected."""
        content: dict[str, Any] = {"online": True, **members(data)}
        found = cls.from_data(content)
        return cls(
            **{
                **vars(found),
                "download": byte_rate(content.get("down")),
                "upload": byte_rate(content.get("up")),
            }
        )


@dataclass(frozen=True, kw_only=True)
class LanClients:
    """The devices in the house; those without a hardware address are left out."""

    clients: tuple[LanClient, ...] = ()

    lists_absent: bool = False
    """Whether those are in it too that are not connected."""

    @property
    def online(self) -> tuple[LanClient, ...]:
        """Return those that are connected now."""
        return tuple(each for each in self.clients if each.online)

    def get(self, address: str) -> LanClient | None:
        """Return one by its hardware address, however that is written."""
        wanted = mac_address(address)
        return next((each for each in self.clients if wanted and each.mac == wanted), None)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take the clients from the data of a reply."""
        return cls(clients=_with_address(LanClient.listed(_entries(data))), lists_absent=True)

    @classmethod
    def from_older(cls, data: object) -> Self:
        """Take the clients from a reply of the older generation."""
        entries = (each for each in _entries(data) if isinstance(each, Mapping))
        return cls(clients=_with_address(tuple(map(LanClient.from_older, entries))))


def _entries(data: object) -> list[Any]:
    """Return the entries of a list of clients."""
    content = members(data)
    return elements(content.get("list", content.get("devices", data)))


def _with_address(clients: tuple[LanClient, ...]) -> tuple[LanClient, ...]:
    """Drop clients without a hardware address, which nobody could tell from each other."""
    return tuple(each for each in clients if each.mac is not None)


@dataclass(frozen=True, kw_only=True)
class ClientCounts(Part):
    """How many clients are known and connected."""

    known: int | None = read(count, "all_cnt")
    wired: int | None = read(count, "online_wire_cnt")
    main_2_4: int | None = read(count, "online_w2p4g_master_cnt")
    main_5: int | None = read(count, "online_w5g_master_cnt")
    guest_2_4: int | None = read(count, "online_w2p4g_guest_cnt")
    guest_5: int | None = read(count, "online_w5g_guest_cnt")


@dataclass(frozen=True, kw_only=True)
class Access:
    """Whether a client may use the internet."""

    allowed: bool | None = None

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take it from the data of a reply about this client."""
        return cls(allowed=flag(members(data).get("status")))

    @classmethod
    def from_black_list(cls, data: object, address: str) -> Self:
        """Take it from the list of all who may not."""
        blocked = {mac_address(members(each).get("mac", each)) for each in _entries(data)}
        return cls(allowed=mac_address(address) not in blocked)
