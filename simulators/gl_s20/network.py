"""A Thread network: its parameters, and the operational dataset that holds them."""

from dataclasses import dataclass
from enum import IntEnum
import hashlib
from typing import Final

from simulators.gl_s20 import pskc

DEFAULT_PASSPHRASE = "goodlife"  # noqa: S105 - the same on every device
DEFAULT_CHANNEL = 26
_ALL_CHANNELS: Final = bytes.fromhex("0004001fffe0")
_SECURITY_POLICY: Final = bytes.fromhex("02a0f7f8")


class Tlv(IntEnum):
    """Types of the fields of an operational dataset."""

    CHANNEL = 0
    PAN_ID = 1
    EXTENDED_PAN_ID = 2
    NETWORK_NAME = 3
    PSKC = 4
    NETWORK_KEY = 5
    MESH_LOCAL_PREFIX = 7
    SECURITY_POLICY = 12
    ACTIVE_TIMESTAMP = 14
    CHANNEL_MASK = 53


@dataclass(frozen=True, kw_only=True)
class Network:
    """The parameters of a Thread network."""

    name: str
    extended_pan_id: str
    pan_id: int
    channel: int
    key: str
    passphrase: str = DEFAULT_PASSPHRASE
    mesh_local_prefix: str
    timestamp: int = 1
    """Seconds of the active timestamp, counted up with every change."""
    written: str | None = None
    """The dataset in hex as somebody wrote it, where the parameters come from that."""

    @property
    def pskc(self) -> str:
        """Return the commissioner's key, which a written dataset brings along."""
        if self.written is not None:
            return items(self.written).get(Tlv.PSKC, b"").hex()
        return pskc.compute(self.passphrase, bytes.fromhex(self.extended_pan_id), self.name).hex()

    @property
    def dataset(self) -> str:
        """Return the active operational dataset in hex."""
        if self.written is not None:
            return self.written
        fields: tuple[tuple[Tlv, bytes], ...] = (
            (Tlv.ACTIVE_TIMESTAMP, (self.timestamp << 16).to_bytes(8)),
            (Tlv.CHANNEL, self.channel.to_bytes(3)),
            (Tlv.CHANNEL_MASK, _ALL_CHANNELS),
            (Tlv.EXTENDED_PAN_ID, bytes.fromhex(self.extended_pan_id)),
            (Tlv.MESH_LOCAL_PREFIX, bytes.fromhex(self.mesh_local_prefix)),
            (Tlv.NETWORK_KEY, bytes.fromhex(self.key)),
            (Tlv.NETWORK_NAME, self.name.encode()),
            (Tlv.PAN_ID, self.pan_id.to_bytes(2)),
            (Tlv.PSKC, bytes.fromhex(self.pskc)),
            (Tlv.SECURITY_POLICY, _SECURITY_POLICY),
        )
        return b"".join(bytes((kind, len(value))) + value for kind, value in fields).hex()

    def same_mesh(self, other: Network) -> bool:
        """Return whether devices of both networks hear each other."""
        return (self.key, self.pan_id, self.channel) == (other.key, other.pan_id, other.channel)


def items(dataset: str) -> dict[int, bytes]:
    """Return the fields of a dataset in hex. Raises ValueError or IndexError where it is none."""
    rest, found = bytes.fromhex(dataset), dict[int, bytes]()
    while rest:
        kind, size = rest[0], rest[1]
        if len(rest) < 2 + size:
            raise ValueError("truncated")
        found[kind], rest = rest[2 : 2 + size], rest[2 + size :]
    return found


def written(dataset: str) -> Network:
    """Return the network that a dataset describes. Raises ValueError, IndexError or KeyError."""
    fields = items(dataset)
    return Network(
        name=fields[Tlv.NETWORK_NAME].decode(),
        extended_pan_id=fields[Tlv.EXTENDED_PAN_ID].hex(),
        pan_id=int.from_bytes(fields[Tlv.PAN_ID]),
        channel=int.from_bytes(fields[Tlv.CHANNEL]),
        key=fields[Tlv.NETWORK_KEY].hex(),
        mesh_local_prefix=fields[Tlv.MESH_LOCAL_PREFIX].hex(),
        timestamp=int.from_bytes(fields[Tlv.ACTIVE_TIMESTAMP]) >> 16,
        written=dataset.lower(),
    )


def generated(name: str, seed: str, *, timestamp: int = 1, pan_id: int | None = None) -> Network:
    """Return a network with parameters that follow from a seed, for repeatable tests."""
    digest = hashlib.sha512(seed.encode()).digest()
    return Network(
        name=name,
        extended_pan_id=digest[:8].hex(),
        pan_id=int.from_bytes(digest[8:10]) % 0xFFFE + 1 if pan_id is None else pan_id,
        channel=DEFAULT_CHANNEL,
        key=digest[10:26].hex(),
        mesh_local_prefix="fd" + digest[26:33].hex(),
        timestamp=timestamp,
    )
