"""The device itself: health, clock, firmware, log, configuration (seed "/sys")."""

from typing import Any, Final

from ..secret import Secret
from ..transport import Reply
from . import rules
from .envelope import LOG_LIMIT, SLOW, accept, check_status, get, parse, post
from .login import USERNAME
from .models import (
    CurrentFirmware,
    OnlineFirmware,
    SystemInformation,
    SystemStatus,
    TimeConfiguration,
    UpgradeStatus,
)
from .session import Session
from .values import elements

_LOG_MEMBERS: Final = ("log", "content", "result")


class System:
    """The device itself; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def information(self) -> SystemInformation:
        """Read the state at a glance (sys/get_info)."""
        return await self._session.read(SystemInformation)

    async def status(self) -> SystemStatus:
        """Read memory and hardware addresses (sys/get_status): bytes."""
        return await self._session.read(SystemStatus)

    async def time(self) -> TimeConfiguration:
        """Read the clock (sys/get_time_config): s, hours."""
        return await self._session.read(TimeConfiguration)

    async def set_time(self, *, sntp_server: str, utc_offset: int) -> None:
        """Set time server and time zone in hours, -12 to 14 (sys/set_time_config).

        Raises ValueError for a time zone out of range.
        """
        rules.check_utc_offset(utc_offset)
        await self._session.command(
            post("/sys/set_time_config", {"sntp": sntp_server, "timezone": f"UTC{utc_offset:+d}"})
        )

    async def firmware(self) -> CurrentFirmware:
        """Read which firmware runs (sys/check_current_firmware)."""
        return await self._session.read(CurrentFirmware)

    async def online_firmware(self) -> OnlineFirmware:
        """Ask the manufacturer's server for firmware (sys/check_online_firmware); slow."""
        return await self._session.read(
            OnlineFirmware, get(OnlineFirmware.ENDPOINT, timeout=SLOW, once=True)
        )

    async def upgrade(
        self, *, firmware_type: str, version: str, keep_configuration: bool = True
    ) -> None:
        """Install a firmware that the server offers (sys/upgrade_online_firmware).

        A lost connection counts as success; `upgrade_status` tells how it goes on.
        """
        official = {"type": firmware_type, "version": version, "save_config": keep_configuration}
        await self._session.command(
            post("/sys/upgrade_online_firmware", {"official": official}), cuts_off=True
        )

    async def upgrade_status(self) -> UpgradeStatus:
        """Read the progress of an upgrade (sys/check_upgrade_status)."""
        return await self._session.read(UpgradeStatus)

    async def log(self) -> str:
        """Read the log, up to 4 MiB of text (sys/get_log); slow. It may name networks and devices.

        The format of the reply is not documented: plain text is taken as well as JSON.
        """
        request = get("/sys/get_log", timeout=SLOW, limit=LOG_LIMIT, once=True)
        return await self._session.decoded(request, _log)

    async def export_configuration(self) -> Secret[dict[str, Any]]:
        """Read the whole configuration with all its passwords (sys/export_sys_config)."""
        return Secret(dict(await self._session.fields(post("/sys/export_sys_config"))))

    async def import_configuration(self, configuration: Secret[dict[str, Any]]) -> None:
        """Give the device an exported configuration, after which it restarts.

        A lost connection counts as success, to be verified (sys/import_sys_config).
        """
        await self._final("/sys/import_sys_config", configuration)

    async def change_password(self, password: Secret[str]) -> None:
        """Change the password of the web page, and use it from now on (sys/set_admin_pwd).

        Raises ValueError for a password that the device would refuse. After OutcomeUnknown either
        of the two may be right.
        """
        rules.check_password(password.reveal())
        await self._session.command(
            post(
                "/sys/set_admin_pwd",
                {
                    "username": USERNAME,
                    "old_pwd": self._session.login.password,
                    "new_pwd": password,
                },
            )
        )
        self._session.login.change_password(password)

    async def factory_reset(self) -> None:
        """Erase everything, the password too (sys/reset); a lost connection counts as success."""
        await self._final("/sys/reset")

    async def restart(self) -> None:
        """Restart (sys/restart); a lost connection counts as success."""
        await self._final("/sys/restart")

    async def _final(self, path: str, body: Secret[dict[str, Any]] | None = None) -> None:
        """Send a command after which the device restarts."""
        await self._session.command(post(path, body), cuts_off=True)
        await self._session.forget()


def _log(reply: Reply, secrets: frozenset[str]) -> str:
    """Return the log of a reply, whatever it is wrapped in."""
    members = parse(reply.body)
    if members is None or not members.keys() & {"code", "err_msg"}:
        check_status(reply)
        return reply.body.decode(errors="replace")
    fields = accept(reply, members, secrets)
    found = next((fields[name] for name in _LOG_MEMBERS if fields.get(name)), None)
    return "\n".join(str(line) for line in elements(found))
