"""Models of the device itself: identity, health, clock, firmware."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ..values import chosen, count, flag, integer, mac_address, text, utc_offset
from .reply import Part, Reply, read, read_parts


class FirmwareCategory(StrEnum):
    """What the firmware makes of the device; only one of them is a border router."""

    THREAD = "thread"
    BLUETOOTH = "bluetooth"


_CATEGORIES: Final[Mapping[int | str, FirmwareCategory]] = {
    "2c": FirmwareCategory.THREAD,
    "2b": FirmwareCategory.BLUETOOTH,
}


@dataclass(frozen=True, kw_only=True)
class Identity(Reply):
    """What the device says of itself before any login."""

    ENDPOINT: ClassVar[str] = "/ui/check_initialized"

    category: FirmwareCategory | None = read(chosen(_CATEGORIES), "firmware_category")
    """Concluded, not documented: `2c` is the Thread firmware, `2b` the Bluetooth one."""

    firmware_version: str | None = read(text, "firmware_version")
    hostname: str | None = read(text, "hostname")

    initialized: bool | None = read(flag, "initialized")
    """Whether a password has been set."""

    mac_address: str | None = read(mac_address, "mac")
    """The base address, lower case with colons."""

    model: str | None = read(text, "model")


class WanStatus(StrEnum):
    """Whether the device reaches the internet."""

    NO_NETWORK = "no_network"
    NO_INTERNET = "no_internet"
    ONLINE = "online"


_WAN_STATUSES: Final[Mapping[int | str, WanStatus]] = dict(enumerate(WanStatus))


@dataclass(frozen=True, kw_only=True)
class SystemInformation(Reply):
    """The device's state at a glance."""

    ENDPOINT: ClassVar[str] = "/sys/get_info"

    wan_status: WanStatus | None = read(chosen(_WAN_STATUSES), "wan_status")
    """`NO_INTERNET` is only ever told with failover enabled."""

    thread_network: bool | None = read(flag, "thread_nwk_status")
    """Whether there is a Thread network."""

    commissioner_active: bool | None = read(flag, "thread_commissioner_status")


@dataclass(frozen=True, kw_only=True)
class SystemStatus(Reply):
    """Memory and numbers of the device."""

    ENDPOINT: ClassVar[str] = "/sys/get_status"

    memory_total: int | None = read(count, "memory_total")
    """Bytes."""

    memory_free: int | None = read(count, "memory_free")
    """Bytes."""

    bluetooth_mac: str | None = read(mac_address, "ble_mac")
    wifi_mac: str | None = read(mac_address, "wifi_mac")
    ethernet_mac: str | None = read(mac_address, "eth_mac")
    model: str | None = read(text, "model")
    serial_number: str | None = read(text, "sn")

    @property
    def memory_usage(self) -> float | None:
        """Return how much of the memory is in use, in percent."""
        if not self.memory_total or self.memory_free is None:
            return None
        return 100 * max(0.0, 1 - self.memory_free / self.memory_total)


@dataclass(frozen=True, kw_only=True)
class TimeConfiguration(Reply):
    """The device's clock."""

    ENDPOINT: ClassVar[str] = "/sys/get_time_config"

    sntp_server: str | None = read(text, "sntp")

    utc_offset: int | None = read(utc_offset, "timezone", "time_zone")
    """Hours, -12 to 14."""

    local_time: int | None = read(count, "localtime")
    """Seconds since 1970, which some firmware may shift by the time zone."""

    def drift(self, now: float) -> float | None:
        """Return by how many seconds the clock is fast, whichever way it counts.

        `now` is the true time in seconds since 1970.
        """
        if self.local_time is None:
            return None
        utc = self.local_time - now
        return min(utc, utc - 3600 * (self.utc_offset or 0), key=abs)


@dataclass(frozen=True, kw_only=True)
class CurrentFirmware(Reply):
    """The firmware that runs."""

    ENDPOINT: ClassVar[str] = "/sys/check_current_firmware"

    firmware_type: str | None = read(text, "current_firmware_type")
    version: str | None = read(text, "current_firmware_version")


@dataclass(frozen=True, kw_only=True)
class FirmwareRelease(Part):
    """A firmware that the manufacturer offers."""

    firmware_type: str | None = read(text, "type")
    version: str | None = read(text, "version")


@dataclass(frozen=True, kw_only=True)
class OnlineFirmware(Reply):
    """All firmware that the manufacturer offers for this device."""

    ENDPOINT: ClassVar[str] = "/sys/check_online_firmware"

    releases: tuple[FirmwareRelease, ...] = read_parts(
        FirmwareRelease, "online_firmware_list", "result"
    )


class UpgradeState(StrEnum):
    """How far a firmware upgrade got."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


_UPGRADE_STATES: Final[Mapping[int | str, UpgradeState]] = dict(enumerate(UpgradeState))


@dataclass(frozen=True, kw_only=True)
class UpgradeStatus(Reply):
    """Progress of a firmware upgrade."""

    ENDPOINT: ClassVar[str] = "/sys/check_upgrade_status"

    state: UpgradeState | None = read(chosen(_UPGRADE_STATES), "status")
    """After `SUCCEEDED` the device restarts at once."""


@dataclass(frozen=True, kw_only=True)
class Challenge(Reply):
    """What a login must be calculated from; valid for two seconds."""

    ENDPOINT: ClassVar[str] = "/ui/challenge"

    algorithm: int | None = read(integer, "alg")
    salt: str | None = read(text, "salt")
    nonce: str | None = read(text, "nonce")
