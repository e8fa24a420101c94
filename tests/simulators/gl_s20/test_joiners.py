"""The commissioner and the life of a joiner."""

from typing import Any

import pytest

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.errors import Code
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

EUI64 = "00112233445566{:02x}"
PSKD = "ABCDE12345"
START = 1_788_264_000


@pytest.fixture
async def commissioner(router: GlS20Simulator, page: WebPage) -> WebPage:
    """Return a page whose router's commissioner is active."""
    await page.post("otbr/set_commissioning", Enable=True)
    router.lab.advance(1)
    return page


async def joiners(page: WebPage) -> list[dict[str, Any]]:
    """Return the list of joiners."""
    found: list[dict[str, Any]] = (await page.get("otbr/get_joiner_list"))["DeviceList"]
    return found


async def statuses(page: WebPage) -> list[int]:
    """Return the states of the joiners."""
    return [each["Status"] for each in await joiners(page)]


async def test_commissioner(router: GlS20Simulator, page: WebPage) -> None:
    """The commissioner takes a moment to become active, and ends with the network."""
    await page.post("otbr/set_commissioning", Enable=True)
    seen = [(await page.get("otbr/get_commissioning_status"))["State"]]
    router.lab.advance(1)
    seen.append((await page.get("otbr/get_commissioning_status"))["State"])
    await page.post("otbr/stop")
    seen.append((await page.get("otbr/get_commissioning_status"))["State"])
    assert seen == [0, 1, 0]
    with pytest.raises(Refused, match="Not in a Thread network"):
        await page.post("otbr/set_commissioning", Enable=True)
    with pytest.raises(Refused, match="Enable"):
        await page.post("otbr/set_commissioning", Enable=1)


async def test_joiner_joins(router: GlS20Simulator, commissioner: WebPage) -> None:
    """A joiner is ready, joining and then joined."""
    await commissioner.post("otbr/add_joiner", PSKd=PSKD, EUI64=EUI64.format(1).upper())
    assert await statuses(commissioner) == [0]
    router.lab.advance(10)
    assert not router.lab.let_join(EUI64.format(2))
    assert not router.lab.let_join(EUI64.format(1), "WR0NG0NE")
    assert router.lab.let_join(EUI64.format(1), PSKD)
    assert await statuses(commissioner) == [1]
    router.lab.advance(5)
    assert await joiners(commissioner) == [
        {
            "EUI64": EUI64.format(1),
            "Status": 2,
            "PSKd": PSKD,
            "Timeout": 120,
            "AddTime": START + 1,
            "JoinedTime": START + 16,
        }
    ]
    assert not router.lab.let_join(EUI64.format(1))


async def test_joiner_times_out(router: GlS20Simulator, commissioner: WebPage) -> None:
    """A joiner that does not come times out; one that began in time gets in."""
    await commissioner.post("otbr/add_joiner", PSKd=PSKD, Timeout=30, EUI64=EUI64.format(1))
    await commissioner.post("otbr/add_joiner", PSKd=PSKD, Timeout=30, EUI64=EUI64.format(2))
    router.lab.advance(29)
    router.lab.let_join(EUI64.format(2))
    router.lab.advance(1)
    assert await statuses(commissioner) == [3, 1]
    router.lab.advance(4)
    assert await statuses(commissioner) == [3, 2]


async def test_anyone(router: GlS20Simulator, commissioner: WebPage) -> None:
    """Without an EUI-64 anyone with the PSKd gets in, after those who have one."""
    await commissioner.post("otbr/add_joiner", PSKd=PSKD)
    await commissioner.post("otbr/add_joiner", PSKd=PSKD, EUI64=EUI64.format(1))
    assert [each["EUI64"] for each in await joiners(commissioner)] == ["*", EUI64.format(1)]
    router.lab.let_join(EUI64.format(1))
    assert await statuses(commissioner) == [0, 1]
    router.lab.let_join(EUI64.format(9))
    assert await statuses(commissioner) == [1, 1]


async def test_time_counts_from_commissioner(router: GlS20Simulator, page: WebPage) -> None:
    """While the commissioner is off nobody gets in and nobody times out."""
    await page.post("otbr/add_joiner", PSKd=PSKD, Timeout=20)
    router.lab.advance(30)
    assert await statuses(page) == [0]
    assert not router.lab.let_join()
    await page.post("otbr/set_commissioning", Enable=True)
    router.lab.advance(20.9)
    assert await statuses(page) == [0]
    await page.post("otbr/set_commissioning", Enable=False)
    router.lab.advance(30)
    assert await statuses(page) == [0]
    await page.post("otbr/set_commissioning", Enable=True)
    router.lab.advance(21)
    assert await statuses(page) == [3]


