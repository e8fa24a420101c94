"""What a router cannot be given is not sent, and not repeated in the error."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.hiwifi import rules
from custom_components.gatehouse.clients.hiwifi.models import RadioName
from custom_components.gatehouse.clients.secret import MASK

DEEP: dict[str, Any] = {}
DEEP["a"] = DEEP


@pytest.mark.parametrize(
    ("check", "values"),
    [
        (rules.check_method, ("system.reboot",)),
        (rules.check_method, ("apps.4015550100.play_movie",)),
        (rules.check_method, ("a.b.c.d.e.f.g",)),
        (rules.check_method, ("service.guide.unsign_is_guide_complete",)),
        (rules.check_data, ({},)),
        (rules.check_data, ({"a": [1, {"b": None}], "ssid": "O'Neil 家"},)),
        (rules.check_timeout, (1,)),
        (rules.check_timeout, (300,)),
        (rules.check_mac, ("020000A05301",)),
        (rules.check_macs, (["02:00:00:a0:53:01"],)),
        (rules.check_ssid, ("家" * 10,)),
        (rules.check_key, ("mixed-psk", "12345678")),
        (rules.check_key, ("mixed-psk", "0123456789abcdef" * 4)),
        (rules.check_key, ("none", "")),
        (rules.check_channel, (RadioName.RADIO_2_4, 0)),
        (rules.check_channel, (RadioName.RADIO_2_4, 13)),
        (rules.check_channel, (RadioName.RADIO_5, 161)),
        (rules.check_tx_power, ("max",)),
        (rules.check_tx_power, ("140",)),
        (rules.check_client_name, ("O'Neil 的手机",)),
        (rules.check_minutes, (0,)),
        (rules.check_delay, (60,)),
    ],
)
def test_accepted(check: Any, values: tuple[object, ...]) -> None:
    """What the router takes."""
    check(*values)


@pytest.mark.parametrize(
    ("check", "values"),
    [
        (rules.check_method, ("",)),
        (rules.check_method, ("reboot",)),
        (rules.check_method, ("system.",)),
        (rules.check_method, ("system..reboot",)),
        (rules.check_method, ("system.reboot\n",)),
        (rules.check_method, ("1system.reboot",)),
        (rules.check_method, ("system.re boot",)),
        (rules.check_method, ("system.重启",)),
        (rules.check_method, ("../../etc.passwd",)),
        (rules.check_method, ("a.b.c.d.e.f.g.h",)),
        (rules.check_method, ("a." + "b" * 200,)),
        (rules.check_data, ([],)),
        (rules.check_data, ("SECRET",)),
        (rules.check_data, ({1: "a"},)),
        (rules.check_data, ({"a": [{2: "b"}]},)),
        (rules.check_data, ({"a": object()},)),
        (rules.check_data, ({"a": float("nan")},)),
        (rules.check_data, ({"a": "x" * 70_000},)),
        (rules.check_data, (DEEP,)),
        (rules.check_timeout, (0,)),
        (rules.check_timeout, (301,)),
        (rules.check_mac, ("SECRET",)),
        (rules.check_macs, ([],)),
        (rules.check_macs, (["020000A05301", "SECRET"],)),
        (rules.check_ssid, ("",)),
        (rules.check_ssid, ("家" * 11,)),
        (rules.check_key, ("mixed-psk", "SECRET")),
        (rules.check_key, ("mixed-psk", "SECRET-家家家")),
        (rules.check_key, ("mixed-psk", "SECRET" * 11)),
        (rules.check_channel, (RadioName.RADIO_2_4, 14)),
        (rules.check_channel, (RadioName.RADIO_2_4, 36)),
        (rules.check_channel, (RadioName.RADIO_5, 1)),
        (rules.check_channel, ("radio2", 1)),
        (rules.check_tx_power, ("",)),
        (rules.check_tx_power, ("'; SECRET",)),
        (rules.check_client_name, ("",)),
        (rules.check_client_name, ("SECRET\n",)),
        (rules.check_client_name, ("x" * 65,)),
        (rules.check_minutes, (-1,)),
        (rules.check_minutes, (10081,)),
        (rules.check_delay, (61,)),
    ],
)
def test_refused(check: Any, values: tuple[object, ...]) -> None:
    """What it does not take."""
    with pytest.raises(ValueError, match=r"^[ -~]+$") as caught:
        check(*values)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "method",
    [
        "system.reset",
        "system.reset_not_all_config",
        "system.os.reset_all",
        "system.os.factory_reset",
        "system.set_password",
        "system.os.set_password",
        "system.upgrade.start",
        "system.rom.upgrade",
        "service.storaged.format_disk",
        "service.storaged.remove",
        "service.plums.install",
        "service.plums.plugin_install_all",
        "system.remote_debug.enable",
        "network.testsuite.curl",
        "utils.file.rm_file",
        "system.userdata.restore_all",
        "wan.set_pppoe",
        "network.lan.set_lan_ip",
    ],
)
def test_dangerous(method: str) -> None:
    """What can lose settings, data or access."""
    assert rules.is_dangerous(method)


@pytest.mark.parametrize(
    "method",
    [
        "system.reboot",
        "system.get_info",
        "system.upgrade.check",
        "service.storaged.get_status",
        "service.storaged.list",
        "wan.get_status",
        "network.lan.get_lan_status",
        "wireless.set_channel",
        "device.sta.set",
        "system.get_default_password",
    ],
)
def test_not_dangerous(method: str) -> None:
    """What can be undone easily, or changes nothing."""
    assert not rules.is_dangerous(method)


@pytest.mark.parametrize(
    ("method", "reading"),
    [
        ("system.get_info", True),
        ("device.sta.list", True),
        ("network.traffic.status", True),
        ("network.traffic.status_with_history", True),
        ("system.upgrade.check", True),
        ("device.macfilter.check_status", True),
        ("service.guide.is_complete", True),
        ("system.os.get_info", False),
        ("system.reboot", False),
        ("wireless.start", False),
        ("wireless.set_channel", False),
        ("apps.get_.play", False),
        ("network.wireless.restart", False),
    ],
)
def test_readings(method: str, *, reading: bool) -> None:
    """Only what changes nothing by its name is ever repeated."""
    assert rules.is_reading(method) is reading


def test_redaction() -> None:
    """Passwords and keys are masked wherever they are; empty ones tell nothing."""
    data = {
        "ssid": "home",
        "key": "hidden-1",
        "Password": "hidden-2",
        "list": [{"client_secret": "hidden-3", "mac": "020000A05301"}, ("a", {"uuid": 4})],
        "token": {"value": "hidden-5"},
        "pwd": "",
    }
    assert rules.redact(data) == {
        "ssid": "home",
        "key": MASK,
        "Password": MASK,
        "list": [{"client_secret": MASK, "mac": "020000A05301"}, ["a", {"uuid": MASK}]],
        "token": MASK,
        "pwd": "",
    }
    assert rules.secrets_in(data) == {"hidden-1", "hidden-2", "hidden-3", "hidden-5", ""}
    assert rules.secrets_in({"a": ["b"]}) == frozenset()
