"""Commands: each does what it says, once, in either generation."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiohttp import web
import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hiwifi.call import Generation
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.models import Interface, RadioName
from custom_components.gatehouse.clients.hiwifi.readings import (
    CLIENTS,
    UPGRADE_PROGRESS,
    access,
)
from custom_components.gatehouse.clients.hiwifi.rules import is_reading
from custom_components.gatehouse.clients.secret import Secret
from simulators.hiwifi import HiwifiSimulator, identity
from simulators.server import Reply
from tests.clients.hiwifi.conftest import NewAdmin, NewOpenApi, StartRouter

PHONE = "02:00:00:a0:53:01"
PHONE_ID = "020000A05301"
TV_ID = "020000A05303"
GUEST = Interface.GUEST_5

type Command = Callable[[HiwifiClient], Awaitable[object]]

COMMANDS: dict[str, Command] = {
    "system.reboot": lambda client: client.system.restart(),
    "system.led.set_status": lambda client: client.system.set_led(on=False),
    "system.upgrade.start": lambda client: client.system.upgrade(),
    "wireless.set_master_status": lambda client: client.wifi.set_enabled(on=False),
    "wireless.start": lambda client: client.wifi.set_network_enabled(Interface.MAIN_5, on=True),
    "wireless.stop": lambda client: client.wifi.set_network_enabled(Interface.MAIN_5, on=False),
    "wireless.set_iface_info": lambda client: client.wifi.set_network(Interface.MAIN_5, ssid="new"),
    "wireless.set_channel": lambda client: client.wifi.set_channel(RadioName.RADIO_5, 36),
    "wireless.set_txpwr": lambda client: client.wifi.set_tx_power(RadioName.RADIO_5, "min"),
    "wireless.kick": lambda client: client.household.kick(PHONE, Interface.MAIN_5),
    "wireless.guest.start": lambda client: client.wifi.set_guest_enabled(GUEST, on=True),
    "wireless.guest.stop": lambda client: client.wifi.set_guest_enabled(GUEST, on=False),
    "wireless.guest.set_info": lambda client: client.wifi.set_guest_network(GUEST, ssid="new"),
    "device.sta.set": lambda client: client.household.rename(PHONE, "Phone"),
    "device.macfilter.forbid": lambda client: client.household.block([PHONE]),
    "device.macfilter.allow": lambda client: client.household.unblock([PHONE]),
}
"""By the method of the newer generation."""


@pytest.fixture(params=["1.4.8", "0.9007"])
async def either(request: pytest.FixtureRequest, start_router: StartRouter) -> HiwifiSimulator:
    """Return a router of either generation, with two bands."""
    return await start_router(
        firmware=request.param, five_ghz=True, reboot_seconds=30, upgrade_server="newer"
    )


@pytest.fixture
async def either_client(either: HiwifiSimulator, new_admin: NewAdmin) -> HiwifiClient:
    """Return a client for that router."""
    return HiwifiClient(new_admin(either))


def networks(router: HiwifiSimulator) -> dict[str, dict[str, Any]]:
    """Return what is set for the networks."""
    found: dict[str, dict[str, Any]] = router.lab.state()["networks"]
    return found


async def test_restart(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """It goes away some seconds later."""
    await either_client.system.restart()
    assert either.lab.state()["up"] is True
    either.lab.advance(5)
    assert either.lab.state()["up"] is False


async def test_restart_of_the_oldest(start_router: StartRouter, new_admin: NewAdmin) -> None:
    """It has a page for it."""
    router = await start_router(firmware="0.9003")
    await HiwifiClient(new_admin(router)).system.restart()
    router.lab.advance(5)
    assert router.lab.state()["up"] is False


async def test_led(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """On and off."""
    for on in (False, True):
        await either_client.system.set_led(on=on)
        assert either.lab.state()["led"] is on


async def test_upgrade(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """Where there is something newer."""
    await either_client.system.upgrade()
    either.lab.advance(30)
    if await either_client.find_generation() is Generation.V1:
        progress = await either_client.read(UPGRADE_PROGRESS)
        assert (progress.state, progress.percent) == ("downloading", 50)
    either.lab.advance(120)
    assert either.lab.state()["version"] == "1.4.9.30001s"


@pytest.mark.parametrize(("server", "code"), [("dead", 528), ("current", 528)])
async def test_no_upgrade(
    router: HiwifiSimulator, client: HiwifiClient, server: str, code: int
) -> None:
    """Today there is never one."""
    router.lab.set_options(upgrade_server=server)
    with pytest.raises(CommandRefused) as caught:
        await client.system.upgrade()
    assert caught.value.code == code


async def test_wifi(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """All main networks, or one of them."""
    wifi = either_client.wifi
    await wifi.set_enabled(on=False)
    assert not any(each["running"] for each in networks(either).values())
    await wifi.set_network_enabled(Interface.MAIN_5, on=True)
    assert [name for name, each in networks(either).items() if each["running"]] == ["masterac"]
    await wifi.set_enabled(on=True)
    await wifi.set_network_enabled(Interface.MAIN_5, on=False)
    assert [name for name, each in networks(either).items() if each["running"]] == ["master"]


async def test_settings_of_a_network(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """What is not changed stays: all is written back."""
    before = networks(router)
    interface = router.router.wifi.interfaces["master"]
    interface.network = replace(interface.network, isolate=True)
    await client.wifi.set_network(Interface.MAIN_2_4, ssid="Bob's 家")
    await client.wifi.set_network(Interface.MAIN_5, key=Secret("another-key"), hidden=True)
    router.lab.advance(5)
    after = networks(router)
    assert after["master"] == before["master"] | {"ssid": "Bob's 家"}
    assert interface.network.isolate is True
    assert router.router.wifi.interfaces["masterac"].network.isolate is False
    assert after["masterac"] == before["masterac"] | {"key": "another-key", "hidden": True}
    await client.wifi.set_network(Interface.MAIN_5, encryption="none", delay=60)
    assert networks(router)["masterac"]["encryption"] == "mixed-psk"
    router.lab.advance(65)
    assert networks(router)["masterac"] == after["masterac"] | {"encryption": "none"}
    await client.wifi.set_network(Interface.MAIN_5, ssid="open")
    router.lab.advance(5)
    assert networks(router)["masterac"]["encryption"] == "none"
    assert networks(router)["masterac"]["hidden"] is True


@pytest.mark.parametrize("name", ["ssid", "encryption", "key"])
@pytest.mark.parametrize("guest", [False, True])
async def test_settings_that_are_not_told(
    router: HiwifiSimulator, client: HiwifiClient, name: str, *, guest: bool
) -> None:
    """A network is not opened because the router kept quiet about its key."""
    method = "wireless.guest.get_status" if guest else "wireless.get_iface_info"
    router.lab.remove_field(method, name)
    change = {"key": Secret("another-key")} if name == "ssid" else {"ssid": "new"}
    before = networks(router)
    interface = Interface.GUEST_2_4 if guest else Interface.MAIN_2_4
    command: Any = client.wifi.set_guest_network if guest else client.wifi.set_network
    with pytest.raises(InvalidReply, match="does not tell"):
        await command(interface, **change)
    router.lab.advance(5)
    assert networks(router) == before
    assert not any("set_" in each for each in router.lab.calls())


async def test_network_of_the_older_generation(
    start_router: StartRouter, new_admin: NewAdmin
) -> None:
    """Of the first one the name can be changed, and nothing else."""
    router = await start_router(firmware="0.9007", five_ghz=True)
    wifi = HiwifiClient(new_admin(router)).wifi
    before = networks(router)
    await wifi.set_network(Interface.MAIN_2_4, ssid="Bob's 家")
    router.lab.advance(5)
    assert networks(router)["master"] == before["master"] | {"ssid": "Bob's 家"}
    for action in (
        wifi.set_network(Interface.MAIN_5, ssid="new"),
        wifi.set_network(Interface.MAIN_2_4, ssid="new", hidden=True),
        wifi.set_network(Interface.MAIN_2_4, key=Secret("another-key")),
        wifi.set_network(Interface.MAIN_2_4),
        wifi.set_channel(RadioName.RADIO_5, 36),
    ):
        with pytest.raises(NotSupported):
            await action
    router.lab.advance(5)
    assert networks(router)["master"]["ssid"] == "Bob's 家"


async def test_guest_network(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Open, named, closed, and closing by itself."""
    wifi = client.wifi
    before = networks(router)["guest"]
    await wifi.set_guest_network(Interface.GUEST_2_4, ssid="Welcome", key=Secret("come-in-please"))
    router.lab.advance(6)
    assert networks(router)["guest"] == before | {"ssid": "Welcome", "key": "come-in-please"}
    await wifi.set_guest_network(Interface.GUEST_2_4, ssid="Hello")
    await wifi.set_guest_enabled(Interface.GUEST_2_4, on=True, hide_after=0, stop_after=10)
    router.lab.advance(6)
    assert networks(router)["guest"]["running"] is True
    assert networks(router)["guest"]["key"] == "come-in-please"
    router.lab.advance(600)
    assert networks(router)["guest"]["running"] is False
    await wifi.set_guest_enabled(Interface.GUEST_5, on=True)
    assert networks(router)["guestac"]["running"] is True
    await wifi.set_guest_enabled(Interface.GUEST_5, on=False)
    assert networks(router)["guestac"]["running"] is False


