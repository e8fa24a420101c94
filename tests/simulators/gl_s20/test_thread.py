"""The Thread network: dataset, roles over time, joining, changing."""

from itertools import pairwise
from typing import Any

import pytest

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.air import THREAD_NETWORKS
from simulators.gl_s20.network import Network
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

OTHER = THREAD_NETWORKS[0].network
SETTINGS: dict[str, Any] = {
    "NetworkName": "House",
    "ExtPanId": "A1A2A3A4A5A6A7A8",
    "PanId": 0x1234,
    "Passphrase": "correct horse",
    "NetworkKey": "00112233445566778899AABBCCDDEE00",
    "Channel": 15,
}
PUBLISHED = (
    "0e08000000000001000035060004001fffe002089f4f5846aec77dc70708fde5961359dada240510c9ef1b68eb2bd1"
    "2170876f2afb6ea2bb0102c6540410293a4459786172f411c7b39c78406bec0c0402a0f7f8030b474c2d533230302d"
    "363364000300001a"
)


def fields(dataset: str) -> dict[int, str]:
    """Return the fields of a dataset by their types."""
    data, found = bytes.fromhex(dataset), {}
    while data:
        end = 2 + data[1]
        found[data[0]] = data[2:end].hex()
        data = data[end:]
    return found


async def state(page: WebPage) -> int:
    """Return the role as a number."""
    number: int = (await page.get("otbr/get_status"))["RCP"]["State"]
    return number


async def network(page: WebPage) -> dict[str, Any]:
    """Return the network."""
    found: dict[str, Any] = (await page.get("otbr/get_status"))["Network"]
    return found


def test_dataset() -> None:
    """The whole dataset of known parameters, with a PSKc computed elsewhere."""
    assert Network(
        name="GL-S20-1a2",
        extended_pan_id="1122334455667788",
        pan_id=0x1234,
        channel=26,
        key="7fa511ccdcece042b07ac34c98620a4c",
        mesh_local_prefix="fdad70bfe5aa15dd",
    ).dataset == (
        "0e080000000000010000000300001a35060004001fffe0020811223344556677880708fdad70bfe5aa15dd0510"
        "7fa511ccdcece042b07ac34c98620a4c030a474c2d5332302d3161320102123404105998dee512a481c27da891"
        "9fdce7dc060c0402a0f7f8"
    )


def test_dataset_of_another_product() -> None:
    """A dataset published for the sibling product has the same fields, save the PSKc."""
    ours = Network(
        name="GL-S200-63d",
        extended_pan_id="9f4f5846aec77dc7",
        pan_id=0xC654,
        channel=26,
        key="c9ef1b68eb2bd12170876f2afb6ea2bb",
        mesh_local_prefix="fde5961359dada24",
    ).dataset
    theirs = fields(PUBLISHED)
    assert fields(ours) | {4: ""} == theirs | {4: ""}


async def test_status_and_dataset_agree(page: WebPage) -> None:
    """The dataset says what the fields beside it say."""
    shown = await network(page)
    dataset = fields(shown["ActiveDataset"])
    assert int(dataset[0], 16) == shown["Channel"]
    assert int(dataset[1], 16) == int(shown["PanId"], 16)
    assert dataset[2] == shown["ExtPanId"]
    assert bytes.fromhex(dataset[3]).decode() == shown["NetworkName"]
    assert dataset[4] == shown["PSKc"]
    assert dataset[5] == shown["NetworkKey"]
    assert shown["MeshLocalPrefix"].startswith("fd")
    assert len(shown["IPv6"]) == 4


async def test_set_config(router: GlS20Simulator, page: WebPage) -> None:
    """A change shows in all fields with a newer timestamp, and the mesh is left for a while."""
    before = fields((await network(page))["ActiveDataset"])
    await page.post("otbr/set_config", **SETTINGS)
    shown = await network(page)
    after = fields(shown["ActiveDataset"])
    assert await state(page) == 1
    assert (shown["NetworkName"], shown["PanId"], shown["Channel"]) == ("House", "0x1234", 15)
    assert (shown["ExtPanId"], shown["Passphrase"]) == ("a1a2a3a4a5a6a7a8", "correct horse")
    assert int(after[14], 16) > int(before[14], 16)
    assert after[4] != before[4]
    router.lab.advance(5)
    assert await state(page) == 4


