"""What a device has to bear."""

from collections.abc import Awaitable, Callable

from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem

ROUNDS_AN_HOUR = 120


async def test_requests_of_a_round(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: Callable[..., Awaitable[None]]
) -> None:
    """With default entities a round takes at most five requests, and nobody logs in again."""
    await set_up(modem)
    costs = []
    for _ in range(ROUNDS_AN_HOUR):
        modem.requests.clear()
        await next_round(30)
        costs.append(len(modem.requests))
        assert "POST" not in {method for method, _ in modem.requests}
    assert max(costs) <= 5
    assert min(costs) >= 4


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
        "/api/monitoring/check-notifications": 24,
        "/api/device/information": 3,
        "/api/monitoring/month_statistics": 3,
        "/api/monitoring/converged-status": 3,
    }.items():
        assert least <= counts.get(path, 0) <= least * 1.5, path
