"""Models of the Thread border router and its network."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ...secret import Secret
from ..values import (
    addresses,
    channel,
    chosen,
    count,
    dataset,
    eui64,
    exact_text,
    extended_pan_id,
    flag,
    integer,
    pan_id,
    rloc16,
    secret,
    secret_key,
    text,
    texts,
)
from .reply import Part, Reply, read, read_all, read_part, read_parts


class ThreadRole(StrEnum):
    """Part that the device plays in the mesh."""

    DISABLED = "disabled"
    DETACHED = "detached"
    CHILD = "child"
    ROUTER = "router"
    LEADER = "leader"


_ROLES: Final[Mapping[int | str, ThreadRole]] = {
    **dict(enumerate(ThreadRole)),
    **{role.value: role for role in ThreadRole},
}

_ATTACHED: Final = frozenset({ThreadRole.CHILD, ThreadRole.ROUTER, ThreadRole.LEADER})


@dataclass(frozen=True, kw_only=True)
class ThreadNetwork(Part):
    """Parameters of a Thread network."""

    channel: int | None = read(channel, "Channel")
    """11 to 26."""

    extended_pan_id: str | None = read(extended_pan_id, "ExtPanId", "ExtendedPanId")
    """16 hexadecimal digits in lower case."""

    network_key: Secret[str] | None = read(secret_key, "NetworkKey")
    """32 hexadecimal digits in lower case."""

    network_name: str | None = read(exact_text, "NetworkName")

    pan_id: int | None = read(pan_id, "PanId")
    """1 to 0xFFFE."""

    pskc: Secret[str] | None = read(secret_key, "PSKc")
    """Commissioner credential, 32 hexadecimal digits in lower case."""

    passphrase: Secret[str] | None = read(secret, "Passphrase")
    """Text from which the commissioner credential is made."""

    mesh_local_prefix: str | None = read(text, "MeshLocalPrefix")
    """As the device writes it, with or without length and trailing colon."""

    on_mesh_prefixes: tuple[str, ...] = read_all(texts, "OnMeshPrefix")
    ipv6_addresses: tuple[str, ...] = read_all(addresses, "IPv6")

    active_dataset: Secret[str] | None = read(dataset, "ActiveDataset")
    """TLVs in hexadecimal, lower case; None where no network was ever formed."""

    border_agent_id: str | None = read(text, "BorderAgentID", "BorderAgentId")
    """Not documented, but told by a sibling of the device."""


@dataclass(frozen=True, kw_only=True)
class Radio(Part):
    """The radio co-processor and its place in the mesh."""

    role: ThreadRole | None = read(chosen(_ROLES), "State")
    version: str | None = read(text, "RCPVersion")

    extended_address: str | None = read(eui64, "ExtAddress")
    """16 hexadecimal digits in lower case; changes with the network."""

    eui64: str | None = read(eui64, "EUI64")
    """Factory-assigned, 16 hexadecimal digits in lower case."""

    tx_power: int | None = read(integer, "TXPower")
    """dBm."""

    rloc16: int | None = read(rloc16, "Rloc16")
    """Short address in the mesh; None while there is none."""

    @property
    def attached(self) -> bool | None:
        """Tell whether the device takes part in a mesh."""
        return None if self.role is None else self.role in _ATTACHED


@dataclass(frozen=True, kw_only=True)
class ThreadStatus(Reply):
    """State of the border router."""

    ENDPOINT: ClassVar[str] = "/otbr/get_status"

    api_version: str | None = read(text, "OpenThreadVersionAPI")
    """Version of the OpenThread API, a number."""

    border_router_version: str | None = read(text, "OTBRVersion")

    thread_version: str | None = read(text, "ThreadVersion")
    """Version of the Thread specification, such as `1.3`."""

    network: ThreadNetwork = read_part(ThreadNetwork, "Network")
    radio: Radio = read_part(Radio, "RCP")


@dataclass(frozen=True, kw_only=True)
class ScannedThreadNetwork(Part):
    """A Thread network on the air."""

    channel: int | None = read(channel, "Channel")
    """11 to 26."""

    rssi: int | None = read(integer, "Rssi")
    """dBm."""

    lqi: int | None = read(count, "Lqi")
    """Link quality indicator of the radio."""

    network_name: str | None = read(exact_text, "NetworkName")

    extended_pan_id: str | None = read(extended_pan_id, "ExtPanId", "ExtendedPanId")
    """16 hexadecimal digits in lower case."""

    pan_id: int | None = read(pan_id, "PanId")
    """1 to 0xFFFE."""


@dataclass(frozen=True, kw_only=True)
class ThreadScan(Reply):
    """Thread networks on the air."""

    ENDPOINT: ClassVar[str] = "/otbr/scan"

    networks: tuple[ScannedThreadNetwork, ...] = read_parts(
        ScannedThreadNetwork, "ScanList", "result"
    )


@dataclass(frozen=True, kw_only=True)
class JoinStatus(Part):
    """How far the device itself got with joining a network."""

    status: int | None = read(integer, "status", "Status")
    """Code whose meaning is not documented."""


@dataclass(frozen=True, kw_only=True)
class CommissionerStatus(Reply):
    """Whether the device lets joiners in."""

    ENDPOINT: ClassVar[str] = "/otbr/get_commissioning_status"

    active: bool | None = read(flag, "State", "state")


_BACKBONE_STATES: Final[Mapping[int | str, bool]] = {
    0: False,
    1: True,
    2: True,
    "disabled": False,
    "secondary": True,
    "primary": True,
}
"""The words are those of a sibling of the device."""


@dataclass(frozen=True, kw_only=True)
class BackboneRouterStatus(Reply):
    """Whether the device is a backbone border router."""

    ENDPOINT: ClassVar[str] = "/otbr/get_bbr_status"

    active: bool | None = read(chosen(_BACKBONE_STATES), "State", "state")
