"""Who the simulated device is: names and addresses, all of them invented."""

MODEL = "GL-S20"
HOSTNAME = "gl-s20-otbr"
SERIAL_NUMBER = "0000000000a051a2"
MAC = "94:83:C4:A0:51:A2"
WIFI_MAC = "94:83:C4:A0:51:A3"
ETH_MAC = "94:83:C4:A0:51:A4"
BLE_MAC = "94:83:C4:A0:51:A5"
EUI64 = "9483c4fffea051a2"
EXTENDED_ADDRESS = "9e5a20c0ffee51a2"

_DIGITS = MAC.replace(":", "").lower()
DEFAULT_NETWORK_NAME = f"{MODEL}-{_DIGITS[-3:]}"
DEFAULT_PAN_ID = int(_DIGITS[-4:], 16)
