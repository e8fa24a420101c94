"""Boxes behind a device, which its owner adds one by one."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from .clients.errors import GatehouseError
from .connection import connected_client
from .const import CONF_DEVICE_TYPE, DeviceFamily
from .families import FAMILIES
from .families.base import Family, InvalidInput
from .families.members import MemberSupport
from .login_flow import Problems


class MemberFlow(ConfigSubentryFlow):
    """Add a box that lies behind a device."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask which one, and the device whether it leads there."""
        family = FAMILIES[DeviceFamily(self._get_entry().data[CONF_DEVICE_TYPE])]
        if (support := family.member_support) is None:
            return self.async_abort(reason="not_supported")
        problems = Problems()
        if user_input is not None:
            fields = {key: value for key, value in user_input.items() if key != CONF_NAME}
            data = await self._async_admit(family, support, fields, problems)
            if data is not None:
                return self.async_create_entry(
                    title=user_input[CONF_NAME], data=data, unique_id=data[support.unique_field]
                )
        schema = vol.Schema({vol.Required(CONF_NAME): TextSelector(), **support.fields})
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=problems.errors,
            description_placeholders=problems.placeholders,
        )

    async def _async_admit(
        self,
        family: Family[Any],
        support: MemberSupport[Any],
        fields: Mapping[str, Any],
        problems: Problems,
    ) -> Mapping[str, Any] | None:
        """Return what is to be kept of a box; None where the form has to be shown again."""
        entry = self._get_entry()
        try:
            async with connected_client(self.hass, family, entry.data) as client:
                data = await support.admit(client, fields)
        except InvalidInput as err:
            problems.errors[err.field] = err.key
        except GatehouseError as err:
            problems.add(err)
        except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
            problems.add_unexpected()
        else:
            known = {each.unique_id for each in entry.get_subentries_of_type(support.kind)}
            if data[support.unique_field] not in known:
                return data
            problems.errors[support.unique_field] = "already_added"
        return None
