"""Clock, language, voice, memory card, cradle."""

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, NotSupported
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import Cradle, CradleStatus, MemoryCard
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient
from tests.conftest import StartModem

type Router = tuple[HilinkSimulator, HilinkClient]


@pytest.fixture
async def router(start_modem: StartModem, new_client: NewClient) -> Router:
    """Return a router and a client for it."""
    modem = await start_modem(profile="b525s-23a")
    return modem, new_client(modem)


@pytest.fixture
async def stick(start_modem: StartModem, new_client: NewClient) -> Router:
    """Return a stick and a client for it."""
    modem = await start_modem(profile="e3372")
    return modem, new_client(modem)


async def test_switches(router: Router) -> None:
    """A setting is changed and what is beside it stays."""
    modem, client = router
    await client.appliance.set_sntp(enabled=False)
    assert (await client.appliance.sntp()).enabled is False
    await client.appliance.set_dlna(enabled=True)
    assert (await client.appliance.dlna()).enabled is True
    assert modem.lab.recorded("sdcard/dlna-setting", "sharepath") == "/"
    await client.appliance.set_samba(enabled=False)
    assert (await client.appliance.samba()).enabled is False
    assert modem.lab.recorded("sdcard/sdcardsamba", "workgroupname") == "WORKGROUP"


async def test_memory_card(router: Router, stick: Router) -> None:
    """The state of the card is read, whether firmware wraps it once more or not."""
    for _, client in (router, stick):
        assert await client.appliance.memory_card() == MemoryCard(present=True, shared=True)


async def test_voice(start_modem: StartModem, new_client: NewClient) -> None:
    """VoLTE and the bare word of the line are read."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    assert (await client.appliance.volte()).enabled is True
    assert await client.appliance.in_call() is False
    for word, expected in (("Busy", True), ("Ringing", None)):
        modem.lab.set_endpoint("voice/voicebusy", word)
        assert await client.appliance.in_call() is expected


async def test_cradle(stick: Router) -> None:
    """Settings of the cradle are written without its states."""
    modem, client = stick
    before = Cradle(poecat=3, multipmcat=0, eth_wan_mode=0, eth_wan_status=1, present=False)
    assert await client.appliance.cradle() == before
    assert await client.appliance.cradle_status() == CradleStatus(
        present=False, connection_status=902
    )
    await client.appliance.set_cradle(eth_wan_mode=2)
    assert (await client.appliance.cradle()).eth_wan_mode == 2
    assert modem.lab.recorded("cradle/basic-info", "eth_wan_status") == "1"
    assert (await client.appliance.autorun_version()).version == "11.0.2.1(H192SP2C1025)"


async def test_language(router: Router, stick: Router) -> None:
    """A language is chosen in the way in which the device writes it."""
    for (modem, client), written in ((router, "de-de"), (stick, "de_de")):
        assert (await client.appliance.languages()).codes == ("en_us", "de_de", "pl_pl")
        assert (await client.appliance.language()).code == "en_us"
        await client.appliance.set_language("de_de")
        assert modem.lab.recorded("language/current-language", "CurrentLanguage") == written
        assert (await client.appliance.language()).code == "de_de"
        with pytest.raises(CommandRefused):
            await client.appliance.set_language("fr_fr")


async def test_page_that_is_missing(router: Router) -> None:
    """A page of the configuration that firmware lacks leads elsewhere."""
    modem, client = router
    modem.lab.remove_endpoint("config/global/languagelist.xml")
    with pytest.raises(NotSupported):
        await client.appliance.languages()
