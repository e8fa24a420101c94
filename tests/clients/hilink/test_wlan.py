"""Radios, networks and who is kept out, on simulated devices of every generation."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import WifiNetwork
from custom_components.gatehouse.clients.hilink.wlan import WifiChange
from custom_components.gatehouse.clients.secret import Secret
from simulators.hilink import wlan as simulated
from simulators.hilink.commands import COMMANDS
from simulators.hilink.modem import WIFI_KEY
from simulators.hilink.simulator import HilinkSimulator
from simulators.hilink.wifi_keys import ENDPOINT, show
from tests.conftest import StartModem

from .conftest import NewClient, posts

BIG = ("b525s-23a", "b535-932", "h122-373", "h165-383")
ONE = ("e8372h-153", "e5573cs-322")
MAC = "02:00:5e:20:00:01"
OTHER = "02:00:5e:20:00:02"
KEY = "R&d <'key'> \"1\""


def stored_networks(modem: HilinkSimulator) -> list[dict[str, Any]]:
    """Return the networks as the device has them."""
    return simulated.entries(modem.modem.records[simulated.NETWORKS], "Ssids", "Ssid")


def stored_filters(modem: HilinkSimulator) -> list[dict[str, Any]]:
    """Return the filters of the networks as the device has them."""
    return simulated.entries(modem.modem.records[simulated.FILTER], "Ssids", "Ssid")


async def network(
    client: HilinkClient, band: str = "2.4 GHz", *, guest: bool = False
) -> WifiNetwork:
    """Return a network that must be there."""
    found = (await client.wlan.networks()).find(band, guest=guest)
    assert found is not None
    return found


@pytest.mark.parametrize("profile", BIG)
async def test_networks(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """A router has a network for each band and one for guests, and shows no key."""
    modem = await start_modem(profile=profile)
    networks = await new_client(modem).wlan.networks()
    seen = [(each.band, each.guest, each.enabled, each.encryption) for each in networks.networks]
    assert seen == [
        ("2.4 GHz", False, True, "wpa2_psk"),
        ("5 GHz", False, True, "wpa2_psk"),
        ("2.4 GHz", True, False, "none"),
    ]
    assert [each.key for each in networks.networks] == [None, None, None]
    assert [each.hidden for each in networks.networks] == [False, False, False]
    assert networks.band_steering is False


async def test_single_entry(start_modem: StartModem, new_client: NewClient) -> None:
    """A list with one network is a list."""
    modem = await start_modem(profile="e8372h-320")
    client = new_client(modem)
    [found] = (await client.wlan.networks()).networks
    assert (found.ssid, found.guest) == ("Gatehouse-E8372", False)
    [radio] = (await client.wlan.radios()).radios
    assert (radio.band, radio.enabled) == ("2.4 GHz", True)


@pytest.mark.parametrize(
    ("profile", "encryption"), zip(ONE, ("wpa2_psk", "mixed_psk"), strict=True)
)
async def test_only_network(
    start_modem: StartModem, new_client: NewClient, profile: str, encryption: str
) -> None:
    """An older device has one network and shows its key, but never by accident."""
    modem = await start_modem(profile=profile)
    [found] = (await new_client(modem).wlan.networks()).networks
    assert found.identifier is None
    assert found.encryption == encryption
    assert found.key == Secret(WIFI_KEY)
    assert WIFI_KEY not in repr(found)


async def test_no_wifi(start_modem: StartModem, new_client: NewClient) -> None:
    """A stick without Wi-Fi has none of all this."""
    client = new_client(await start_modem(profile="e3372"))
    for read in (client.wlan.networks, client.wlan.radios, client.mac_filters.read):
        with pytest.raises(NotSupported):
            await read()


async def test_radios(start_modem: StartModem, new_client: NewClient) -> None:
    """One radio or both are switched, and the other keeps its state."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    await client.wlan.set_radios(on=False, band="5 GHz")
    radios = await client.wlan.radios()
    assert [radios.of_band(band) for band in ("2.4 GHz", "5 GHz")] == [True, False]
    assert (await client.status()).wifi_status is True
    await client.wlan.set_radios(on=False)
    assert (await client.wlan.radios()).enabled is False
    assert (await client.status()).wifi_status is False
    with pytest.raises(NotSupported):
        await client.wlan.set_radios(on=True, band="6 GHz")


