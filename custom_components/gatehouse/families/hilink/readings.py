"""What is read from a HiLink device, and how often."""

from typing import Final

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import HostInfo, HostList, SmsCount, UssdStatus
from ..readings import Cadence, Reading

STATUS: Final = Reading(
    name="status", fetch=HilinkClient.status, cadence=Cadence.FAST, essential=True
)
SIGNAL: Final = Reading(name="signal", fetch=HilinkClient.signal, cadence=Cadence.FAST)
TRAFFIC: Final = Reading(name="traffic", fetch=HilinkClient.traffic, cadence=Cadence.FAST)
SMS_COUNT: Final = Reading[HilinkClient, SmsCount](
    name="sms_count", fetch=lambda client: client.sms.count(), cadence=Cadence.FAST
)
SMS_LIST: Final = Reading[HilinkClient, int | None](
    name="sms_list",
    fetch=lambda client: client.sms.inbox.look(),
    cadence=Cadence.SLOW,
    takes_long=True,
)
"""The counts may stay the same when the list does not."""

USSD_STATUS: Final = Reading[HilinkClient, UssdStatus](
    name="ussd_status", fetch=lambda client: client.ussd.status(), cadence=Cadence.MEDIUM
)
HOSTS: Final = Reading[HilinkClient, HostInfo | HostList](
    name="hosts", fetch=lambda client: client.hosts.all(), cadence=Cadence.FAST
)
HOSTS_NOW_AND_THEN: Final = Reading[HilinkClient, HostInfo | HostList](
    name="hosts_now_and_then", fetch=lambda client: client.hosts.all(), cadence=Cadence.SLOW
)
"""Enough to notice newcomers, and to count, while nobody is tracked."""

MOBILE_DATA: Final = Reading(
    name="mobile_data", fetch=HilinkClient.mobile_data, cadence=Cadence.MEDIUM
)
OPERATOR: Final = Reading(name="operator", fetch=HilinkClient.operator, cadence=Cadence.MEDIUM)
NOTIFICATIONS: Final = Reading(
    name="notifications", fetch=HilinkClient.notifications, cadence=Cadence.SLOW
)
INFORMATION: Final = Reading(
    name="information", fetch=HilinkClient.device_information, cadence=Cadence.SLOW
)
MONTH: Final = Reading(name="month", fetch=HilinkClient.month_statistics, cadence=Cadence.SLOW)
DATA_PLAN: Final = Reading(name="data_plan", fetch=HilinkClient.data_plan, cadence=Cadence.SLOW)
SIM: Final = Reading(name="sim", fetch=HilinkClient.converged_status, cadence=Cadence.SLOW)
NETWORK_MODE: Final = Reading(
    name="network_mode", fetch=HilinkClient.network_mode, cadence=Cadence.SLOW
)
BASIC_INFORMATION: Final = Reading(
    name="basic_information", fetch=HilinkClient.basic_information, cadence=Cadence.DAILY
)
MODULES: Final = Reading(name="modules", fetch=HilinkClient.modules, cadence=Cadence.DAILY)

READINGS: Final = (
    STATUS,
    SIGNAL,
    TRAFFIC,
    SMS_COUNT,
    SMS_LIST,
    USSD_STATUS,
    HOSTS,
    HOSTS_NOW_AND_THEN,
    MOBILE_DATA,
    OPERATOR,
    NOTIFICATIONS,
    INFORMATION,
    MONTH,
    DATA_PLAN,
    SIM,
    NETWORK_MODE,
    BASIC_INFORMATION,
    MODULES,
)
