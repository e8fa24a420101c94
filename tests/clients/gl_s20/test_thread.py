"""The Thread network: what is read of it and what is done to it."""

import json

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.models import ThreadNetwork, ThreadRole
from custom_components.gatehouse.clients.gl_s20.thread import ThreadConfiguration
from custom_components.gatehouse.clients.secret import Secret
from simulators.gl_s20 import GlS20Simulator, PanIdStyle
from tests.clients.conftest import ScriptedDevice
from tests.clients.gl_s20.conftest import NewClient, StartRouter, count, ok

KEY = "0123456789abcdef0123456789abcdef"


def settled(router: GlS20Simulator) -> None:
    """Let a new network come up."""
    router.lab.advance(10)


@pytest.mark.parametrize("style", PanIdStyle)
@pytest.mark.parametrize("drift", [False, True])
async def test_status(
    start_router: StartRouter, new_client: NewClient, style: PanIdStyle, *, drift: bool
) -> None:
    """Everything that the device tells, whichever types it uses."""
    router = await start_router(
        pan_id_style=style,
        on_mesh_prefix_list=drift,
        numeric_api_version=drift,
        numeric_booleans=drift,
    )
    settled(router)
    network = router.device.thread.network
    status = await new_client(router).thread.status()
    assert status.api_version == "370"
    assert status.thread_version == "v1.3"
    assert status.border_router_version
    assert status.radio.role is ThreadRole.LEADER
    assert status.radio.attached is True
    assert status.radio.eui64 == "9483c4fffea051a2"
    assert status.radio.extended_address == "9e5a20c0ffee51a2"
    assert status.radio.rloc16 is not None
    assert status.radio.version
    assert status.network.channel == network.channel
    assert status.network.pan_id == network.pan_id
    assert status.network.extended_pan_id == network.extended_pan_id
    assert status.network.network_name == network.name
    assert status.network.network_key == Secret(network.key)
    assert status.network.pskc == Secret(network.pskc)
    assert status.network.passphrase == Secret(network.passphrase)
    assert status.network.active_dataset == Secret(network.dataset)
    assert len(status.network.ipv6_addresses) == 4
    assert len(status.network.on_mesh_prefixes) == 1
    assert str(status.network.mesh_local_prefix).startswith("fd")


async def test_start_and_stop(router: GlS20Simulator, client: GlS20Client) -> None:
    """Thread can be disabled and enabled."""
    settled(router)
    await client.thread.stop()
    status = await client.thread.status()
    assert status.radio.role is ThreadRole.DISABLED
    assert status.radio.attached is False
    assert status.radio.rloc16 is None
    await client.thread.start()
    assert (await client.thread.status()).radio.role is ThreadRole.DETACHED
    settled(router)
    assert (await client.thread.status()).radio.role is ThreadRole.LEADER


async def test_never_formed(start_router: StartRouter, new_client: NewClient) -> None:
    """A new device has no dataset."""
    router = await start_router(thread_enabled=False)
    status = await new_client(router).thread.status()
    assert status.network.active_dataset is None
    assert status.radio.role is ThreadRole.DISABLED


async def test_scan(client: GlS20Client) -> None:
    """Networks on the air."""
    networks = (await client.thread.scan()).networks
    assert [each.network_name for each in networks] == ["ha-thread-7e57", "Next door"]
    first = networks[0]
    assert (first.channel, first.pan_id, first.rssi, first.lqi) == (15, 0x7E57, -58, 3)
    assert first.extended_pan_id == "5ca1ab1e5ca1ab1e"


async def test_join_by_key(router: GlS20Simulator, client: GlS20Client) -> None:
    """Key, channel and PAN ID lead into another's network."""
    key = Secret("c0ffeec0ffeec0ffeec0ffeec0ffee00")
    await client.thread.join_with_network_key(key, channel=15, pan_id=0x7E57)
    settled(router)
    status = await client.thread.status()
    assert status.radio.role is ThreadRole.CHILD
    assert status.network.network_name == "ha-thread-7e57"


async def test_join_by_pskd(router: GlS20Simulator, client: GlS20Client) -> None:
    """The commissioner of the other network knows this device."""
    await client.thread.join_with_pskd(Secret("J01NME"))
    assert (await client.thread.join_status()).status not in {None, 0, 5}
    settled(router)
    assert (await client.thread.join_status()).status == 5
    settled(router)
    assert (await client.thread.status()).network.network_name == "ha-thread-7e57"


