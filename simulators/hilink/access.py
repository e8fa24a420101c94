"""Which endpoints answer without a login."""

from collections.abc import Mapping
from typing import Any

from simulators.hilink.options import HilinkOptions, LoginKind

ALWAYS_OPEN = frozenset(
    {
        "user/state-login",
        "user/hilink_login",
        "user/login",
        "user/challenge_login",
        "user/authentication_login",
        "webserver/token",
        "webserver/SesTokInfo",
        "webserver/publickey",
        "device/basic_information",
        "monitoring/status",
        "monitoring/check-notifications",
        "monitoring/traffic-statistics",
        "net/current-plmn",
        "global/module-switch",
    }
)


def is_open(endpoint: str, options: HilinkOptions, settings: Mapping[str, Any]) -> bool:
    """Return whether an endpoint answers an anonymous session."""
    if options.login is LoginKind.NONE or endpoint in ALWAYS_OPEN:
        return True
    if endpoint == "device/information":
        return not options.hide_information
    return endpoint in settings.get("open_paths", ())
