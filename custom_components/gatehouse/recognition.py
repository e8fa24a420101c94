"""Finding out what answers at an address, without credentials."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import HomeAssistant
from yarl import URL

from .clients.errors import CannotConnect, GatehouseError
from .connection import create_session
from .families.base import Family, Recognition

_TIME_LIMIT: Final = 5
"""Seconds for all families together; somebody is waiting."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A device that was recognized."""

    family: Family[Any]
    url: URL
    recognition: Recognition


class NotRecognized(Exception):
    """Something answers, but it is no device that we know."""


async def async_recognize(
    hass: HomeAssistant, urls: Sequence[URL], families: Sequence[Family[Any]]
) -> Found:
    """Ask everywhere at once. Raises CannotConnect or NotRecognized."""
    attempts = [
        asyncio.create_task(_async_try(hass, url, family)) for url in urls for family in families
    ]
    results: list[Found | GatehouseError] = []
    try:
        async with asyncio.timeout(_TIME_LIMIT):
            for attempt in attempts:
                result = await attempt
                if isinstance(result, Found):
                    return result
                results.append(result)
    except TimeoutError:
        results = [attempt.result() for attempt in attempts if _is_done(attempt)]
        for result in results:
            if isinstance(result, Found):
                return result
    finally:
        for attempt in attempts:
            attempt.cancel()
        await asyncio.gather(*attempts, return_exceptions=True)
    if all(isinstance(result, CannotConnect) for result in results):
        raise CannotConnect("nothing answers")
    raise NotRecognized


def _is_done(attempt: asyncio.Task[Any]) -> bool:
    """Tell whether an attempt came to its end in time."""
    return attempt.done() and not attempt.cancelled()


async def _async_try(hass: HomeAssistant, url: URL, family: Family[Any]) -> Found | GatehouseError:
    """Ask one family at one address. No secret is sent, so any certificate will do."""
    session = create_session(hass, verify_ssl=False)
    try:
        recognition = await family.recognize(session, url)
    except GatehouseError as err:
        return err
    finally:
        session.detach()
    return Found(family=family, url=url, recognition=recognition)
