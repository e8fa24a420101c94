"""The Thread network of a GL-S20 (seed "/OTBR")."""

from dataclasses import dataclass

from ..secret import Secret
from . import rules
from .envelope import SLOW, get, post
from .models import BackboneRouterStatus, JoinStatus, ThreadNetwork, ThreadScan, ThreadStatus
from .session import Session
from .values import Fields


@dataclass(frozen=True, kw_only=True)
class ThreadConfiguration:
    """All parameters of a Thread network that the device lets one set."""

    network_name: str
    extended_pan_id: str
    pan_id: int
    channel: int
    network_key: Secret[str]
    passphrase: Secret[str]

    def check(self) -> None:
        """Raise ValueError for what no device accepts."""
        rules.check_network_name(self.network_name)
        rules.check_extended_pan_id(self.extended_pan_id)
        rules.check_pan_id(self.pan_id)
        rules.check_channel(self.channel)
        rules.check_network_key(self.network_key.reveal())
        rules.check_passphrase(self.passphrase.reveal())


class Thread:
    """The border router and its network; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def status(self) -> ThreadStatus:
        """Read role, network and radio (otbr/get_status): dBm, secrets masked."""
        return await self._session.read(ThreadStatus)

    async def scan(self) -> ThreadScan:
        """Look for networks on the air (otbr/scan): dBm.

        Takes seconds, up to a minute, in which the device answers nobody else.
        """
        return await self._session.read(
            ThreadScan, get(ThreadScan.ENDPOINT, timeout=SLOW, once=True)
        )

    async def join_status(self) -> JoinStatus:
        """Read how far the device got with joining by PSKd (otbr/get_join_status): a raw code."""
        return JoinStatus.from_fields(
            await self._session.fields(
                post("/otbr/get_join_status", {"CredentialType": "pskdType"})
            )
        )

    async def join_with_pskd(self, pskd: Secret[str]) -> None:
        """Start to join a network whose commissioner knows the PSKd (otbr/join).

        The device leaves its own network. Raises ValueError for a malformed PSKd.
        """
        rules.check_pskd(pskd.reveal())
        await self._join({"CredentialType": "pskdType", "PSKd": pskd})

    async def join_with_network_key(
        self, network_key: Secret[str], *, channel: int, pan_id: int
    ) -> None:
        """Start to join a network in radio range by its key (otbr/join).

        The device leaves its own network. Raises ValueError for malformed values.
        """
        rules.check_network_key(network_key.reveal())
        rules.check_channel(channel)
        rules.check_pan_id(pan_id)
        await self._join(
            {
                "CredentialType": "networkKeyType",
                "NetworkKey": network_key,
                "Channel": channel,
                "PanId": pan_id,
            }
        )

    async def configure(self, configuration: ThreadConfiguration) -> None:
        """Set all parameters of the network at once (otbr/set_config).

        Devices of the old network lose it: nothing announces the change to them. Raises ValueError
        for malformed values.
        """
        configuration.check()
        await self._session.command(
            post(
                "/otbr/set_config",
                {
                    "NetworkName": configuration.network_name,
                    "ExtPanId": configuration.extended_pan_id.lower(),
                    "PanId": configuration.pan_id,
                    "Passphrase": configuration.passphrase,
                    "NetworkKey": configuration.network_key,
                    "Channel": configuration.channel,
                },
            )
        )

    async def stop(self) -> None:
        """Disable Thread (otbr/stop); devices whose only border router this is are cut off."""
        await self._session.command(post("/otbr/stop"))

    async def start(self) -> None:
        """Enable Thread (otbr/start)."""
        await self._session.command(post("/otbr/start"))

    async def generate(self) -> ThreadNetwork | None:
        """Make up a new network (otbr/generate_thread_network).

        A GET that changes something, so it is never sent twice. Whether the network is in use
        at once or only proposed is not documented: returns the proposal where the reply has one.
        """
        fields = await self._session.command(get("/otbr/generate_thread_network", once=True))
        nested = fields.get("Network")
        network = ThreadNetwork.from_fields(nested if isinstance(nested, dict) else fields)
        return None if network == ThreadNetwork() else network

    async def set_tx_power(self, power: int) -> None:
        """Set the transmit power in dBm, -24 to 20 (otbr/set_txpower). Raises ValueError."""
        rules.check_tx_power(power)
        await self._session.command(post("/otbr/set_txpower", {"TXPower": power}))

    async def backbone_router(self) -> BackboneRouterStatus:
        """Read whether the device is a backbone border router (otbr/get_bbr_status)."""
        return await self._session.read(BackboneRouterStatus)

    async def set_backbone_router(self, *, enabled: bool) -> None:
        """Switch the backbone border router (otbr/enable_bbr, otbr/disable_bbr)."""
        await self._session.command(post("/otbr/enable_bbr" if enabled else "/otbr/disable_bbr"))

    async def _join(self, body: Fields) -> None:
        """Start to join a network."""
        await self._session.command(post("/otbr/join", body))
