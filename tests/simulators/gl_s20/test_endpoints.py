"""Every endpoint of the vendor's documentation answers with the documented fields."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from simulators.gl_s20 import DEFAULT_PASSWORD, GlS20Simulator
from simulators.gl_s20.air import THREAD_NETWORKS
from simulators.gl_s20.webserver import ENDPOINTS
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

PSKD = "ABCDE12345"
EUI64 = "0011223344556677"
ADDRESS = {"ip": str, "netmask": str, "gateway": str}
SHORT_ADDRESS = {"ip": str, "gateway": str}
CHECK = {
    "check_interval": int,
    "check_success_time": int,
    "check_fail_time": int,
    "check_ipv4": [str],
    "check_ipv6": [str],
}
SAVED_WIFI = {
    "ssid": str,
    "bssid": str,
    "lock_bssid": bool,
    "auth_mode": int,
    "pwd": str,
    "ipv4": ADDRESS,
}
JOINER = {"EUI64": str, "PSKd": str}
DHCP = {"enable": bool, "static_ipv4": ADDRESS}
FAILOVER = {"check": bool, "priority": int} | CHECK
IMPORTED = {"joiner_list_version": "1.0", "DeviceList": [{"EUI64": "*", "PSKd": PSKD}]}
SET_CHECK = {"enable": True, "check_ipv4": ["192.0.2.1"], "check_ipv6": ["2001:db8::1"]}


@dataclass(frozen=True, kw_only=True)
class Documented:
    """An endpoint as the documentation has it: verb, an example body and the reply's fields."""

    method: str = "POST"
    body: dict[str, Any] = field(default_factory=dict)
    fields: Any = field(default_factory=dict)


def get(fields: Any) -> Documented:
    """Return an endpoint that is read."""
    return Documented(method="GET", fields=fields)


def post(body: dict[str, Any] | None = None, fields: Any = None) -> Documented:
    """Return an endpoint that does something."""
    return Documented(body=body or {}, fields=fields or {})


