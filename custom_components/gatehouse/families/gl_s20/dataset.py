"""Operational datasets: what a Thread network consists of, in TLVs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from homeassistant.components.thread import DatasetEntry
from python_otbr_api.tlv_parser import MeshcopTLVType as Tlv, TLVError, parse_tlv

from ...clients.gl_s20.thread import ThreadConfiguration
from ...clients.secret import Secret

_RADIO_PARTS: Final[Mapping[int, str]] = {
    Tlv.EXTPANID: "extended_pan_id",
    Tlv.NETWORKKEY: "network_key",
    Tlv.PANID: "pan_id",
    Tlv.CHANNEL: "channel",
}
"""Routers that agree in these hear each other."""

_MESH_PARTS: Final = {**_RADIO_PARTS, Tlv.MESHLOCALPREFIX: "mesh_local_prefix"}
"""Routers that agree in these are in one and the same mesh."""

_PARTS: Final[Mapping[int, str]] = {
    **_MESH_PARTS,
    Tlv.NETWORKNAME: "network_name",
    Tlv.PSKC: "pskc",
    Tlv.SECURITYPOLICY: "security_policy",
    Tlv.CHANNELMASK: "channel_mask",
    Tlv.ACTIVETIMESTAMP: "active_timestamp",
}


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A dataset that could be read."""

    tlv: Secret[str]
    """All of it in hexadecimal, lower case."""

    items: Secret[Mapping[int, bytes]]

    @classmethod
    def parse(cls, tlv: str) -> Self | None:
        """Take a dataset apart; None where it is none, or does not say which network it is of."""
        try:
            items = {int(tag): item.data for tag, item in parse_tlv(tlv).items()}
        except TLVError:
            return None
        if Tlv.EXTPANID not in items:
            return None
        return cls(tlv=Secret(tlv.lower()), items=Secret(items))

    @classmethod
    def of(cls, entry: DatasetEntry) -> Self:
        """Take over a dataset of Home Assistant's, which keeps it taken apart."""
        items = {int(tag): item.data for tag, item in entry.dataset.items()}
        return cls(tlv=Secret(entry.tlv.lower()), items=Secret(items))

    @property
    def extended_pan_id(self) -> str:
        """Return the extended PAN ID: 16 hexadecimal digits in lower case."""
        return self.items.reveal()[Tlv.EXTPANID].hex()

    @property
    def network_name(self) -> str | None:
        """Return the name of the network."""
        raw = self.items.reveal().get(Tlv.NETWORKNAME)
        return None if raw is None else raw.decode(errors="replace")

    def _number(self, tag: Tlv) -> int:
        """Return a number; the byte before a channel is its page, always zero."""
        return int.from_bytes(self.items.reveal().get(tag, b""))

    def configuration(self, passphrase: Secret[str]) -> ThreadConfiguration | None:
        """Return what of it a router lets one set; None where that is not all there, or odd."""
        configuration = ThreadConfiguration(
            network_name=self.network_name or "",
            extended_pan_id=self.extended_pan_id,
            pan_id=self._number(Tlv.PANID),
            channel=self._number(Tlv.CHANNEL),
            network_key=Secret(self.items.reveal().get(Tlv.NETWORKKEY, b"").hex()),
            passphrase=passphrase,
        )
        try:
            configuration.check()
        except ValueError:
            return None
        return configuration

    def same_network(self, other: Dataset) -> bool:
        """Tell whether both describe one and the same mesh."""
        return not self._differing(other, _MESH_PARTS)

    def same_prefix(self, other: Dataset) -> bool:
        """Tell whether both have the mesh-local prefix that a network keeps all its life."""
        return not self._differing(other, {Tlv.MESHLOCALPREFIX: _MESH_PARTS[Tlv.MESHLOCALPREFIX]})

    def same_radio(self, other: Dataset) -> bool:
        """Tell whether routers of both hear each other, whatever addresses they use."""
        return not self._differing(other, _RADIO_PARTS)

    def differences(self, other: Dataset) -> list[str]:
        """Name the parts in which both differ, without a value of them."""
        return self._differing(other, _PARTS)

    def _differing(self, other: Dataset, parts: Mapping[int, str]) -> list[str]:
        """Name those of the parts in which both differ."""
        mine, others = self.items.reveal(), other.items.reveal()
        return [name for tag, name in parts.items() if mine.get(tag) != others.get(tag)]
