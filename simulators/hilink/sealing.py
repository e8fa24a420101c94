"""Replies that are sealed for whoever asks.

By the page of an E3372h-320 (11.0.1.1) as github.com/vzakharchenko/huawei-hilink follows it: the
request holds `nonce`, encrypted like a post: two numbers of 64 hexadecimal digits. The reply holds
`pwd` (AES-128-CBC), `hash` (HMAC-SHA256 of it) and `iter`, all in one key of PBKDF2: 16 bytes for
AES, 8 for the vector, 8 for HMAC.
"""

from collections.abc import Callable
import hashlib
import hmac
import string
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from simulators.hilink import encryption, wire
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.options import SmsEncryption
from simulators.hilink.shapes import Request
from simulators.hilink.wire import Fields, Value

if TYPE_CHECKING:
    from simulators.hilink.modem import Modem

PAGES: Final = frozenset(
    {
        "sms/sms-list",
        "sms/sms-list-contact",
        "sms/sms-list-phone",
        "sms/send-sms",
        "sms/save-sms",
        "sms/delete-sms",
        "sms/set-read",
    }
)
"""Which firmware that seals takes encrypted only."""

ITERATIONS: Final = 100
_DIGITS: Final = 64
_BLOCK_BITS: Final = 128


def sealed(command: Callable[[Modem, Request], Value]) -> Callable[[Modem, Request], Value]:
    """Let a list go as the firmware lets it."""

    def answer(modem: Modem, request: Request) -> Value:
        """Return the list, or what stands for it."""
        value = command(modem, request)
        if modem.options.sms_encryption is SmsEncryption.SEALED:
            oaep = modem.options.login in encryption.OAEP
            return seal(wire.response(value), request.text("nonce"), oaep=oaep)
        if modem.options.sms_encryption is SmsEncryption.UNREADABLE:
            noise = hashlib.sha256(str(value).encode()).hexdigest()
            return {"pwd": noise * 2, "hash": noise, "iter": str(ITERATIONS)}
        return value

    return answer


def seal(text: bytes, nonce: str, *, oaep: bool) -> Fields:
    """Return a text as only somebody with these numbers can read it."""
    numbers = encryption.decrypt(nonce.encode(), oaep=oaep).decode("ascii", "replace")
    if len(numbers) != 2 * _DIGITS or not set(numbers) <= set(string.hexdigits):
        raise DeviceError(Code.PARAMETER)
    password, salt = numbers[:_DIGITS].encode(), bytes.fromhex(numbers[_DIGITS:])
    key = hashlib.pbkdf2_hmac("sha256", password, salt, ITERATIONS, 32).hex()
    cipher = Cipher(
        algorithms.AES(bytes.fromhex(key[:32])),
        modes.CBC(bytes.fromhex(key[32:48] + "00" * 8)),
    ).encryptor()
    padder = PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(text) + padder.finalize()
    ciphertext = cipher.update(padded) + cipher.finalize()
    code = hmac.new(bytes.fromhex(key[48:]), ciphertext, hashlib.sha256).hexdigest()
    return {"pwd": ciphertext.hex(), "hash": code, "iter": str(ITERATIONS)}
