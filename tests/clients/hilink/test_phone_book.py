"""Phone books: pages, order, both stores."""

import pytest

from custom_components.gatehouse.clients.errors import (
    CommandRefused,
    InvalidReply,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.phone_book import Store
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, posts
from tests.conftest import StartModem


async def test_pages(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A long phone book is read page by page, each entry once."""
    for number in range(120):
        await client.phone_book.add(
            Store.DEVICE, {"name": f"Person {number:03}", "number": f"+1555{number:04}"}
        )
    found = await client.phone_book.entries(Store.DEVICE)
    assert [each.name for each in found] == [
        "Ann",
        *(f"Person {number:03}" for number in range(120)),
    ]
    assert found[1].number == "+15550000"
    assert posts(modem, "pb/pb-list") == 3
    assert [each.name for each in await client.phone_book.entries(Store.DEVICE, "on 01")] == [
        f"Person {number:03}" for number in range(10, 20)
    ]
    assert "Ann" not in repr(found[0])


async def test_stores(client: HilinkClient) -> None:
    """The SIM card has a phone book of its own."""
    (operator,) = await client.phone_book.entries(Store.SIM)
    assert operator.name == "Operator"
    await client.phone_book.delete(operator.index)
    assert await client.phone_book.entries(Store.SIM) == ()
    assert len(await client.phone_book.entries(Store.DEVICE)) == 1
    with pytest.raises(CommandRefused, match="phone book"):
        await client.phone_book.delete(operator.index)


async def test_full(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A full phone book is told in words."""
    modem.lab.set_endpoint("pb/pb-count", {"LocalMax": "1", "SimMax": "1"})
    with pytest.raises(CommandRefused, match="full"):
        await client.phone_book.add(Store.DEVICE, {"name": "Ben", "number": "+15550100201"})


async def test_encrypted_reply(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What cannot be read does not look like an empty phone book."""
    modem.lab.break_replies("pb/pb-list", "empty", 1)
    with pytest.raises(InvalidReply):
        await client.phone_book.entries(Store.DEVICE)


async def test_without(start_modem: StartModem, new_client: NewClient) -> None:
    """Not every device has one."""
    modem = await start_modem(profile="h165-383")
    with pytest.raises(NotSupported):
        await new_client(modem).phone_book.entries(Store.DEVICE)
