"""Models of the Wi-Fi: its radios and its networks."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
import re
from typing import ClassVar, Final

from ...secret import Secret
from ..values import count, elements, flag, text
from .reply import Fields, Reply, derive, read

_RADIO: Final = re.compile(r"\.Radio\.([0-9]+)\.")
_BANDS: Final[Mapping[str, str]] = {"1": "2.4 GHz", "2": "5 GHz"}
"""By the number of a radio, which is part of every name."""

KEY_FIELDS: Final = ("WifiWpapsk", "MixWifiWpapsk", "WifiKey")
"""Where a key is, if the device shows it at all."""

_MASKED: Final = re.compile(r"\*+")

_PROTECTIONS: Final[Mapping[str, str]] = {
    "open": "none",
    "none": "none",
    "wpapsk": "wpa_psk",
    "wpa2psk": "wpa2_psk",
    "wpawpa2psk": "mixed_psk",
    "wpapskwpa2psk": "mixed_psk",
    "auto": "wep",
    "share": "wep",
}


def band_of(identifier: str | None) -> str | None:
    """Return the band of a radio, or of a network by the radio in its name."""
    found = _RADIO.search(identifier or "")
    return _BANDS.get(found[1]) if found else None


def _secret(fields: Fields) -> Secret[str] | None:
    """Return the key of a network where the device shows it."""
    for name in KEY_FIELDS:
        shown = fields.get(name)
        if isinstance(shown, str) and shown and not _MASKED.fullmatch(shown):
            return Secret(shown)
    return None


def _hidden(fields: Fields) -> bool | None:
    """Tell whether a network keeps its name to itself; firmware writes that in one of two ways."""
    told = [flag(fields.get(name)) for name in ("WifiHide", "WifiBroadcast")]
    known = [each for each in told if each is not None]
    return any(known) if known else None


def _protection(fields: Fields) -> str | None:
    """Return how a network is protected; what nobody has explained, as the device writes it."""
    mode = text(fields.get("WifiAuthmode"))
    if mode is None:
        return None
    plain = re.sub(r"[^a-z0-9]", "", mode.lower())
    return _PROTECTIONS.get(plain, "wpa3" if "sae" in plain or "wpa3" in plain else mode)


@dataclass(frozen=True, kw_only=True)
class Radio(Reply):
    """A radio, which carries one or more networks."""

    identifier: str | None = read(text, "ID")
    enabled: bool | None = read(flag, "wifienable")

    @property
    def band(self) -> str | None:
        """Return `2.4 GHz` or `5 GHz`; None for another."""
        return band_of(self.identifier)


@dataclass(frozen=True, kw_only=True)
class Radios(Reply):
    """The radios, whose switches decide over all networks."""

    ENDPOINT: ClassVar[str] = "wlan/status-switch-settings"

    radios: tuple[Radio, ...] = derive(
        lambda fields: tuple(
            Radio.from_fields(each)
            for each in elements(fields.get("radios"), "radio")
            if isinstance(each, dict)
        ),
        default=(),
    )

    @property
    def enabled(self) -> bool | None:
        """Tell whether any radio is on."""
        known = [each.enabled for each in self.radios if each.enabled is not None]
        return any(known) if known else None

    def of_band(self, band: str) -> bool | None:
        """Tell whether the radio of a band is on; None where there is none."""
        return next((each.enabled for each in self.radios if each.band == band), None)


@dataclass(frozen=True, kw_only=True)
class WifiNetwork(Reply):
    """A Wi-Fi network."""

    identifier: str | None = read(text, "ID")
    """None where the device has but one network."""

    ssid: str | None = read(text, "WifiSsid")

    enabled: bool | None = read(flag, "WifiEnable")
    """Without effect while the radio is off."""

    guest: bool | None = read(flag, "wifiisguestnetwork")
    hidden: bool | None = derive(_hidden, default=None)

    encryption: str | None = derive(_protection, default=None)
    """`none`, `wep`, `wpa_psk`, `wpa2_psk`, `mixed_psk`, `wpa3`, or the device's own word."""

    key: Secret[str] | None = derive(_secret, default=None)
    """None where there is none, and with newer firmware, which does not show it."""

    @property
    def band(self) -> str:
        """Return the band; that of devices with one network is 2.4 GHz."""
        return band_of(self.identifier) or _BANDS["1"]


@dataclass(frozen=True, kw_only=True)
class WifiNetworks(Reply):
    """The networks of all radios."""

    ENDPOINT: ClassVar[str] = "wlan/multi-basic-settings"

    networks: tuple[WifiNetwork, ...] = derive(
        lambda fields: tuple(
            WifiNetwork.from_fields(each)
            for each in elements(fields.get("Ssids"), "Ssid")
            if isinstance(each, dict)
        ),
        default=(),
    )

    band_steering: bool | None = read(flag, "DbhoEnable")
    """Whether both bands are one network, in which the device chooses."""

    def find(self, band: str, *, guest: bool) -> WifiNetwork | None:
        """Return the first network of a band."""
        return next(
            (each for each in self.networks if each.band == band and bool(each.guest) is guest),
            None,
        )

    @property
    def guests(self) -> tuple[WifiNetwork, ...]:
        """Return the networks for guests."""
        return tuple(each for each in self.networks if each.guest)


@dataclass(frozen=True, kw_only=True)
class GuestTime(Reply):
    """For how long the network for guests stays open."""

    ENDPOINT: ClassVar[str] = "wlan/guesttime-setting"

    limited: bool | None = read(flag, "isvalidtime")
    seconds_left: int | None = read(count, "remaintime")
    extension_minutes: int | None = read(count, "extendtime")
    """How much it is extended by."""
