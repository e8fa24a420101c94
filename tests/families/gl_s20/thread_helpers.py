"""What the tests of the Thread network and Home Assistant share."""

from dataclasses import replace
from typing import Any, Final
from unittest.mock import MagicMock

from homeassistant.components.thread.dataset_store import DatasetEntry, async_get_store
from homeassistant.components.thread.discovery import THREAD_TYPE
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from python_otbr_api.tlv_parser import MeshcopTLVType as Tlv, parse_tlv
from zeroconf import const
from zeroconf._dns import DNSAddress, DNSPointer, DNSService, DNSText

from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.air import THREAD_NETWORKS
from simulators.gl_s20.identity import EXTENDED_ADDRESS
from simulators.gl_s20.network import Network
from simulators.gl_s20.otbr_rest import BORDER_AGENT_ID

__all__ = ["BORDER_AGENT_ID", "EXTENDED_ADDRESS"]

KNOWN: Final = "binary_sensor.gl_s20_known_to_home_assistant"
PREFERRED: Final = "binary_sensor.gl_s20_preferred_by_home_assistant"

HEARD: Final = THREAD_NETWORKS[0].network
"""A network on the air around the router."""

UNHEARD: Final = replace(HEARD, key="0badc0de" * 4, extended_pan_id="00000000deadbeef")
"""A network of which no router is near."""

_TTL: Final = 4500


def network_of(router: GlS20Simulator) -> Network:
    """Return the network of a router."""
    return router.device.thread.network


def change_network(router: GlS20Simulator, **changes: Any) -> Network:
    """Change the network of a router as if nobody noticed, and return it."""
    router.device.thread.network = replace(network_of(router), **changes)
    return network_of(router)


async def stored(hass: HomeAssistant) -> list[DatasetEntry]:
    """Return all networks that Home Assistant has."""
    return list((await async_get_store(hass)).datasets.values())


async def add_network(
    hass: HomeAssistant, dataset: str, *, preferred: bool = False
) -> DatasetEntry:
    """Add a network to Home Assistant, as another integration does."""
    assert await async_setup_component(hass, "thread", {})
    store = await async_get_store(hass)
    store.async_add("another", dataset, None, None)
    tag = Tlv.EXTPANID
    wanted = parse_tlv(dataset)[tag]
    entry = next(each for each in store.datasets.values() if each.dataset[tag] == wanted)
    if preferred:
        store.preferred_dataset = entry.id
    return entry


async def share(hass: HomeAssistant) -> Any:
    """Call the action that shares the network, and return its response."""
    return await hass.services.async_call(
        DOMAIN, "share_thread_network", {}, blocking=True, return_response=True
    )


def announce(
    zeroconf: MagicMock,
    network: Network,
    *,
    address: str = EXTENDED_ADDRESS,
    border_agent_id: str | None = None,
    partition: int | None = None,
) -> None:
    """Let Home Assistant have heard a border router."""
    values = {
        b"xa": bytes.fromhex(address),
        b"xp": bytes.fromhex(network.extended_pan_id),
        b"id": border_agent_id and bytes.fromhex(border_agent_id),
        b"pt": None if partition is None else partition.to_bytes(4),
    }
    pairs = [key + b"=" + value for key, value in values.items() if value]
    text = b"".join(bytes((len(each),)) + each for each in pairs)
    name, server = f"router {address}.{THREAD_TYPE}", f"{address}.local."
    unique = const._CLASS_IN | const._CLASS_UNIQUE
    zeroconf.zeroconf.cache.async_add_records(
        [
            DNSPointer(THREAD_TYPE, const._TYPE_PTR, const._CLASS_IN, _TTL, name),
            DNSService(name, const._TYPE_SRV, unique, _TTL, 0, 0, 49152, server),
            DNSText(name, const._TYPE_TXT, unique, _TTL, text),
            DNSAddress(server, const._TYPE_A, unique, _TTL, bytes((192, 0, 2, 1))),
        ]
    )
