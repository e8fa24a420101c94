"""Models of Wi-Fi: networks, guest networks, radios, stations."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ...secret import Secret
from ..values import (
    Fields,
    count,
    dbm,
    exact_text,
    flag,
    integer,
    inverted,
    mac_address,
    members,
    moment,
    percentage,
    text,
)
from .reply import Part, derive, read, read_parts


class Interface(StrEnum):
    """The Wi-Fi networks of a router, as it names them."""

    MAIN_2_4 = "master"
    MAIN_5 = "masterac"
    GUEST_2_4 = "guest"
    GUEST_5 = "guestac"


class RadioName(StrEnum):
    """The radios of a router, as it names them."""

    RADIO_2_4 = "radio0"
    RADIO_5 = "radio1"


def _key(raw: object) -> Secret[str] | None:
    """Return the key of a network."""
    found = exact_text(raw)
    return None if found is None else Secret(found)


def _enabled(content: Fields) -> bool | None:
    """Return whether a network is switched on, which the older generation does not tell apart."""
    found = inverted(content.get("disabled"))
    return flag(content.get("status")) if found is None else found


def _channel(content: Fields) -> int | None:
    """Return the channel in use, which is the one that was set unless that is automatic."""
    return count(content.get("channel")) or count(content.get("channel_autoreal")) or None


@dataclass(frozen=True, kw_only=True)
class Network(Part):
    """A main network."""

    ssid: str | None = read(exact_text, "ssid")

    encryption: str | None = read(text, "encryption")
    """`none`, `mixed-psk` or others."""

    key: Secret[str] | None = read(_key, "key", shown=False)

    enabled: bool | None = derive(_enabled, None)
    """Whether it is switched on."""

    running: bool | None = read(flag, "status")
    """Whether it is on the air, which takes some seconds."""

    hidden: bool | None = read(flag, "hidden")
    isolated: bool | None = read(flag, "isolate")
    bssid: str | None = read(mac_address, "bssid")
    radio: str | None = read(text, "device")


@dataclass(frozen=True, kw_only=True)
class GuestNetwork(Part):
    """A guest network."""

    supported: bool | None = read(flag, "support")
    ssid: str | None = read(exact_text, "ssid")
    encryption: str | None = read(text, "encryption")
    key: Secret[str] | None = read(_key, "key", shown=False)
    enabled: bool | None = read(flag, "work")

    visible: bool | None = read(flag, "show")
    """Whether its name is still announced."""

    started_at: int | None = read(moment, "start_time")
    stops_at: int | None = read(moment, "stop_time")
    """Seconds since 1970; None for never."""

    hide_after: int | None = read(count, "hide_timeout")
    stop_after: int | None = read(count, "stop_timeout")
    """Minutes; 0 for never."""

    clients: int | None = read(count, "online_count")
    most_clients: int | None = read(count, "max_online_count")


@dataclass(frozen=True, kw_only=True)
class Radio(Part):
    """A radio."""

    name: str | None = read(text, "name")

    channel: int | None = read(count, "channel")
    """As set; 0 for automatic."""

    actual_channel: int | None = derive(_channel, None)
    """The one in use; None where that is not told."""

    tx_power: str | None = read(text, "txpwr")
    """One of the keys of `TxPower`."""

    bandwidth: int | None = read(count, "htbw_autoreal")
    """MHz."""


@dataclass(frozen=True, kw_only=True)
class Radios:
    """The radios, by the names of `RadioName`."""

    radios: tuple[Radio, ...] = ()

    def get(self, name: str) -> Radio | None:
        """Return a radio, None where the router has none of this name."""
        return next((each for each in self.radios if each.name == name), None)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take the radios from the data of a reply."""
        devices = members(members(data).get("wifi_device"))
        return cls(
            radios=tuple(
                Radio.from_data({**each, "name": name})
                for name, each in devices.items()
                if isinstance(each, Mapping)
            )
        )

    @classmethod
    def from_first_radio(cls, data: object) -> Self:
        """Take the only radio that the older generation tells of."""
        content = members(data)
        if not content.keys() & {"channel", "txpwr"}:
            return cls()
        return cls(radios=(Radio.from_data({**content, "name": RadioName.RADIO_2_4.value}),))


@dataclass(frozen=True, kw_only=True)
class TxPower(Part):
    """A transmit power that can be chosen."""

    key: str | None = read(text, "key")
    title: str | None = read(text, "title")
    """In the router's language."""

    value: int | None = read(integer, "txpwr_val")


@dataclass(frozen=True, kw_only=True)
class TxPowers(Part):
    """The transmit powers that can be chosen."""

    powers: tuple[TxPower, ...] = read_parts(TxPower, "txpwr_list")


@dataclass(frozen=True, kw_only=True)
class Quality(Part):
    """How little others disturb the channel of a network."""

    state: str | None = read(text, "state")
    """`good`, `normal` or `bad`."""

    percent: int | None = read(percentage, "quality")
    """1 to 100; the smaller, the more interference."""


@dataclass(frozen=True, kw_only=True)
class Station(Part):
    """A client as a radio sees it."""

    mac: str | None = read(mac_address, "macaddr", "mac")

    signal: int | None = derive(
        lambda content: max(
            filter(None, (dbm(content.get(f"rssi{chain}")) for chain in range(3))), default=None
        ),
        None,
    )
    """dBm, of the best antenna."""

    mode: str | None = read(text, "mode")
    """Such as `11ac`."""

    bandwidth: int | None = read(count, "bw")
    """MHz."""

    tx_rate: int | None = read(count, "txrate")
    rx_rate: int | None = read(count, "rxrate")
    """kbit/s, of the link, as the router sees it."""

    tx_bytes: int | None = read(count, "txbytes")
    rx_bytes: int | None = read(count, "rxbytes")

    associated_for: int | None = read(count, "assoctime")
    """Seconds."""


@dataclass(frozen=True, kw_only=True)
class Stations(Part):
    """The clients of one Wi-Fi network."""

    stations: tuple[Station, ...] = read_parts(Station, "stalist")