DOCUMENTED = {
    "ui/challenge": get({"alg": int, "salt": str, "nonce": str}),
    "ui/logout": post(),
    "ui/check_initialized": get(
        {
            "firmware_category": str,
            "firmware_version": str,
            "hostname": str,
            "initialized": bool,
            "mac": str,
            "model": str,
        }
    ),
    "otbr/get_status": get(
        {
            "OpenThreadVersionAPI": str,
            "OTBRVersion": str,
            "ThreadVersion": str,
            "Network": {
                "Channel": int,
                "ExtPanId": str,
                "NetworkKey": str,
                "NetworkName": str,
                "PanId": str,
                "PSKc": str,
                "Passphrase": str,
                "MeshLocalPrefix": str,
                "OnMeshPrefix": str,
                "IPv6": [str],
                "ActiveDataset": str,
            },
            "RCP": {
                "State": int,
                "RCPVersion": str,
                "ExtAddress": str,
                "EUI64": str,
                "TXPower": int,
                "Rloc16": int,
            },
        }
    ),
    "otbr/scan": get(
        {
            "ScanList": [
                {
                    "Channel": int,
                    "Rssi": int,
                    "Lqi": int,
                    "NetworkName": str,
                    "ExtPanId": str,
                    "PanId": int,
                }
            ]
        }
    ),
    "otbr/get_join_status": post({"CredentialType": "pskdType"}, {"status": int}),
    "otbr/join": post(
        {
            "CredentialType": "networkKeyType",
            "NetworkKey": THREAD_NETWORKS[0].network.key,
            "Channel": 15,
            "PanId": 0x7E57,
        }
    ),
    "otbr/set_config": post(
        {
            "NetworkName": "House",
            "ExtPanId": "a1a2a3a4a5a6a7a8",
            "PanId": 4660,
            "Passphrase": "correct horse",
            "NetworkKey": "00112233445566778899aabbccddee00",
            "Channel": 15,
        }
    ),
    "otbr/stop": post(),
    "otbr/start": post(),
    "otbr/generate_thread_network": get({}),
    "otbr/set_txpower": post({"TXPower": -24}),
    "otbr/set_commissioning": post({"Enable": True}),
    "otbr/add_joiner": post({"PSKd": PSKD, "Timeout": 60, "EUI64": EUI64}),
    "otbr/get_commissioning_status": get({"State": int}),
    "otbr/rejoin_all": post({"Type": 3, "Timeout": 60}),
    "otbr/get_joiner_list": get(
        {
            "DeviceList": [
                JOINER | {"Status": int, "Timeout": int, "AddTime": int, "JoinedTime": int}
            ]
        }
    ),
    "otbr/remove_joiner_list": post({"DeviceList": [EUI64]}),
    "otbr/export_joiner_list": get({"joiner_list_version": str, "DeviceList": [JOINER]}),
    "otbr/import_joiner_list": post(IMPORTED),
    "otbr/commit_joiner_list": post({"Timeout": 60}),
    "otbr/get_bbr_status": get({"State": int}),
    "otbr/disable_bbr": post(),
    "otbr/enable_bbr": post(),
    "eth/get_status": get(
        {"status": int, "protocol": str, "ipv4": SHORT_ADDRESS, "ipv6": {"ip": str}}
    ),
    "eth/get_config": get({"protocol": str, "ipv4": ADDRESS}),
    "eth/set_config": post({"protocol": "dhcp"}),
    "wifi/get_status": get(
        {
            "status": int,
            "fail_msg": str,
            "ssid": str,
            "bssid": str,
            "ipv4": SHORT_ADDRESS,
            "ipv6": {"ip": str},
        }
    ),
    "wifi/stop": post(),
    "wifi/start": post(
        {
            "enable_wifi_save": True,
            "protocol": "dhcp",
            "ssid": "Garden",
            "pwd": "garden-invented",
            "lock_bssid": False,
            "auth_mode": 7,
        }
    ),
    "wifi/get_save_wifi": get({"list": [SAVED_WIFI | {"protocol": str}]}),
    "wifi/delete_save_wifi": post({"ssid": "House", "auth_mode": 3}),
    "wifi/scan": get({"list": [{"ssid": str, "bssid": str, "auth_mode": int, "rssi": int}]}),
    "wifi/set_reconn_to_saved_wifi": post({"enable": True}),
    "wifi/get_reconn_to_saved_wifi": get({"enable": bool}),
    "wan_failover/get_config": get(
        {
            "eth": {"enable": bool} | CHECK,
            "wifi": {"enable": bool} | CHECK,
            "priority": {"eth": int, "wifi": int},
        }
    ),
    "wan_failover/set_config": post({"eth": SET_CHECK, "wifi": SET_CHECK}),
    "sys/get_info": get(
        {"wan_status": int, "thread_nwk_status": int, "thread_commissioner_status": int}
    ),
    "sys/get_status": get(
        {
            "memory_total": int,
            "memory_free": int,
            "ble_mac": str,
            "wifi_mac": str,
            "eth_mac": str,
            "model": str,
            "sn": str,
        }
    ),
    "sys/get_time_config": get({"sntp": str, "timezone": int, "localtime": int}),
    "sys/set_time_config": post({"sntp": "time.example.com", "timezone": "UTC+0"}),
    "sys/check_current_firmware": get(
        {"current_firmware_type": str, "current_firmware_version": str}
    ),
    "sys/check_online_firmware": get({"online_firmware_list": [{"type": str, "version": str}]}),
    "sys/upgrade_online_firmware": post(
        {"official": {"type": "GL-S20-OTBR", "version": "2.1.0", "save_config": True}}
    ),
    "sys/check_upgrade_status": get({"status": int}),
    "sys/upgrade_online_certificate": post({"url": "https://example.com/ca.pem"}),
    "sys/upgrade_local_certificate": post(),
    "sys/get_log": get({"log": str}),
    "sys/export_sys_config": post(
        fields={
            "cfg_ver": int,
            "ui_cfg": {"language": str},
            "sntp_cfg": {"sntp_srv": str, "time_zone": str},
            "otbr_cfg": {
                "nwk_on_off": int,
                "txpower": int,
                "passphrase": str,
                "bbr_on_off": int,
                "channel": int,
                "pan_id": int,
                "nwk_key": str,
                "ext_pan_id": str,
                "nwk_name": str,
            },
            "wifi_cfg": {
                "wifi_on_off": int,
                "ssid": str,
                "password": str,
                "lock_bssid": bool,
                "bssid": str,
                "authmode": int,
            },
            "eth_failover_cfg": FAILOVER,
            "wifi_failover_cfg": FAILOVER,
            "eth_dhcp_cfg": DHCP,
            "wifi_dhcp_cfg": DHCP,
            "wifi_saved": {"list": [SAVED_WIFI | {"dhcp": bool}]},
        }
    ),
    "sys/set_admin_pwd": post(
        {"username": "root", "old_pwd": DEFAULT_PASSWORD, "new_pwd": "gatehouse-2027"}
    ),
    "sys/reset": post(),
    "sys/restart": post(),
}
ELSEWHERE = {"ui/set_init", "ui/login", "sys/import_sys_config"}
"""Endpoints whose bodies cannot be written down, tested where they are used."""


