"""An account with the cloud: its secret, its routers, and how a cloud is recognized."""

import json

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotSupported,
)
from custom_components.gatehouse.clients.hiwifi.cloud_account import CloudAccount, RouterStatus
from custom_components.gatehouse.clients.hiwifi.open_cloud import find_cloud
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator
from tests.clients.conftest import OpenSession
from tests.clients.hiwifi.conftest import NewServer, Recorder, call, local

FIRST, SECOND, OFFLINE = "d4:ee:07:a0:52:01", "d4:ee:07:a0:53:01", "d4:ee:07:a0:54:01"
UNKNOWN = "d4:ee:07:ff:ff:ff"


async def test_log_in(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """The secret is tested without any router; nothing else is sent."""
    account = CloudAccount(new_server(cloud.url))
    await account.log_in()
    assert await account.statuses() == ()
    await account.release()
    assert cloud.lab.counts() == {"status": 2}


@pytest.mark.parametrize("wrong", [{"app_secret": "wrong"}, {"app_id": "0"}])
@pytest.mark.parametrize("macs", [(), (FIRST, SECOND)])
async def test_wrong_secret(
    cloud: HiwifiCloudSimulator,
    new_server: NewServer,
    wrong: dict[str, str],
    macs: tuple[str, ...],
) -> None:
    """It shows with routers or without."""
    account = CloudAccount(new_server(cloud.url, **wrong), macs)
    with pytest.raises(AuthenticationFailed):
        await account.log_in()
    with pytest.raises(AuthenticationFailed):
        await account.statuses()


@pytest.mark.parametrize(
    ("code", "kind"), [("100001", CommandRefused), ("100018", NotSupported), (None, InvalidReply)]
)
async def test_no_proof(
    device: Recorder, new_server: NewServer, code: str | None, kind: type[GatehouseError]
) -> None:
    """A failure of the cloud is no proof of the secret."""
    device.answer("/status", local("", code=code, app_code=code))
    with pytest.raises(kind):
        await CloudAccount(new_server(device.url)).log_in()


async def test_statuses(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """Each router has a status of its own, in the order of the account, and once."""
    account = CloudAccount(new_server(cloud.url), (FIRST, "D4EE07A05401", UNKNOWN, FIRST.upper()))
    assert await account.statuses() == (
        RouterStatus(mac=FIRST, online=True),
        RouterStatus(mac=OFFLINE, online=False),
        RouterStatus(mac=UNKNOWN, permitted=False),
    )
    assert [each.is_away for each in await account.statuses()] == [False, True, True]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("10150", RouterStatus(mac=FIRST, online=False)),
        ("10160", RouterStatus(mac=FIRST, online=False)),
        ("100005", RouterStatus(mac=FIRST, permitted=False)),
        ("100001", RouterStatus(mac=FIRST)),
        ("100018", RouterStatus(mac=FIRST)),
    ],
)
async def test_refused_status(
    device: Recorder, new_server: NewServer, code: str, status: RouterStatus
) -> None:
    """What the cloud says of a router is nothing about the cloud."""
    device.answer("/status", local("", code=code))
    assert await CloudAccount(new_server(device.url), [FIRST]).statuses() == (status,)


async def test_many_routers(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """The cloud is spared; one failure is raised when all have come to their end."""
    macs = [f"d4:ee:07:00:00:{number:02x}" for number in range(30)]
    account = CloudAccount(new_server(cloud.url), macs)
    assert [each.mac for each in await account.statuses()] == macs
    cloud.lab.break_replies("status", FaultKind.HTML)
    with pytest.raises(InvalidReply):
        await account.statuses()
    cloud.lab.set_options(alive=False)
    with pytest.raises(CannotConnect):
        await account.statuses()


async def test_routers(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """A router's client stays the same, for it learns; another one's does not wait for that."""
    account = CloudAccount(new_server(cloud.url), [FIRST])
    assert account.router(FIRST) is account.router("D4EE07A05201")
    assert (await account.router(SECOND).router_info()).mac == SECOND
    with pytest.raises(ValueError, match="hardware address"):
        CloudAccount(new_server(cloud.url), ["router"])


async def test_rest_of_what_is_asked_in_vain(
    cloud: HiwifiCloudSimulator, new_server: NewServer
) -> None:
    """Once a router has turned out to be away, nobody waits for it again and again."""
    router = new_server(cloud.url).router(OFFLINE)
    answers = await router.ask_all([call("system.led.get_status")] * 3)
    assert [each.code for each in answers] == [10150] * 3
    assert cloud.lab.counts() == {"call": 1}


async def test_find_cloud(cloud: HiwifiCloudSimulator, open_session: OpenSession) -> None:
    """A cloud is recognized by how it refuses what nobody has signed."""
    await find_cloud(open_session(), URL(cloud.url))
    assert cloud.requests == [("POST", "/status")]


async def test_router_is_no_cloud(router: HiwifiSimulator, open_session: OpenSession) -> None:
    """A router answers with a page, or as to one of its clients."""
    with pytest.raises(GatehouseError):
        await find_cloud(open_session(), URL(router.url))


@pytest.mark.parametrize(
    "body",
    [
        "<html>for sale</html>",
        "{}",
        json.dumps({"code": 0}),
        json.dumps({"code": 404, "msg": "not found"}),
        json.dumps({"code": "no"}),
        local("", code="100018"),
        local("", app_code="100019"),
        local("", code="100004"),
    ],
)
async def test_something_else(device: Recorder, open_session: OpenSession, body: str) -> None:
    """Whatever else answers is no cloud."""
    device.answer("/status", body)
    with pytest.raises((InvalidReply, NotSupported)):
        await find_cloud(open_session(), device.url)
    assert device.last("/status").body == b"{}", "nobody is told anything"