async def test_default_passphrase(page: WebPage) -> None:
    """A missing passphrase is the one every device has."""
    await page.post(
        "otbr/set_config",
        **{name: value for name, value in SETTINGS.items() if name != "Passphrase"},
    )
    assert (await network(page))["Passphrase"] == "goodlife"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NetworkName", ""),
        ("NetworkName", "é" * 9),
        ("NetworkName", None),
        ("ExtPanId", "a1a2a3a4a5a6a7"),
        ("ExtPanId", "g" * 16),
        ("PanId", 0),
        ("PanId", 0xFFFF),
        ("PanId", "0x1234"),
        ("PanId", True),
        ("Passphrase", "short"),
        ("Passphrase", "x" * 256),
        ("NetworkKey", "0" * 31),
        ("Channel", 10),
        ("Channel", 27),
        ("Channel", "15"),
    ],
)
async def test_bad_config(page: WebPage, name: str, value: Any) -> None:
    """A parameter out of its limits is refused and nothing changes."""
    before = await network(page)
    with pytest.raises(Refused, match=name):
        await page.post("otbr/set_config", **(SETTINGS | {name: value}))
    assert await network(page) == before


async def test_pan_id_as_text(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may want the PAN ID as text."""
    page = await open_page(await make_router(pan_id_input="string"))
    with pytest.raises(Refused, match="PanId"):
        await page.post("otbr/set_config", **SETTINGS)
    for text in ("0x1234", "4660"):
        await page.post("otbr/set_config", **(SETTINGS | {"PanId": text}))
        assert (await network(page))["PanId"] == "0x1234"
    with pytest.raises(Refused, match="PanId"):
        await page.post("otbr/set_config", **(SETTINGS | {"PanId": "0xffff"}))


async def test_new_device(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A device that never had Thread has no dataset; starting it forms a network."""
    router = await make_router(thread_enabled=False)
    page = await open_page(router)
    assert await state(page) == 0
    assert (await network(page))["ActiveDataset"] == ""
    assert (await page.get("otbr/get_status"))["RCP"]["Rloc16"] == 0xFFFE
    await page.post("otbr/start")
    assert await state(page) == 1
    router.lab.advance(4.9)
    assert await state(page) == 1
    router.lab.advance(0.1)
    assert await state(page) == 4
    assert (await network(page))["NetworkName"] == "GL-S20-1a2"
    assert fields((await network(page))["ActiveDataset"])[1] == "51a2"


async def test_stop_and_start(router: GlS20Simulator, page: WebPage) -> None:
    """Thread can be stopped and started, keeping its network."""
    before = await network(page)
    await page.post("otbr/stop")
    assert await state(page) == 0
    assert (await page.get("sys/get_info"))["thread_nwk_status"] == 0
    await page.post("otbr/start")
    router.lab.advance(5)
    await page.post("otbr/start")
    assert await state(page) == 4
    assert (await network(page)) == before


async def test_join_with_key(router: GlS20Simulator, page: WebPage) -> None:
    """With the key of an existing network the device becomes child, then router."""
    await page.post(
        "otbr/join",
        CredentialType="networkKeyType",
        NetworkKey=OTHER.key,
        Channel=OTHER.channel,
        PanId=OTHER.pan_id,
    )
    seen = [await state(page)]
    for seconds in (5, 59, 1):
        router.lab.advance(seconds)
        await page.log_in(router.password)
        seen.append(await state(page))
    assert seen == [1, 2, 2, 3]
    assert (await network(page))["ActiveDataset"] == OTHER.dataset


async def test_join_with_wrong_key(router: GlS20Simulator, page: WebPage) -> None:
    """With a key nobody has the device stays detached."""
    await page.post(
        "otbr/join",
        CredentialType="networkKeyType",
        NetworkKey="0" * 32,
        Channel=OTHER.channel,
        PanId=OTHER.pan_id,
    )
    router.lab.advance(30)
    assert await state(page) == 1


@pytest.mark.parametrize(
    ("pskd", "statuses", "role"), [("J01NME", [1, 3, 5], 2), ("WR0NGPSKD", [1, 1, 0], 0)]
)
async def test_join_with_pskd(
    router: GlS20Simulator, page: WebPage, pskd: str, statuses: list[int], role: int
) -> None:
    """With a PSKd joining goes through its steps, or ends without effect."""
    await page.post("otbr/join", CredentialType="pskdType", PSKd=pskd)
    seen = []
    for seconds in (0, 2.5, 2.5):
        router.lab.advance(seconds)
        reply = await page.post("otbr/get_join_status", CredentialType="pskdType")
        seen.append(reply["status"])
    assert seen == statuses
    router.lab.advance(5)
    assert await state(page) == role


@pytest.mark.parametrize(
    "body",
    [
        {"CredentialType": "magic"},
        {"CredentialType": "pskdType", "PSKd": "SHORT"},
        {"CredentialType": "pskdType", "PSKd": "J0INME"},
        {"CredentialType": "networkKeyType", "NetworkKey": "0" * 32, "Channel": 15},
    ],
)
async def test_bad_join(page: WebPage, body: dict[str, Any]) -> None:
    """A join without what it needs is refused and the network kept."""
    with pytest.raises(Refused):
        await page.post("otbr/join", **body)
    assert await state(page) == 4


async def test_scan(page: WebPage) -> None:
    """A scan finds the others, not the own network."""
    found = (await page.get("otbr/scan"))["ScanList"]
    assert [each["PanId"] for each in found] == [0x7E57, 0x0DDB]


async def test_generate(router: GlS20Simulator, page: WebPage) -> None:
    """Each generated network is another one."""
    datasets = [(await network(page))["ActiveDataset"]]
    for _ in range(2):
        assert await page.get("otbr/generate_thread_network") == {}
        datasets.append((await network(page))["ActiveDataset"])
    assert len(set(datasets)) == 3
    times = [int(fields(each)[14], 16) for each in datasets]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert router.lab.state()["networks_generated"] == 2


async def test_generate_proposes(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may only propose a network, which set_config then takes."""
    page = await open_page(await make_router(generate_applies=False))
    before = await network(page)
    proposal = await page.get("otbr/generate_thread_network")
    assert await network(page) == before
    await page.post("otbr/set_config", **proposal)
    assert (await network(page))["ExtPanId"] == proposal["ExtPanId"] != before["ExtPanId"]


async def test_transmit_power(make_router: MakeRouter, open_page: OpenPage) -> None:
    """Power has limits, and the radio its own."""
    page = await open_page(await make_router(tx_power_limit=18))
    shown = []
    for power in (-24, 10, 20):
        await page.post("otbr/set_txpower", TXPower=power)
        shown.append((await page.get("otbr/get_status"))["RCP"]["TXPower"])
    assert shown == [-24, 10, 18]
    for power in (-25, 21):
        with pytest.raises(Refused, match="TXPower"):
            await page.post("otbr/set_txpower", TXPower=power)


async def test_backbone_router(page: WebPage) -> None:
    """The backbone router is switched, and is not active without a network."""
    seen = [(await page.get("otbr/get_bbr_status"))["State"]]
    for path in ("otbr/enable_bbr", "otbr/stop", "otbr/disable_bbr"):
        await page.post(path)
        seen.append((await page.get("otbr/get_bbr_status"))["State"])
    assert seen == [0, 1, 0, 0]


async def test_role_from_the_lab(router: GlS20Simulator, page: WebPage) -> None:
    """The lab holds a role until it lets go."""
    seen = []
    for role in ("detached", "router", None):
        router.lab.set_role(role)
        seen.append(await state(page))
    assert seen == [1, 3, 4]
    with pytest.raises(ValueError, match="no such role"):
        router.lab.set_role("boss")


async def test_iot_button(router: GlS20Simulator, page: WebPage) -> None:
    """The button changes everything without a request."""
    before = await network(page)
    router.lab.press_iot_button(2)
    router.lab.advance(1)
    assert (await page.get("sys/get_info"))["thread_commissioner_status"] == 1
    router.lab.press_iot_button(8)
    assert await state(page) == 0
    router.lab.press_iot_button(8)
    router.lab.advance(5)
    assert await state(page) == 4
    assert (await network(page))["ExtPanId"] != before["ExtPanId"]
    router.lab.press_iot_button(8)
    router.lab.press_iot_button(2)
    router.lab.advance(10)
    assert await state(page) == 2
    assert (await network(page))["NetworkName"] == OTHER.name
