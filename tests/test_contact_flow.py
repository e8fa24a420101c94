"""Contacts of a device, each with a notify entity."""

from dataclasses import replace

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntryState,
    ConfigSubentry,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, UnknownHandler
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DeviceFamily
from custom_components.gatehouse.families import FAMILIES
from custom_components.gatehouse.families.hilink import HILINK
from simulators.hilink.simulator import HilinkSimulator

from .flow_helpers import TEXTS, attempts, checked, set_up_entry, submit_contact, suggested

CONTACT = "contact"
CONTACT_TEXTS = TEXTS["config_subentries"][CONTACT]


@pytest.fixture
async def entry(hass: HomeAssistant, modem: HilinkSimulator) -> MockConfigEntry:
    """Return an entry that is set up."""
    return await set_up_entry(hass, modem)


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Press "Add contact"."""
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, CONTACT), context={"source": SOURCE_USER}
    )
    assert result["step_id"] == "user"
    assert result["errors"] == {}
    return checked(result, CONTACT_TEXTS)


async def change(
    hass: HomeAssistant, entry: MockConfigEntry, contact: ConfigSubentry
) -> SubentryFlowResult:
    """Press "Change contact"."""
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, CONTACT),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": contact.subentry_id},
    )
    assert result["step_id"] == "reconfigure"
    assert result["errors"] == {}
    return checked(result, CONTACT_TEXTS)


async def add(
    hass: HomeAssistant, entry: MockConfigEntry, name: str, number: str
) -> ConfigSubentry:
    """Add a contact and return it."""
    known = set(entry.subentries)
    result = await submit_contact(hass, await start(hass, entry), name, number)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (added,) = set(entry.subentries) - known
    return entry.subentries[added]


async def notify(hass: HomeAssistant, entity_id: str) -> None:
    """Send a message to a contact."""
    await hass.services.async_call(
        "notify", "send_message", {"entity_id": entity_id, "message": "Hello"}, blocking=True
    )


async def test_add(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """A contact gets a notify entity at once, which writes to the bare number."""
    modem.requests.clear()
    contact = await add(hass, entry, "Anna", " +1 (555) 010-0.1 23 ")
    assert contact.subentry_type == "contact"
    assert contact.title == "Anna"
    assert contact.unique_id == "+15550100123"
    assert contact.data == {"number": "+15550100123", "own_event": False}
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 1, "the entry was reloaded once"

    entity = entity_registry.async_get("notify.anna")
    assert entity is not None
    assert entity.unique_id == f"{entry.unique_id}_{contact.subentry_id}"
    assert entity.config_subentry_id == contact.subentry_id
    assert entity.device_id is not None
    device = device_registry.async_get(entity.device_id)
    assert device is not None
    assert device.name == "Anna"
    await notify(hass, "notify.anna")
    assert [(sent.phones, sent.text) for sent in modem.lab.sent] == [(("+15550100123",), "Hello")]


@pytest.mark.parametrize("number", ["Anna", "", "12", "+12", "+", "++15550100", "1" * 21, "١٢٣٤"])
async def test_invalid_number(hass: HomeAssistant, entry: MockConfigEntry, number: str) -> None:
    """What is no number is said at its field; the form keeps what was typed."""
    result = await submit_contact(hass, await start(hass, entry), "Anna", number)
    assert result["step_id"] == "user"
    assert result["errors"] == {"number": "invalid_number"}
    assert suggested(result) == {"name": "Anna", "number": number, "own_event": False}
    assert not entry.subentries
    result = await submit_contact(hass, result, "Anna", "112")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (contact,) = entry.subentries.values()
    assert contact.unique_id == "112"


async def test_number_in_use(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Two contacts cannot share a number, however it is written."""
    await add(hass, entry, "Anna", "+15550100")
    result = await submit_contact(hass, await start(hass, entry), "Ben", "+1 555-0100")
    assert result["step_id"] == "user"
    assert result["errors"] == {"number": "number_in_use"}
    result = await submit_contact(hass, result, "Ben", "+15550101")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert {contact.unique_id for contact in entry.subentries.values()} == {
        "+15550100",
        "+15550101",
    }


async def test_change(hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry) -> None:
    """A contact gets another number and keeps its entity."""
    anna = await add(hass, entry, "Anna", "+15550100")
    await add(hass, entry, "Ben", "+15550101")
    result = await change(hass, entry, anna)
    assert suggested(result) == {"name": "Anna", "number": "+15550100", "own_event": False}
    for number, error in (("+15550101", "number_in_use"), ("none", "invalid_number")):
        result = await submit_contact(hass, result, "Anna", number)
        assert result["step_id"] == "reconfigure"
        assert result["errors"] == {"number": error}
        assert suggested(result) == {"name": "Anna", "number": number, "own_event": False}
    result = await submit_contact(hass, result, "Anna", "+1 555 0102")
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    anna = entry.subentries[anna.subentry_id]
    assert anna.title == "Anna"
    assert anna.unique_id == "+15550102"
    assert anna.data == {"number": "+15550102", "own_event": False}
    await notify(hass, "notify.anna")
    assert [sent.phones for sent in modem.lab.sent] == [("+15550102",)]


async def test_rename(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """A contact may keep its own number."""
    contact = await add(hass, entry, "Anna", "+15550100")
    result = await submit_contact(hass, await change(hass, entry, contact), "Ann", "+1 555 0100")
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    (contact,) = entry.subentries.values()
    assert contact.title == "Ann"
    assert contact.unique_id == "+15550100"
    state = hass.states.get("notify.anna")
    assert state is not None
    assert state.name == "Ann"


async def test_remove(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    """With the contact its entity goes, and only that."""
    anna = await add(hass, entry, "Anna", "+15550100")
    await add(hass, entry, "Ben", "+15550101")
    modem.requests.clear()
    hass.config_entries.async_remove_subentry(entry, anna.subentry_id)
    await hass.async_block_till_done()
    assert hass.states.get("notify.anna") is None
    assert entity_registry.async_get("notify.anna") is None
    assert hass.states.get("notify.ben") is not None
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 1, "the entry was reloaded once"


async def test_no_contacts_where_no_messages(
    hass: HomeAssistant, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A family that carries no messages has nobody to write to."""
    assert entry.supported_subentry_types == {CONTACT: {"supports_reconfigure": True}}
    monkeypatch.setitem(FAMILIES, DeviceFamily.HILINK, replace(HILINK, sms=None))
    with pytest.raises(UnknownHandler):
        await start(hass, entry)
