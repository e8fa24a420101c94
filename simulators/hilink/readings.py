"""What the GET endpoints with live values answer."""

from collections.abc import Callable
from typing import Final

from simulators.hilink import encryption, networks, radio, update_commands, wlan
from simulators.hilink.diagnosis import DIAGNOSIS_READINGS
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.link import LTE
from simulators.hilink.messages import Box
from simulators.hilink.modem import Modem
from simulators.hilink.phone_book import COUNT as PHONE_BOOK_COUNT, count as phone_book_count
from simulators.hilink.wire import OK, Fields, Value

NO_SIM_STATE: Final = "255"
_NO_CARD: Final[Fields] = {"Imsi": None, "Iccid": None, "Msisdn": None, "Mccmnc": None}
_NO_ADDRESS: Final[Fields] = {
    "WanIPAddress": None,
    "WanIPv6Address": None,
    "wan_dns_address": None,
    "wan_ipv6_dns_address": None,
    "PrimaryDns": None,
    "SecondaryDns": None,
    "PrimaryIPv6Dns": None,
    "SecondaryIPv6Dns": None,
}
_NO_SERVICE: Final[Fields] = {
    "SignalIcon": "0",
    "SignalIconNr": "0",
    "EndcStatus": "0",
    "CurrentNetworkType": "0",
    "CurrentNetworkTypeEx": "0",
    "CurrentServiceDomain": "0",
    "ServiceStatus": "0",
}


def information(modem: Modem) -> Fields:
    """Return device/information."""
    live: Fields = {"uptime": str(modem.uptime)}
    if modem.connected_since is None:
        live |= _NO_ADDRESS
    if not modem.options.sim_present:
        live |= _NO_CARD
    return modem.overlay("device/information", live)


def signal(modem: Modem) -> Fields:
    """Return device/signal."""
    return radio.signal(
        modem.record("device/signal"),
        modem.link.technology,
        modem.now,
        in_service=modem.in_service,
    )


def status(modem: Modem) -> Fields:
    """Return monitoring/status."""
    live: Fields = {"ConnectionStatus": modem.link.status(modem.now, modem.options)}
    technology = modem.link.technology
    if not modem.in_service:
        live |= _NO_SERVICE
    elif technology is not None:
        live |= {
            "CurrentNetworkType": technology.network_type,
            "CurrentNetworkTypeEx": technology.network_type_ex,
            "EndcStatus": "0",
        }
        if technology is LTE:
            live["SignalIconNr"] = "0"
    if modem.connected_since is None:
        live |= _NO_ADDRESS
    if not modem.options.sim_present:
        live["SimStatus"] = NO_SIM_STATE
    return modem.overlay("monitoring/status", live | wlan.status(modem))


def traffic(modem: Modem) -> Fields:
    """Return monitoring/traffic-statistics."""
    live = modem.traffic.statistics(modem.now, modem.connected_since)
    return modem.overlay("monitoring/traffic-statistics", live)


def month(modem: Modem) -> Fields:
    """Return monitoring/month_statistics."""
    return modem.overlay("monitoring/month_statistics", modem.traffic.month_statistics())


def notifications(modem: Modem) -> Fields:
    """Return monitoring/check-notifications."""
    sms = modem.options.sms_enabled
    return modem.overlay(
        "monitoring/check-notifications",
        {
            "UnreadMessage": str(modem.messages.unread(modem.now) if sms else 0),
            "SmsStorageFull": str(int(sms and modem.messages.full(modem.now))),
            "OnlineUpdateStatus": modem.update.code,
        },
    )


def converged_status(modem: Modem) -> Fields:
    """Return monitoring/converged-status."""
    return modem.overlay("monitoring/converged-status", _sim_state(modem))


def pin_status(modem: Modem) -> Fields:
    """Return pin/status."""
    return modem.overlay("pin/status", _sim_state(modem))


def _sim_state(modem: Modem) -> Fields:
    """Return the state of the SIM when there is none, or one that wants its PIN."""
    return modem.sim.state() if modem.options.sim_present else {"SimState": NO_SIM_STATE}


