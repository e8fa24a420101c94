"""SCRAM as HiLink devices compute it: RFC 5802 with the HMAC arguments swapped."""

from dataclasses import dataclass
from hashlib import pbkdf2_hmac, sha256
from hmac import compare_digest, digest
import secrets
from typing import Final

from ..errors import InvalidReply

ITERATIONS_LIMIT: Final = 10_000
"""Every known device uses 100; without a bound a hostile reply could keep the processor busy."""


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What the device answers to `user/challenge_login`."""

    salt: bytes
    iterations: int
    server_nonce: str

    @classmethod
    def from_fields(cls, fields: dict[str, object], first_nonce: str) -> Challenge:
        """Read and check the challenge. Raises InvalidReply."""
        try:
            challenge = cls(
                salt=bytes.fromhex(str(fields["salt"])),
                iterations=int(str(fields["iterations"])),
                server_nonce=str(fields["servernonce"]),
            )
        except (KeyError, ValueError) as err:
            raise InvalidReply("incomplete login challenge") from err
        if not 0 < challenge.iterations <= ITERATIONS_LIMIT:
            raise InvalidReply("login challenge with an unreasonable number of iterations")
        if not challenge.server_nonce.startswith(first_nonce):
            raise InvalidReply("login challenge for somebody else")
        return challenge


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What proves that each side knows the password."""

    client: str
    server: str

    def confirmed_by(self, server_signature: object) -> bool:
        """Tell whether the device knows the password too."""
        return compare_digest(self.server.encode(), str(server_signature).strip().lower().encode())


def new_nonce() -> str:
    """Return the client's nonce, 64 hexadecimal digits."""
    return secrets.token_hex(32)


def prove(password: str, first_nonce: str, challenge: Challenge) -> Proof:
    """Compute the client's proof and the signature that the device must answer with."""
    message = f"{first_nonce},{challenge.server_nonce},{challenge.server_nonce}".encode()
    salted = pbkdf2_hmac("sha256", password.encode(), challenge.salt, challenge.iterations, 32)
    client_key = digest(b"Client Key", salted, "sha256")
    client_signature = digest(message, sha256(client_key).digest(), "sha256")
    server_key = digest(b"Server Key", salted, "sha256")
    return Proof(
        client=bytes(a ^ b for a, b in zip(client_key, client_signature, strict=True)).hex(),
        server=digest(message, server_key, "sha256").hex(),
    )
