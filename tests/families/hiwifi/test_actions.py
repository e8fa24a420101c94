"""Actions of a router: any method with guards, Wi-Fi settings, and clients."""

from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hiwifi.options import CONF_DANGEROUS_METHODS
from simulators.hiwifi import Firmware, HiwifiSimulator, identity
from tests.clients.hiwifi.ways import PHONE, TV

from .conftest import SetUpRouter, StartRouter

BOTH_WAYS = pytest.mark.parametrize("signed", [False, True], ids=["password", "signature"])


@pytest.fixture
async def entry(router: HiwifiSimulator, set_up_router: SetUpRouter) -> MockConfigEntry:
    """Return an entry that is set up."""
    return await set_up_router(router)


async def run(hass: HomeAssistant, action: str, **fields: Any) -> Any:
    """Carry out an action that tells something."""
    return await hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )


async def do(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Carry out an action."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)
    await hass.async_block_till_done()


@BOTH_WAYS
async def test_call(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """Any method can be called, and its answer is the response."""
    await set_up_router(router, signed=signed)
    response = await run(
        hass, "hiwifi_call", method="wireless.get_iface_info", data={"ifname": "master"}
    )
    assert response["ok"] is True
    assert response["code"] == 0
    assert response["data"]["ssid"] == identity.SSID
    assert response["transport"] == ("openapi_client" if signed else "router_admin")


async def test_call_refused(
    hass: HomeAssistant, router: HiwifiSimulator, entry: MockConfigEntry
) -> None:
    """What the router refuses is an answer, too; nothing is hidden from who asked."""
    response = await run(hass, "hiwifi_call", method="system.no_such_method")
    assert response["ok"] is False
    assert response["code"] != 0


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "reboot"},
        {"method": "wan.get_status;reboot"},
        {"method": "wan.get_status", "data": {"text": "x" * 70_000}},
        {"method": "wan.get_status", "timeout": 0},
        {"method": "wan.get_status", "version": "v9"},
    ],
)
async def test_call_that_cannot_be_right(
    hass: HomeAssistant, router: HiwifiSimulator, entry: MockConfigEntry, fields: dict[str, Any]
) -> None:
    """Nothing is sent that cannot be right."""
    router.requests.clear()
    with pytest.raises(ServiceValidationError):
        await run(hass, "hiwifi_call", **fields)
    assert router.requests == []


async def test_dangerous_call(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """What may do harm is called only where the owner has said so."""
    entry = await set_up_router(router)
    router.requests.clear()
    with pytest.raises(ServiceValidationError, match=r"system\.reset"):
        await run(hass, "hiwifi_call", method="system.reset")
    assert router.requests == []
    hass.config_entries.async_update_entry(entry, options={CONF_DANGEROUS_METHODS: True})
    await hass.async_block_till_done()
    await run(hass, "hiwifi_call", method="system.upgrade.start")


@pytest.mark.parametrize("action", ["hiwifi_call", "set_wifi"])
async def test_only_for_administrators(
    hass: HomeAssistant, entry: MockConfigEntry, hass_read_only_user: MockUser, action: str
) -> None:
    """Other users may neither call methods nor change the Wi-Fi."""
    fields = {"method": "wan.get_status"} if action == "hiwifi_call" else {"network": "main_2_4"}
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            action,
            fields,
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )


@BOTH_WAYS
@pytest.mark.parametrize(("network", "interface"), [("main_2_4", "master"), ("main_5", "masterac")])
async def test_set_wifi(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    network: str,
    interface: str,
    *,
    signed: bool,
) -> None:
    """What is given is changed, the rest stays; an apostrophe and Chinese letters survive."""
    await set_up_router(router, signed=signed)
    before = router.lab.state()["networks"]
    await do(hass, "set_wifi", network=network, ssid="D'Arcy 厨房")
    after = router.lab.state()["networks"]
    assert after[interface] == {**before[interface], "ssid": "D'Arcy 厨房", "running": False}
    assert {**after, interface: None} == {**before, interface: None}

    await do(hass, "set_wifi", network=network, key="another-key")
    assert router.lab.state()["networks"][interface]["key"] == "another-key"
    assert router.lab.state()["networks"][interface]["encryption"] == "mixed-psk"


