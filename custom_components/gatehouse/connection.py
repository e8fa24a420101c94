"""From an address to a client: sessions of their own, since cookies and certificates differ."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
import re
from typing import Any, Final

from aiohttp import ClientSession, CookieJar
from homeassistant.const import CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.util.network import is_ipv6_address
from yarl import URL

from .families.base import Client, Family

_NAME: Final = re.compile(r"[\w-]{1,63}(\.[\w-]{1,63})*\.?", re.ASCII)


def create_session(hass: HomeAssistant, *, verify_ssl: bool) -> ClientSession:
    """Return a session whose cookies belong to one device; detach it when it has done its work.

    The host is mostly an IP address, for which a normal jar keeps no cookies.
    """
    return async_create_clientsession(
        hass,
        verify_ssl=verify_ssl,
        auto_cleanup=False,
        cookie_jar=CookieJar(unsafe=True, quote_cookie=False),
    )


def verifies_certificate(data: Mapping[str, Any]) -> bool:
    """Tell whether the owner wants the certificate checked; some families do not ask."""
    return bool(data.get(CONF_VERIFY_SSL, True))


def create_client[ClientT: Client](
    session: ClientSession, family: Family[ClientT], data: Mapping[str, Any]
) -> ClientT:
    """Return a client for the data of a config entry."""
    return family.create_client(session, URL(data[CONF_URL]), data)


@asynccontextmanager
async def connected_client[ClientT: Client](
    hass: HomeAssistant, family: Family[ClientT], data: Mapping[str, Any]
) -> AsyncGenerator[ClientT]:
    """Lend a client for the data of a config entry, and log out in the end."""
    session = create_session(hass, verify_ssl=verifies_certificate(data))
    client = create_client(session, family, data)
    try:
        yield client
    finally:
        await client.release()
        session.detach()


def candidate_urls(address: str) -> tuple[URL, ...]:
    """Return where a device may be that its owner calls by name, address or URL.

    Raises ValueError where that cannot be an address at all.
    """
    address = address.strip()
    if "://" in address:
        url = URL(address)
        if url.scheme not in {"http", "https"} or not _has_host(url):
            raise ValueError("not a web address")
        return (url.origin(),)
    host = f"[{address}]" if is_ipv6_address(address) else address
    urls = tuple(URL(f"{scheme}://{host}") for scheme in ("http", "https"))
    if not _has_host(urls[0]) or urls[0].user:
        raise ValueError("not a host")
    return tuple(url.origin() for url in urls)


def announced_urls(page: str | None, description: str | None) -> tuple[URL, ...]:
    """Return where a device may be that announced its page and its description.

    The page may name a port; the description always has another one than the page. Raises
    ValueError where neither says where the device is.
    """
    announced = URL(page or "").host_port_subcomponent
    return candidate_urls(announced or URL(description or "").host_subcomponent or "")


def _has_host(url: URL) -> bool:
    """Tell whether the URL has the name of a host that can exist, or an IP address."""
    host = url.raw_host or ""
    return is_ipv6_address(host) or _NAME.fullmatch(host) is not None
