"""Replies that nobody but the asker can read: keys of the Wi-Fi, lists of messages.

Source: the page of an E3372h-320 (11.0.1.1), which github.com/vzakharchenko/huawei-hilink
follows. The asker sends two random numbers, encrypted with the device's public key; from them and
a number of rounds both sides derive the keys of AES-128-CBC and HMAC-SHA256.
"""

from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac
from hmac import compare_digest, digest
import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.padding import PKCS7

from ..errors import InvalidReply
from . import xml
from .encryption import Encryption
from .scram import ITERATIONS_LIMIT

_CIPHERTEXT: Final = "pwd"
_MAC: Final = "hash"
_ITERATIONS: Final = "iter"

_KEY_BYTES: Final = 16
_VECTOR_BYTES: Final = 8
"""The rest of the initialization vector is zero."""

_BEGINNING: Final = b"<response>"


class EncryptedReply(InvalidReply):
    """The firmware encrypts what it answers, in a way that cannot be read."""


def is_sealed(content: xml.Fields | str) -> bool:
    """Tell whether the content of a reply is encrypted."""
    return isinstance(content, dict) and content.keys() >= {_CIPHERTEXT, _MAC, _ITERATIONS}


def _random() -> str:
    """Return a number of 64 hexadecimal digits."""
    return secrets.token_hex(32)


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a reply is sealed with; good for one request."""

    nonce: str = field(default_factory=_random, repr=False)
    salt: str = field(default_factory=_random, repr=False)

    def fields(self, key: Encryption) -> dict[str, str]:
        """Return what the request has to hold besides, as its last field."""
        return {"nonce": key.encrypt((self.nonce + self.salt).encode()).decode()}

    def content(self, reply: xml.Fields | str) -> xml.Fields | str:
        """Return the content of a reply, also of one that came plain. Raises EncryptedReply."""
        if isinstance(reply, str) or not is_sealed(reply):
            return reply
        try:
            text = self._open(
                bytes.fromhex(reply[_CIPHERTEXT]), str(reply[_MAC]), int(reply[_ITERATIONS])
            )
        except (TypeError, ValueError) as err:
            raise EncryptedReply("the reply cannot be decrypted") from err
        return xml.decode(text)

    def _open(self, ciphertext: bytes, mac: str, iterations: int) -> bytes:
        """Check and decrypt. Raises ValueError."""
        if not 0 < iterations <= ITERATIONS_LIMIT:
            raise ValueError("unreasonable number of iterations")
        # The number is hashed as it is written, the salt as what it means.
        derived = pbkdf2_hmac(
            "sha256", self.nonce.encode(), bytes.fromhex(self.salt), iterations, 32
        )
        vector, mac_key = derived[_KEY_BYTES:-_VECTOR_BYTES], derived[-_VECTOR_BYTES:]
        expected = digest(mac_key, ciphertext, "sha256").hex()
        if not compare_digest(expected.encode(), mac.strip().lower().encode()):
            raise ValueError("wrong authentication code")
        mode = modes.CBC(vector + bytes(_VECTOR_BYTES))
        decryptor = Cipher(AES128(derived[:_KEY_BYTES]), mode).decryptor()
        unpadder = PKCS7(AES128.block_size).unpadder()
        padded = decryptor.update(ciphertext) + decryptor.finalize()
        text = unpadder.update(padded) + unpadder.finalize()
        return text[max(text.find(_BEGINNING), 0) :]
