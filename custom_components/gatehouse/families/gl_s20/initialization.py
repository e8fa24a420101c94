"""A GL-S20's first password."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientSession
from homeassistant.const import CONF_LANGUAGE, CONF_PASSWORD
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol
from yarl import URL

from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.rules import check_password
from ...clients.secret import Secret
from ..base import Initialization, InvalidInput

_PASSWORD_REPEAT: Final = "password_repeat"  # noqa: S105 - the name of a field

_CHINESE: Final = "zh-cn"
_ENGLISH: Final = "en"

_NEW_PASSWORD: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="new-password")
)


async def _initialize(
    session: ClientSession, url: URL, chosen: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Give the device its password and the language of its own page."""
    password = chosen[CONF_PASSWORD]
    if chosen[_PASSWORD_REPEAT] != password:
        raise InvalidInput(_PASSWORD_REPEAT, "password_mismatch")
    try:
        check_password(password)
    except ValueError:
        raise InvalidInput(CONF_PASSWORD, "password_rules") from None
    client = GlS20Client(session, url, password="")
    await client.initialize(Secret(password), language=chosen[CONF_LANGUAGE])
    return {CONF_PASSWORD: password}


def _suggestions(language: str) -> Mapping[str, Any]:
    """Choose the one of the device's two languages that is nearer to Home Assistant's."""
    return {CONF_LANGUAGE: _CHINESE if language.startswith("zh") else _ENGLISH}


INITIALIZATION: Final = Initialization(
    fields=vol.Schema(
        {
            vol.Required(CONF_PASSWORD): _NEW_PASSWORD,
            vol.Required(_PASSWORD_REPEAT): _NEW_PASSWORD,
            vol.Required(CONF_LANGUAGE): SelectSelector(
                SelectSelectorConfig(
                    options=[_ENGLISH, _CHINESE], translation_key="device_language"
                )
            ),
        }
    ),
    run=_initialize,
    suggestions_fn=_suggestions,
)
