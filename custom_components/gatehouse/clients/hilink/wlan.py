"""The Wi-Fi of a HiLink device (seed "WLAN Module").

What a request replaces is read first and written as a whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ..errors import InvalidReply, NotPermitted, NotSupported
from ..secret import Secret
from . import xml
from .encryption import Encryption
from .models import GuestTime, Radio, Radios, WifiNetwork, WifiNetworks
from .models.wlan import KEY_FIELDS, band_of
from .records import Requests as RecordRequests, change
from .sealed import Seal, is_sealed
from .values import elements, flag

_ONE_NETWORK: Final = "wlan/basic-settings"
_SECURITY: Final = "wlan/security-settings"
_KEYS: Final = "user/pwd"
_RESTART: Final = "WifiRestart"

_SECRETS: Final = (
    *KEY_FIELDS,
    "WifiRadiusKey",
    *(f"WifiWepKey{number}" for number in range(1, 5)),
    *(f"WifiWep128Key{number}" for number in range(1, 5)),
)
"""What newer firmware does not show and keeps when it is left out."""

PROTECTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "none": {"WifiAuthmode": "OPEN", "WifiBasicencryptionmodes": "NONE"},
    "wpa2_psk": {"WifiAuthmode": "WPA2-PSK", "WifiWpaencryptionmodes": "AES"},
    "mixed_psk": {"WifiAuthmode": "WPA/WPA2-PSK", "WifiWpaencryptionmodes": "MIX"},
}


@dataclass(frozen=True, kw_only=True)
class WifiChange:
    """What is to be different; None stays as it is."""

    ssid: str | None = None
    key: Secret[str] | None = None
    encryption: str | None = None
    """`none`, `wpa2_psk` or `mixed_psk`."""

    hidden: bool | None = None


class Requests(RecordRequests, Protocol):
    """What is needed of the client."""

    async def encryption(self) -> Encryption | None:
        """Return how to encrypt for the device."""


class Wlan:
    """Radios and networks.

    All methods raise what those of HilinkClient raise; NotSupported where the device has no Wi-Fi
    or lacks what is to be changed.
    """

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._simple = False
        self._has_radios = False

    async def radios(self) -> Radios:
        """Read which radios are on (wlan/status-switch-settings).

        A simple device has one, which is on when its network is (wlan/basic-settings).
        """
        if not self._simple:
            try:
                radios = Radios.from_fields(await self._client.fields(Radios.ENDPOINT))
            except NotSupported, NotPermitted:
                # One that has told of its radios is only odd for once.
                if self._has_radios:
                    raise
            else:
                self._has_radios = True
                return radios
        basic = await self._client.fields(_ONE_NETWORK)
        self._simple = True
        return Radios(radios=(Radio(enabled=flag(basic.get("WifiEnable"))),))

    async def set_radios(self, *, on: bool, band: str | None = None) -> None:
        """Switch all radios, or that of a band; this is what really switches the Wi-Fi."""
        if self._simple:
            await self._write_record(_ONE_NETWORK, {"WifiEnable": int(on)})
            return
        record = await self._client.fields(Radios.ENDPOINT)
        radios = [dict(each) for each in elements(record.get("radios"), "radio")]
        chosen = [each for each in radios if band in {None, band_of(each.get("ID"))}]
        if not chosen:
            raise NotSupported("there is no such radio")
        for each in chosen:
            each["wifienable"] = int(on)
        await self._client.command(Radios.ENDPOINT, {"radios": {"radio": radios}, _RESTART: 1})

    async def networks(self) -> WifiNetworks:
        """Read the networks (wlan/multi-basic-settings), or the only one of a simple device."""
        if not self._simple:
            try:
                return WifiNetworks.from_fields(await self._client.fields(WifiNetworks.ENDPOINT))
            except NotSupported, NotPermitted:
                pass
        return WifiNetworks(networks=(await self._only_network(),))

    async def set_guests_enabled(self, *, on: bool) -> None:
        """Open or close the networks for guests; the radio has to be on."""

        def switch(network: dict[str, Any]) -> bool:
            """Switch a network for guests."""
            if network.get("wifiisguestnetwork") != "1":
                return False
            network["WifiEnable"] = int(on)
            return True

        await self._change_networks(switch)

    async def set_band_steering(self, *, on: bool) -> None:
        """Make one network of both bands, or two."""
        record = await self._client.fields(WifiNetworks.ENDPOINT)
        if "DbhoEnable" not in record:
            raise NotSupported("the device has no band steering")
        await self._write_networks(record | {"DbhoEnable": int(on)})

    async def change(self, network: WifiNetwork, wanted: WifiChange) -> None:
        """Change a network; everybody in it has to connect again."""
        if network.identifier is None:
            await self._change_only_network(wanted)
            return
        changes = _changes(wanted)
        if wanted.key is not None:
            # Firmware that shows the key takes it as it shows it.
            key = wanted.key.reveal() if network.key else wanted.key
            changes |= dict.fromkeys(("WifiWpapsk", "MixWifiWpapsk"), key)

        def apply(entry: dict[str, Any]) -> bool:
            """Change the one network."""
            if entry.get("ID") != network.identifier:
                return False
            entry |= changes
            if wanted.hidden is not None:
                entry |= {
                    name: int(wanted.hidden)
                    for name in ("WifiHide", "WifiBroadcast")
                    if name in entry
                }
            return True

        await self._change_networks(apply)

    async def keys(self) -> WifiNetworks:
        """Read the networks with their keys, also from firmware that hides them (user/pwd).

        Raises NotSupported where it shows them to nobody.
        """
        networks = await self.networks()
        if self._simple or any(each.key for each in networks.networks):
            return networks
        if (encryption := await self._client.encryption()) is None:
            raise NotSupported("the device shows its keys to nobody")
        seal = Seal()
        answer = await self._client.ask(_KEYS, {"module": "wlan", **seal.fields(encryption)})
        content = seal.content(answer) if is_sealed(answer) else ""
        if isinstance(content, str):
            raise InvalidReply("the device shows no keys")
        return WifiNetworks.from_fields(content)

    async def guest_time(self) -> GuestTime:
        """Read for how long the network for guests stays open (wlan/guesttime-setting)."""
        return GuestTime.from_fields(await self._client.fields(GuestTime.ENDPOINT))

    async def extend_guest_time(self) -> None:
        """Leave the network for guests open for longer, by as much as the device proposes."""
        minutes = (await self.guest_time()).extension_minutes
        if not minutes:
            raise NotSupported("the network for guests has no time limit")
        await self._client.command(GuestTime.ENDPOINT, {"extendtime": minutes})

    async def start_wps(self) -> None:
        """Let the next client in whose WPS button is pressed (wlan/wps-pbc)."""
        await self._client.command("wlan/wps-pbc", {"WPSMode": 1, "ssidindex": 0})

    async def wps(self) -> xml.Fields:
        """Read whether the device has WPS by push button."""
        return await self._client.fields("wlan/wps-pbc")

    async def _only_network(self) -> WifiNetwork:
        """Read the network of a device that has but one, with its key where it is shown."""
        basic = await self._client.fields(_ONE_NETWORK)
        try:
            security = await self._client.fields(_SECURITY)
        except NotSupported, NotPermitted:
            security = {}
        return WifiNetwork.from_fields({**security, **basic})

    async def _change_only_network(self, wanted: WifiChange) -> None:
        """Change the network of a device that has but one."""
        changes = _changes(wanted)
        ssid = {name: changes.pop(name) for name in ("WifiSsid",) if name in changes}
        if wanted.key is not None or changes:
            await self._change_security(wanted, changes)
        if wanted.hidden is not None:
            ssid["WifiHide"] = int(wanted.hidden)
        if ssid:
            await self._write_record(_ONE_NETWORK, ssid)

    async def _change_security(self, wanted: WifiChange, changes: dict[str, object]) -> None:
        """Change key and encryption of the only network (wlan/security-settings)."""
        record = await self._client.fields(_SECURITY)
        if wanted.key is not None:
            name = next((each for each in KEY_FIELDS if each in record), KEY_FIELDS[0])
            changes[name] = wanted.key.reveal()
        await self._write_record(_SECURITY, changes)

    async def _write_record(self, path: str, changes: Mapping[str, object]) -> None:
        """Change a page that holds one record, so that it takes effect."""
        await change(self._client, path, {**changes, _RESTART: 1})

    async def _change_networks(self, apply: Callable[[dict[str, Any]], bool]) -> None:
        """Change those networks that a function takes."""
        record = await self._client.fields(WifiNetworks.ENDPOINT)
        networks = [dict(each) for each in elements(record.get("Ssids"), "Ssid")]
        found = [each for each in networks if apply(each)]
        if not found:
            raise NotSupported("there is no such network")
        await self._write_networks(record | {"Ssids": {"Ssid": networks}})

    async def _write_networks(self, record: xml.Fields) -> None:
        """Write all networks; what the device does not show it keeps."""
        networks = [
            {
                name: value
                for name, value in each.items()
                if value is not None or name not in _SECRETS
            }
            for each in elements(record.get("Ssids"), "Ssid")
        ]
        await self._client.command(
            WifiNetworks.ENDPOINT, {**record, "Ssids": {"Ssid": networks}, _RESTART: 1}
        )


def _changes(wanted: WifiChange) -> dict[str, object]:
    """Return what is to be different in a record, but the key and whether it is hidden."""
    changes: dict[str, object] = {}
    if wanted.ssid is not None:
        changes["WifiSsid"] = wanted.ssid
    if wanted.encryption is not None:
        changes |= PROTECTIONS[wanted.encryption]
    return changes
