"""What tests that run over every kind of device need to know of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from custom_components.gatehouse.const import CONF_DEVICE_TYPE, DeviceFamily
from simulators.gl_s20 import GlS20Options, GlS20Simulator
from simulators.hilink.options import HilinkOptions
from simulators.hilink.simulator import HilinkSimulator
from simulators.hiwifi import HiwifiOptions, HiwifiSimulator
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from tests.conftest import modem_data

from .gl_s20.conftest import router_data as gl_s20_data
from .hiwifi.conftest import router_data as hiwifi_data
from .openvox.conftest import gateway_data

type Simulator = Any
"""Simulators share the server, but each has a lab of its own."""


def _changes_password(option: str, expire: str) -> Callable[[Simulator], None]:
    """Return what changes the password on the device, which ends its sessions."""

    def change(simulator: Simulator) -> None:
        """Change it."""
        simulator.lab.set_options(**{option: "changed-2026"})
        getattr(simulator.lab, expire)()

    return change


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of device, and a way to log in to it."""

    family: DeviceFamily
    build: Callable[[], Simulator]
    """Returns a device that is not yet started, and for which time stands still."""

    data: Callable[[Simulator], Mapping[str, object]]
    change_secret: Callable[[Simulator], None]
    """Makes the device refuse the credentials from now on."""

    new_credentials: Mapping[str, object] = field(
        default_factory=lambda: {"password": "changed-2026"}
    )
    """What the device takes then; None for the same as before."""

    login: str
    """Part of the paths by which a secret reaches the device."""

    restarts: bool = True
    """Whether the device can be told to restart."""

    @property
    def entry_data(self) -> Callable[[Simulator], dict[str, object]]:
        """Return the data of an entry."""
        return lambda simulator: {**self.data(simulator), CONF_DEVICE_TYPE: self.family}


def _still() -> float:
    """Return the time, which stands still."""
    return 0.0


KINDS: Final = (
    Kind(
        family=DeviceFamily.HILINK,
        build=lambda: HilinkSimulator(
            HilinkOptions(profile="e8372h-320", sms_send_seconds=0), clock=_still
        ),
        data=modem_data,
        change_secret=_changes_password("password", "expire_sessions"),
        login="/api/user/authentication_login",
        new_credentials={"username": "admin", "password": "changed-2026", "verify_ssl": True},
    ),
    Kind(
        family=DeviceFamily.GL_S20,
        build=lambda: GlS20Simulator(
            GlS20Options(scan_seconds=0, wifi_scan_seconds=0, online_check_seconds=0), clock=_still
        ),
        data=gl_s20_data,
        change_secret=_changes_password("password", "expire_tokens"),
        login="/ui/login",
    ),
    Kind(
        family=DeviceFamily.OPENVOX,
        build=lambda: OpenVoxSimulator(OpenVoxOptions(), clock=_still),
        data=gateway_data,
        change_secret=_changes_password("password", "steal_tokens"),
        login="/auth/login",
        restarts=False,
        new_credentials={"username": "admin", "password": "changed-2026", "verify_ssl": False},
    ),
    Kind(
        family=DeviceFamily.HIWIFI,
        build=lambda: HiwifiSimulator(HiwifiOptions(), clock=_still),
        data=hiwifi_data,
        change_secret=_changes_password("admin_password", "expire_sessions"),
        login="/login_admin",
    ),
    Kind(
        family=DeviceFamily.HIWIFI_SIGNED,
        build=lambda: HiwifiSimulator(HiwifiOptions(), clock=_still),
        data=lambda simulator: hiwifi_data(simulator, signed=True),
        change_secret=lambda simulator: simulator.lab.forget_secrets(),
        login="/call",
        new_credentials={},
    ),
)
