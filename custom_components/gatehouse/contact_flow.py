"""Contacts: people who get text messages, each with a notify entity."""

from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
import voluptuous as vol

from .const import CONF_NUMBER
from .sms.numbers import normalize_number

_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(TextSelectorConfig(autocomplete="name")),
        vol.Required(CONF_NUMBER): TextSelector(
            TextSelectorConfig(type=TextSelectorType.TEL, autocomplete="tel")
        ),
    }
)


class ContactFlow(ConfigSubentryFlow):
    """Add or change a contact."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a contact."""
        errors: dict[str, str] = {}
        if user_input is not None:
            number = self._checked_number(user_input, errors, own_subentry=None)
            if number is not None:
                return self.async_create_entry(
                    title=user_input[CONF_NAME], data={CONF_NUMBER: number}, unique_id=number
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
                    data={CONF_NUMBER: number},
                    unique_id=number,
                )
        known = {CONF_NAME: subentry.title, CONF_NUMBER: subentry.data[CONF_NUMBER]}
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
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, suggested),
            errors=errors,
        )
