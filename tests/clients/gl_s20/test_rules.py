"""What is checked before anything is sent."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.gatehouse.clients.gl_s20 import rules

GOOD: list[tuple[Callable[[Any], None], Any]] = [
    (rules.check_pskd, "J01NME"),
    (rules.check_pskd, "0123456789ABCDEFGHJKLMNPRSTUVWXY"),
    (rules.check_eui64, "*"),
    (rules.check_eui64, "00124B0012abCDef"),
    (rules.check_extended_pan_id, "1122334455667788"),
    (rules.check_network_key, "00112233445566778899AaBbCcDdEeFf"),
    (rules.check_network_name, "x"),
    (rules.check_network_name, "é" * 8),
    (rules.check_passphrase, "sixsix"),
    (rules.check_passphrase, "x" * 255),
    (rules.check_channel, 11),
    (rules.check_channel, 26),
    (rules.check_pan_id, 1),
    (rules.check_pan_id, 0xFFFE),
    (rules.check_tx_power, -24),
    (rules.check_tx_power, 20),
    (rules.check_utc_offset, -12),
    (rules.check_utc_offset, 14),
    (rules.check_timeout, 1),
    (rules.check_timeout, 86400),
    (rules.check_joiner_count, 50),
    (rules.check_password, "abcdefghi1"),
    (rules.check_password, "A" * 30 + "a"),
    (rules.check_password, "aaaaaaaaa" + "`"),
    (rules.check_password, "aA1!@#$%^&*()_+-=,.><|?/\\{}[]"),
    (rules.check_password, "aaaaaaaaaa:;\"'~"),
    (rules.check_wifi_name, "é" * 16),
    (rules.check_wifi_password, ""),
    (rules.check_wifi_password, "12345"),
    (rules.check_wifi_password, "x" * 64),
    (rules.check_bssid, "02:00:5e:00:53:AA"),
    (rules.check_ipv4, "192.0.2.1"),
]

BAD: list[tuple[Callable[[Any], None], Any]] = [
    *((rules.check_pskd, f"ABCDE{letter}") for letter in "IOQZiaé -"),
    (rules.check_pskd, "ABCDE"),
    (rules.check_pskd, "A" * 33),
    (rules.check_pskd, "ABCDEF\n"),
    (rules.check_eui64, "**"),
    (rules.check_eui64, "00:12:4b:00:12:ab:cd:ef"),
    (rules.check_eui64, "00124b0012abcde"),
    (rules.check_extended_pan_id, "*"),
    (rules.check_extended_pan_id, "112233445566778g"),
    (rules.check_network_key, "0" * 31),
    (rules.check_network_key, "0" * 33),
    (rules.check_network_name, ""),
    (rules.check_network_name, "é" * 9),
    (rules.check_passphrase, "short"),
    (rules.check_passphrase, "x" * 256),
    (rules.check_channel, 10),
    (rules.check_channel, 27),
    (rules.check_pan_id, 0),
    (rules.check_pan_id, 0xFFFF),
    (rules.check_tx_power, -25),
    (rules.check_tx_power, 21),
    (rules.check_utc_offset, -13),
    (rules.check_utc_offset, 15),
    (rules.check_timeout, 0),
    (rules.check_timeout, 86401),
    (rules.check_joiner_count, 0),
    (rules.check_joiner_count, 51),
    (rules.check_password, "abcdefgh1"),
    (rules.check_password, "a1" * 16),
    (rules.check_password, "abcdefghij"),
    (rules.check_password, "1234567890"),
    (rules.check_password, "abcdefgh 1"),
    (rules.check_password, "abcdefghé1"),
    (rules.check_wifi_name, ""),
    (rules.check_wifi_name, "x" * 33),
    (rules.check_wifi_password, "1234"),
    (rules.check_wifi_password, "x" * 65),
    (rules.check_bssid, "02005e0053aa"),
    (rules.check_ipv4, None),
    (rules.check_ipv4, "192.0.2"),
    (rules.check_ipv4, "2001:db8::1"),
]


@pytest.mark.parametrize(("check", "value"), GOOD)
def test_good(check: Callable[[Any], None], value: object) -> None:
    """What the device takes passes in silence."""
    check(value)


@pytest.mark.parametrize(("check", "value"), BAD)
def test_bad(check: Callable[[Any], None], value: object) -> None:
    """What it does not is named."""
    with pytest.raises(ValueError, match=" "):
        check(value)


def test_targets() -> None:
    """Three of each IP version, and each of the right version."""
    ipv4, ipv6 = ["192.0.2.1"] * 3, ["2001:db8::1"] * 3
    rules.check_targets(ipv4, ipv6)
    rules.check_targets([], [])
    refused: tuple[tuple[list[str], list[str]], ...] = (
        (ipv4 * 2, []),
        ([], ipv6 * 2),
        (ipv6, []),
        ([], ipv4),
    )
    for bad in refused:
        with pytest.raises(ValueError, match="address"):
            rules.check_targets(*bad)