@pytest.mark.parametrize("profile", BIG)
async def test_change(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Name, key and protection change; the rest of every network stays as it was."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    before = stored_networks(modem)
    wanted = WifiChange(ssid="Attic", key=Secret(KEY), encryption="mixed_psk", hidden=True)
    await client.wlan.change(await network(client, "5 GHz"), wanted)
    after = stored_networks(modem)
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[1] == before[1] | {
        "WifiSsid": "Attic",
        "WifiAuthmode": "WPA/WPA2-PSK",
        "WifiWpaencryptionmodes": "MIX",
        "WifiHide": "1",
        "WifiBroadcast": "1",
    }
    assert modem.modem.wifi_keys == {"0": WIFI_KEY, "1": KEY}
    found = await network(client, "5 GHz")
    assert (found.ssid, found.hidden, found.encryption) == ("Attic", True, "mixed_psk")


async def test_odd_refusal(start_modem: StartModem, new_client: NewClient) -> None:
    """A router that refuses its radios once does not pass for a hotspot."""
    modem = await start_modem(profile="b535-932")
    modem.lab.set_endpoint(simulated.ONE_NETWORK, {"WifiEnable": "0"})
    client = new_client(modem)
    await client.wlan.radios()
    modem.lab.break_replies(simulated.RADIOS, "error", code=100002)
    with pytest.raises(NotSupported):
        await client.wlan.radios()
    assert len((await client.wlan.radios()).radios) == 2


async def test_kept_key(start_modem: StartModem, new_client: NewClient) -> None:
    """Another name does not cost the key that the device hides."""
    modem = await start_modem(profile="b535-932")
    client = new_client(modem)
    await client.wlan.change(await network(client), WifiChange(ssid="Hall"))
    assert modem.modem.wifi_keys["0"] == WIFI_KEY
    assert (await network(client)).encryption == "wpa2_psk"


async def test_key_is_needed(start_modem: StartModem, new_client: NewClient) -> None:
    """An open network cannot be protected without a key, and nothing changes."""
    modem = await start_modem(profile="b535-932")
    client = new_client(modem)
    before = stored_networks(modem)
    with pytest.raises(CommandRefused):
        await client.wlan.change(
            await network(client, guest=True), WifiChange(encryption="wpa2_psk")
        )
    assert stored_networks(modem) == before
    await client.wlan.change(
        await network(client, guest=True), WifiChange(encryption="wpa2_psk", key=Secret(KEY))
    )
    assert modem.modem.wifi_keys["2"] == KEY


@pytest.mark.parametrize("profile", ONE)
async def test_change_only_network(
    start_modem: StartModem, new_client: NewClient, profile: str
) -> None:
    """The network of an older device is written in its two records, each as a whole."""
    modem = await start_modem(profile=profile)
    client = new_client(modem)
    wanted = WifiChange(ssid="Boat", key=Secret(KEY), hidden=True)
    await client.wlan.change(await network(client), wanted)
    found = await network(client)
    assert (found.ssid, found.hidden, found.key) == ("Boat", True, Secret(KEY))
    await client.wlan.change(found, WifiChange(encryption="none"))
    assert (await network(client)).encryption == "none"


async def test_radio_of_only_network(start_modem: StartModem, new_client: NewClient) -> None:
    """The Wi-Fi of an older device is switched by its network."""
    client = new_client(await start_modem(profile="e5573cs-322"))
    assert (await client.wlan.radios()).enabled is True
    await client.wlan.set_radios(on=False)
    assert (await client.wlan.radios()).enabled is False
    assert (await client.status()).wifi_status is False


async def test_guests(start_modem: StartModem, new_client: NewClient) -> None:
    """The network for guests opens and closes; that of a radio that is off does not."""
    modem = await start_modem(profile="h122-373")
    client = new_client(modem)
    before = stored_networks(modem)
    await client.wlan.set_guests_enabled(on=True)
    assert stored_networks(modem) == [*before[:2], before[2] | {"WifiEnable": "1"}]
    await client.wlan.set_guests_enabled(on=False)
    assert stored_networks(modem) == before
    await client.wlan.set_radios(on=False)
    await client.wlan.set_guests_enabled(on=True)
    assert (await network(client, guest=True)).enabled is False


async def test_no_guests(start_modem: StartModem, new_client: NewClient) -> None:
    """Where there is no network for guests, nothing is written."""
    modem = await start_modem(profile="e8372h-320")
    with pytest.raises(NotSupported):
        await new_client(modem).wlan.set_guests_enabled(on=True)
    assert posts(modem, simulated.NETWORKS) == 0


async def test_band_steering(start_modem: StartModem, new_client: NewClient) -> None:
    """Band steering is written with everything else."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    before = stored_networks(modem)
    await client.wlan.set_band_steering(on=True)
    assert (await client.wlan.networks()).band_steering is True
    assert stored_networks(modem) == before


async def test_guest_time(start_modem: StartModem, new_client: NewClient) -> None:
    """The time of the guests is extended by what the device proposes."""
    client = new_client(await start_modem(profile="h165-383"))
    await client.wlan.extend_guest_time()
    assert (await client.wlan.guest_time()).seconds_left == 30 * 60


async def test_wps(start_modem: StartModem, new_client: NewClient) -> None:
    """The button of WPS can be pressed from afar."""
    modem = await start_modem(profile="b535-932")
    await new_client(modem).wlan.start_wps()
    assert modem.modem.wps_presses == 1


@pytest.mark.parametrize("profile", ["b525s-23a", "h165-383", "e5573cs-322", "e8372h-320"])
async def test_block(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Clients are kept out and let in again, one by one, on all firmware."""
    client = new_client(await start_modem(profile=profile))
    assert (await client.mac_filters.read()).blocked == ()
    assert await client.mac_filters.block(MAC, "laptop")
    assert await client.mac_filters.block(OTHER)
    assert await client.mac_filters.block(MAC)
    found = await client.mac_filters.read()
    assert [(each.mac, each.name) for each in found.blocked] == [(MAC, "laptop"), (OTHER, None)]
    await client.mac_filters.unblock(MAC)
    found = await client.mac_filters.read()
    assert (found.blocks(MAC), found.blocks(OTHER)) == (False, True)
    await client.mac_filters.unblock(OTHER)
    assert (await client.mac_filters.read()).blocked == ()


async def test_block_in_every_network(start_modem: StartModem, new_client: NewClient) -> None:
    """Nobody gets in by another network; the last one who is let in ends the filter."""
    modem = await start_modem(profile="b525s-23a")
    client = new_client(modem)
    await client.mac_filters.block(MAC)
    assert [each["WifiMacFilterStatus"] for each in stored_filters(modem)] == ["2"] * 3
    assert [each["WifiMacFilterMac0"] for each in stored_filters(modem)] == [MAC.upper()] * 3
    await client.mac_filters.unblock(MAC)
    assert [each["WifiMacFilterStatus"] for each in stored_filters(modem)] == ["0"] * 3


async def test_full_list(start_modem: StartModem, new_client: NewClient) -> None:
    """The list has ten places; nobody falls off it."""
    modem = await start_modem(profile="b525s-23a")
    client = new_client(modem)
    for number in range(10):
        assert await client.mac_filters.block(f"02:00:5e:30:00:{number:02x}")
    count = posts(modem, simulated.FILTER)
    assert not await client.mac_filters.block(MAC)
    assert posts(modem, simulated.FILTER) == count


async def test_allow_list(start_modem: StartModem, new_client: NewClient) -> None:
    """A list of those who may come in is not touched."""
    modem = await start_modem(profile="b525s-23a")
    client = new_client(modem)
    filters = [
        each | {"WifiMacFilterStatus": "1", "WifiMacFilterMac0": MAC.upper()}
        for each in stored_filters(modem)
    ]
    modem.lab.set_endpoint(simulated.FILTER, {"Ssids": {"Ssid": filters}})
    found = await client.mac_filters.read()
    assert (found.allow_list, found.blocked) == (True, ())
    assert not await client.mac_filters.block(OTHER)
    await client.mac_filters.unblock(MAC)
    assert stored_filters(modem) == filters


async def test_forgotten_list(start_modem: StartModem, new_client: NewClient) -> None:
    """Who stands in a list that is switched off is not kept out because of somebody else."""
    modem = await start_modem(profile="b525s-23a")
    client = new_client(modem)
    filters = [each | {"WifiMacFilterMac3": OTHER.upper()} for each in stored_filters(modem)]
    modem.lab.set_endpoint(simulated.FILTER, {"Ssids": {"Ssid": filters}})
    await client.mac_filters.block(MAC)
    assert [each.mac for each in (await client.mac_filters.read()).blocked] == [MAC]


@pytest.mark.parametrize("profile", ["b535-932", "h165-383", "e8372h-320", "e5573cs-322"])
async def test_keys(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """Keys are read, also from firmware that shows them only encrypted."""
    modem = await start_modem(profile=profile)
    networks = await new_client(modem).wlan.keys()
    assert networks.networks[0].key == Secret(WIFI_KEY)
    assert WIFI_KEY not in repr(networks)
    assert networks.networks[0].ssid is not None


async def test_no_keys(start_modem: StartModem, new_client: NewClient) -> None:
    """Some firmware shows them to nobody."""
    with pytest.raises(NotSupported):
        await new_client(await start_modem(profile="b525s-23a")).wlan.keys()


async def test_keys_in_the_open(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is not encrypted is not for the question, and its networks are not open."""
    monkeypatch.setitem(COMMANDS, ENDPOINT, lambda *_: {"Ssids": {"Ssid": {"Index": "0"}}})
    with pytest.raises(InvalidReply):
        await new_client(await start_modem(profile="b535-932")).wlan.keys()


@pytest.mark.parametrize(
    "changes",
    [{"hash": "00"}, {"pwd": "00" * 16}, {"pwd": "x"}, {"iter": "0"}, {"iter": "10000000"}],
)
async def test_forged_keys(
    start_modem: StartModem,
    new_client: NewClient,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str],
) -> None:
    """An answer that is not for the question is not believed."""

    def forge(*arguments: Any) -> Any:
        """Spoil the answer."""
        return {**show(*arguments), **changes}  # type: ignore[dict-item]

    monkeypatch.setitem(COMMANDS, ENDPOINT, forge)
    with pytest.raises(InvalidReply):
        await new_client(await start_modem(profile="b535-932")).wlan.keys()
