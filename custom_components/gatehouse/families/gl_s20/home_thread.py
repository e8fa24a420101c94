"""What Home Assistant's Thread knows of a GL-S20's network, and telling it of that network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
import re
from time import monotonic
from typing import Final

from homeassistant.components.thread import async_add_dataset
from homeassistant.components.thread.dataset_store import (
    DatasetEntry,
    DatasetStore,
    async_get_store,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.hass_dict import HassKey
from python_otbr_api.pskc import compute_pskc
from python_otbr_api.tlv_parser import TLVError

from ...clients.gl_s20.models import ThreadNetwork, ThreadRole, ThreadStatus
from ...clients.gl_s20.rules import DEFAULT_PASSPHRASE
from ...const import DOMAIN, LOGGER
from ..readings import HomeReading, Snapshot
from .announcements import Announcement, async_announcements
from .border_router import async_is_linked
from .dataset import Dataset
from .options import CONF_SHARE_NETWORK
from .readings import THREAD
from .shared_network import async_forget_shared, async_note_shared, async_was_shared

SPLIT_PATIENCE: Final = 15 * 60
"""Seconds; a mesh that falls apart when a router restarts mostly heals within minutes."""

_BORDER_AGENT_ID: Final = re.compile(r"[0-9a-f]{32}")


class Share(StrEnum):
    """What came of offering the network to Home Assistant."""

    STORED = "stored"
    DISCARDED = "discarded"
    UNCHANGED = "unchanged"
    INVALID = "invalid"


@dataclass(frozen=True, kw_only=True)
class HomeThread:
    """The router's network as Home Assistant's Thread sees it; None where nobody can tell."""

    network: Dataset | None = None
    """The network of the router; None where it has none."""

    known: bool | None = None
    preferred: bool | None = None

    stored: Dataset | None = None
    """What Home Assistant holds for a network of the same extended PAN ID."""

    stored_preferred: bool = False

    discarded: bool = False
    """Home Assistant was offered the network and keeps what it has."""

    linked: bool = False
    """Home Assistant's own integration looks after the router."""

    detached: bool = False
    default_passphrase: bool = False
    split: bool = False
    """Border routers of the same network say that they are in another partition."""


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """The network that was offered, and under which circumstances."""

    network: Dataset
    stored: Dataset | None
    result: Share | None = None


@dataclass(kw_only=True)
class _Memory:
    """What must not be forgotten between two looks at a router."""

    offer: _Offer | None = None
    apart_since: float | None = None


# Outlives a reload, after which another offer would only make Home Assistant complain once more.
_MEMORIES: Final[HassKey[dict[str, _Memory]]] = HassKey(f"{DOMAIN}_home_thread")


async def async_share(
    hass: HomeAssistant, entry: ConfigEntry, status: ThreadStatus, network: Dataset
) -> Share:
    """Offer the router's network to Home Assistant, unless it has exactly that."""
    store = await async_get_store(hass)
    stored = _dataset_of(_stored(store, network))
    offer = _Offer(network=network, stored=stored)
    if stored is not None and stored.items == network.items:
        _memory(hass, entry).offer = replace(offer, result=Share.UNCHANGED)
        await async_note_shared(hass, entry, network)
        return Share.UNCHANGED
    address = status.radio.extended_address
    try:
        result = await async_add_dataset(
            hass,
            DOMAIN,
            network.tlv.reveal(),
            preferred_border_agent_id=await _border_agent_id(hass, status),
            preferred_extended_address=address,
        )
        share = Share(result)
    except TLVError, HomeAssistantError:
        share = Share.INVALID
    _memory(hass, entry).offer = replace(offer, result=share)
    if share is Share.STORED:
        await async_note_shared(hass, entry, network)
    return share


async def async_is_apart(hass: HomeAssistant, status: ThreadStatus, network: Dataset) -> bool:
    """Tell whether a router that leads its network has not found the other border routers of it.

    Where they do not announce their partitions, that others are there is all there is to go by.
    """
    heard = await async_announcements(hass)
    others = _others(heard, status, network)
    own = _own(heard, status, network)
    partition = own and own.partition_id
    return status.radio.role is ThreadRole.LEADER and any(
        partition is None or each.partition_id != partition for each in others
    )


