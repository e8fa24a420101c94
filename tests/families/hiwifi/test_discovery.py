"""Routers that show themselves when they are given an address."""

from homeassistant.config_entries import SOURCE_DHCP
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from yarl import URL

from custom_components.gatehouse import discovery
from custom_components.gatehouse.const import DOMAIN
from simulators.hiwifi import HiwifiSimulator
from tests.flow_helpers import created, submit

from .conftest import MAC, SetUpRouter
from .flow_helpers import PASSWORD, choose


@pytest.fixture
def lease(monkeypatch: pytest.MonkeyPatch, router: HiwifiSimulator) -> DhcpServiceInfo:
    """Return a lease of the router, whose web page is at a port of the simulator."""
    monkeypatch.setattr(discovery, "candidate_urls", lambda _: (URL(router.url),))
    return DhcpServiceInfo(ip="127.0.0.1", hostname="hc5962", macaddress=MAC.replace(":", ""))


async def test_offered(hass: HomeAssistant, lease: DhcpServiceInfo) -> None:
    """A hardware address of the manufacturer is enough to look, and the owner chooses the way."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_DHCP}, data=lease
    )
    assert result["step_id"] == "way"
    entry = created(await submit(hass, await choose(hass, result, "by_password"), PASSWORD))
    assert entry.unique_id == MAC


async def test_known(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    lease: DhcpServiceInfo,
) -> None:
    """A router that has an entry is not offered again."""
    await set_up_router(router)
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_DHCP}, data=lease
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
