"""The keys of the Wi-Fi, which newer firmware shows only encrypted (user/pwd).

Source: the devices' own page. Who asks sends two random numbers, encrypted for the device; the
keys of the answer are derived from them: AES-128-CBC, and HMAC-SHA256 over what was encrypted.
"""

from dataclasses import dataclass, field
import hashlib
import hmac
import secrets
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from ..errors import InvalidReply
from . import xml
from .encryption import Encryption
from .values import count, value_text

ENDPOINT: Final = "user/pwd"

_NONCE_BYTES: Final = 32
_MOST_ITERATIONS: Final = 100_000
"""More would only keep Home Assistant busy; the devices do 100."""

_BLOCK_BITS: Final = 128
_BEGINNING: Final = b"<response>"


@dataclass(frozen=True, kw_only=True)
class KeyExchange:
    """One question for the keys, and how to read its answer."""

    nonce: str = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def begin(cls) -> Self:
        """Choose the random numbers."""
        return cls(nonce=secrets.token_hex(_NONCE_BYTES), salt=secrets.token_bytes(_NONCE_BYTES))

    def question(self, encryption: Encryption) -> dict[str, str]:
        """Return what to ask."""
        told = encryption.encrypt(f"{self.nonce}{self.salt.hex()}".encode())
        return {"module": "wlan", "nonce": told.decode()}

    def read(self, answer: xml.Fields | str) -> xml.Fields:
        """Return the fields of an answer. Raises InvalidReply where it is not for this question."""
        if isinstance(answer, str):
            raise InvalidReply("the device shows no keys")
        try:
            text = bytes.fromhex(str(answer.get("pwd")))
        except ValueError as err:
            raise InvalidReply("the keys are not encrypted as expected") from err
        iterations = count(answer.get("iter")) or 0
        if not 0 < iterations <= _MOST_ITERATIONS:
            raise InvalidReply("the keys are not encrypted as expected")
        derived = hashlib.pbkdf2_hmac("sha256", self.nonce.encode(), self.salt, iterations, 32)
        proof = hmac.new(derived[24:], text, "sha256").hexdigest()
        if not hmac.compare_digest(proof, value_text(answer.get("hash")).lower()):
            raise InvalidReply("the keys are not for this question")
        fields = xml.decode(_decrypted(text, derived))
        if isinstance(fields, str):
            raise InvalidReply("the device shows no keys")
        return fields


def _decrypted(text: bytes, derived: bytes) -> bytes:
    """Return the answer in plain text; the second half of the initial vector is zero."""
    decryptor = Cipher(
        algorithms.AES(derived[:16]), modes.CBC(derived[16:24] + bytes(8))
    ).decryptor()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    try:
        padded = decryptor.update(text) + decryptor.finalize()
        plain = unpadder.update(padded) + unpadder.finalize()
    except ValueError as err:
        raise InvalidReply("the keys are not encrypted as expected") from err
    return plain[max(plain.find(_BEGINNING), 0) :]
