"""What diagnostics of a HiWiFi router must not show."""

from typing import Final

PRIVATE_FIELDS: Final = frozenset(
    {
        "access_point",
        "bssid",
        "dns",
        "gateway",
        "ip",
        "ipv6",
        "key",
        "mac",
        "name",
        "ssid",
    }
)
