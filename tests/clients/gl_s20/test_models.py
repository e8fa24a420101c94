"""The tolerant reading of replies: every ambiguity of the description that is known."""

from collections.abc import Callable
import dataclasses
from typing import Any

import pytest

from custom_components.gatehouse.clients.gl_s20 import models
from custom_components.gatehouse.clients.gl_s20.models import (
    Addressing,
    BackboneRouterStatus,
    CommissionerStatus,
    EthernetState,
    EthernetStatus,
    FailoverConfiguration,
    FirmwareCategory,
    Identity,
    JoinerExport,
    JoinerList,
    JoinerStatus,
    OnlineFirmware,
    Part,
    SavedWifis,
    SystemInformation,
    SystemStatus,
    ThreadRole,
    ThreadStatus,
    TimeConfiguration,
    UpgradeState,
    UpgradeStatus,
    WanStatus,
    WifiScan,
    WifiSecurity,
    WifiState,
    WifiStatus,
)
from custom_components.gatehouse.clients.secret import Secret

MODELS = [
    model
    for model in (getattr(models, name) for name in models.__all__)
    if isinstance(model, type) and issubclass(model, Part)
]
"""All of them."""

LISTS = ("ScanList", "DeviceList", "list", "online_firmware_list", "result")


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_read_as_nothing(model: type[Part]) -> None:
    """An empty reply has no values, and costs no exception."""
    reading = model.from_fields({})
    assert reading == model()
    for item in dataclasses.fields(reading):
        value = getattr(reading, item.name)
        assert value is None or value == () or value == type(value)()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("odd", [None, [], {}, "x", 1e300, [[]], [None], [{}], {"a": []}, True])
def test_nonsense_costs_nothing(model: type[Part], odd: object) -> None:
    """Any value in any place."""
    places = [
        "Network", "RCP", "ipv4", "ipv6", "eth", "wifi", "priority", "status", "State", *LISTS,
        *("Channel", "PanId", "sn", "ssid", "pwd", "timezone", "localtime", "alg", "mac"),
    ]  # fmt: skip
    model.from_fields(dict.fromkeys(places, odd))


STATES: list[tuple[Callable[[Any], object], object, object]] = [
    *((_role, code, role) for _role in [lambda raw: _radio(raw).role] for code, role in (
        (0, ThreadRole.DISABLED), (1, ThreadRole.DETACHED), (2, ThreadRole.CHILD),
        (3, ThreadRole.ROUTER), (4, ThreadRole.LEADER), ("4", ThreadRole.LEADER),
        ("Leader", ThreadRole.LEADER), (5, None), ("king", None), (None, None),
    )),
    *((_eth, code, state) for _eth in [lambda raw: _ethernet(raw).state] for code, state in (
        (0, EthernetState.NOT_CONNECTED), (1, EthernetState.CONNECTED),
        (2, EthernetState.CONNECTING), (3, EthernetState.NO_CABLE), (4, None),
    )),
    *((_wifi, code, state) for _wifi in [lambda raw: _wireless(raw).state] for code, state in (
        (0, WifiState.IDLE), (1, WifiState.CONNECTING), (2, WifiState.CONNECTED),
        (3, WifiState.FAILED), (4, None),
    )),
]  # fmt: skip


def _radio(raw: object) -> models.Radio:
    """Read a state of the radio."""
    return ThreadStatus.from_fields({"RCP": {"State": raw}}).radio


def _ethernet(raw: object) -> EthernetStatus:
    """Read a state of the Ethernet."""
    return EthernetStatus.from_fields({"status": raw})


def _wireless(raw: object) -> WifiStatus:
    """Read a state of the Wi-Fi."""
    return WifiStatus.from_fields({"status": raw})


@pytest.mark.parametrize(("reading", "raw", "expected"), STATES)
def test_states(reading: Callable[[Any], object], raw: object, expected: object) -> None:
    """Each interface has codes of its own, and an unknown code is no state."""
    assert reading(raw) == expected


@pytest.mark.parametrize(
    ("role", "attached"), [(0, False), (1, False), (2, True), (3, True), (4, True), (9, None)]
)
def test_attached(role: int, attached: bool | None) -> None:  # noqa: FBT001 - a table
    """Whether there is a mesh around the device."""
    assert _radio(role).attached is attached


