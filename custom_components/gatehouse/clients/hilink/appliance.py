"""What a device is besides a modem and a router.

Source: the seed's "Cradle Module", "Language Module", "SDCard Module", "SNTP Module" and
"Voice Module", and device/autorun-version.
"""

from typing import Final, Protocol

from . import xml
from .models import (
    AutorunVersion,
    Cradle,
    CradleStatus,
    Dlna,
    Language,
    Languages,
    MemoryCard,
    Samba,
    Sntp,
    Volte,
)
from .records import Requests as RecordRequests, change

_CRADLE_STATES: Final = ("eth_wan_status", "cradle_status")


class Requests(RecordRequests, Protocol):
    """What is needed of the client."""

    async def configuration(self, path: str) -> xml.Fields:
        """Read the fields of a page of the firmware's own configuration."""


class Appliance:
    """Clock, language, voice, memory card, cradle.

    All methods raise what those of HilinkClient raise; NotSupported where the firmware lacks the
    page or the field.
    """

    def __init__(self, client: Requests) -> None:
        """Use a client's requests."""
        self._client = client

    async def sntp(self) -> Sntp:
        """Read whether the clock is set by the internet (sntp/sntpswitch)."""
        return Sntp.from_fields(await self._client.fields(Sntp.ENDPOINT))

    async def set_sntp(self, *, enabled: bool) -> None:
        """Let the clock be set by the internet, or not."""
        await change(self._client, Sntp.ENDPOINT, {"SntpSwitch": int(enabled)})

    async def dlna(self) -> Dlna:
        """Read whether there is a media server (sdcard/dlna-setting)."""
        return Dlna.from_fields(await self._client.fields(Dlna.ENDPOINT))

    async def set_dlna(self, *, enabled: bool) -> None:
        """Switch the media server; what it shares stays."""
        await change(self._client, Dlna.ENDPOINT, {"enabled": int(enabled)})

    async def samba(self) -> Samba:
        """Read whether there is a file server (sdcard/sdcardsamba)."""
        return Samba.from_fields(await self._client.fields(Samba.ENDPOINT))

    async def set_samba(self, *, enabled: bool) -> None:
        """Switch the file server; its other settings stay."""
        await change(self._client, Samba.ENDPOINT, {"enabled": int(enabled)})

    async def memory_card(self) -> MemoryCard:
        """Read the state of the memory card (sdcard/sdcard)."""
        return MemoryCard.from_fields(await self._client.fields(MemoryCard.ENDPOINT))

    async def volte(self) -> Volte:
        """Read whether calls go over LTE (voice/volte)."""
        return Volte.from_fields(await self._client.fields(Volte.ENDPOINT))

    async def in_call(self) -> bool | None:
        """Read whether somebody telephones (voice/voicebusy); None for an unknown word."""
        content = await self._client.get("voice/voicebusy")
        return {"Idle": False, "Busy": True}.get(content) if isinstance(content, str) else None

    async def autorun_version(self) -> AutorunVersion:
        """Read the version of the software for computers (device/autorun-version)."""
        return AutorunVersion.from_fields(await self._client.fields(AutorunVersion.ENDPOINT))

    async def cradle(self) -> Cradle:
        """Read the settings of the cradle (cradle/basic-info)."""
        return Cradle.from_fields(await self._client.fields(Cradle.ENDPOINT))

    async def cradle_status(self) -> CradleStatus:
        """Read the connection by the cradle (cradle/status-info)."""
        return CradleStatus.from_fields(await self._client.fields(CradleStatus.ENDPOINT))

    async def set_cradle(self, **changes: int) -> None:
        """Change settings of the cradle by the names that `Cradle` gives them."""
        await change(self._client, Cradle.ENDPOINT, changes, read_only=_CRADLE_STATES)

    async def language(self) -> Language:
        """Read the language of the device's own page (language/current-language)."""
        return Language.from_fields(await self._client.fields(Language.ENDPOINT))

    async def languages(self) -> Languages:
        """Read which languages there are."""
        return Languages.from_fields(await self._client.configuration(Languages.ENDPOINT))

    async def set_language(self, code: str) -> None:
        """Choose a language by its code, written as this device writes it."""
        raw = str((await self._client.fields(Language.ENDPOINT)).get("CurrentLanguage"))
        written = code.replace("_", "-") if "-" in raw else code
        await self._client.command(Language.ENDPOINT, {"CurrentLanguage": written})
