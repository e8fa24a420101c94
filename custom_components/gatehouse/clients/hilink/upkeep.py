"""Upkeep of a HiLink device: new firmware, planned restarts, switching off."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..errors import OutcomeUnknown
from . import records
from .models import RestartSchedule, UpdateOffer, UpdateState, UpdateStatus

if TYPE_CHECKING:
    from .client import HilinkClient

_POWER_OFF: Final = 4
_UPDATE_NOW: Final = 0


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What is known of newer firmware."""

    state: UpdateState | None
    version: str | None = None
    """None where nothing newer is known."""


class Upkeep:
    """Keeps a device well. Only the shutdown is in the seed ("Device Module": device/control)."""

    def __init__(self, client: HilinkClient) -> None:
        """Work through a client."""
        self._client = client
        self._offered: str | None = None

    async def check(self) -> None:
        """Let the device ask its maker's server (online-update/check-new-version).

        The answer takes seconds; `offer` tells it.
        """
        await self._client.command("online-update/check-new-version", {})

    async def status(self) -> UpdateStatus:
        """Read how far the device is with new firmware (online-update/status)."""
        return UpdateStatus.from_fields(await self._client.fields(UpdateStatus.ENDPOINT))

    async def offer(self) -> Offer:
        """Read whether there is newer firmware; its version is asked for once."""
        status = await self.status()
        if status.state is not UpdateState.FOUND:
            self._offered = None
            return Offer(state=status.state)
        if self._offered is None:
            found = UpdateOffer.from_fields(await self._client.fields(UpdateOffer.ENDPOINT))
            self._offered = found.version
        return Offer(state=status.state, version=self._offered)

    async def install(self) -> None:
        """Begin to download and install what was found (online-update/ack-newversion).

        Raises CommandRefused with 110024 where the battery is too low, 110023 without an offer.
        """
        await self._client.command(
            "online-update/ack-newversion", {"userAckNewVersion": _UPDATE_NOW}
        )

    async def restart_schedule(self) -> RestartSchedule:
        """Read when the device restarts by itself (diagnosis/time_reboot)."""
        return RestartSchedule.from_fields(await self._client.fields(RestartSchedule.ENDPOINT))

    async def set_restart_schedule(
        self,
        *,
        enabled: bool | None = None,
        days: int | None = None,
        begin: int | None = None,
        end: int | None = None,
    ) -> None:
        """Change the schedule; what is None stays. Times are in minutes after midnight."""
        changes = {
            "enable": None if enabled is None else int(enabled),
            "dayinterval": days,
            "begintime": begin,
            "endtime": end,
        }
        await records.change(
            self._client,
            RestartSchedule.ENDPOINT,
            {name: str(value) for name, value in changes.items() if value is not None},
        )

    async def shut_down(self) -> None:
        """Switch the device off; only its own button switches it on again (Control 4)."""
        # A device that is off does not answer.
        with suppress(OutcomeUnknown):
            await self._client.command("device/control", {"Control": _POWER_OFF})
        await self._client.forget_session()