async def async_has_company(hass: HomeAssistant, status: ThreadStatus, network: Dataset) -> bool:
    """Tell whether other border routers announce that they take part in the router's network."""
    return bool(_others(await async_announcements(hass), status, network))


async def async_has_default_passphrase(hass: HomeAssistant, network: ThreadNetwork) -> bool:
    """Tell whether the network is open to everybody who has read the router's manual.

    A router that has joined a network of others may go on showing a passphrase that counts no
    more, which the commissioner credential betrays.
    """
    if network.passphrase is None or network.passphrase.reveal() != DEFAULT_PASSPHRASE:
        return False
    if not (network.pskc and network.extended_pan_id and network.network_name):
        return True
    default = await hass.async_add_executor_job(
        _default_pskc, network.extended_pan_id, network.network_name
    )
    return network.pskc.reveal() == default


def dataset_of_router(status: ThreadStatus) -> Dataset | None:
    """Return the network of a router; None where it has none."""
    tlv = status.network.active_dataset
    return Dataset.parse(tlv.reveal()) if tlv else None


async def async_preferred_network(hass: HomeAssistant) -> Dataset | None:
    """Return the network that Home Assistant prefers."""
    store = await async_get_store(hass)
    return _preferred(store)


async def async_replace_stored(
    hass: HomeAssistant, entry: ConfigEntry, status: ThreadStatus, network: Dataset
) -> Share:
    """Forget what Home Assistant holds for the network and offer it anew.

    Raises HomeAssistantError where that is the preferred one. What cannot be replaced comes back.
    """
    store = await async_get_store(hass)
    stored = _stored(store, network)
    if stored is not None:
        store.async_delete(stored.id)
    share = Share.INVALID
    try:
        share = await async_share(hass, entry, status, network)
    finally:
        if share is Share.INVALID and stored is not None:
            store.async_add(
                stored.source,
                stored.tlv,
                stored.preferred_border_agent_id,
                stored.preferred_extended_address,
            )
    return share


