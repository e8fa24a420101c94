"""Showing the keys of the Wi-Fi to who is logged in, encrypted for who asks."""

from typing import Final

from simulators.hilink import wire
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.options import LoginKind
from simulators.hilink.sealing import seal
from simulators.hilink.shapes import Request
from simulators.hilink.wire import Value
from simulators.hilink.wlan import NETWORKS, entries

ENDPOINT: Final = "user/pwd"


def show(modem: Modem, request: Request) -> Value:
    """Answer user/pwd: the networks with their keys, on the newest firmware."""
    if modem.options.login is not LoginKind.SCRAM:
        raise DeviceError(Code.NOT_SUPPORTED)
    request.choice("module", "wlan")
    networks = [
        each | {"WifiWpapsk": modem.wifi_keys.get(each["Index"])}
        for each in entries(modem.record(NETWORKS), "Ssids", "Ssid")
    ]
    plain = wire.response({"Ssids": {"Ssid": networks}})
    return seal(plain, request.text("nonce"), oaep=True)
