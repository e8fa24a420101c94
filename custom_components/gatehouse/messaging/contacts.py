"""Whose number it is."""

from homeassistant.config_entries import ConfigEntry, ConfigSubentry

from ..const import CONF_NUMBER, SUBENTRY_CONTACT
from ..sms.numbers import normalize_number


def find_contact(entry: ConfigEntry, number: str) -> ConfigSubentry | None:
    """Return the contact with exactly that number, however it is written."""
    bare = normalize_number(number)
    if bare is None:
        return None
    contacts = entry.get_subentries_of_type(SUBENTRY_CONTACT)
    return next((each for each in contacts if each.data[CONF_NUMBER] == bare), None)
