"""Actions on the messages that a modem keeps, and the repair of a full storage."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, state_of
from tests.families.hilink.conftest import ANN, BEN, StartEmpty, call, contents, unread

type NextRound = Callable[..., Awaitable[None]]

GONE = "40007-0123abcd"


@pytest.fixture
async def modem(start_empty: StartEmpty, set_up: SetUpModem) -> HilinkSimulator:
    """Return a modem with three messages that is set up."""
    modem = await start_empty()
    for text in ("One", "Two", "Three"):
        modem.lab.inject_sms(ANN, text)
        modem.lab.advance(1)
    await set_up(modem)
    return modem


async def ids(hass: HomeAssistant, **fields: Any) -> dict[str, str]:
    """Return the ids of listed messages by text."""
    found = await call(hass, "list_sms", **fields)
    return {message["text"]: message["id"] for message in found["messages"]}


async def test_delete(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Messages are deleted by the ids of the list; what is gone is told."""
    listed = await ids(hass)
    wanted = [listed["One"], GONE, listed["Three"]]
    assert await call(hass, "delete_sms", ids=wanted) == {
        "deleted": [listed["One"], listed["Three"]],
        "not_found": [GONE],
    }
    assert contents(modem) == ["Two"]
    assert state_of(hass, "sensor.modem_stored_messages") == "1"
    assert await call(hass, "delete_sms", ids=GONE) == {"deleted": [], "not_found": [GONE]}


async def test_place_that_is_used_again(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An id never means the message that has taken the place of another."""
    listed = await ids(hass)
    modem.lab.delete_sms(40000)
    modem.lab.inject_sms(ANN, "Newcomer")
    response = await call(hass, "delete_sms", ids=[listed["One"]])
    assert response == {"deleted": [], "not_found": [listed["One"]]}
    assert sorted(contents(modem)) == ["Newcomer", "Three", "Two"]


async def test_delete_sent_one(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Sent messages can be deleted, too."""
    await call(hass, "send_sms", numbers=[BEN], message="Out")
    listed = await ids(hass, box="outbox")
    assert (await call(hass, "delete_sms", ids=listed["Out"]))["deleted"] == [listed["Out"]]
    assert contents(modem, "2") == []
    assert len(contents(modem)) == 3


async def test_mark_read(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Messages are marked as read."""
    listed = await ids(hass, filter="unread")
    response = await call(hass, "mark_sms_read", ids=[listed["Two"], GONE])
    assert response == {"marked": [listed["Two"]], "not_found": [GONE]}
    assert unread(modem) == ["One", "Three"]
    assert state_of(hass, "sensor.modem_unread_messages") == "2"
    assert await ids(hass, filter="read") == {"Two": listed["Two"]}


async def test_draft(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A draft is kept and not sent."""
    response = await call(
        hass, "save_sms_draft", numbers=["+1 555 0100-201", BEN], message="Später ✓"
    )
    assert response == {"segments": 1, "coding": "ucs2"}
    [draft] = modem.lab.messages("3")
    assert (draft["Phone"], draft["Content"]) == (BEN, "Später ✓")
    assert modem.lab.sent == []


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"numbers": ["bob"], "message": "x"}, "invalid_number"),
        ({"numbers": [ANN], "message": " "}, "empty_message"),
    ],
)
async def test_bad_draft(
    hass: HomeAssistant, modem: HilinkSimulator, fields: dict[str, Any], key: str
) -> None:
    """What could never be sent is not kept."""
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "save_sms_draft", **fields)
    assert error.value.translation_key == key
    assert modem.lab.messages("3") == []


@pytest.mark.parametrize("action", ["delete_sms", "mark_sms_read"])
async def test_messages_are_private(
    hass: HomeAssistant, modem: HilinkSimulator, hass_read_only_user: User, action: str
) -> None:
    """Only administrators may touch them."""
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            action,
            {"ids": [GONE]},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
    assert len(unread(modem)) == 3


async def fill(start_empty: StartEmpty, set_up: SetUpModem, read: int) -> tuple[Any, Any]:
    """Return a modem with room for ten messages that has nine, some of them read."""
    modem = await start_empty(sms_capacity=10)
    for number in range(9):
        modem.lab.inject_sms(ANN, f"Text {number}")
        modem.lab.advance(1)
    modem.modem.messages.set_read(range(40000, 40000 + read))
    return modem, await set_up(modem)


def issue_of(hass: HomeAssistant, entry: MockConfigEntry) -> ir.IssueEntry | None:
    """Return the issue of the storage."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_sms_storage_nearly_full")


async def repair(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> Any:
    """Press "Submit" as the owner does."""
    await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    issue = issue_of(hass, entry)
    assert issue is not None
    response = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue.issue_id}
    )
    form = await response.json()
    assert form["step_id"] == "confirm"
    assert form["description_placeholders"] == {"device": "Modem", "stored": "9", "most": "10"}
    response = await client.post(f"/api/repairs/issues/fix/{form['flow_id']}", json={})
    return await response.json()


async def test_storage_is_nearly_full(
    hass: HomeAssistant,
    start_empty: StartEmpty,
    set_up: SetUpModem,
    hass_client: ClientSessionGenerator,
) -> None:
    """The owner is warned, and can let the oldest read messages go."""
    modem, entry = await fill(start_empty, set_up, 6)
    result = await repair(hass, hass_client, entry)
    assert result["type"] == "create_entry"
    assert contents(modem) == [f"Text {number}" for number in (4, 5, 6, 7, 8)]
    await hass.async_block_till_done()
    assert issue_of(hass, entry) is None


async def test_nothing_that_was_read(
    hass: HomeAssistant,
    start_empty: StartEmpty,
    set_up: SetUpModem,
    hass_client: ClientSessionGenerator,
) -> None:
    """Unread messages are never deleted, and the owner is told so."""
    modem, entry = await fill(start_empty, set_up, 0)
    result = await repair(hass, hass_client, entry)
    assert result["type"] == "abort"
    assert result["reason"] == "fix_failed"
    assert "has been read" in result["description_placeholders"]["error"]
    assert len(contents(modem)) == 9


async def test_storage_with_room(
    hass: HomeAssistant, start_empty: StartEmpty, set_up: SetUpModem, next_round: NextRound
) -> None:
    """The warning goes with its reason."""
    modem, entry = await fill(start_empty, set_up, 0)
    assert issue_of(hass, entry) is not None
    modem.lab.delete_sms(40000, 40001)
    await next_round()
    assert issue_of(hass, entry) is None
