"""Models of the connection, its traffic and the data plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from ..values import address, calendar_date, count, data_size, flag, integer, percentage, text
from .reply import Fields, Reply, derive, read


@dataclass(frozen=True, kw_only=True)
class Status(Reply):
    """State of the mobile connection, the SIM card, the battery and the Wi-Fi."""

    ENDPOINT: ClassVar[str] = "monitoring/status"

    connection_status: int | None = read(integer, "ConnectionStatus")
    """Code; `network.connection_state` tells its meaning."""

    signal_icon: int | None = read(count, "SignalIcon")
    """Bars, 0 to `max_signal`."""

    signal_icon_nr: int | None = read(count, "SignalIconNr")
    """Bars of 5G, 0 to `max_signal`."""

    max_signal: int | None = read(count, "maxsignal")
    """Bars of the best signal, usually 5."""

    network_type: int | None = read(integer, "CurrentNetworkType")
    """Code; `network.network_type` tells its meaning."""

    network_type_ex: int | None = read(integer, "CurrentNetworkTypeEx")
    """Code of the newer, finer list."""

    service_domain: int | None = read(integer, "CurrentServiceDomain")
    """0 none, 1 circuit switched, 2 packet switched, 3 both."""

    roaming: bool | None = read(flag, "RoamingStatus")
    """Whether the network is a foreign one."""

    battery_status: int | None = read(integer, "BatteryStatus")
    """0 normal, 1 charging, -1 low, 2 no battery."""

    battery_level: int | None = read(count, "BatteryLevel")
    """Bars, 0 to 4."""

    battery_percent: int | None = read(percentage, "BatteryPercent")
    """Percent."""

    sim_status: int | None = read(count, "SimStatus")
    """Code; `network.sim_state` tells its meaning."""

    service_status: int | None = read(count, "ServiceStatus")
    """2 with service."""

    sim_locked: bool | None = read(flag, "simlockStatus")
    """Whether the device refuses this SIM card because it is bound to another network."""

    wan_ip: str | None = read(address, "WanIPAddress")
    """Newer firmware tells it in the device information instead."""

    wan_ipv6: str | None = read(address, "WanIPv6Address")
    primary_dns: str | None = read(address, "PrimaryDns")
    secondary_dns: str | None = read(address, "SecondaryDns")

    wifi_clients: int | None = read(count, "CurrentWifiUser")
    """Devices on the Wi-Fi."""

    wifi_status: bool | None = read(flag, "WifiStatus")
    """Whether the Wi-Fi is on."""

    classify: str | None = read(text, "classify")
    """Kind of device: `hilink` (stick), `wingle` (Wi-Fi stick), `mobile-wifi` or `cpe`."""

    endc: bool | None = read(flag, "EndcStatus")
    """Whether 5G carries data beside the LTE anchor (dual connectivity)."""

    carrier_aggregation: bool | None = read(flag, "ltecastatus")
    """Whether several LTE carriers are in use."""


@dataclass(frozen=True, kw_only=True)
class Traffic(Reply):
    """Counters of the mobile connection."""

    ENDPOINT: ClassVar[str] = "monitoring/traffic-statistics"

    current_connect_time: int | None = read(count, "CurrentConnectTime")
    """Seconds since the connection came up."""

    current_upload: int | None = read(count, "CurrentUpload")
    """Bytes since the connection came up."""

    current_download: int | None = read(count, "CurrentDownload")
    """Bytes since the connection came up."""

    current_download_rate: int | None = read(count, "CurrentDownloadRate")
    """Bytes per second."""

    current_upload_rate: int | None = read(count, "CurrentUploadRate")
    """Bytes per second."""

    total_upload: int | None = read(count, "TotalUpload")
    """Bytes since the counters were cleared."""

    total_download: int | None = read(count, "TotalDownload")
    """Bytes since the counters were cleared."""

    total_connect_time: int | None = read(count, "TotalConnectTime")
    """Seconds connected since the counters were cleared."""

    max_download_rate: int | None = read(count, "MaxDownloadRate")
    """Bytes per second, the most seen so far."""

    max_upload_rate: int | None = read(count, "MaxUploadRate")
    """Bytes per second, the most seen so far."""


@dataclass(frozen=True, kw_only=True)
class MonthStatistics(Reply):
    """Traffic of the current month of the data plan, and of today."""

    ENDPOINT: ClassVar[str] = "monitoring/month_statistics"

    month_download: int | None = read(count, "CurrentMonthDownload")
    """Bytes."""

    month_upload: int | None = read(count, "CurrentMonthUpload")
    """Bytes."""

    month_duration: int | None = read(count, "MonthDuration")
    """Seconds since the month of the data plan began."""

    last_clear: date | None = read(calendar_date, "MonthLastClearTime")  # noqa: RUF009 - a field
    """Day on which somebody cleared the counters."""

    day_used: int | None = read(count, "CurrentDayUsed")
    """Bytes of today."""

    day_duration: int | None = read(count, "CurrentDayDuration")
    """Seconds connected today."""

    @property
    def month_total(self) -> int | None:
        """Return the bytes of both directions; None unless both are known."""
        if self.month_download is None or self.month_upload is None:
            return None
        return self.month_download + self.month_upload


@dataclass(frozen=True, kw_only=True)
class Notifications(Reply):
    """What the device wants noticed."""

    ENDPOINT: ClassVar[str] = "monitoring/check-notifications"

    unread_messages: int | None = read(count, "UnreadMessage")
    sms_storage_full: bool | None = read(flag, "SmsStorageFull")

    online_update_status: int | None = read(integer, "OnlineUpdateStatus")
    """10, 13 and 14 while there is nothing to update."""

    sim_oper_event: int | None = read(integer, "SimOperEvent")
    """Code of an event of the SIM card; 0 for none."""


_LAST_DAY: Final = 31


def _start_day(fields: Fields) -> int | None:
    """Return the day if it is one."""
    day = count(fields.get("StartDay"))
    return day if day and day <= _LAST_DAY else None


def _data_limit(fields: Fields) -> int | None:
    """Return the exact limit, or the one of the displayed text; 0 stands for no limit."""
    return count(fields.get("trafficmaxlimit")) or data_size(fields.get("DataLimit")) or None


@dataclass(frozen=True, kw_only=True)
class DataPlan(Reply):
    """The data plan that the owner entered."""

    ENDPOINT: ClassVar[str] = "monitoring/start_date"

    start_day: int | None = derive(_start_day, default=None)
    """Day of the month on which the plan renews, 1 to 31."""

    data_limit: int | None = derive(_data_limit, default=None)
    """Bytes a month; None without a limit."""

    month_threshold: int | None = read(percentage, "MonthThreshold")
    """Percent of the limit at which the device warns."""

    enabled: bool | None = read(flag, "SetMonthData")
    """Whether the device watches the plan."""


@dataclass(frozen=True, kw_only=True)
class ConvergedStatus(Reply):
    """State of the SIM card and the language of the device."""

    ENDPOINT: ClassVar[str] = "monitoring/converged-status"

    sim_state: int | None = read(count, "SimState")
    """Code; `network.sim_state` tells its meaning."""

    sim_lock_enabled: bool | None = read(flag, "SimLockEnable")
    """Whether the device is bound to SIM cards of one network."""

    language: str | None = read(text, "CurrentLanguage")
    """Such as `en-us`."""

    country_code: str | None = read(text, "CountryCode")
    """Two letters."""