@pytest.mark.parametrize(("kind", "expected"), [(1, [0, 2, 0]), (2, [3, 0, 0]), (3, [0, 0, 0])])
async def test_rejoin(
    router: GlS20Simulator, commissioner: WebPage, kind: int, expected: list[int]
) -> None:
    """Those who timed out, those who joined or all of them may try again."""
    for number, timeout in enumerate((10, 30, 60)):
        await commissioner.post(
            "otbr/add_joiner", PSKd=PSKD, Timeout=timeout, EUI64=EUI64.format(number)
        )
    router.lab.let_join(EUI64.format(1))
    router.lab.advance(15)
    assert await statuses(commissioner) == [3, 2, 0]
    await commissioner.post("otbr/rejoin_all", Type=kind, Timeout=45)
    assert await statuses(commissioner) == expected
    timeouts = [each["Timeout"] for each in await joiners(commissioner)]
    assert (timeouts[0] == 45) is (kind in {1, 3})
    for bad in (0, 4):
        with pytest.raises(Refused, match="Type"):
            await commissioner.post("otbr/rejoin_all", Type=bad)


async def test_at_most_fifty(page: WebPage) -> None:
    """There is room for 50 joiners; one that is known starts anew."""
    for number in range(50):
        await page.post("otbr/add_joiner", PSKd=PSKD, EUI64=EUI64.format(number))
    with pytest.raises(Refused) as refusal:
        await page.post("otbr/add_joiner", PSKd=PSKD)
    assert refusal.value.code == Code.FULL
    await page.post("otbr/add_joiner", PSKd="NEWER12345", EUI64=EUI64.format(49))
    assert (await joiners(page))[49]["PSKd"] == "NEWER12345"
    await page.post("otbr/remove_joiner_list", DeviceList=[EUI64.format(7), EUI64.format(8)])
    assert len(await joiners(page)) == 48


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"PSKd": "ABCDE"},
        {"PSKd": "A" * 33},
        {"PSKd": "ABCDEI"},
        {"PSKd": "ABCDEO"},
        {"PSKd": "ABCDEQ"},
        {"PSKd": "ABCDEZ"},
        {"PSKd": "abcdef"},
        {"PSKd": PSKD, "EUI64": "0011223344556"},
        {"PSKd": PSKD, "EUI64": "00:11:22:33:44:55:66:77"},
        {"PSKd": PSKD, "Timeout": 0},
        {"PSKd": PSKD, "Timeout": "120"},
    ],
)
async def test_bad_joiner(page: WebPage, body: dict[str, Any]) -> None:
    """A joiner that breaks the rules is refused."""
    with pytest.raises(Refused) as refusal:
        await page.post("otbr/add_joiner", **body)
    assert refusal.value.code == Code.PARAMETER
    assert await joiners(page) == []


async def test_export_and_import(
    make_router: MakeRouter, open_page: OpenPage, page: WebPage
) -> None:
    """An exported list counts on another device once it is committed."""
    for number in range(3):
        await page.post("otbr/add_joiner", PSKd=PSKD, EUI64=EUI64.format(number))
    exported = await page.get("otbr/export_joiner_list")
    other = await open_page(await make_router())
    await other.post("otbr/import_joiner_list", **exported)
    assert await joiners(other) == []
    await other.post("otbr/commit_joiner_list", Timeout=77)
    assert await other.get("otbr/export_joiner_list") == exported
    assert {each["Timeout"] for each in await joiners(other)} == {77}
    with pytest.raises(Refused, match="Nothing imported"):
        await other.post("otbr/commit_joiner_list", Timeout=77)


@pytest.mark.parametrize(
    "entries",
    [None, "all", [EUI64.format(1)], [{"EUI64": EUI64.format(1)}], [{"PSKd": PSKD}] * 51],
)
async def test_bad_import(page: WebPage, entries: Any) -> None:
    """A list that is none, or too long, is refused."""
    with pytest.raises(Refused):
        await page.post("otbr/import_joiner_list", joiner_list_version="1.0", DeviceList=entries)


async def test_restart_keeps_the_list(router: GlS20Simulator, page: WebPage) -> None:
    """The list outlives a restart, the commissioner does not."""
    await page.post("otbr/add_joiner", PSKd=PSKD)
    router.lab.press_iot_button()
    router.lab.reboot(10)
    router.lab.advance(20)
    await page.log_in(router.password)
    assert len(await joiners(page)) == 1
    assert (await page.get("sys/get_info"))["thread_commissioner_status"] == 0
