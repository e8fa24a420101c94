"""Contacts: people who get text messages, each with a notify entity."""

from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import CONF_DEVICE_TYPE, CONF_NUMBER, CONF_OWN_EVENT, CONF_PORT, DeviceFamily
from .families import FAMILIES
from .families.sms import SmsSupport
from .sms.numbers import normalize_number

_FIELDS: Final[VolDictType] = {
    vol.Required(CONF_NAME): TextSelector(TextSelectorConfig(autocomplete="name")),
    vol.Required(CONF_NUMBER): TextSelector(
        TextSelectorConfig(type=TextSelectorType.TEL, autocomplete="tel")
    ),
}


def _schema(support: SmsSupport[Any] | None) -> vol.Schema:
    """Return what is asked of a contact, by what the device can do."""
    fields = dict(_FIELDS)
    if support and support.highest_port:
        fields[vol.Optional(CONF_PORT)] = vol.All(
            NumberSelector(
                NumberSelectorConfig(
                    min=1, max=support.highest_port, step=1, mode=NumberSelectorMode.BOX
                )
            ),
            vol.Coerce(int),
        )
    if support and support.inbox_page:
        fields[vol.Required(CONF_OWN_EVENT, default=False)] = BooleanSelector()
    return vol.Schema(fields)


class ContactFlow(ConfigSubentryFlow):
    """Add or change a contact."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a contact."""
        errors: dict[str, str] = {}
        if user_input is not None:
            number = self._checked_number(user_input, errors, own_subentry=None)
            if number is not None:
                return self.async_create_entry(
                    title=user_input[CONF_NAME], data=_data(user_input, number), unique_id=number
                )
        return self._form("user", user_input, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change a contact."""
        subentry = self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            number = self._checked_number(user_input, errors, own_subentry=subentry.subentry_id)
            if number is not None:
                return self.async_update_and_abort(
                    self._get_entry(),
                    subentry,
                    title=user_input[CONF_NAME],
                    data=_data(user_input, number),
                    unique_id=number,
                )
        known = {CONF_NAME: subentry.title, **subentry.data}
        return self._form("reconfigure", user_input or known, errors)

    def _checked_number(
        self, user_input: dict[str, Any], errors: dict[str, str], *, own_subentry: str | None
    ) -> str | None:
        """Return the number in its bare form if it is one and no other contact has it."""
        number = normalize_number(user_input[CONF_NUMBER])
        if number is None:
            errors[CONF_NUMBER] = "invalid_number"
        elif any(
            other.unique_id == number and other.subentry_id != own_subentry
            for other in self._get_entry().subentries.values()
        ):
            errors[CONF_NUMBER] = "number_in_use"
            return None
        return number

    def _form(
        self, step_id: str, suggested: dict[str, Any] | None, errors: dict[str, str]
    ) -> SubentryFlowResult:
        """Show the fields."""
        family = FAMILIES[DeviceFamily(self._get_entry().data[CONF_DEVICE_TYPE])]
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_schema(family.sms), suggested),
            errors=errors,
        )


def _data(user_input: dict[str, Any], number: str) -> dict[str, Any]:
    """Return what is kept of a contact."""
    kept = {key: value for key, value in user_input.items() if key != CONF_NAME}
    return {**kept, CONF_NUMBER: number}
