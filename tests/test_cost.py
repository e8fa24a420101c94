"""What a device has to bear."""

from collections.abc import Awaitable, Callable

from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem

ROUNDS_AN_HOUR = 120
LIST = "/api/sms/sms-list"
CHECK = "/api/online-update/check-new-version"


async def test_requests_of_a_round(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: Callable[..., Awaitable[None]]
) -> None:
    """With default entities a round takes at most five requests, and nobody logs in again.

    The list of messages is looked at now and then, and never read where nothing moves. Once a day
    the modem is told to look for new firmware.
    """
    await set_up(modem)
    costs, posts = [], []
    await next_round(30)
    for _ in range(ROUNDS_AN_HOUR):
        modem.requests.clear()
        await next_round(30)
        costs.append(len(modem.requests))
        posts += [path for method, path in modem.requests if method == "POST"]
    assert max(costs) <= 5
    assert min(costs) >= 4
    assert set(posts) <= {LIST, CHECK}
    assert 1 <= posts.count(LIST) <= 5
    assert posts.count(CHECK) <= 1


async def test_requests_of_a_message(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: Callable[..., Awaitable[None]]
) -> None:
    """A message costs one reading of the list, and a second look at the counts."""
    await set_up(modem)
    for _ in range(2):
        await next_round(30)
    modem.requests.clear()
    modem.lab.inject_sms("+15550100200", "Hello")
    await next_round(30)
    assert modem.requests.count(("POST", LIST)) == 1
    assert len(modem.requests) <= 7


async def test_everything_is_read_in_its_time(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: Callable[..., Awaitable[None]]
) -> None:
    """In an hour every default reading has its turns."""
    await set_up(modem)
    modem.requests.clear()
    for _ in range(ROUNDS_AN_HOUR):
        await next_round(30)
    counts = modem.lab.counts()
    for path, least in {
        "/api/monitoring/status": 120,
        "/api/device/signal": 120,
        "/api/monitoring/traffic-statistics": 120,
        "/api/sms/sms-count": 120,
        "/api/dialup/mobile-dataswitch": 24,
        "/api/net/current-plmn": 24,
        "/api/monitoring/check-notifications": 3,
        "/api/device/information": 3,
        "/api/monitoring/month_statistics": 3,
        "/api/monitoring/converged-status": 3,
    }.items():
        assert least <= counts.get(path, 0) <= least * 1.5, path