def plmn(modem: Modem) -> Fields:
    """Return net/current-plmn, which fails without a SIM."""
    if not modem.options.sim_present:
        raise DeviceError(Code.FAILED)
    if not modem.in_service:
        return modem.overlay(
            "net/current-plmn",
            {"State": "1", "FullName": None, "ShortName": None, "Numeric": None, "Rat": None},
        )
    technology = modem.link.technology
    live: Fields = {"Rat": technology.rat} if technology is not None else {}
    live |= networks.visited(modem)
    return modem.overlay("net/current-plmn", live)


def mobile_data(modem: Modem) -> Fields:
    """Return dialup/mobile-dataswitch."""
    return modem.overlay(
        "dialup/mobile-dataswitch", {"dataswitch": str(int(modem.link.data_enabled))}
    )


def modules(modem: Modem) -> Fields:
    """Return global/module-switch."""
    live: Fields = {} if modem.options.sms_enabled else {"sms_enabled": "0"}
    return modem.overlay("global/module-switch", live)


def sms_count(modem: Modem) -> Fields:
    """Return sms/sms-count; asking makes the arrivals no longer new."""
    now = modem.now
    arrived, modem.messages.arrived = modem.messages.arrived, 0
    return modem.overlay(
        "sms/sms-count",
        {
            "LocalUnread": str(modem.messages.unread(now)),
            "LocalInbox": str(len(modem.messages.box(Box.INBOX, now))),
            "LocalOutbox": str(len(modem.messages.box(Box.SENT, now))),
            "LocalDraft": str(len(modem.messages.box(Box.DRAFTS, now))),
            "LocalDeleted": str(len(modem.messages.box(Box.TRASH, now))),
            "LocalMax": str(modem.capacity),
            "SimInbox": str(len(modem.messages.box(Box.SIM_INBOX, now))),
            "NewMsg": str(arrived),
        },
    )


def send_status(modem: Modem) -> Fields:
    """Return sms/send-status."""
    modem.record("sms/sms-count")
    return modem.outbox.status()


def sms_count_contact(modem: Modem) -> Fields:
    """Return sms/sms-count-contact: the number of conversations."""
    modem.record("sms/sms-count")
    return {"count": str(len(modem.messages.conversations(modem.now)))}


def ussd_status(modem: Modem) -> Fields:
    """Return ussd/status."""
    return modem.overlay("ussd/status", {"result": modem.ussd.state})


def ussd_get(modem: Modem) -> Fields:
    """Return ussd/get."""
    modem.record("ussd/status")
    return {"content": modem.ussd.get(modem.now, modem.options.ussd_seconds)}


def ussd_release(modem: Modem) -> Value:
    """Answer ussd/release, which changes something though it is a GET."""
    modem.record("ussd/status")
    modem.ussd.release()
    return OK


def public_key(_: Modem) -> Fields:
    """Return webserver/publickey."""
    return {"encpubkeyn": encryption.modulus(), "encpubkeye": encryption.EXPONENT}


READINGS: Final[dict[str, Callable[[Modem], Value]]] = {
    "device/information": information,
    "device/signal": signal,
    "monitoring/status": status,
    "monitoring/traffic-statistics": traffic,
    "monitoring/month_statistics": month,
    "monitoring/check-notifications": notifications,
    "monitoring/converged-status": converged_status,
    "pin/status": pin_status,
    "net/current-plmn": plmn,
    "net/plmn-list": networks.plmn_list,
    "dialup/mobile-dataswitch": mobile_data,
    "global/module-switch": modules,
    "sms/sms-count": sms_count,
    "sms/sms-count-contact": sms_count_contact,
    "sms/send-status": send_status,
    update_commands.STATUS: update_commands.status,
    "online-update/url-list": update_commands.url_list,
    "ussd/status": ussd_status,
    "ussd/get": ussd_get,
    "ussd/release": ussd_release,
    "webserver/publickey": public_key,
    **DIAGNOSIS_READINGS,
    PHONE_BOOK_COUNT: phone_book_count,
}