async def test_set_guest_wifi(
    hass: HomeAssistant, router: HiwifiSimulator, entry: MockConfigEntry
) -> None:
    """A guest network takes another name and key, too."""
    await do(hass, "set_wifi", network="guest_2_4", ssid="Guests", key="come-on-in")
    network = router.lab.state()["networks"]["guest"]
    assert network["ssid"] == "Guests"
    assert network["key"] == "come-on-in"


@pytest.mark.parametrize(
    "fields",
    [
        {"network": "main_2_4"},
        {"network": "attic", "ssid": "House"},
        {"network": "main_2_4", "ssid": ""},
        {"network": "main_2_4", "ssid": "家" * 11},
        {"network": "main_2_4", "key": "short"},
        {"network": "main_2_4", "ssid": "House", "encryption": "rot13"},
        {"network": "main_2_4", "ssid": "House", "delay": 600},
        {"network": "guest_2_4", "ssid": "House", "hidden": True},
    ],
)
async def test_wifi_that_cannot_be_right(
    hass: HomeAssistant, router: HiwifiSimulator, entry: MockConfigEntry, fields: dict[str, Any]
) -> None:
    """Nothing is changed where one setting cannot be right, and no key is repeated."""
    before = router.lab.state()["networks"]
    with pytest.raises(ServiceValidationError) as raised:
        await do(hass, "set_wifi", **fields)
    assert "short" not in str(raised.value)
    assert router.lab.state()["networks"] == before


async def test_protecting_an_open_network(
    hass: HomeAssistant, router: HiwifiSimulator, entry: MockConfigEntry
) -> None:
    """An open network gets a key along with the encryption, or stays as it is."""
    await do(hass, "set_wifi", network="main_2_4", encryption="none", key="")
    before = router.lab.state()["networks"]["master"]
    assert before["encryption"] == "none"
    with pytest.raises(ServiceValidationError, match="needs a password"):
        await do(hass, "set_wifi", network="main_2_4", encryption="mixed_psk")
    assert router.lab.state()["networks"]["master"] == before
    await do(hass, "set_wifi", network="main_2_4", encryption="mixed_psk", key="good-secret")
    assert router.lab.state()["networks"]["master"]["key"] == "good-secret"


@BOTH_WAYS
async def test_clients(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """A client is renamed, blocked, unblocked and dropped, however its address is written."""
    await set_up_router(router, signed=signed)
    digits = PHONE.replace(":", "").upper()

    await do(hass, "rename_client", mac=digits, name="Ada's phone")
    assert router.router.household.clients[digits].name == "Ada's phone"
    await do(hass, "block_client", mac=PHONE)
    assert router.lab.state()["blocked"] == [digits]
    await do(hass, "unblock_client", mac=PHONE.upper())
    assert router.lab.state()["blocked"] == []
    assert digits in router.lab.state()["online"]
    await do(hass, "kick_client", mac=PHONE)
    assert digits not in router.lab.state()["online"]


@pytest.mark.parametrize(
    ("action", "fields", "message"),
    [
        ("block_client", {"mac": "phone"}, "hexadecimal"),
        ("rename_client", {"mac": "02:00:00:00:00:99", "name": "Nobody"}, "knows no client"),
        ("rename_client", {"mac": PHONE, "name": " "}, "64 characters"),
        ("kick_client", {"mac": TV}, "Wi-Fi"),
    ],
)
async def test_clients_that_cannot_be_right(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    entry: MockConfigEntry,
    action: str,
    fields: dict[str, Any],
    message: str,
) -> None:
    """What is wrong is said before the router hears of it."""
    with pytest.raises(ServiceValidationError, match=message):
        await do(hass, action, **fields)


async def test_older_generation(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Older firmware changes the name of the first network only, and says so of the rest."""
    router = await start_router(firmware=Firmware.V0_9007)
    await set_up_router(router)
    await do(hass, "set_wifi", network="main_2_4", ssid="Older")
    assert router.lab.state()["networks"]["master"]["ssid"] == "Older"
    with pytest.raises(HomeAssistantError, match="cannot do this"):
        await do(hass, "set_wifi", network="main_2_4", key="another-key")
