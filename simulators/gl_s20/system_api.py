"""Endpoints under /sys."""

from typing import Any, Final

from simulators.gl_s20 import identity
from simulators.gl_s20.device import Device
from simulators.gl_s20.endpoint import Endpoint, command, reading
from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.firmware import CATEGORIES, TYPES, Upgrade
from simulators.gl_s20.options import LogShape
from simulators.gl_s20.request import Request, refused
from simulators.gl_s20.wire import Fields, RawText

MEMORY_TOTAL: Final = 8_388_608
MEMORY_FREE: Final = 5_242_880
MEMORY_STEP: Final = 4096
MEMORY_SLOT_SECONDS: Final = 10
TIMEZONES: Final = {f"UTC{hours:+d}": hours for hours in range(-12, 15)}
SNTP_SERVER: Final = r"[A-Za-z0-9.:-]{1,63}"
URL: Final = r"https?://\S+"
CUSTOM_VERSION: Final = "custom"
HOUR: Final = 3600


def get_info(device: Device, _: Request) -> Fields:
    """Return the state of the most important parts."""
    return {
        "wan_status": int(device.uplinks.wan_status(device.now)),
        "thread_nwk_status": int(device.thread.in_network(device.now, device.options)),
        "thread_commissioner_status": int(device.commissioner.active(device.now)),
    }


def get_status(device: Device, _: Request) -> Fields:
    """Return memory and addresses."""
    used = int(device.now // MEMORY_SLOT_SECONDS * 7 % 64) * MEMORY_STEP
    return {
        "memory_total": MEMORY_TOTAL,
        "memory_free": MEMORY_FREE - used,
        "ble_mac": identity.BLE_MAC,
        "wifi_mac": identity.WIFI_MAC,
        "eth_mac": identity.ETH_MAC,
        "model": identity.MODEL,
        "sn": identity.SERIAL_NUMBER,
    }


def get_time_config(device: Device, _: Request) -> Fields:
    """Return the time settings; the time is that of the time zone."""
    return {
        "sntp": device.sntp,
        "timezone": device.timezone,
        "localtime": device.timestamp() + HOUR * device.timezone,
    }


def set_time_config(device: Device, request: Request) -> Fields:
    """Change the time settings."""
    sntp = request.text("sntp", SNTP_SERVER)
    device.timezone = sent_timezone(request, "timezone")
    device.sntp = sntp
    return {}


def sent_timezone(request: Request, name: str) -> int:
    """Return the hours of a time zone."""
    timezone = TIMEZONES.get(request.text(name))
    if timezone is None:
        raise refused(name)
    return timezone


def check_current_firmware(device: Device, _: Request) -> Fields:
    """Return what runs."""
    return {
        "current_firmware_type": TYPES[device.options.firmware_category],
        "current_firmware_version": device.options.firmware_version,
    }


def check_online_firmware(device: Device, _: Request) -> Fields:
    """Return what the vendor offers, which needs the internet."""
    if not device.uplinks.internet():
        raise DeviceError(Code.FAILED, "Server not reachable")
    return {
        "online_firmware_list": [
            {"type": kind, "version": version} for kind, version in device.options.online_firmware
        ]
    }


def upgrade_online_firmware(device: Device, request: Request) -> Fields:
    """Begin an upgrade to a firmware of the vendor, or of one's own."""
    if request.has("official") == request.has("custom"):
        raise refused("official")
    upgrade = _official(device, request) if request.has("official") else _custom(device, request)
    if not device.uplinks.internet():
        raise DeviceError(Code.FAILED, "Server not reachable")
    device.firmware.begin(upgrade, device.options)
    return {}


def _official(device: Device, request: Request) -> Upgrade:
    """Return an upgrade to a firmware on the vendor's server."""
    official = request.part("official")
    chosen = (official.text("type"), official.text("version"))
    if chosen not in device.options.online_firmware or chosen[0] not in CATEGORIES:
        raise refused("official")
    category = CATEGORIES[chosen[0]]
    save_config = official.boolean("save_config")
    if save_config and category is not device.options.firmware_category:
        raise refused("official.save_config")
    return Upgrade(
        category=category, version=chosen[1], save_config=save_config, started=device.now
    )


def _custom(device: Device, request: Request) -> Upgrade:
    """Return an upgrade to a firmware from somewhere."""
    request.part("custom").text("url", URL)
    return Upgrade(
        category=device.options.firmware_category,
        version=CUSTOM_VERSION,
        save_config=True,
        started=device.now,
    )


def check_upgrade_status(device: Device, _: Request) -> Fields:
    """Return how the upgrade is going."""
    return {"status": device.firmware.status(device.now, device.options)}


def upgrade_online_certificate(device: Device, request: Request) -> Fields:
    """Install a certificate from somewhere."""
    request.text("url", URL)
    device.firmware.certificates += 1
    return {}


def upgrade_local_certificate(device: Device, _: Request) -> Fields:
    """Install a certificate; how it is sent is not documented."""
    device.firmware.certificates += 1
    return {}


def get_log(device: Device, _: Request) -> Any:
    """Return the log."""
    lines = list(device.log.lines)
    text = "".join(f"{line}\n" for line in lines)
    match device.options.log_shape:
        case LogShape.FIELD:
            return {"log": text}
        case LogShape.LIST:
            return lines
        case LogShape.STRING:
            return text
        case LogShape.RAW_TEXT:
            return RawText(text)


def reset(device: Device, _: Request) -> Fields:
    """Become a new device."""
    device.factory_reset()
    return {}


def restart(device: Device, _: Request) -> Fields:
    """Restart."""
    device.restart()
    return {}


ENDPOINTS: Final = {
    "sys/get_info": reading(get_info),
    "sys/get_status": reading(get_status),
    "sys/get_time_config": reading(get_time_config),
    "sys/set_time_config": command(set_time_config),
    "sys/check_current_firmware": reading(check_current_firmware),
    "sys/check_online_firmware": Endpoint(
        method="GET",
        handler=check_online_firmware,
        occupied_seconds=lambda options: options.online_check_seconds,
    ),
    "sys/upgrade_online_firmware": command(upgrade_online_firmware),
    "sys/check_upgrade_status": reading(check_upgrade_status),
    "sys/upgrade_online_certificate": command(upgrade_online_certificate),
    "sys/upgrade_local_certificate": command(upgrade_local_certificate),
    "sys/get_log": reading(get_log),
    "sys/reset": command(reset),
    "sys/restart": command(restart),
}
