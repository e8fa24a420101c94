"""What the owner of a GL-S20 should repair."""

from typing import Final

from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import ThreadRole
from ...errors import failure
from ..actions import ActionCall
from ..issues import Fix, GatehouseIssueDescription
from ..readings import Snapshot
from .actions.attachment import refuse_detached
from .actions.home_network import replace_stored_network, require_shared_network
from .home_thread import (
    HOME_THREAD,
    async_has_company,
    async_has_default_passphrase,
    dataset_of_router,
)
from .joining import configuration_of, new_passphrase
from .readings import SYSTEM, THREAD


async def _change_passphrase(call: ActionCall[GlS20Client]) -> None:
    """Keep the network and give it a passphrase that nobody knows."""
    status = await call.client.thread.status()
    if not await async_has_default_passphrase(call.hass, status.network):
        return
    refuse_detached(status)
    network = dataset_of_router(status)
    if network is not None and await async_has_company(call.hass, status, network):
        raise failure("network_has_company")
    configuration = configuration_of(status.network, passphrase=new_passphrase())
    if configuration is None:
        raise failure("network_incomplete")
    await call.client.thread.configure(configuration)


async def _start_thread(call: ActionCall[GlS20Client]) -> None:
    """Switch Thread on."""
    await call.client.thread.start()


def _is_unknown(snapshot: Snapshot) -> bool:
    """Tell whether Home Assistant will not learn of the network by itself."""
    home = snapshot[HOME_THREAD]
    return home.known is False and not (home.discarded or home.linked or home.detached)


def _network_name(snapshot: Snapshot) -> dict[str, str]:
    """Name the network, if need be by its number."""
    network = snapshot[THREAD].network
    return {"network": network.network_name or network.extended_pan_id or "?"}


ISSUES: Final = (
    GatehouseIssueDescription[GlS20Client](
        key="default_passphrase",
        readings=(THREAD, HOME_THREAD),
        active_fn=lambda data: data[HOME_THREAD].default_passphrase,
        placeholders_fn=_network_name,
        fix=Fix(run=_change_passphrase, read_back=(SYSTEM, THREAD)),
    ),
    GatehouseIssueDescription[GlS20Client](
        key="thread_off",
        readings=(THREAD,),
        active_fn=lambda data: data[THREAD].radio.role is ThreadRole.DISABLED,
        fix=Fix(run=_start_thread, read_back=(SYSTEM, THREAD)),
    ),
    GatehouseIssueDescription[GlS20Client](
        key="network_unknown",
        readings=(THREAD, HOME_THREAD),
        active_fn=_is_unknown,
        placeholders_fn=_network_name,
        fix=Fix(run=require_shared_network, read_back=(THREAD,)),
    ),
    GatehouseIssueDescription[GlS20Client](
        key="dataset_discarded",
        readings=(THREAD, HOME_THREAD),
        active_fn=lambda data: (
            data[HOME_THREAD].discarded and not data[HOME_THREAD].stored_preferred
        ),
        placeholders_fn=_network_name,
        fix=Fix(run=replace_stored_network, read_back=(THREAD,)),
    ),
    GatehouseIssueDescription[GlS20Client](
        key="preferred_dataset_discarded",
        readings=(THREAD, HOME_THREAD),
        active_fn=lambda data: data[HOME_THREAD].discarded and data[HOME_THREAD].stored_preferred,
        placeholders_fn=_network_name,
    ),
    GatehouseIssueDescription[GlS20Client](
        key="split_partition",
        readings=(THREAD, HOME_THREAD),
        active_fn=lambda data: data[HOME_THREAD].split,
        placeholders_fn=_network_name,
    ),
)
