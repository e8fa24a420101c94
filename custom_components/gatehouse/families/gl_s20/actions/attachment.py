"""Whether the router has found its network."""

from ....clients.gl_s20.models import ThreadRole, ThreadStatus
from ....errors import input_error


def refuse_detached(status: ThreadStatus) -> None:
    """Refuse what would harm the mesh that the router is looking for, or lose the way there.

    Its credentials may be the only ones that are left of that network.
    """
    if status.radio.role is ThreadRole.DETACHED:
        raise input_error("router_detached")