async def test_radios(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """Channel and power of the first, and where there are two, of the second."""
    wifi = either_client.wifi
    await wifi.set_channel(RadioName.RADIO_2_4, 11)
    await wifi.set_tx_power(RadioName.RADIO_2_4, "140")
    radio = either.lab.state()["radios"]["radio0"]
    assert (radio["channel"], radio["txpwr"]) == (11, "140")
    if await either_client.find_generation() is Generation.V1:
        await wifi.set_channel(RadioName.RADIO_5, 44)
        assert either.lab.state()["radios"]["radio1"]["channel"] == 44


async def test_household(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """Names and who may use the internet."""
    household = either_client.household
    await household.rename("02-00-00-A0-53-01", "O'Neil's 手机")
    found = (await either_client.read(CLIENTS)).get(PHONE)
    assert found is not None
    assert found.name == "O'Neil's 手机"
    await household.block([PHONE, TV_ID])
    assert either.lab.state()["blocked"] == [PHONE_ID, TV_ID]
    assert (await either_client.read(access(PHONE))).allowed is False
    await household.unblock([PHONE])
    assert either.lab.state()["blocked"] == [TV_ID]
    assert (await either_client.read(access(PHONE))).allowed is True


async def test_kick(either: HiwifiSimulator, either_client: HiwifiClient) -> None:
    """It comes back by itself."""
    await either_client.household.kick(PHONE, Interface.MAIN_5)
    assert PHONE_ID not in either.lab.state()["online"]
    either.lab.advance(10)
    assert PHONE_ID in either.lab.state()["online"]


@pytest.mark.parametrize("method", COMMANDS)
@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("by_openapi", [False, True])
async def test_lost_reply(
    start_router: StartRouter,
    new_admin: NewAdmin,
    new_openapi: NewOpenApi,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    *,
    drop: bool,
    by_openapi: bool,
) -> None:
    """No command is ever sent twice, whatever becomes of its reply."""
    router = await start_router(upgrade_server="newer")
    channel = new_openapi(router.url) if by_openapi else new_admin(router)
    original: Callable[[web.Request], Awaitable[Reply]] = router._answer

    async def spoiled(request: web.Request) -> Reply:
        """Carry out everything, and lose the reply to what is no reading."""
        reply = await original(request)
        if not is_reading(router.router.calls[-1]):
            reply.body = b"{"
            if drop and request.transport is not None:
                request.transport.abort()
        return reply

    await channel.log_in()
    monkeypatch.setattr(router, "_answer", spoiled)
    with pytest.raises(OutcomeUnknown, match=method):
        await COMMANDS[method](HiwifiClient(channel, generation=Generation.V1))
    assert router.router.calls[-1] == method
    assert router.router.calls.count(method) == 1


@pytest.mark.parametrize("method", COMMANDS)
@pytest.mark.parametrize(
    ("code", "kind"), [(100001, CommandRefused), (100015, NotPermitted), (100004, NotSupported)]
)
async def test_refused(
    router: HiwifiSimulator,
    client: HiwifiClient,
    method: str,
    code: int,
    kind: type[GatehouseError],
) -> None:
    """A refusal is a refusal, and is not tried again."""
    router.lab.fail_method(method, code, None)
    with pytest.raises(kind):
        await COMMANDS[method](client)
    assert router.lab.calls()[method] == 1
    assert router.lab.state()["logins"] == 1


async def test_router_that_is_not_there(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Nothing was sent, and that is certain."""
    await client.find_generation()
    await router.stop()
    with pytest.raises(CannotConnect):
        await client.system.restart()


@pytest.mark.parametrize(
    "command",
    [
        lambda client: client.wifi.set_network(Interface.GUEST_2_4, ssid="new"),
        lambda client: client.wifi.set_network_enabled(Interface.GUEST_2_4, on=True),
        lambda client: client.wifi.set_guest_enabled(Interface.MAIN_2_4, on=True),
        lambda client: client.wifi.set_guest_network(Interface.MAIN_2_4, ssid="new"),
        lambda client: client.wifi.set_guest_enabled(GUEST, on=True, stop_after=-1),
        lambda client: client.wifi.set_network(Interface.MAIN_2_4, ssid=""),
        lambda client: client.wifi.set_network(Interface.MAIN_2_4, ssid="new", delay=-1),
        lambda client: client.wifi.set_channel(RadioName.RADIO_2_4, 36),
        lambda client: client.wifi.set_tx_power(RadioName.RADIO_2_4, "a lot"),
        lambda client: client.household.rename(PHONE, ""),
        lambda client: client.household.rename("phone", "Phone"),
        lambda client: client.household.block([]),
        lambda client: client.household.unblock(["phone"]),
        lambda client: client.household.kick("phone", Interface.MAIN_5),
    ],
)
async def test_what_the_router_cannot_be_given(
    router: HiwifiSimulator, client: HiwifiClient, command: Command
) -> None:
    """It is not sent."""
    with pytest.raises(ValueError, match=r"^[ -~]+$"):
        await command(client)
    assert router.requests == []


async def test_short_key(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Whether a key is needed depends on what is set: it is read, and nothing is written."""
    with pytest.raises(ValueError, match="key") as caught:
        await client.wifi.set_network(Interface.MAIN_2_4, key=Secret("5hort"))
    assert "5hort" not in str(caught.value)
    assert set(router.lab.calls()) == {"system.get_info", "wireless.get_iface_info"}


async def test_restart_behind_permissions(
    start_router: StartRouter, new_openapi: NewOpenApi
) -> None:
    """A bound client may do what it was granted."""
    router = await start_router(permissions=["system.get_info", "system.led.*"])
    client = HiwifiClient(new_openapi(router.url))
    await client.system.set_led(on=False)
    assert router.lab.state()["led"] is False
    with pytest.raises(NotPermitted):
        await client.system.restart()
    assert identity.CLIENT_ID in router.lab.state()["bindings"][0]
