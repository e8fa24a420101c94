"""Methods of the box itself: identity, restart, LED, firmware."""

from typing import Final

from simulators.hiwifi import identity
from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.method import Handler
from simulators.hiwifi.options import UpgradeServer
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

LAN_PORTS: Final = 3
FIRMWARE_BYTES: Final = 12_582_912
CHANGELOG: Final = "1. 提升稳定性\n2. 修复已知问题"


def get_info(router: Router, _: Arguments) -> Fields:
    """Return who the router is."""
    traits = router.options.traits
    bands = {"2.4G": True, "5G": traits.five_ghz}
    return {
        "mac": router.options.mac,
        "model": traits.board,
        "version": traits.version,
        "type": "router",
        "storage": {"minsize": 0, "type": "none"},
        "wireless": {
            band: {"available": available, "turbo": False} for band, available in bands.items()
        },
        "uptime": router.uptime,
        "systime": router.timestamp(),
        "issetsafe": 1,
        "auto_bind": 0,
    }


def reboot(router: Router, _: Arguments) -> Fields:
    """Restart soon."""
    router.reboot()
    return {}


def reset(router: Router, _: Arguments) -> Fields:
    """Forget everything."""
    router.factory_reset()
    return {}


def reset_not_all_config(router: Router, _: Arguments) -> Fields:
    """Forget who is bound, but not the owner's settings."""
    router.factory_reset(keep_config=True)
    return {}


def set_password(router: Router, arguments: Arguments) -> Fields:
    """Change the administrator's password."""
    if arguments.text("old_password") != router.options.admin_password:
        raise DeviceError(router.options.login_code)
    password = arguments.text("password")
    if not password:
        raise DeviceError(Code.PARAMETER)
    router.options = router.options.changed({"admin_password": password})
    router.sessions.expire()
    return {}


def get_default_password(router: Router, _: Arguments) -> Fields:
    """Return the password of a new router."""
    default = identity.ADMIN_PASSWORD
    in_use = router.options.admin_password == default
    return {"default_password": default, "currently_default": int(in_use)}


def led_status(router: Router, _: Arguments) -> Fields:
    """Return whether the lights are on."""
    return {"status": int(router.led)}


def set_led_status(router: Router, arguments: Arguments) -> Fields:
    """Switch the lights."""
    router.led = arguments.boolean("status")
    return {}


def led_on(router: Router, _: Arguments) -> Fields:
    """Switch the lights on."""
    router.led = True
    return {}


def led_off(router: Router, _: Arguments) -> Fields:
    """Switch the lights off."""
    router.led = False
    return {}


def board_wan_status(router: Router, _: Arguments) -> Fields:
    """Return what is plugged into the WAN port."""
    if not router.wan.cable:
        return {"link": "down", "speed": "", "duplex": ""}
    return {"link": "up", "speed": "1000M", "duplex": "full"}


def board_lan_status(router: Router, _: Arguments) -> Fields:
    """Return what is plugged into the LAN ports, a client in each."""
    used = sum(1 for each in router.household.online() if each.wired)
    return {"link": ["up" if port < used else "down" for port in range(LAN_PORTS)]}


def upgrade_check(router: Router, _: Arguments) -> Fields:
    """Return what the vendor's server offers."""
    version = router.options.traits.version
    if not router.upgrade.available(version, router.options):
        return {"need_upgrade": 0, "size": 0, "version": version, "changelog": ""}
    return {
        "need_upgrade": 1,
        "size": FIRMWARE_BYTES,
        "version": router.options.upgrade_version,
        "changelog": CHANGELOG,
    }


def upgrade_start(router: Router, _: Arguments) -> Fields:
    """Begin to upgrade."""
    if router.options.upgrade_server is UpgradeServer.DEAD:
        raise DeviceError(Code.NO_UPGRADE)
    router.upgrade.start(router.options.traits.version, router.now, router.options)
    return {}


def upgrade_progress(router: Router, _: Arguments) -> Fields:
    """Return how far an upgrade is."""
    percent = router.upgrade.percent(router.now, router.options)
    if percent is None:
        return {"state": "finish", "percent": 0}
    return {"state": "downloading", "percent": percent}


LED: Final[dict[str, Handler]] = {
    "system.led.get_status": led_status,
    "system.led.set_status": set_led_status,
    "system.led.on": led_on,
    "system.led.off": led_off,
}
V1: Final[dict[str, Handler]] = {
    **LED,
    "system.get_info": get_info,
    "system.reboot": reboot,
    "system.reset": reset,
    "system.reset_not_all_config": reset_not_all_config,
    "system.set_password": set_password,
    "system.get_default_password": get_default_password,
    "system.board.get_wan_status": board_wan_status,
    "system.board.get_lan_status": board_lan_status,
    "system.upgrade.check": upgrade_check,
    "system.upgrade.start": upgrade_start,
    "system.upgrade.get_progress": upgrade_progress,
}
