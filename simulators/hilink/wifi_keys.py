"""Showing the keys of the Wi-Fi to who is logged in, encrypted for who asks."""

import hashlib
import hmac
import string
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from simulators.hilink import encryption, wire
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.options import LoginKind
from simulators.hilink.shapes import Request
from simulators.hilink.wire import Value
from simulators.hilink.wlan import NETWORKS, entries

ENDPOINT: Final = "user/pwd"
ITERATIONS: Final = 100
_NONCE_DIGITS: Final = 64
_BLOCK_BITS: Final = 128


def show(modem: Modem, request: Request) -> Value:
    """Answer user/pwd: the networks with their keys, on the newest firmware."""
    if modem.options.login is not LoginKind.SCRAM:
        raise DeviceError(Code.NOT_SUPPORTED)
    request.choice("module", "wlan")
    told = encryption.decrypt(request.text("nonce").encode(), oaep=True).decode("ascii", "replace")
    if len(told) != 2 * _NONCE_DIGITS or not set(told) <= set(string.hexdigits):
        raise DeviceError(Code.PARAMETER)
    networks = [
        each | {"WifiWpapsk": modem.wifi_keys.get(each["Index"])}
        for each in entries(modem.record(NETWORKS), "Ssids", "Ssid")
    ]
    plain = wire.response({"Ssids": {"Ssid": networks}})
    return _encrypted(plain, told[:_NONCE_DIGITS], told[_NONCE_DIGITS:])


def _encrypted(plain: bytes, nonce: str, salt: str) -> Value:
    """Return a text for who has chosen nonce and salt."""
    derived = hashlib.pbkdf2_hmac("sha256", nonce.encode(), bytes.fromhex(salt), ITERATIONS, 32)
    vector = derived[16:24] + bytes(8)
    padder = PKCS7(_BLOCK_BITS).padder()
    encryptor = Cipher(algorithms.AES(derived[:16]), modes.CBC(vector)).encryptor()
    text = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    return {
        "pwd": text.hex(),
        "hash": hmac.new(derived[24:], text, "sha256").hexdigest(),
        "iter": str(ITERATIONS),
    }
