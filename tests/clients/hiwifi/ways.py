"""All readings, and the two ways to a router in the house."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.gatehouse.clients.hiwifi.channel import Channel
from custom_components.gatehouse.clients.hiwifi.openapi_client import OpenApiClient
from custom_components.gatehouse.clients.hiwifi.readings import (
    CLIENT_COUNTS,
    CLIENTS,
    FIRMWARE,
    GUEST_NETWORKS,
    INTERNET,
    LAN_PORTS,
    LED,
    NETWORKS,
    QUALITIES,
    RADIOS,
    RATES,
    STATIONS,
    SYSTEM,
    TRAFFIC,
    TX_POWERS,
    UPGRADE_PROGRESS,
    WAN,
    WAN_PORT,
    Reading,
    access,
)
from custom_components.gatehouse.clients.hiwifi.router_admin import RouterAdmin
from simulators.hiwifi import HiwifiSimulator
from tests.clients.hiwifi.conftest import (
    NewAdmin,
    NewOpenApi,
)

PHONE = "02:00:00:a0:53:01"
TV = "02:00:00:a0:53:03"

EVERYTHING: tuple[Reading[Any], ...] = (
    SYSTEM,
    WAN,
    INTERNET,
    WAN_PORT,
    LAN_PORTS,
    RATES,
    TRAFFIC,
    CLIENTS,
    CLIENT_COUNTS,
    LED,
    RADIOS,
    TX_POWERS,
    FIRMWARE,
    UPGRADE_PROGRESS,
    *NETWORKS.values(),
    *GUEST_NETWORKS.values(),
    *QUALITIES.values(),
    *STATIONS.values(),
    access(PHONE),
)

type MakeChannel = Callable[[HiwifiSimulator, NewAdmin, NewOpenApi], Channel]


def by_admin(router: HiwifiSimulator, new_admin: NewAdmin, _: NewOpenApi) -> RouterAdmin:
    """Return the administrator's way."""
    return new_admin(router)


def by_openapi(router: HiwifiSimulator, _: NewAdmin, new_openapi: NewOpenApi) -> OpenApiClient:
    """Return the bound client's way."""
    return new_openapi(router.url)


WAYS = pytest.mark.parametrize("way", [by_admin, by_openapi])
