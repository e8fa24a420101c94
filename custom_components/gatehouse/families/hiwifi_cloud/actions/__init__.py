"""Actions of an account."""

from typing import Final

from ....clients.hiwifi.cloud_account import CloudAccount
from ...actions import GatehouseAction
from .binding import BINDING_ACTIONS
from .several import SEVERAL_ACTIONS
from .single import SINGLE_ACTIONS

ACTIONS: Final[tuple[GatehouseAction[CloudAccount], ...]] = (
    *SINGLE_ACTIONS,
    *SEVERAL_ACTIONS,
    *BINDING_ACTIONS,
)