def shape(value: Any) -> Any:
    """Return the types of a value; of a list those of its only kind of entry."""
    match value:
        case dict():
            return {name: shape(content) for name, content in value.items()}
        case list():
            kinds = [shape(content) for content in value]
            assert kinds
            assert all(kind == kinds[0] for kind in kinds)
            return kinds[:1]
        case _:
            return type(value)


@pytest.fixture
async def prepared(make_router: MakeRouter, open_page: OpenPage) -> WebPage:
    """Return a page of a router with a joiner, an imported list and an upgrade that failed."""
    router = await make_router(idle_upgrade_status=1)
    page = await open_page(router)
    await page.post("otbr/add_joiner", PSKd=PSKD)
    await page.post("otbr/import_joiner_list", **IMPORTED)
    return page


def test_all_of_them() -> None:
    """The documentation has 55 endpoints, and so has the simulator."""
    assert len(ENDPOINTS) == 55
    assert set(DOCUMENTED) | ELSEWHERE == set(ENDPOINTS)


@pytest.mark.parametrize("path", DOCUMENTED)
async def test_fields(prepared: WebPage, path: str) -> None:
    """A reply has the documented fields of the documented types, and no others."""
    documented = DOCUMENTED[path]
    body = documented.body if documented.method == "POST" else None
    result = await prepared.call(documented.method, path, body)
    assert shape(result) == documented.fields


@pytest.mark.parametrize("path", DOCUMENTED)
async def test_verb(prepared: WebPage, path: str) -> None:
    """The other verb is not allowed."""
    other = "GET" if DOCUMENTED[path].method == "POST" else "POST"
    assert (await prepared.raw(other, path))[0] == 405


@pytest.mark.parametrize(
    "path", sorted(DOCUMENTED.keys() - {"ui/challenge", "ui/check_initialized"})
)
async def test_token_needed(router: GlS20Simulator, page: WebPage, path: str) -> None:
    """Without a token nothing is told and nothing done."""
    page.token = ""
    before = router.lab.state()
    with pytest.raises(Refused, match="Invalid token"):
        await page.call(DOCUMENTED[path].method, path, DOCUMENTED[path].body)
    assert router.lab.state() == before


@pytest.mark.parametrize("path", ["sys/nothing", "rpc", "otbr", "api/device/information"])
async def test_unknown(page: WebPage, path: str) -> None:
    """What is not there is not found."""
    assert (await page.raw("GET", path))[0] == 404


async def test_home_page(page: WebPage) -> None:
    """The root is a page for people."""
    status, content_type, body = await page.raw("GET", "")
    assert (status, content_type) == (200, "text/html")
    assert b"<title>GL-S20</title>" in body


@pytest.mark.parametrize("content", ["{", "[1]", '"text"'])
async def test_bad_json(page: WebPage, content: str) -> None:
    """A body that is no object is refused."""
    async with page.session.post(
        f"{page.url}/otbr/set_txpower", data=content, headers={"Token": page.token}
    ) as reply:
        assert (await reply.json())["code"] == -2
