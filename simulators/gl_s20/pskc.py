"""From the commissioner's passphrase to the pre-shared key for the commissioner (PSKc)."""

from functools import cache

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

ITERATIONS = 16384
KEY_SIZE = 16


def _cmac(key: bytes, message: bytes) -> bytes:
    """Return the AES-CMAC of a message."""
    mac = CMAC(AES(key))
    mac.update(message)
    return mac.finalize()


@cache
def compute(passphrase: str, extended_pan_id: bytes, name: str) -> bytes:
    """Return the key: PBKDF2 over AES-CMAC-PRF-128 as the Thread specification has it."""
    key = passphrase.encode()
    if len(key) != KEY_SIZE:
        key = _cmac(bytes(KEY_SIZE), key)
    salt = b"Thread" + extended_pan_id + name.encode()
    block = _cmac(key, salt + (1).to_bytes(4))
    total = int.from_bytes(block)
    prepared = CMAC(AES(key))
    for _ in range(ITERATIONS - 1):
        mac = prepared.copy()
        mac.update(block)
        block = mac.finalize()
        total ^= int.from_bytes(block)
    return total.to_bytes(KEY_SIZE)
