"""Peace with whoever else logs in."""

import pytest

from custom_components.gatehouse.clients.errors import SessionConflict
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from simulators.openvox import OpenVoxSimulator
from tests.clients.openvox.conftest import (
    NUMBER,
    TEXT,
    NewClient,
    StartGateway,
    Wait,
    logins,
)


async def test_stolen_again_and_again(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """Somebody else wants to be in: each time they are left in peace for longer."""
    await client.channels()
    gateway.lab.steal_tokens(1000)
    pauses = [60.0, 120.0, 240.0, 480.0, 900.0, 900.0]
    with pytest.raises(SessionConflict):
        await client.channels()
    assert logins(gateway) == 2
    for number, pause in enumerate(pauses, start=3):
        seen = len(gateway.requests)
        wait(pause - 5)
        for call in (client.channels, client.valid_spans, client.log_in, client.sims):
            with pytest.raises(SessionConflict, match="next attempt in"):
                await call()
        assert len(gateway.requests) == seen
        wait(6)
        with pytest.raises(SessionConflict):
            await client.channels()
        assert logins(gateway) == number


async def test_stolen_twice_in_one_call(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """After a long life that is no reason to wait, but one new login for each call is enough."""
    await client.channels()
    wait(31)
    await client.channels()
    gateway.lab.steal_tokens(1)
    with pytest.raises(SessionConflict, match="at once"):
        await client.channels()
    assert logins(gateway) == 2
    await client.channels()
    assert logins(gateway) == 3


async def test_message_during_a_conflict(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """It is not sent, and that is certain."""
    await client.channels()
    gateway.lab.steal_tokens(1000)
    for _ in range(3):
        with pytest.raises(SessionConflict):
            await client.send(1, NUMBER, TEXT)
    assert len(gateway.lab.sent) == 0
    assert logins(gateway) == 2


async def test_conflict_ends(gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait) -> None:
    """Once the other is gone, everything is as before, and forgotten after half a minute."""
    await client.channels()
    gateway.lab.steal_tokens(1)
    with pytest.raises(SessionConflict):
        await client.channels()
    wait(61)
    await client.channels()
    wait(31)
    await client.channels()
    for number in (4, 5):
        gateway.lab.steal_tokens()
        await client.channels()
        assert logins(gateway) == number


async def test_poll_against_somebody_at_the_web_page(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """Tokens that never live to see the next poll are a conflict too."""
    refusals = 0
    for _ in range(20):
        try:
            await client.channels()
        except SessionConflict:
            refusals += 1
        wait(29)
        gateway.lab.steal_tokens()
    assert refusals > 12
    assert logins(gateway) < 8


async def test_single_thefts_are_no_conflict(
    gateway: OpenVoxSimulator, client: OpenVoxClient, wait: Wait
) -> None:
    """A login on the web page now and then costs one login of ours each."""
    for number in range(1, 8):
        await client.channels()
        wait(40)
        await client.channels()
        assert logins(gateway) == number
        gateway.lab.steal_tokens()


async def test_release_ends_a_conflict(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Whoever releases the client wants it to start anew afterwards."""
    await client.channels()
    gateway.lab.steal_tokens(1)
    with pytest.raises(SessionConflict):
        await client.channels()
    await client.release()
    await client.channels()


async def test_two_clients(start_gateway: StartGateway, new_client: NewClient) -> None:
    """On a gateway that serves one login only they do not fight for it."""
    gateway = await start_gateway(exclusive_login=True)
    clients = [new_client(gateway), new_client(gateway)]
    for turn in range(40):
        try:
            await clients[turn % 2].channels()
        except SessionConflict:
            continue
    assert logins(gateway) <= 6
