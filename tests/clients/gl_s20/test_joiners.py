"""The commissioner and the devices that it lets in."""

import json

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.models import (
    JoinerCredential,
    JoinerStatus,
    RejoinKind,
)
from custom_components.gatehouse.clients.secret import Secret
from simulators.gl_s20 import GlS20Simulator
from tests.clients.conftest import ScriptedDevice
from tests.clients.gl_s20.conftest import NewClient, StartRouter, ok

PSKD = Secret("J01NME")
EUI64 = "00124b0012abcdef"


async def opened(router: GlS20Simulator, client: GlS20Client) -> None:
    """Open the network to joiners."""
    router.lab.advance(10)
    await client.joiners.set_commissioner(enabled=True)
    router.lab.advance(2)


@pytest.mark.parametrize("state", [1, 2])
async def test_commissioner(start_router: StartRouter, new_client: NewClient, state: int) -> None:
    """Opened and closed, whichever number stands for open."""
    router = await start_router(active_commissioner=state)
    client = new_client(router)
    await opened(router, client)
    assert (await client.joiners.commissioner()).active is True
    assert (await client.system.information()).commissioner_active is True
    await client.joiners.set_commissioner(enabled=False)
    assert (await client.joiners.commissioner()).active is False


async def test_life_of_a_joiner(router: GlS20Simulator, client: GlS20Client) -> None:
    """Ready, joining, joined."""
    await opened(router, client)
    await client.joiners.add(PSKD, eui64=EUI64.upper(), seconds=60)
    (joiner,) = (await client.joiners.read()).joiners
    assert (joiner.eui64, joiner.status, joiner.timeout) == (EUI64, JoinerStatus.READY, 60)
    assert joiner.pskd == PSKD
    assert joiner.added_at is not None
    assert joiner.joined_at is None
    assert router.lab.let_join(EUI64)
    assert (await client.joiners.read()).joiners[0].status is JoinerStatus.JOINING
    router.lab.advance(10)
    (joiner,) = (await client.joiners.read()).joiners
    assert joiner.status is JoinerStatus.JOINED
    assert joiner.joined_at is not None


async def test_joiner_that_did_not_come(router: GlS20Simulator, client: GlS20Client) -> None:
    """Timed out, and given another chance."""
    await opened(router, client)
    await client.joiners.add(PSKD)
    router.lab.advance(121)
    (joiner,) = (await client.joiners.read()).joiners
    assert joiner.any_device
    assert (joiner.status, joiner.timeout) == (JoinerStatus.TIMED_OUT, 120)
    await client.joiners.rejoin(RejoinKind.JOINED, seconds=30)
    assert (await client.joiners.read()).joiners[0].status is JoinerStatus.TIMED_OUT
    await client.joiners.rejoin(RejoinKind.TIMED_OUT, seconds=30)
    (joiner,) = (await client.joiners.read()).joiners
    assert (joiner.status, joiner.timeout) == (JoinerStatus.READY, 30)


async def test_remove(router: GlS20Simulator, client: GlS20Client) -> None:
    """Some go, the others stay."""
    for eui64 in ("*", EUI64, "1122334455667788"):
        await client.joiners.add(PSKD, eui64=eui64)
    await client.joiners.remove([EUI64.upper(), "*"])
    assert [each.eui64 for each in (await client.joiners.read()).joiners] == ["1122334455667788"]
    assert len(router.lab.joiners()) == 1


async def test_remove_in_the_spelling_of_the_device(
    device: ScriptedDevice, scripted: GlS20Client
) -> None:
    """A device may compare letter by letter."""
    device.answer("/otbr/get_joiner_list", ok({"DeviceList": [{"EUI64": EUI64.upper()}]}))
    device.answer("/otbr/remove_joiner_list", ok())
    await scripted.joiners.remove([EUI64, "1122334455667788"])
    assert json.loads(device.last("/otbr/remove_joiner_list").body) == {
        "DeviceList": [EUI64.upper(), "1122334455667788"]
    }


async def test_export_and_import(start_router: StartRouter, new_client: NewClient) -> None:
    """A list travels from one router to another."""
    first, second = await start_router(), await start_router()
    source, target = new_client(first), new_client(second)
    await source.joiners.add(PSKD, eui64=EUI64)
    await source.joiners.add(Secret("AN0THER"))
    export = await source.joiners.export()
    assert export.version is not None
    await target.joiners.load(export.version, export.joiners)
    assert second.lab.joiners() == []
    await target.joiners.commit(seconds=300)
    joiners = (await target.joiners.read()).joiners
    assert [(each.eui64, each.pskd) for each in joiners] == [
        (EUI64, PSKD),
        ("*", Secret("AN0THER")),
    ]
    assert {each.timeout for each in joiners} == {300}


async def test_full_list(router: GlS20Simulator, client: GlS20Client) -> None:
    """The device keeps fifty."""
    entries = [JoinerCredential(eui64=f"{number:016x}", pskd=PSKD) for number in range(50)]
    await client.joiners.load("1.0", entries)
    await client.joiners.commit()
    with pytest.raises(CommandRefused):
        await client.joiners.add(PSKD, eui64="f" * 16)
    assert len(router.lab.joiners()) == 50


async def test_malformed_values_are_not_sent(router: GlS20Simulator, client: GlS20Client) -> None:
    """The device is not bothered with what it refuses."""
    good = JoinerCredential(eui64="*", pskd=PSKD)
    for call in (
        client.joiners.add(Secret("SH0RT")),
        client.joiners.add(PSKD, eui64="12"),
        client.joiners.add(PSKD, seconds=0),
        client.joiners.rejoin(RejoinKind.ALL, seconds=0),
        client.joiners.commit(seconds=0),
        client.joiners.remove(["12"]),
        client.joiners.load("1.0", []),
        client.joiners.load("1.0", [good] * 51),
        client.joiners.load("1.0", [JoinerCredential(pskd=PSKD)]),
        client.joiners.load("1.0", [JoinerCredential(eui64="*")]),
        client.joiners.load("1.0", [JoinerCredential(eui64="*", pskd=Secret("bad"))]),
        client.joiners.load("1.0", [JoinerCredential(eui64="x", pskd=PSKD)]),
    ):
        with pytest.raises(ValueError, match=" "):
            await call
    assert router.requests == []
