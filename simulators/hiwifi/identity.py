"""Who the simulated router is: names, addresses and secrets, all of them invented."""

MAC = "D4EE07A05201"
"""The device id of the OpenAPI, too."""
UUID = "00000000-0000-4000-8000-d4ee07a05201"
ADMIN_PASSWORD = "gatehouse"  # noqa: S105 - the simulator's published password
USERNAME = "admin"

APP_ID = "4015550100"
APP_NAME = "gatehouse"
CLIENT_ID = "gatehouse-01"
APP_SECRET = "invented-app-secret"  # noqa: S105 - the simulator's published secret
CLIENT_SECRET = "invented-client-secret"  # noqa: S105 - the simulator's published secret

SSID = "O'Neil 家"
WIFI_KEY = "invented-wifi-key"
GUEST_SSID = "O'Neil 访客"
GUEST_KEY = "invented-guest-key"

PPPOE_USERNAME = "gatehouse@example.invalid"
PPPOE_PASSWORD = "invented-pppoe-password"  # noqa: S105 - the simulator's published password

LAN_IP = "192.168.199.1"
WAN_IP = "203.0.113.52"
WAN_MASK = "255.255.255.0"
WAN_GATEWAY = "203.0.113.1"
WAN_DNS = ("198.51.100.53", "198.51.100.54")
WAN_IPV6 = "2001:db8:52::1"


def neighbor(mac: str, step: int) -> str:
    """Return the address so many steps after another one, as an interface of the box has it."""
    return f"{int(mac, 16) + step:012X}"
