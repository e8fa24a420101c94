"""Phone books in Home Assistant."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem
from tests.families.hilink.conftest import call

BEN = {"name": "Ben", "number": "+1 555-0100 201", "email": "ben@example.org"}


@pytest.fixture(autouse=True)
async def prepared(modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """Set a modem up."""
    await set_up(modem)


async def add(hass: HomeAssistant, **fields: Any) -> None:
    """Add an entry."""
    await hass.services.async_call(DOMAIN, "add_phone_book_entry", fields, blocking=True)


async def listed(hass: HomeAssistant, **fields: str) -> dict[str, str]:
    """Return the ids of entries by name."""
    found = await call(hass, "list_phone_book", **fields)
    return {entry["name"]: entry["id"] for entry in found["entries"]}


async def test_phone_book(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    """Entries are listed, added and deleted; the log has none of it."""
    assert list(await listed(hass)) == ["Ann"]
    await add(hass, **BEN)
    found = await call(hass, "list_phone_book", search="be")
    assert found == {
        "entries": [
            {
                "id": found["entries"][0]["id"],
                "name": "Ben",
                "number": "+15550100201",
                "home_number": None,
                "work_number": None,
                "email": "ben@example.org",
            }
        ]
    }
    ids = await listed(hass)
    gone = "1-00000000"
    assert await call(hass, "delete_phone_book_entry", ids=[ids["Ann"], gone]) == {
        "deleted": [ids["Ann"]],
        "not_found": [gone],
    }
    assert list(await listed(hass)) == ["Ben"]
    assert not any(secret in caplog.text for secret in ("Ben", "15550100201", "example.org"))


async def test_sim(hass: HomeAssistant) -> None:
    """The phone book of the SIM card is another one."""
    assert list(await listed(hass, store="sim")) == ["Operator"]
    await add(hass, store="sim", **BEN)
    assert list(await listed(hass, store="sim")) == ["Ben", "Operator"]
    assert list(await listed(hass)) == ["Ann"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": " "}, "invalid_phone_book_entry"),
        ({"name": "x" * 61}, "invalid_phone_book_entry"),
        ({"number": "nobody"}, "invalid_phone_book_number"),
        ({"work_number": "0800-CALL"}, "invalid_phone_book_number"),
        ({"store": "cloud"}, "unknown_choice"),
    ],
)
async def test_wrong_entry(hass: HomeAssistant, changes: dict[str, str], key: str) -> None:
    """What cannot be right is not sent."""
    with pytest.raises(ServiceValidationError) as error:
        await add(hass, **BEN | changes)
    assert error.value.translation_key == key
    assert list(await listed(hass)) == ["Ann"]


async def test_refused(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """What the device refuses is told in words."""
    modem.lab.set_endpoint("pb/pb-count", {"LocalMax": "1", "SimMax": "1"})
    with pytest.raises(HomeAssistantError, match="the phone book is full"):
        await add(hass, **BEN)
