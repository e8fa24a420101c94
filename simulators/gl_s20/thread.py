"""The Thread radio: its role as time goes by, and joining the networks of others."""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from simulators.gl_s20 import identity
from simulators.gl_s20.air import THREAD_NETWORKS, HeardNetwork
from simulators.gl_s20.network import Network, generated
from simulators.gl_s20.options import GlS20Options

FACTORY_TX_POWER = 6
NO_RLOC16 = 0xFFFE
LEADER_RLOC16 = 0x0400
ROUTER_RLOC16 = 0x2C00
CHILD_RLOC16 = 0x0401


class Role(IntEnum):
    """Roles in a Thread network."""

    DISABLED = 0
    DETACHED = 1
    CHILD = 2
    ROUTER = 3
    LEADER = 4


class JoinState(IntEnum):
    """Steps of joining with a PSKd."""

    IDLE = 0
    DISCOVERING = 1
    CONNECTING = 2
    CONNECTED = 3
    ENTRUSTING = 4
    JOINED = 5


RLOC16S = {
    Role.CHILD: CHILD_RLOC16,
    Role.ROUTER: ROUTER_RLOC16,
    Role.LEADER: LEADER_RLOC16,
}


@dataclass(frozen=True, kw_only=True)
class Joining:
    """An attempt to join with a PSKd."""

    started: float
    target: HeardNetwork | None


class ThreadRadio:
    """The Thread side of the device."""

    network: Network

    def __init__(self, options: GlS20Options) -> None:
        """Start as the options say, long in the network if in one."""
        self.generated = 0
        self.load_factory()
        if options.thread_enabled:
            self.network = replace(
                self.network,
                extended_pan_id="1122334455667788",
                key="0123456789abcdeffedcba9876543210",
                mesh_local_prefix="fd00db8000005120",
            )
            self.start(-options.attach_seconds)

    def load_factory(self) -> None:
        """Take the state of a new device."""
        self.network = generated(
            identity.DEFAULT_NETWORK_NAME, identity.MAC, pan_id=identity.DEFAULT_PAN_ID
        )
        self.enabled = False
        self.formed = False
        """Whether there is an active dataset, which the first start makes."""
        self.tx_power = FACTORY_TX_POWER
        self.bbr_enabled = False
        self.forced_role: Role | None = None
        self._started = 0.0
        self._stranded = False
        self._joining: Joining | None = None
        self._join_state = JoinState.IDLE

    def role(self, now: float, options: GlS20Options) -> Role:
        """Return the role at a moment."""
        if not self.enabled:
            return Role.DISABLED
        if self.forced_role is not None:
            return self.forced_role
        in_network = now - self._started - options.attach_seconds
        if in_network < 0 or self._stranded:
            return Role.DETACHED
        if not any(self.network.same_mesh(each.network) for each in THREAD_NETWORKS):
            return Role.LEADER
        return Role.CHILD if in_network < options.router_seconds else Role.ROUTER

    def in_network(self, now: float, options: GlS20Options) -> bool:
        """Return whether the device is in a network."""
        return self.role(now, options) >= Role.CHILD

    def start(self, moment: float) -> None:
        """Look for the network from a moment on, or form it."""
        self.enabled = True
        self.formed = True
        self._started = moment
        self._stranded = False
        self.forced_role = None

    def stop(self) -> None:
        """Leave the network."""
        self.enabled = False
        self.forced_role = None

    def restart(self, moment: float) -> None:
        """Attach again after the device restarted."""
        self._joining = None
        self._join_state = JoinState.IDLE
        if self.enabled:
            self.start(moment)

    def set_network(self, now: float, **changes: Any) -> None:
        """Change the network, which throws the device out of it for a while."""
        timestamp = self.network.timestamp + 1
        self.network = replace(self.network, **changes, timestamp=timestamp, written=None)
        if self.enabled:
            self.start(now)

    def propose(self) -> Network:
        """Return a new network."""
        self.generated += 1
        return generated(
            identity.DEFAULT_NETWORK_NAME,
            f"{identity.MAC} {self.generated}",
            timestamp=self.network.timestamp + 1,
        )

    def replace_network(self, network: Network, now: float) -> None:
        """Take another network instead of the present one."""
        self.network = network
        if self.enabled:
            self.start(now)

    def join_with_key(self, now: float, *, key: str, pan_id: int, channel: int) -> None:
        """Join a network by its key; when nobody answers, stay detached."""
        wanted = replace(self.network, key=key, pan_id=pan_id, channel=channel, written=None)
        met = [each.network for each in THREAD_NETWORKS if wanted.same_mesh(each.network)]
        self.network = met[0] if met else wanted
        self.start(now)
        self._stranded = not met

    def join_with_pskd(self, now: float, pskd: str, options: GlS20Options) -> None:
        """Begin to join the network whose commissioner expects this device."""
        expected = [each for each in THREAD_NETWORKS if each.commissioning]
        self.stop()
        right = pskd == options.own_pskd and expected
        self._joining = Joining(started=now, target=expected[0] if right else None)

    def settle(self, now: float, options: GlS20Options) -> None:
        """Conclude a joining whose time has come."""
        joining = self._joining
        if joining is None or now - joining.started < options.join_seconds:
            return
        self._joining = None
        self._join_state = JoinState.IDLE if joining.target is None else JoinState.JOINED
        if joining.target is not None:
            self.network = joining.target.network
            self.start(joining.started + options.join_seconds)

    def join_state(self, now: float, options: GlS20Options) -> JoinState:
        """Return how far joining with a PSKd is."""
        self.settle(now, options)
        if self._joining is None:
            return self._join_state
        if self._joining.target is None:
            return JoinState.DISCOVERING
        done = (now - self._joining.started) / options.join_seconds
        return JoinState(1 + int(done * (JoinState.JOINED - 1)))
