"""The signature, against published examples."""

import pytest

from simulators.hiwifi.signing import sign, verify

SERVER_EXAMPLE = (
    '{"app_id" : "12345", "app_name" : "abcd", "dev_id": "D4EE07012345" , '
    '"method": "network.wireless.set_ssid", data: { "ssid" : "HiWiFi_XXX" }}'
)
CLIENT_EXAMPLE = (
    '{"app_id" : "12345", "app_name" : "abcd", "client_id" : "abcdefgh", '
    '"dev_id": "D4EE07010000" , data: { "a" : "aa" }}'
)
ESCAPED_EXAMPLE = (
    '{"app_id":"12345","app_name":"abcd","client_id":"abcdefgh","dev_id":"D4EE07010000",'
    '"method":"network.wireless.set_ssid","timeout":"10",'
    '"data":{"ssid":"O\\u0027Neil \\u5bb6"}}'
)
SECRET = "AAAAAAAAAAA"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SERVER_EXAMPLE, "10e2220c0c833e363006b6db920b5270"),
        (CLIENT_EXAMPLE, "a4a16271446bcd6f6cf1a91469ee4ffc"),
        (ESCAPED_EXAMPLE, "ec7a7fd27ba3a39585b248045b8aedd8"),
    ],
)
def test_published_examples(body: str, expected: str) -> None:
    """The examples of the vendor's documentation, and one with escaped characters."""
    assert sign("call", body.encode(), SECRET) == expected


def test_verify() -> None:
    """Hex digits may have either case; another action, body or secret does not do."""
    body = ESCAPED_EXAMPLE.encode()
    right = sign("call", body, SECRET)
    assert verify(right.upper(), "call", body, SECRET, in_shell=True)
    assert not verify(right, "status", body, SECRET, in_shell=False)
    assert not verify(right, "call", body + b" ", SECRET, in_shell=False)
    assert not verify(right, "call", body, "B", in_shell=False)
    assert not verify("é", "call", body, SECRET, in_shell=False)


def test_apostrophe_in_a_shell() -> None:
    """A bare apostrophe spoils a signature that is computed in a shell, an escaped one not."""
    body = b'{"ssid":"O\'Neil"}'
    right = sign("call", body, SECRET)
    assert verify(right, "call", body, SECRET, in_shell=False)
    assert not verify(right, "call", body, SECRET, in_shell=True)
