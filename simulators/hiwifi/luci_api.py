"""The JSON pages of the older firmwares, with their fields beside the code."""

from collections.abc import Callable
from typing import Final

from simulators.hiwifi import older_methods, older_wireless, system_methods
from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.client_api import router_info
from simulators.hiwifi.method import Handler
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

type Page = Callable[[Router, Fields], Fields]


def _page(handler: Handler) -> Page:
    """Return a page that does what a method does."""

    def answer(router: Router, fields: Fields) -> Fields:
        """Return code, message and what the method returns."""
        return {"code": 0, "msg": "", **handler(router, Arguments(fields))}

    return answer


def system_info(router: Router) -> Fields:
    """Return what everybody may know."""
    return {"code": 0, "msg": "", **router_info(router)}


def _wifi_list(router: Router, arguments: Arguments) -> Fields:
    """Return the main networks, the key left out."""
    found = []
    for band, ifname in older_wireless.IFNAMES.items():
        if ifname in router.wifi.interfaces:
            fields = older_wireless.band_info(band)(router, arguments)
            found.append({name: fields[name] for name in ("ssid", "encryption", "status")})
    return {"list": found}


PAGES: Final[dict[str, Page]] = {
    "api/system/reboot": _page(system_methods.reboot),
    "api/network/device_list": _page(older_methods.device_list),
    "api/network/get_wan_info": _page(older_methods.wan_info),
    "api/wifi/get_status_list": _page(_wifi_list),
}
