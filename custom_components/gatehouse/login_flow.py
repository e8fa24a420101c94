"""The wizard once the device is found: its first password, the login, and the entry."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from homeassistant.config_entries import (
    SOURCE_IGNORE,
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
)
from homeassistant.const import CONF_URL
from homeassistant.data_entry_flow import AbortFlow
import voluptuous as vol
from yarl import URL

from .clients.errors import CannotConnect, GatehouseError, OutcomeUnknown
from .connection import connected_client, create_session
from .const import CONF_CREDENTIALS_REFUSED, CONF_DEVICE_TYPE, DOMAIN, LOGGER
from .errors import error_key, error_placeholders
from .families.base import Family, Identity, Initialization, InvalidInput
from .recognition import Found, NotRecognized, async_recognize
from .secret_fields import is_secret, secret_fields

_LOGIN_STEPS: Final[dict[str, str]] = {
    SOURCE_RECONFIGURE: "reconfigure_credentials",
    SOURCE_REAUTH: "reauth_confirm",
}


class Problems:
    """What the form that is shown next has to say."""

    def __init__(self, base: str | None = None) -> None:
        """Begin with nothing, or with something that concerns the whole form."""
        self.errors = {"base": base} if base else {}
        self.placeholders: dict[str, str] = {}

    def add(self, err: GatehouseError) -> None:
        """Add what went wrong with the device."""
        self.errors["base"] = error_key(err)
        self.placeholders |= error_placeholders(err)

    def add_unexpected(self) -> None:
        """Add the error that is being handled, of which nobody thought."""
        LOGGER.exception("Unexpected error while setting up a device")
        self.errors["base"] = "unknown"


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What a login has led to."""

    identity: Identity
    data: dict[str, Any]
    """For the entry."""

    options: dict[str, Any]


