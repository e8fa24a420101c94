"""Encryption of requests that hold secrets, with the public key of the device.

Source: the devices' own web page. RSA takes a text in blocks; the padding decides on their size.
"""

import base64
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ..errors import InvalidReply
from . import xml

HEADERS: Final = {"encrypt_transmit": "encrypt_transmit"}
CONTENT_TYPE: Final = "application/x-www-form-urlencoded; charset=UTF-8;enc"

_PKCS1_OVERHEAD: Final = 11
_OAEP_OVERHEAD: Final = 42
"""Bytes of a block that the padding takes."""

_KEY: Final = ("encpubkeyn", "encpubkeye")


@dataclass(frozen=True, kw_only=True)
class Encryption:
    """The public key of a device, and the padding that it wants."""

    key: rsa.RSAPublicKey
    oaep: bool
    """OAEP with SHA-1 instead of PKCS#1 v1.5."""

    @classmethod
    def from_fields(cls, fields: xml.Fields | str, *, oaep: bool) -> Self:
        """Take the key from the reply to webserver/publickey."""
        numbers = [] if isinstance(fields, str) else [fields.get(name) for name in _KEY]
        try:
            modulus, exponent = (int(str(number), 16) for number in numbers)
            key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
        except ValueError as err:
            raise InvalidReply("the device gave no proper public key") from err
        return cls(key=key, oaep=oaep)

    def encrypt(self, body: bytes) -> bytes:
        """Return a request as the device wants it: base64, encrypted by blocks, in hexadecimal."""
        text = base64.b64encode(body)
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        overhead = _PKCS1_OVERHEAD
        if self.oaep:
            # SHA-1 is what the devices use; for OAEP it is not weak.
            sha1 = hashes.SHA1()  # noqa: S303
            scheme = padding.OAEP(mgf=padding.MGF1(sha1), algorithm=sha1, label=None)
            overhead = _OAEP_OVERHEAD
        size = self.key.key_size // 8 - overhead
        blocks = (text[at : at + size] for at in range(0, len(text), size))
        return b"".join(self.key.encrypt(block, scheme) for block in blocks).hex().encode()
