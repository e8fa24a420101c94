"""SCRAM as HiLink firmware computes it.

Key and message of every HMAC are swapped compared with RFC 5802, and the authentication
message is the first nonce followed by the server nonce twice.
"""

from dataclasses import dataclass
import hashlib
import hmac

ITERATIONS = 100
KEY_LENGTH = 32


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What both sides know after the challenge."""

    first_nonce: str
    server_nonce: str
    salt: str
    iterations: int = ITERATIONS

    @property
    def message(self) -> bytes:
        """Return the authentication message."""
        return f"{self.first_nonce},{self.server_nonce},{self.server_nonce}".encode()


def client_proof(password: str, challenge: Challenge) -> str:
    """Return the proof a client must show."""
    client_key = _hmac(b"Client Key", _salted(password, challenge))
    stored_key = hashlib.sha256(client_key).digest()
    signature = _hmac(challenge.message, stored_key)
    return bytes(a ^ b for a, b in zip(client_key, signature, strict=True)).hex()


def server_signature(password: str, challenge: Challenge) -> str:
    """Return the signature by which the device proves that it knows the password."""
    return _hmac(challenge.message, _server_key(password, challenge)).hex()


def public_key_signature(password: str, challenge: Challenge, modulus: str) -> str:
    """Return the signature over the public key's modulus."""
    return _hmac(_server_key(password, challenge), bytes.fromhex(modulus)).hex()


def _server_key(password: str, challenge: Challenge) -> bytes:
    """Return the server key."""
    return _hmac(b"Server Key", _salted(password, challenge))


def _salted(password: str, challenge: Challenge) -> bytes:
    """Return the salted password."""
    return hashlib.pbkdf2_hmac(
        "sha256",
        password.encode(),
        bytes.fromhex(challenge.salt),
        challenge.iterations,
        KEY_LENGTH,
    )


def _hmac(key: bytes, message: bytes) -> bytes:
    """Return HMAC-SHA256."""
    return hmac.digest(key, message, "sha256")