class LoginFlow(ConfigFlow):
    """Makes an entry of a device that was found, or changes the one that it has."""

    _found: Found
    _initialization: Initialization
    _outcome: _Outcome

    async def async_step_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in for real and create the entry."""
        return await self._async_step_log_in(user_input)

    async def async_step_reconfigure_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in at the changed address."""
        return await self._async_step_log_in(user_input)

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in with new credentials, wherever the device is by now."""
        url = URL(self._get_reauth_entry().data[CONF_URL])
        self._found = replace(self._found, url=url)
        return await self._async_step_log_in(user_input)

    async def async_step_initialize(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Give a device its first password, then go on as with any other."""
        problems = Problems()
        if user_input is not None and (
            result := await self._async_initialize(user_input, problems)
        ):
            return result
        suggested = user_input or self._initialization.suggestions_fn(self.hass.config.language)
        return self._form(
            "initialize", self._with_consents(self._initialization.fields), suggested, problems
        )

    async def async_step_default_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Warn of a login that everybody knows."""
        return self.async_show_menu(
            step_id="default_password",
            menu_options=["changed_password", "keep_password"],
            description_placeholders=self._placeholders,
        )

    async def async_step_changed_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Log in with the password that the device has got meanwhile."""
        return self._login_form({**self._outcome.data, **self._outcome.options}, Problems())

    async def async_step_keep_password(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on with the login that everybody knows."""
        return await self._async_finish(self._outcome)

    @property
    def _entry(self) -> ConfigEntry | None:
        """Return the entry that is to be changed; None while there is none."""
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry()
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        return None

    async def _async_find(
        self, urls: Sequence[URL], families: Sequence[Family[Any]], problems: Problems
    ) -> bool:
        """Look whether a device is there, without telling it any secret."""
        try:
            self._found = await async_recognize(self.hass, urls, families)
        except CannotConnect as err:
            problems.add(err)
        except NotRecognized:
            problems.errors["base"] = "not_recognized"
        except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
            problems.add_unexpected()
        return not problems.errors

    async def _async_find_again(self, problems: Problems) -> bool:
        """Look whether what was found is still there; forms may have been open for days."""
        found = self._found
        if not await self._async_find((found.url,), (found.family,), problems):
            return False
        self._abort_if_unfit()
        return True

    async def _async_step_found(self) -> ConfigFlowResult:
        """Go on with the device that was found."""
        self._abort_if_unfit()
        found = self._found
        if self._entry is None and found.recognition.unique_id:
            await self.async_set_unique_id(
                found.recognition.unique_id, raise_on_progress=self.source != SOURCE_USER
            )
            self._abort_if_configured(str(found.url))
        return await self.async_step_way()

    async def async_step_way(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Go on where there may be several ways to log in."""
        return await self._async_step_into()

    async def _async_step_into(self) -> ConfigFlowResult:
        """Ask for the device's password, or for a first one if it has none yet."""
        initialization = self._found.family.initialization
        if initialization and not self._found.recognition.initialized:
            self._initialization = initialization
            return await self.async_step_initialize()
        return await self._async_step_log_in()

    async def _async_initialize(
        self, user_input: dict[str, Any], problems: Problems
    ) -> ConfigFlowResult | None:
        """Give the device its password; None where the form has to be shown again."""
        if not await self._async_find_again(problems):
            return None
        if self._found.recognition.initialized:
            return self._login_form(user_input, Problems("initialized_meanwhile"))
        # No secret is known yet that another device could be told, so any certificate will do.
        session = create_session(self.hass, verify_ssl=False)
        try:
            credentials = await self._initialization.run(session, self._found.url, user_input)
        except OutcomeUnknown:
            return self._login_form(user_input, Problems("initialization_unknown"))
        except InvalidInput as err:
            problems.errors[err.field] = err.key
        except GatehouseError as err:
            problems.add(err)
        except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
            problems.add_unexpected()
        else:
            consents = {key: user_input[key] for key in user_input if key in self._consents.schema}
            return await self._async_step_log_in({**credentials, **consents})
        finally:
            session.detach()
        return None

    async def _async_step_log_in(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the login until the device takes it."""
        problems = Problems()
        if user_input is not None and (result := await self._async_log_in(user_input, problems)):
            return result
        return self._login_form(user_input, problems)

    async def _async_log_in(
        self, user_input: dict[str, Any], problems: Problems
    ) -> ConfigFlowResult | None:
        """Create or change the entry; None where the form has to be shown again."""
        entry = self._entry
        if self._found.family.initialization:
            if not await self._async_find_again(problems):
                return None
            if not self._found.recognition.initialized:
                return await self._async_step_into()
        options = {key: user_input[key] for key in user_input if key in self._consents.schema}
        data = {
            **(entry.data if entry and self.source == SOURCE_REAUTH else {}),
            CONF_DEVICE_TYPE: self._found.family.key,
            CONF_URL: str(self._found.url),
            **self._found.recognition.data,
            **{key: user_input[key] for key in user_input if key not in options},
        }
        if entry and self.source == SOURCE_RECONFIGURE:
            data |= {key: entry.data[key] for key in self._kept_secrets if not data[key]}
        async with _left_alone(entry):
            identity = await self._async_identify(data, problems)
            if identity is None:
                return None
            self._outcome = _Outcome(identity=identity, data=data, options=options)
            if not self._has_new_default_login:
                return await self._async_finish(self._outcome)
        return await self.async_step_default_password()

    async def _async_identify(self, data: Mapping[str, Any], problems: Problems) -> Identity | None:
        """Log in, learn which device it is, and log out."""
        family = self._found.family
        try:
            async with connected_client(self.hass, family, data) as client:
                await client.log_in()
                identity: Identity = await family.identify(client)
        except GatehouseError as err:
            problems.add(err)
            return None
        except Exception:  # noqa: BLE001 - a wizard shows every failure on its form
            problems.add_unexpected()
            return None
        return identity

    @property
    def _has_new_default_login(self) -> bool:
        """Tell whether the login is one that everybody knows, and the owner was not told yet."""
        is_default, entry = self._found.family.is_default_login_fn, self._entry
        return is_default(self._outcome.data) and not (entry and is_default(entry.data))

    async def _async_finish(self, outcome: _Outcome) -> ConfigFlowResult:
        """Create or change the entry."""
        if outcome.identity.unique_id is None and self.source != SOURCE_REAUTH:
            self._abort_if_taken(URL(outcome.data[CONF_URL]))
        if entry := self._entry:
            return await self._async_change(entry, outcome.identity, outcome.data)
        return await self._async_create(outcome.identity, outcome.data, outcome.options)

    async def _async_create(
        self, identity: Identity, data: dict[str, Any], options: dict[str, Any]
    ) -> ConfigFlowResult:
        """Create the entry unless the device is there already."""
        if identity.unique_id:
            await self.async_set_unique_id(identity.unique_id, raise_on_progress=False)
            self._abort_if_configured(data[CONF_URL])
        return self.async_create_entry(title=identity.model, data=data, options=options)

    async def _async_change(
        self, entry: ConfigEntry, identity: Identity, data: dict[str, Any]
    ) -> ConfigFlowResult:
        """Change the entry if it is still the same device, and set it up anew."""
        if entry.unique_id and identity.unique_id:
            await self.async_set_unique_id(identity.unique_id)
            self._abort_if_unique_id_mismatch()
        data = {key: value for key, value in data.items() if key != CONF_CREDENTIALS_REFUSED}
        # An entry that is set up reloads itself when it changes.
        reloads_itself = entry.update_listeners and data != entry.data
        result = self.async_update_and_abort(entry, data=data)
        if not reloads_itself:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result

    def _abort_if_unfit(self) -> None:
        """Stop before anything is asked or sent for a device that will not do."""
        recognition = self._found.recognition
        if recognition.obstacle:
            raise AbortFlow(recognition.obstacle)
        expected = entry.unique_id if (entry := self._entry) else self.unique_id
        if expected and recognition.unique_id and expected != recognition.unique_id:
            raise AbortFlow("unique_id_mismatch")

    def _abort_if_taken(self, url: URL) -> None:
        """Refuse a second entry for what only its address, with or without TLS, identifies."""
        for entry in self._async_current_entries(include_ignore=False):
            taken = URL(entry.data[CONF_URL]).host_port_subcomponent
            if entry is not self._entry and taken == url.host_port_subcomponent:
                raise AbortFlow("already_configured")

    def _abort_if_configured(self, url: str) -> None:
        """Tell an entry of the same device its present address instead of adding another."""
        entry = self.hass.config_entries.async_entry_for_domain_unique_id(
            DOMAIN, self.unique_id or ""
        )
        ignored = entry is not None and entry.source == SOURCE_IGNORE
        self._abort_if_unique_id_configured(
            updates=None if ignored else {CONF_URL: url},
            # An entry that is set up reloads itself when it changes.
            reload_on_update=not (entry and entry.update_listeners),
        )

    def _login_form(
        self, suggested: Mapping[str, Any] | None, problems: Problems
    ) -> ConfigFlowResult:
        """Show the fields of a login, filled with what is known."""
        credentials, entry = self._found.family.credentials, self._entry
        keeps = self.source == SOURCE_RECONFIGURE
        return self._form(
            _login_step(self.source, self._found.family),
            self._keepable(credentials) if keeps else self._with_consents(credentials),
            suggested or (entry.data if entry else {}),
            problems,
        )

    def _form(
        self,
        step_id: str,
        schema: vol.Schema,
        suggested: Mapping[str, Any],
        problems: Problems,
    ) -> ConfigFlowResult:
        """Show fields, filled with what is suggested except secrets."""
        shown = {key: suggested[key] for key in suggested if not is_secret(schema.schema.get(key))}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            errors=problems.errors,
            description_placeholders={**self._placeholders, **problems.placeholders},
        )

    @property
    def _placeholders(self) -> dict[str, str]:
        """Return what tells which device a step is about."""
        found = self._found
        return {
            "device": found.recognition.model or found.family.manufacturer,
            "url": str(found.url),
        }

    @property
    def _kept_secrets(self) -> frozenset[str]:
        """Return the secrets that are saved and asked for again, under the same names."""
        saved = self._entry.data if self._entry else {}
        return secret_fields(self._found.family.credentials) & saved.keys()

    def _keepable(self, credentials: vol.Schema) -> vol.Schema:
        """Let a secret be left empty, which keeps the saved one."""
        return vol.Schema(
            {
                vol.Optional(str(field), default="") if field in self._kept_secrets else field: kind
                for field, kind in credentials.schema.items()
            }
        )

    def _with_consents(self, fields: vol.Schema) -> vol.Schema:
        """Add what a new entry's owner has to be asked for."""
        return vol.Schema({**fields.schema, **self._consents.schema})

    @property
    def _consents(self) -> vol.Schema:
        """Return the options that are asked for here: with an entry, they have their own form."""
        return vol.Schema({}) if self._entry else self._found.family.consents


def _login_step(source: str | None, family: Family[Any]) -> str:
    """Return the step that asks for the login of a kind of device."""
    step = _LOGIN_STEPS.get(source or SOURCE_USER, "credentials")
    return f"{step}_{family.login}" if family.login else step


@asynccontextmanager
async def _left_alone(entry: ConfigEntry | None) -> AsyncGenerator[None]:
    """Pause an entry while its device is asked: many devices serve one session only.

    An entry that was changed meanwhile is about to be set up anew and needs no more polling.
    """
    coordinator = entry.runtime_data if entry and entry.state is ConfigEntryState.LOADED else None
    if entry is None or coordinator is None or coordinator.paused:
        yield
        return
    modified_at = entry.modified_at
    await coordinator.async_pause()
    try:
        yield
    finally:
        if entry.modified_at == modified_at and entry.state is ConfigEntryState.LOADED:
            await coordinator.async_resume()
