"""The router's network and that of Home Assistant."""

from typing import Final

from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import CONF_URL
from homeassistant.core import SupportsResponse
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.errors import GatehouseError
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import ThreadStatus
from ....errors import failure, input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..border_router import OTBR_DOMAIN, async_border_router, async_is_linked
from ..dataset import Dataset
from ..home_thread import (
    Share,
    async_preferred_network,
    async_replace_stored,
    async_share,
    dataset_of_router,
)
from ..joining import async_join
from ..readings import BACKBONE_ROUTER, SYSTEM, THREAD
from .attachment import refuse_detached

_ALLOW_LOSSY: Final = "allow_lossy"

_REST_SINCE: Final = "2.0.1-B1"
"""Firmware with the border router's API, by the manufacturer's guide."""

_LINK_FAILURES: Final = {
    "already_configured": "link_already_configured",
    "cannot_connect": "link_cannot_connect",
}
"""What is said for the reasons of Home Assistant's own integration."""


async def own_network(call: ActionCall[GlS20Client]) -> tuple[ThreadStatus, Dataset]:
    """Return the router's state and the network that it takes part in, or would. Raises."""
    status = await call.client.thread.status()
    refuse_detached(status)
    network = dataset_of_router(status)
    if network is None:
        raise input_error("no_thread_network")
    return status, network


async def share_network(call: ActionCall[GlS20Client]) -> ActionResult:
    """Offer the router's network to Home Assistant."""
    share = await async_share(call.hass, call.entry, *await own_network(call))
    if share is Share.INVALID:
        raise failure("dataset_invalid")
    return ActionResult(response={"result": share})


async def require_shared_network(call: ActionCall[GlS20Client]) -> None:
    """Offer the router's network to Home Assistant, which has to take it."""
    result = await share_network(call)
    if result.response == {"result": Share.DISCARDED}:
        raise failure("dataset_kept")


async def replace_stored_network(call: ActionCall[GlS20Client]) -> None:
    """Let Home Assistant forget what it holds for the router's network and take what there is."""
    status, network = await own_network(call)
    try:
        share = await async_replace_stored(call.hass, call.entry, status, network)
    except HomeAssistantError as err:
        raise input_error("dataset_preferred") from err
    if share is Share.INVALID:
        raise failure("dataset_invalid")


async def _join_preferred_network(call: ActionCall[GlS20Client]) -> ActionResult:
    """Take the router into the network that Home Assistant prefers."""
    target = await async_preferred_network(call.hass)
    if target is None:
        raise input_error("no_preferred_network")
    before = await call.client.thread.status()
    refuse_detached(before)
    own = dataset_of_router(before)
    if own is not None and own.same_network(target):
        raise input_error("already_in_network", network=target.network_name or "")
    joined = await async_join(call, before, target, allow_lossy=call.fields[_ALLOW_LOSSY])
    return ActionResult(
        response={
            "way": joined.way,
            "role": joined.status.radio.role,
            "partition": joined.apart,
            "differences": [*joined.network.differences(target)],
        }
    )


async def _link_border_router(call: ActionCall[GlS20Client]) -> ActionResult:
    """Add the router to Home Assistant's own integration, which would form a network if none is."""
    if async_is_linked(call.hass, call.entry):
        return ActionResult(response={"result": "already_linked"})
    api = async_border_router(call.hass, call.entry)
    try:
        dataset = await api.dataset()
    except GatehouseError as err:
        raise failure("no_border_router_api", url=api.url, firmware=_REST_SINCE) from err
    if dataset is None:
        raise input_error("no_thread_network")
    flows = call.hass.config_entries.flow
    try:
        result = await flows.async_init(
            OTBR_DOMAIN, context={"source": SOURCE_USER}, data={CONF_URL: api.url}
        )
    except HomeAssistantError as err:
        raise failure("link_unavailable") from err
    if result["type"] is FlowResultType.CREATE_ENTRY:
        return ActionResult(response={"result": "linked"})
    if result["type"] is FlowResultType.ABORT:
        raise _link_failure(result["reason"], api.url)
    flows.async_abort(result["flow_id"])
    raise _link_failure(next(iter((result["errors"] or {}).values()), ""), api.url)


def _link_failure(reason: str, url: str) -> HomeAssistantError:
    """Return the error that says in words why Home Assistant's own integration refused."""
    return failure(_LINK_FAILURES.get(reason, "link_failed"), url=url)


HOME_NETWORK_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="share_thread_network",
        run=share_network,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(THREAD,),
    ),
    GatehouseAction[GlS20Client](
        name="join_preferred_network",
        fields={vol.Optional(_ALLOW_LOSSY, default=False): cv.boolean},
        run=_join_preferred_network,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SYSTEM, THREAD, BACKBONE_ROUTER),
        alone=True,
    ),
    GatehouseAction[GlS20Client](
        name="link_border_router",
        run=_link_border_router,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(THREAD,),
    ),
)
