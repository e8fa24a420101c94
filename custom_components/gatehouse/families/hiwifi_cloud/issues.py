"""What the owner of an account should repair."""

from typing import Final

from ...clients.hiwifi.cloud_account import CloudAccount
from ..issues import GatehouseIssueDescription
from ..readings import Snapshot
from .readings import ROUTERS


def _refused(data: Snapshot) -> list[str]:
    """Return the routers that the cloud keeps from the plug-in."""
    return [each.mac for each in data[ROUTERS] if not each.permitted]


ISSUES: Final = (
    GatehouseIssueDescription[CloudAccount](
        key="routers_not_permitted",
        readings=(ROUTERS,),
        active_fn=lambda data: bool(_refused(data)),
        placeholders_fn=lambda data: {"routers": ", ".join(_refused(data))},
    ),
)
