"""Access points (APN) of a HiLink device."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import EntityCategory
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import ApnProfile, ApnProfiles
from ...clients.secret import Secret
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..descriptions import GatehouseSelectDescription
from ..readings import Cadence, Reading
from .readings import STATUS

APN_PROFILES: Final = Reading[HilinkClient, ApnProfiles](
    name="apn_profiles",
    fetch=lambda client: client.dialup.profiles(),
    cadence=Cadence.SLOW,
)
APN_READINGS: Final = (APN_PROFILES,)

_AUTHENTICATIONS: Final[Mapping[str, int]] = {"automatic": 0, "pap": 1, "chap": 2}
_IP_TYPES: Final[Mapping[str, int]] = {"ipv4": 0, "ipv6": 1, "ipv4_ipv6": 2}


def _named(listed: ApnProfiles) -> dict[str, ApnProfile]:
    """Return the profiles by name; those of the same name get their number beside it."""
    counts = Counter(each.name for each in listed.profiles)
    return {
        f"{each.name or ''} ({each.index})".lstrip()
        if counts[each.name] > 1 or not each.name
        else each.name: each
        for each in listed.profiles
    }


def _current(listed: ApnProfiles) -> str | None:
    """Return the name of the profile in use."""
    named = _named(listed).items()
    return next((name for name, each in named if each.index == listed.current), None)


def _find(listed: ApnProfiles, wanted: str) -> int:
    """Return the index of a profile by its name or number. Raises a translated error."""
    named = _named(listed)
    numbered = {str(each.index): each for each in listed.profiles}
    found = named.get(wanted) or numbered.get(wanted)
    if found is None or found.index is None:
        raise input_error("unknown_choice", field="profile", choices=", ".join(named))
    return found.index


async def _choose(client: HilinkClient, wanted: str) -> None:
    """Use another profile."""
    await client.dialup.select_profile(_find(await client.dialup.profiles(), wanted))


async def _list(call: ActionCall[HilinkClient]) -> ActionResult:
    """List the profiles; passwords stay where they are."""
    listed = await call.client.dialup.profiles()
    return ActionResult(
        response={"profiles": [_row(each, listed.current) for each in listed.profiles]}
    )


def _row(profile: ApnProfile, current: int | None) -> dict[str, Any]:
    """Return a profile as it is told."""
    return {
        "number": profile.index,
        "name": profile.name,
        "apn": profile.apn,
        "username": profile.username,
        "authentication": _named_code(_AUTHENTICATIONS, profile.authentication),
        "ip_type": _named_code(_IP_TYPES, profile.ip_type),
        "current": profile.index == current,
        "protected": bool(profile.read_only),
    }


def _named_code(names: Mapping[str, int], wanted: int | None) -> str | None:
    """Return the name of a code."""
    return next((name for name, code in names.items() if code == wanted), None)


async def _select(call: ActionCall[HilinkClient]) -> None:
    """Use another profile."""
    await _choose(call.client, call.fields["profile"])


async def _delete(call: ActionCall[HilinkClient]) -> None:
    """Delete a profile that is neither in use nor protected."""
    listed = await call.client.dialup.profiles()
    index = _find(listed, call.fields["profile"])
    if index == listed.current:
        raise input_error("apn_profile_in_use")
    if any(each.index == index and each.read_only for each in listed.profiles):
        raise input_error("apn_profile_protected")
    await call.client.dialup.delete_profile(index)


async def _add(call: ActionCall[HilinkClient]) -> ActionResult:
    """Add a profile."""
    fields = call.fields
    name = fields["name"].strip()
    listed = await call.client.dialup.profiles()
    if not name or any(each.name == name for each in listed.profiles):
        raise input_error("apn_profile_name_taken")
    profile = ApnProfile(
        name=name,
        apn=fields["apn"].strip(),
        username=fields.get("username"),
        authentication=_chosen(fields, "authentication", _AUTHENTICATIONS),
        ip_type=_chosen(fields, "ip_type", _IP_TYPES),
    )
    secret: Secret[str] | None = fields.get("password")
    await call.client.dialup.add_profile(
        profile, password=secret.reveal() if secret else None, select=fields["select"]
    )
    listed = await call.client.dialup.profiles()
    number = next((each.index for each in listed.profiles if each.name == name), None)
    return ActionResult(response={"number": number, "current": listed.current == number})


def _chosen(fields: Mapping[str, Any], name: str, choices: Mapping[str, int]) -> int:
    """Return the code of a choice. Raises a translated error."""
    if fields[name] not in choices:
        raise input_error("unknown_choice", field=name, choices=", ".join(choices))
    return choices[fields[name]]


def _secret(value: Any) -> Secret[str]:
    """Take a text that must not be seen."""
    return Secret(cv.string(value))


_PROFILE: Final[VolDictType] = {vol.Required("profile"): cv.string}

APN_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="apn_profile",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        options_fn=lambda data: list(_named(data[APN_PROFILES])),
        reading=APN_PROFILES,
        exists_fn=lambda data: bool(data[APN_PROFILES].profiles),
        value_fn=lambda data: _current(data[APN_PROFILES]),
        set_fn=_choose,
        read_back=(APN_PROFILES, STATUS),
    ),
)

APN_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="list_apn_profiles",
        run=_list,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="select_apn_profile",
        fields=_PROFILE,
        run=_select,
        admin=True,
        read_back=(APN_PROFILES, STATUS),
    ),
    GatehouseAction[HilinkClient](
        name="add_apn_profile",
        fields={
            vol.Required("name"): cv.string,
            vol.Required("apn"): cv.string,
            vol.Optional("username"): cv.string,
            vol.Optional("password"): _secret,
            vol.Optional("authentication", default="automatic"): cv.string,
            vol.Optional("ip_type", default="ipv4_ipv6"): cv.string,
            vol.Optional("select", default=False): cv.boolean,
        },
        run=_add,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(APN_PROFILES, STATUS),
    ),
    GatehouseAction[HilinkClient](
        name="delete_apn_profile",
        fields=_PROFILE,
        run=_delete,
        admin=True,
        read_back=(APN_PROFILES,),
    ),
)
