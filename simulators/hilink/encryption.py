"""Encrypted posts: the device's key, and reading what was encrypted with it."""

import base64
import binascii
from functools import cache
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.options import LoginKind

EXPONENT: Final = "010001"
HEADER: Final = "encrypt_transmit"
CONTENT_TYPE_END: Final = ";enc"

OAEP: Final = frozenset({LoginKind.SHA256, LoginKind.SCRAM})
"""Logins whose devices want posts padded so."""

_BITS: Final = 2048
_BLOCK_DIGITS: Final = _BITS // 4


@cache
def _key() -> rsa.RSAPrivateKey:
    """Return the key, made once for all modems of a process."""
    return rsa.generate_private_key(public_exponent=int(EXPONENT, 16), key_size=_BITS)


def modulus() -> str:
    """Return the modulus of the public key."""
    return f"{_key().public_key().public_numbers().n:0{_BLOCK_DIGITS}x}"


def decrypt(body: bytes, *, oaep: bool) -> bytes:
    """Return what a body says: blocks in hexadecimal, joined to base64."""
    scheme: padding.AsymmetricPadding = padding.PKCS1v15()
    if oaep:
        mask = padding.MGF1(hashes.SHA1())  # noqa: S303 - what the devices use
        scheme = padding.OAEP(mgf=mask, algorithm=hashes.SHA1(), label=None)  # noqa: S303
    blocks = [body[at : at + _BLOCK_DIGITS] for at in range(0, len(body), _BLOCK_DIGITS)]
    try:
        text = b"".join(_key().decrypt(binascii.unhexlify(block), scheme) for block in blocks)
        return base64.b64decode(text, validate=True)
    except ValueError as failure:
        raise DeviceError(Code.FORMAT) from failure
