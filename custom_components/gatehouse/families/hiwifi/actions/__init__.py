"""Actions of a HiWiFi router."""

from typing import Final

from ....clients.hiwifi.client import HiwifiClient
from ...actions import GatehouseAction
from .call import CALL_ACTIONS
from .clients import CLIENT_ACTIONS
from .wifi import WIFI_ACTIONS

ACTIONS: Final[tuple[GatehouseAction[HiwifiClient], ...]] = (
    *CALL_ACTIONS,
    *WIFI_ACTIONS,
    *CLIENT_ACTIONS,
)