def test_network_of_the_sibling() -> None:
    """The printed sample of the GL-S200 in all its drift."""
    status = ThreadStatus.from_fields(
        {
            "OpenThreadVersionAPI": 370,
            "Network": {
                "PanId": 50772,
                "ExtendedPanId": "9F:4F:58:46:AE:C7:7D:C7",
                "NetworkKey": "C9EF1B68EB2BD12170876F2AFB6EA2BB",
                "MeshLocalPrefix": "fde5:9613:59da:da24:",
                "OnMeshPrefix": ["fd00:1::/64", "fd00:2::/64"],
                "BorderAgentID": "abc",
                "Channel": "26",
            },
            "RCP": {"TXPower": "-3", "Rloc16": 65534, "ExtAddress": "0x9E5A20C0FFEE51A2"},
        }
    )
    assert status.api_version == "370"
    network, radio = status.network, status.radio
    assert network.pan_id == 0xC654
    assert network.extended_pan_id == "9f4f5846aec77dc7"
    assert network.network_key == Secret("c9ef1b68eb2bd12170876f2afb6ea2bb")
    assert network.mesh_local_prefix == "fde5:9613:59da:da24:"
    assert network.on_mesh_prefixes == ("fd00:1::/64", "fd00:2::/64")
    assert network.border_agent_id == "abc"
    assert network.channel == 26
    assert network.active_dataset is None
    assert network.ipv6_addresses == ()
    assert (radio.tx_power, radio.rloc16) == (-3, None)
    assert radio.extended_address == "9e5a20c0ffee51a2"


@pytest.mark.parametrize(
    ("raw", "active"),
    [(0, False), (1, True), (2, True), ("1", True), (True, True), ("active", True), ("x", None)],
)
def test_commissioner(raw: object, active: bool | None) -> None:  # noqa: FBT001 - a table
    """OpenThread itself counts to 2."""
    assert CommissionerStatus.from_fields({"State": raw}).active is active


@pytest.mark.parametrize(
    ("raw", "active"),
    [(0, False), (1, True), ("Disabled", False), ("Secondary", True), ("Primary", True), (7, None)],
)
def test_backbone_router(raw: object, active: bool | None) -> None:  # noqa: FBT001 - a table
    """Numbers here, words on the sibling."""
    assert BackboneRouterStatus.from_fields({"State": raw}).active is active


def test_joiners() -> None:
    """Each with its progress; wildcards and missing times."""
    found = JoinerList.from_fields(
        {
            "DeviceList": [
                {"EUI64": "*", "Status": 0, "PSKd": "J01NME", "Timeout": 120, "AddTime": 0},
                {"EUI64": "00124B0012ABCDEF", "Status": "2", "JoinedTime": 1_790_000_000},
                {"Status": 9},
                "nonsense",
            ]
        }
    ).joiners
    assert [each.status for each in found] == [JoinerStatus.READY, JoinerStatus.JOINED, None]
    assert found[0].any_device
    assert found[0].pskd == Secret("J01NME")
    assert (found[0].timeout, found[0].added_at, found[0].joined_at) == (120, None, None)
    assert not found[1].any_device
    assert found[1].eui64 == "00124b0012abcdef"
    assert found[1].told_eui64 == "00124B0012ABCDEF"
    assert found[1].joined_at == 1_790_000_000


@pytest.mark.parametrize("raw", [{}, {"result": [{"EUI64": "*"}]}, {"DeviceList": {"EUI64": "*"}}])
def test_list_in_another_form(raw: dict[str, Any]) -> None:
    """A result that is the list itself, or a single entry without the list."""
    assert len(JoinerList.from_fields(raw).joiners) == bool(raw)


def test_joiner_export() -> None:
    """With the version that the import wants back."""
    export = JoinerExport.from_fields(
        {"joiner_list_version": 1.0, "DeviceList": [{"EUI64": "*", "PSKd": "J01NME"}]}
    )
    assert export.version == "1.0"
    assert export.joiners[0].pskd == Secret("J01NME")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"protocol": "DHCP"}, Addressing.DHCP),
        ({"protocol": "static"}, Addressing.STATIC),
        ({"dhcp": True}, Addressing.DHCP),
        ({"dhcp": 0}, Addressing.STATIC),
        ({"protocol": "pppoe"}, None),
    ],
)
def test_addressing(fields: dict[str, Any], expected: Addressing | None) -> None:
    """A word here, a switch in the exported configuration."""
    assert EthernetStatus.from_fields(fields).addressing is expected


