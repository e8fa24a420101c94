"""Models of what a HiLink device says of itself."""

from dataclasses import dataclass
from typing import ClassVar

from ..values import address, bar_list, count, integer, mac_address, text
from .reply import Reply, read, read_tuple


@dataclass(frozen=True, kw_only=True)
class DeviceInformation(Reply):
    """The device, its SIM card and its addresses; most devices tell it after a login only."""

    ENDPOINT: ClassVar[str] = "device/information"

    device_name: str | None = read(text, "DeviceName", "devicename")
    """Model, such as `B525s-23a`."""

    serial_number: str | None = read(text, "SerialNumber")

    imei: str | None = read(text, "Imei", secret=True)
    """Number of the device in mobile networks."""

    imsi: str | None = read(text, "Imsi", secret=True)
    """Number of the subscriber."""

    iccid: str | None = read(text, "Iccid", secret=True)
    """Number of the SIM card."""

    msisdn: str | None = read(text, "Msisdn", secret=True)
    """Phone number, where the SIM card knows it."""

    hardware_version: str | None = read(text, "HardwareVersion")
    software_version: str | None = read(text, "SoftwareVersion")

    web_ui_version: str | None = read(text, "WebUIVersion")
    """Version of the web pages, which tells the generation of the protocol."""

    mac_address: str | None = read(mac_address, "MacAddress1", "WifiMacAddrWl0")
    """Lower case with colons; None where all devices of the model have the same."""

    wan_ip: str | None = read(address, "WanIPAddress")
    wan_ipv6: str | None = read(address, "WanIPv6Address")

    product_family: str | None = read(text, "ProductFamily", "productfamily")
    """`LTE`, `GW` and the like."""

    classify: str | None = read(text, "Classify", "classify")
    """Kind of device: `hilink` (stick), `wingle` (Wi-Fi stick), `mobile-wifi` or `cpe`."""

    support_modes: tuple[str, ...] = read_tuple(bar_list, "supportmode")
    """Radio technologies, such as `LTE`, `WCDMA`, `GSM`."""

    work_mode: str | None = read(text, "workmode")
    """Radio technology of the control channel; `LTE` also on 5G with an LTE anchor."""

    uptime: int | None = read(count, "uptime")
    """Seconds since the device started."""

    spread_name: str | None = read(text, "spreadname_en")
    """Marketing name."""


@dataclass(frozen=True, kw_only=True)
class BasicInformation(Reply):
    """The part of the device's description that needs no login."""

    ENDPOINT: ClassVar[str] = "device/basic_information"

    device_name: str | None = read(text, "devicename", "DeviceName")
    """Model, such as `B525s-23a`."""

    product_family: str | None = read(text, "productfamily", "ProductFamily")
    """`LTE`, `GW` and the like."""

    classify: str | None = read(text, "classify", "Classify")
    """Kind of device: `hilink` (stick), `wingle` (Wi-Fi stick), `mobile-wifi` or `cpe`."""

    software_version: str | None = read(text, "SoftwareVersion")
    web_ui_version: str | None = read(text, "WebUIVersion")

    spread_name: str | None = read(text, "spreadname_en")
    """Marketing name."""

    multimode: int | None = read(integer, "multimode")
    """0 on all devices seen so far."""
