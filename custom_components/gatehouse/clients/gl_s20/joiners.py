"""The devices that may join the Thread network of a GL-S20 (seed "/OTBR")."""

from collections.abc import Collection

from ..secret import Secret
from . import rules
from .envelope import post
from .models import (
    CommissionerStatus,
    JoinerCredential,
    JoinerExport,
    JoinerList,
    RejoinKind,
)
from .session import Session
from .values import ANY_DEVICE


class Joiners:
    """The commissioner and its list; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def commissioner(self) -> CommissionerStatus:
        """Read whether joiners are let in (otbr/get_commissioning_status)."""
        return await self._session.read(CommissionerStatus)

    async def set_commissioner(self, *, enabled: bool) -> None:
        """Open or close the network to joiners (otbr/set_commissioning)."""
        await self._session.command(post("/otbr/set_commissioning", {"Enable": enabled}))

    async def read(self) -> JoinerList:
        """Read all joiners and how far they got (otbr/get_joiner_list): s, PSKds masked."""
        return await self._session.read(JoinerList)

    async def add(
        self, pskd: Secret[str], *, eui64: str = ANY_DEVICE, seconds: int = rules.JOINER_TIMEOUT
    ) -> None:
        """Let a device in that knows the PSKd (otbr/add_joiner), for some seconds.

        Raises ValueError for malformed values.
        """
        rules.check_pskd(pskd.reveal())
        rules.check_eui64(eui64)
        rules.check_timeout(seconds)
        await self._session.command(
            post("/otbr/add_joiner", {"PSKd": pskd, "Timeout": seconds, "EUI64": eui64})
        )

    async def rejoin(self, kind: RejoinKind, *, seconds: int = rules.JOINER_TIMEOUT) -> None:
        """Give joiners of the list another chance (otbr/rejoin_all), for some seconds.

        Raises ValueError for a time out of range.
        """
        rules.check_timeout(seconds)
        await self._session.command(
            post("/otbr/rejoin_all", {"Type": int(kind), "Timeout": seconds})
        )

    async def remove(self, eui64s: Collection[str]) -> None:
        """Strike devices off the list (otbr/remove_joiner_list).

        Raises ValueError for a malformed EUI-64.
        """
        for each in eui64s:
            rules.check_eui64(each)
        spellings = {each.eui64: each.told_eui64 for each in (await self.read()).joiners}
        await self._session.command(
            post(
                "/otbr/remove_joiner_list",
                {"DeviceList": [spellings.get(each.lower()) or each for each in eui64s]},
            )
        )

    async def export(self) -> JoinerExport:
        """Read the list to give it to another border router (otbr/export_joiner_list)."""
        return await self._session.read(JoinerExport)

    async def load(self, version: str, joiners: Collection[JoinerCredential]) -> None:
        """Give the device a list (otbr/import_joiner_list); `commit` puts it into effect.

        Raises ValueError for malformed values or more than 50 entries.
        """
        rules.check_joiner_count(len(joiners))
        entries = [_entry(each) for each in joiners]
        await self._session.command(
            post(
                "/otbr/import_joiner_list",
                {"joiner_list_version": version, "DeviceList": entries},
            )
        )

    async def commit(self, *, seconds: int = rules.JOINER_TIMEOUT) -> None:
        """Put a loaded list into effect (otbr/commit_joiner_list), for some seconds.

        Raises ValueError for a time out of range.
        """
        rules.check_timeout(seconds)
        await self._session.command(post("/otbr/commit_joiner_list", {"Timeout": seconds}))


def _entry(joiner: JoinerCredential) -> dict[str, object]:
    """Return a joiner as it is sent."""
    if joiner.eui64 is None or joiner.pskd is None:
        raise ValueError("a joiner has an EUI-64 and a PSKd")
    rules.check_eui64(joiner.eui64)
    rules.check_pskd(joiner.pskd.reveal())
    return {"EUI64": joiner.told_eui64 or joiner.eui64, "PSKd": joiner.pskd}