def test_saved_wifis() -> None:
    """Both spellings of the members, and a name that ends with a blank."""
    first, second = SavedWifis.from_fields(
        {
            "list": [
                {"ssid": "a ", "auth_mode": 3, "pwd": "p" * 8, "lock_bssid": 0},
                {"ssid": "b", "authmode": "7", "password": "q" * 8, "bssid": "020000000001"},
            ]
        }
    ).networks
    assert (first.ssid, first.security, first.lock_bssid) == ("a ", WifiSecurity.WPA2_PSK, False)
    assert (second.security, second.bssid) == (WifiSecurity.WPA2_WPA3_PSK, "02:00:00:00:00:01")
    assert second.password == Secret("q" * 8)


def test_unknown_wifi_security() -> None:
    """A mode of the future is unknown, not a crash."""
    found = WifiScan.from_fields({"list": [{"ssid": "x", "auth_mode": 42, "rssi": -60}]})
    assert found.networks[0].security is None
    assert found.networks[0].rssi == -60


def test_failover() -> None:
    """`check` or `enable`; only what can be set is sent back."""
    configuration = FailoverConfiguration.from_fields(
        {
            "eth": {"enable": 1, "check_interval": 2, "check_ipv4": ["192.0.2.1", ""]},
            "wifi": {"check": False, "check_ipv6": "2001:db8::1"},
            "priority": {"eth": "1", "wifi": 2},
        }
    )
    assert configuration.ethernet.enabled is True
    assert configuration.wifi.enabled is False
    assert (configuration.ethernet_priority, configuration.wifi_priority) == (1, 2)
    assert configuration.ethernet.body() == {
        "enable": True,
        "check_ipv4": ["192.0.2.1"],
        "check_ipv6": [],
    }
    assert configuration.wifi.body()["check_ipv6"] == ["2001:db8::1"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("2c", FirmwareCategory.THREAD), ("2B", FirmwareCategory.BLUETOOTH), ("3a", None)],
)
def test_firmware_category(raw: str, expected: FirmwareCategory | None) -> None:
    """What the firmware makes of the device."""
    assert Identity.from_fields({"firmware_category": raw}).category is expected


def test_system_information() -> None:
    """Codes become words and switches."""
    found = [SystemInformation.from_fields({"wan_status": code}).wan_status for code in range(4)]
    assert found == [WanStatus.NO_NETWORK, WanStatus.NO_INTERNET, WanStatus.ONLINE, None]
    assert SystemInformation.from_fields({"thread_nwk_status": 1}).thread_network is True


@pytest.mark.parametrize(
    ("total", "free", "usage"),
    [(1000, 250, 75.0), (1000, 2000, 0.0), (0, 0, None), (1000, None, None), (None, 5, None)],
)
def test_memory(total: int | None, free: int | None, usage: float | None) -> None:
    """Percent in use, where both numbers make sense."""
    status = SystemStatus.from_fields({"memory_total": total, "memory_free": free})
    assert status.memory_usage == usage


NOW = 1_790_000_000.0


@pytest.mark.parametrize(
    ("shown", "zone", "drift"),
    [
        (NOW + 5, 8, 5),
        (NOW + 5 + 8 * 3600, 8, 5),
        (NOW - 30 - 5 * 3600, "UTC-5", -30),
        (NOW + 3600, None, 3600),
        (None, 8, None),
    ],
)
def test_clock_drift(shown: float | None, zone: object, drift: float | None) -> None:
    """Whether the firmware shifts its clock by the time zone is not documented."""
    fields = {"localtime": shown, "timezone": zone}
    assert TimeConfiguration.from_fields(fields).drift(NOW) == drift


def test_firmware() -> None:
    """What the server offers, and how an upgrade goes."""
    online = OnlineFirmware.from_fields(
        {"online_firmware_list": [{"type": "t", "version": "v2.0.1-B1"}, None]}
    )
    assert [(each.firmware_type, each.version) for each in online.releases] == [("t", "v2.0.1-B1")]
    found = [UpgradeStatus.from_fields({"status": code}).state for code in (0, 1, 2, 3)]
    assert found == [
        UpgradeState.SUCCEEDED, UpgradeState.FAILED, UpgradeState.IN_PROGRESS, None,
    ]  # fmt: skip