CONFIGURATION = ThreadConfiguration(
    network_name="Gatehouse",
    extended_pan_id="1122334455667788",
    pan_id=0x1234,
    channel=20,
    network_key=Secret(KEY),
    passphrase=Secret("a better one"),
)


async def test_configure(router: GlS20Simulator, client: GlS20Client) -> None:
    """All parameters at once."""
    before = (await client.thread.status()).network.active_dataset
    await client.thread.configure(CONFIGURATION)
    network = (await client.thread.status()).network
    assert network.network_name == "Gatehouse"
    assert network.extended_pan_id == "1122334455667788"
    assert (network.pan_id, network.channel) == (0x1234, 20)
    assert network.network_key == Secret(KEY)
    assert network.passphrase == Secret("a better one")
    assert network.active_dataset != before
    assert router.device.thread.network.pan_id == 0x1234


async def test_configuration_is_sent_as_described(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """The PAN ID is a number, the digits are small."""
    device.answer("/otbr/set_config", ok())
    await scripted.thread.configure(CONFIGURATION)
    assert json.loads(device.last("/otbr/set_config").body) == {
        "NetworkName": "Gatehouse",
        "ExtPanId": "1122334455667788",
        "PanId": 0x1234,
        "Passphrase": "a better one",
        "NetworkKey": KEY,
        "Channel": 20,
    }


async def test_generated_network_in_use(router: GlS20Simulator, client: GlS20Client) -> None:
    """The firmware takes it at once and tells nothing."""
    before = router.device.thread.network.extended_pan_id
    assert await client.thread.generate() is None
    assert (await client.thread.status()).network.extended_pan_id != before


async def test_generated_network_as_a_proposal(
    start_router: StartRouter, new_client: NewClient
) -> None:
    """The firmware only proposes: everything that is needed to take it."""
    router = await start_router(generate_applies=False)
    proposal = await new_client(router).thread.generate()
    assert proposal is not None
    assert proposal.network_key is not None
    assert proposal.extended_pan_id != router.device.thread.network.extended_pan_id
    assert proposal.channel is not None
    assert proposal.passphrase is not None


async def test_nested_proposal(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """As otbr/get_status has it."""
    device.answer("/otbr/generate_thread_network", ok({"Network": {"Channel": 15}}))
    assert await scripted.thread.generate() == ThreadNetwork(channel=15)


async def test_transmit_power(start_router: StartRouter, new_client: NewClient) -> None:
    """The radio may do less than it was told."""
    router = await start_router(tx_power_limit=10)
    client = new_client(router)
    for wanted, told in ((-24, -24), (10, 10), (20, 10)):
        await client.thread.set_tx_power(wanted)
        assert (await client.thread.status()).radio.tx_power == told


@pytest.mark.parametrize("names", [False, True])
async def test_backbone_router(
    start_router: StartRouter, new_client: NewClient, *, names: bool
) -> None:
    """Switched, and read in numbers or words."""
    router = await start_router(bbr_state_names=names)
    settled(router)
    client = new_client(router)
    for enabled in (True, False, True):
        await client.thread.set_backbone_router(enabled=enabled)
        assert (await client.thread.backbone_router()).active is enabled


async def test_malformed_values_are_not_sent(router: GlS20Simulator, client: GlS20Client) -> None:
    """The device is not bothered with what it refuses."""
    bad = Secret("bad")
    for call in (
        client.thread.join_with_pskd(bad),
        client.thread.join_with_network_key(bad, channel=15, pan_id=1),
        client.thread.join_with_network_key(Secret(KEY), channel=5, pan_id=1),
        client.thread.join_with_network_key(Secret(KEY), channel=15, pan_id=0),
        client.thread.set_tx_power(21),
        client.thread.configure(
            ThreadConfiguration(
                network_name="x" * 17,
                extended_pan_id="1122334455667788",
                pan_id=1,
                channel=11,
                network_key=Secret(KEY),
                passphrase=Secret("long enough"),
            )
        ),
    ):
        with pytest.raises(ValueError, match=" "):
            await call
    assert router.requests == []


async def test_refused_commissioner(router: GlS20Simulator, client: GlS20Client) -> None:
    """Without a network nobody can be let in, and the device says why."""
    await client.thread.stop()
    with pytest.raises(CommandRefused, match="Not in a Thread network"):
        await client.joiners.set_commissioner(enabled=True)
    assert count(router, "/otbr/set_commissioning") == 1
