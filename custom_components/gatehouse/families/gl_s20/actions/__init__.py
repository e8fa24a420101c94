"""Actions of a GL-S20."""

from typing import Final

from ....clients.gl_s20.client import GlS20Client
from ...actions import GatehouseAction
from .access import ACCESS_ACTIONS
from .clock import CLOCK_ACTIONS
from .configuration import CONFIGURATION_ACTIONS
from .ethernet import ETHERNET_ACTIONS
from .failover import FAILOVER_ACTIONS
from .home_network import HOME_NETWORK_ACTIONS
from .join import JOIN_ACTIONS
from .joiner_lists import JOINER_LIST_ACTIONS
from .joiners import JOINER_ACTIONS
from .log import LOG_ACTIONS
from .network import NETWORK_ACTIONS
from .scans import SCANS
from .wifi import WIFI_ACTIONS

ACTIONS: Final[tuple[GatehouseAction[GlS20Client], ...]] = (
    *SCANS,
    *JOINER_ACTIONS,
    *JOINER_LIST_ACTIONS,
    *NETWORK_ACTIONS,
    *JOIN_ACTIONS,
    *ETHERNET_ACTIONS,
    *WIFI_ACTIONS,
    *FAILOVER_ACTIONS,
    *CLOCK_ACTIONS,
    *LOG_ACTIONS,
    *CONFIGURATION_ACTIONS,
    *ACCESS_ACTIONS,
    *HOME_NETWORK_ACTIONS,
)
