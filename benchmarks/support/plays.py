"""The soaks that there are."""

from collections.abc import Mapping
from typing import Any, Final

from simulators.hilink import SmsEncryption, SmsStyle

from .gateway import GATEWAY
from .gateway_acts import GATEWAY_ACTS
from .modem import modem
from .modem_acts import MODEM_ACTS, MODEM_CHORES
from .play import Play

PLAYS: Final[Mapping[str, Play[Any]]] = {
    "openvox": Play(device=GATEWAY, acts=GATEWAY_ACTS),
    "hilink": Play(device=modem(SmsStyle.BOX), acts=MODEM_ACTS, chores=MODEM_CHORES),
    "hilink-conversations": Play(
        device=modem(SmsStyle.CONVERSATION), acts=MODEM_ACTS, chores=MODEM_CHORES
    ),
    "hilink-encrypted": Play(
        device=modem(SmsStyle.CONVERSATION, SmsEncryption.SEALED),
        acts=MODEM_ACTS,
        chores=MODEM_CHORES,
    ),
}
"""By the name of the device."""
