"""The firmware generations: what each of them can do and how one logs in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Firmware(StrEnum):
    """Four firmwares, from the last one to the first with an OpenAPI that was read."""

    V1_4_8 = "1.4.8"
    V0_9012 = "0.9012"
    V0_9007 = "0.9007"
    V0_9003 = "0.9003"


class Generation(StrEnum):
    """The two generations of methods."""

    V1 = "v1"
    V0 = "v0"


class LoginKind(StrEnum):
    """How an administrator logs in."""

    API = "api"
    """GET api/login/login_admin, JSON."""
    ADMIN_WEB = "admin_web"
    """GET admin_web/login_admin, JSON."""
    FORM = "form"
    """POST admin_web, HTML."""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What comes with a firmware, and with the model it runs on."""

    version: str
    board: str
    five_ghz: bool
    login: LoginKind
    generations: tuple[Generation, ...]
    """Generations of methods it answers."""
    proxy_call: bool
    """Whether an administrator can call any method."""
    multi_call: bool
    """Whether an administrator can call several methods at once."""
    luci_api: bool
    """Whether the older JSON pages under /api/ exist."""
    proxy_router_info: bool
    """Whether proxy/router_info tells everybody who the router is."""
    local_parameter: bool
    """Whether local=1 keeps a request on the router."""
    shell_signature: bool
    """Whether signatures are computed in a shell, which an apostrophe confuses."""


_V1_AND_V0: Final = (Generation.V1, Generation.V0)
FIRMWARES: Final = {
    Firmware.V1_4_8: Traits(
        version="1.4.8.20462s",
        board="HC5962",
        five_ghz=True,
        login=LoginKind.API,
        generations=_V1_AND_V0,
        proxy_call=True,
        multi_call=True,
        luci_api=False,
        proxy_router_info=True,
        local_parameter=True,
        shell_signature=False,
    ),
    Firmware.V0_9012: Traits(
        version="0.9012.1.8100s",
        board="HC5861",
        five_ghz=True,
        login=LoginKind.ADMIN_WEB,
        generations=_V1_AND_V0,
        proxy_call=True,
        multi_call=True,
        luci_api=False,
        proxy_router_info=True,
        local_parameter=True,
        shell_signature=False,
    ),
    Firmware.V0_9007: Traits(
        version="0.9007.1.5900s",
        board="HC5661",
        five_ghz=False,
        login=LoginKind.FORM,
        generations=(Generation.V0,),
        proxy_call=True,
        multi_call=True,
        luci_api=True,
        proxy_router_info=False,
        local_parameter=False,
        shell_signature=False,
    ),
    Firmware.V0_9003: Traits(
        version="0.9003.1.2600s",
        board="HC5661",
        five_ghz=False,
        login=LoginKind.FORM,
        generations=(Generation.V0,),
        proxy_call=False,
        multi_call=False,
        luci_api=True,
        proxy_router_info=False,
        local_parameter=False,
        shell_signature=True,
    ),
}
