"""Methods of the way out."""

from typing import Final

from simulators.hiwifi import identity
from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.method import Handler, mac
from simulators.hiwifi.options import WanType
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

DIALING: Final = -1
CONNECTED: Final = 0
NO_ANSWER: Final = 678


def get_status(router: Router, _: Arguments) -> Fields:
    """Return the whole connection."""
    wan, now, options = router.wan, router.now, router.options
    up = wan.up(now, options)
    return {
        "wan_type": options.wan_type,
        "up": up,
        "dev_link": wan.cable,
        "pending": wan.pending(now, options),
        "uptime": wan.uptime(now, options),
        "wan_ip": identity.WAN_IP if up else "",
        "wan_mac": mac(router, identity.neighbor(options.mac, 1)),
        "wan_mask": identity.WAN_MASK if up else "",
        "ipv6_address": [{"address": identity.WAN_IPV6, "mask": 64}] if up else [],
        "dns": list(identity.WAN_DNS) if up else [],
        "gateway": identity.WAN_GATEWAY if up else "",
        "inet_status": int(wan.online(now, options)),
        "duplex": "full" if wan.cable else "",
        "speed": "1000M" if wan.cable else "",
        "switch_status_wan": "",
    }


def get_inet_stat(router: Router, _: Arguments) -> Fields:
    """Return whether the internet is reached."""
    return {"status": int(router.wan.online(router.now, router.options))}


def get_config(router: Router, _: Arguments) -> Fields:
    """Return the settings, with the password of the subscriber line."""
    if router.options.wan_type is WanType.DHCP:
        return {"wan_type": WanType.DHCP}
    return {
        "wan_type": WanType.PPPOE,
        "username": identity.PPPOE_USERNAME,
        "password": identity.PPPOE_PASSWORD,
    }


def get_pppoe_status(router: Router, _: Arguments) -> Fields:
    """Return how dialing goes."""
    if router.options.wan_type is not WanType.PPPOE:
        raise DeviceError(Code.PARAMETER)
    now, options = router.now, router.options
    if router.wan.up(now, options):
        status, text = CONNECTED, ""
    elif router.wan.pending(now, options):
        status, text = DIALING, ""
    else:
        status, text = NO_ANSWER, "PPPoE server does not answer"
    return {
        "status": status,
        "remote_err_code": max(0, status),
        "remote_err_msg": text,
    }


def connect(router: Router, _: Arguments) -> Fields:
    """Connect."""
    router.wan.switch(router.now, on=True)
    return {}


def disconnect(router: Router, _: Arguments) -> Fields:
    """Disconnect."""
    router.wan.switch(router.now, on=False)
    return {}


V1: Final[dict[str, Handler]] = {
    "wan.get_status": get_status,
    "wan.get_inet_stat": get_inet_stat,
    "wan.get_config": get_config,
    "wan.get_pppoe_status": get_pppoe_status,
    "wan.up": connect,
    "wan.down": disconnect,
}
