"""What a HiLink device is besides a modem and a router: clock, voice, memory card, language."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.const import EntityCategory

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import (
    AutorunVersion,
    Cradle,
    Dlna,
    Language,
    Languages,
    MemoryCard,
    Samba,
    Sntp,
    Volte,
)
from ..descriptions import (
    GatehouseBinarySensorDescription,
    GatehouseSelectDescription,
    GatehouseSensorDescription,
    GatehouseSwitchDescription,
)
from ..readings import Cadence, Reading, Snapshot

SNTP: Final = Reading[HilinkClient, Sntp](
    name="sntp", fetch=lambda client: client.appliance.sntp(), cadence=Cadence.DAILY
)
DLNA: Final = Reading[HilinkClient, Dlna](
    name="dlna", fetch=lambda client: client.appliance.dlna(), cadence=Cadence.SLOW
)
SAMBA: Final = Reading[HilinkClient, Samba](
    name="samba", fetch=lambda client: client.appliance.samba(), cadence=Cadence.SLOW
)
MEMORY_CARD: Final = Reading[HilinkClient, MemoryCard](
    name="memory_card",
    fetch=lambda client: client.appliance.memory_card(),
    cadence=Cadence.SLOW,
)
VOLTE: Final = Reading[HilinkClient, Volte](
    name="volte", fetch=lambda client: client.appliance.volte(), cadence=Cadence.SLOW
)
IN_CALL: Final = Reading[HilinkClient, bool | None](
    name="in_call", fetch=lambda client: client.appliance.in_call(), cadence=Cadence.MEDIUM
)
AUTORUN: Final = Reading[HilinkClient, AutorunVersion](
    name="autorun_version",
    fetch=lambda client: client.appliance.autorun_version(),
    cadence=Cadence.DAILY,
)
CRADLE: Final = Reading[HilinkClient, Cradle](
    name="cradle", fetch=lambda client: client.appliance.cradle(), cadence=Cadence.SLOW
)
LANGUAGE: Final = Reading[HilinkClient, Language](
    name="language", fetch=lambda client: client.appliance.language(), cadence=Cadence.DAILY
)
LANGUAGES: Final = Reading[HilinkClient, Languages](
    name="languages", fetch=lambda client: client.appliance.languages(), cadence=Cadence.DAILY
)

_DIAGNOSTIC: Final[dict[str, Any]] = {
    "entity_category": EntityCategory.DIAGNOSTIC,
    "entity_registry_enabled_default": False,
}
_CONFIG: Final[dict[str, Any]] = {
    "entity_category": EntityCategory.CONFIG,
    "entity_registry_enabled_default": False,
}


def _switch(
    key: str, reading: Reading[HilinkClient, Any], set_fn: Callable[..., Any]
) -> GatehouseSwitchDescription[HilinkClient]:
    """Describe a switch of one setting."""
    return GatehouseSwitchDescription[HilinkClient](
        key=key,
        reading=reading,
        exists_fn=lambda data: data[reading].enabled is not None,
        value_fn=lambda data: data[reading].enabled,
        set_fn=lambda client, on: set_fn(client.appliance, enabled=on),
        read_back=(reading,),
        **_CONFIG,
    )


def _state(
    key: str, reading: Reading[HilinkClient, Any], name: str
) -> GatehouseBinarySensorDescription:
    """Describe a binary sensor of one field."""
    return GatehouseBinarySensorDescription(
        key=key,
        reading=reading,
        exists_fn=lambda data: getattr(data[reading], name) is not None,
        value_fn=lambda data: getattr(data[reading], name),
        **_DIAGNOSTIC,
    )


def _languages(data: Snapshot) -> list[str]:
    """Return the languages that the device has, as far as it has told."""
    languages = data.last(LANGUAGES)
    return list(languages.codes) if languages else []


APPLIANCE_READINGS: Final = (
    SNTP,
    DLNA,
    SAMBA,
    MEMORY_CARD,
    VOLTE,
    IN_CALL,
    AUTORUN,
    CRADLE,
    LANGUAGE,
    LANGUAGES,
)

APPLIANCE_SWITCHES: Final = (
    _switch("sntp", SNTP, lambda appliance, **to: appliance.set_sntp(**to)),
    _switch("dlna", DLNA, lambda appliance, **to: appliance.set_dlna(**to)),
    _switch("samba", SAMBA, lambda appliance, **to: appliance.set_samba(**to)),
)

APPLIANCE_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="web_language",
        reading=LANGUAGE,
        also_reads=(LANGUAGES,),
        exists_fn=lambda data: len(_languages(data)) > 1,
        options_fn=_languages,
        value_fn=lambda data: data[LANGUAGE].code,
        set_fn=lambda client, option: client.appliance.set_language(option),
        read_back=(LANGUAGE,),
        **_CONFIG,
    ),
)

APPLIANCE_SENSORS: Final = (
    GatehouseSensorDescription(
        key="autorun_version",
        reading=AUTORUN,
        exists_fn=lambda data: data[AUTORUN].version is not None,
        value_fn=lambda data: data[AUTORUN].version,
        **_DIAGNOSTIC,
    ),
)

APPLIANCE_BINARY_SENSORS: Final = (
    _state("cradle", CRADLE, "present"),
    _state("memory_card", MEMORY_CARD, "present"),
    _state("memory_card_shared", MEMORY_CARD, "shared"),
    _state("volte", VOLTE, "enabled"),
    GatehouseBinarySensorDescription(
        key="in_call",
        reading=IN_CALL,
        exists_fn=lambda data: data[IN_CALL] is not None,
        value_fn=lambda data: data[IN_CALL],
        **_DIAGNOSTIC,
    ),
)