async def async_forget_network(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget what Home Assistant was told of a router that is removed."""
    hass.data.get(_MEMORIES, {}).pop(entry.entry_id, None)
    await async_forget_shared(hass, entry)


async def _look(hass: HomeAssistant, entry: ConfigEntry, snapshot: Snapshot) -> HomeThread:
    """Compare the router with Home Assistant, and tell Home Assistant what is new."""
    status = snapshot.get(THREAD)
    if status is None:
        return HomeThread()
    try:
        return await _compared(hass, entry, status, snapshot.last(HOME_THREAD) or HomeThread())
    except Exception as err:  # noqa: BLE001 - no fault in Home Assistant's Thread may stop a poll
        LOGGER.debug("Cannot look at Home Assistant's Thread: %s", type(err).__name__)
        return HomeThread()


async def _compared(
    hass: HomeAssistant, entry: ConfigEntry, status: ThreadStatus, before: HomeThread
) -> HomeThread:
    """Compare the router with Home Assistant."""
    network = before.network
    # Taken apart once only: what the parser does not know, it notes in the log each time.
    if network is None or network.tlv != status.network.active_dataset:
        network = dataset_of_router(status)
    linked = async_is_linked(hass, entry)
    detached = status.radio.role is ThreadRole.DETACHED
    if network is None:
        return HomeThread(linked=linked, detached=detached)
    store = await async_get_store(hass)
    if entry.options.get(CONF_SHARE_NETWORK, True) and not linked and not detached:
        await _share_once(hass, entry, status, network)
    holder = _stored(store, network)
    stored, preferred = _dataset_of(holder), _preferred(store)
    offer = _memory(hass, entry).offer
    return HomeThread(
        network=network,
        known=stored is not None and stored.same_network(network),
        preferred=preferred is not None and preferred.same_network(network),
        stored=stored,
        stored_preferred=holder is not None and holder.id == store.preferred_dataset,
        discarded=offer == _Offer(network=network, stored=stored, result=Share.DISCARDED),
        linked=linked,
        detached=detached,
        default_passphrase=await async_has_default_passphrase(hass, status.network),
        split=await _is_split(hass, entry, status, network),
    )


async def _share_once(
    hass: HomeAssistant, entry: ConfigEntry, status: ThreadStatus, network: Dataset
) -> None:
    """Offer the network, unless it was offered under the same circumstances before.

    A network that the owner has deleted from Home Assistant stays deleted. What the router made up
    of the preferred network does not replace that by itself.
    """
    store = await async_get_store(hass)
    holder = _stored(store, network)
    stored = _dataset_of(holder)
    if (
        holder is not None
        and stored is not None
        and holder.id == store.preferred_dataset
        and not stored.same_prefix(network)
    ):
        return
    memory = _memory(hass, entry)
    if memory.offer is None and holder is None and await async_was_shared(hass, entry, network):
        memory.offer = _Offer(network=network, stored=None, result=Share.STORED)
    offer = memory.offer
    same = offer is not None and offer.network == network
    if offer is None or not same or (offer.result is Share.DISCARDED and offer.stored != stored):
        await async_share(hass, entry, status, network)


async def _border_agent_id(hass: HomeAssistant, status: ThreadStatus) -> str | None:
    """Return the id of the router's border agent, as it tells or announces it.

    Home Assistant takes it only together with the extended address.
    """
    address = status.radio.extended_address
    if address is None:
        return None
    heard = await async_announcements(hass)
    candidates = [
        status.network.border_agent_id,
        *(each.border_agent_id for each in heard if each.extended_address == address),
    ]
    proper = (each.lower() for each in candidates if each)
    return next(filter(_BORDER_AGENT_ID.fullmatch, proper), None)


@lru_cache(maxsize=16)
def _default_pskc(extended_pan_id: str, network_name: str) -> str:
    """Return the commissioner credential that the default passphrase makes; takes a while."""
    return compute_pskc(bytes.fromhex(extended_pan_id), network_name, DEFAULT_PASSPHRASE).hex()


async def _is_split(
    hass: HomeAssistant, entry: ConfigEntry, status: ThreadStatus, network: Dataset
) -> bool:
    """Tell whether the network has been in two parts for so long that it will not heal."""
    memory = _memory(hass, entry)
    heard = await async_announcements(hass)
    own = _own(heard, status, network)
    partition = own and own.partition_id
    apart = (
        bool(status.radio.attached)
        and partition is not None
        and any(
            each.partition_id not in {None, partition} for each in _others(heard, status, network)
        )
    )
    if not apart:
        memory.apart_since = None
        return False
    if memory.apart_since is None:
        memory.apart_since = monotonic()
    return monotonic() - memory.apart_since >= SPLIT_PATIENCE


def _own(
    heard: Iterable[Announcement], status: ThreadStatus, network: Dataset
) -> Announcement | None:
    """Return what the router itself announces of a network."""
    return next((each for each in _members(heard, network) if _is_own(each, status)), None)


def _others(
    heard: Iterable[Announcement], status: ThreadStatus, network: Dataset
) -> list[Announcement]:
    """Return what the other border routers of a network announce."""
    return [each for each in _members(heard, network) if not _is_own(each, status)]


def _members(heard: Iterable[Announcement], network: Dataset) -> Iterator[Announcement]:
    """Yield the border routers of a network."""
    return (each for each in heard if each.extended_pan_id == network.extended_pan_id)


def _is_own(announcement: Announcement, status: ThreadStatus) -> bool:
    """Tell whether a router announced this itself."""
    return announcement.extended_address == status.radio.extended_address


def _memory(hass: HomeAssistant, entry: ConfigEntry) -> _Memory:
    """Return what is remembered of a router."""
    return hass.data.setdefault(_MEMORIES, {}).setdefault(entry.entry_id, _Memory())


def _stored(store: DatasetStore, network: Dataset) -> DatasetEntry | None:
    """Return what Home Assistant holds for a network of the same extended PAN ID."""
    return next(
        (
            each
            for each in store.datasets.values()
            if (dataset := _dataset_of(each)) is not None
            and dataset.extended_pan_id == network.extended_pan_id
        ),
        None,
    )


def _preferred(store: DatasetStore) -> Dataset | None:
    """Return the network that Home Assistant prefers."""
    preferred = store.preferred_dataset
    return None if preferred is None else _dataset_of(store.async_get(preferred))


def _dataset_of(entry: DatasetEntry | None) -> Dataset | None:
    """Return what a dataset of Home Assistant's says."""
    return None if entry is None else Dataset.of(entry)


HOME_THREAD: Final = HomeReading[HomeThread](name="home_thread", look=_look)

HOME_READINGS: Final = (HOME_THREAD,)
