"""The exact bytes of a request and the signature over them."""

import json
import random
from typing import Any

from cryptography.hazmat.primitives import hashes
import pytest

from custom_components.gatehouse.clients.hiwifi.openapi_client import OpenApiClient
from custom_components.gatehouse.clients.hiwifi.signing import encode, sign
from simulators.hiwifi import identity
from tests.clients.hiwifi.conftest import CALL, NewOpenApi, Recorder, call, local

SECRET = "AAAAAAAAAAA"

SERVER_EXAMPLE = (
    '{"app_id" : "12345", "app_name" : "abcd", "dev_id": "D4EE07012345" , '
    '"method": "network.wireless.set_ssid", data: { "ssid" : "HiWiFi_XXX" }}'
)
CLIENT_EXAMPLE = (
    '{"app_id" : "12345", "app_name" : "abcd", "client_id" : "abcdefgh", '
    '"dev_id": "D4EE07010000" , data: { "a" : "aa" }}'
)
"""As printed, which is no JSON."""

ALPHABET = "".join(map(chr, range(0x20, 0x7F))) + "'''\"\"\\\\\x00\t\n\x7fé家門🚪\u2028\ud800"


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (SERVER_EXAMPLE, "10e2220c0c833e363006b6db920b5270"),
        (CLIENT_EXAMPLE, "a4a16271446bcd6f6cf1a91469ee4ffc"),
    ],
)
def test_documented_examples(body: str, signature: str) -> None:
    """The signature is over the text as it is, JSON or not."""
    assert sign("call", body.encode(), SECRET) == signature


def test_network_with_an_apostrophe() -> None:
    """It is escaped, as everything is that is not ASCII, and the members stay in order."""
    body = encode(
        {
            "app_id": "12345",
            "app_name": "abcd",
            "client_id": "abcdefgh",
            "dev_id": "D4EE07010000",
            "method": "network.wireless.set_ssid",
            "timeout": "10",
            "data": {"ssid": "O'Neil 家"},
        }
    )
    assert body.endswith(b'"data":{"ssid":"O\\u0027Neil \\u5bb6"}}')
    assert sign("call", body, SECRET) == "ec7a7fd27ba3a39585b248045b8aedd8"


def test_ten_thousand_bodies() -> None:
    """All are ASCII without an apostrophe, say what was meant, and are signed as OpenSSL does."""
    chance = random.Random(20260901)  # noqa: S311 - the same bodies every time
    seen = set()
    for _ in range(10_000):
        fields = _any_fields(chance)
        action = chance.choice(["call", "bind", "status", "call_multi"])
        secret = _any_text(chance, 32).encode(errors="replace").decode()
        body = encode(fields)
        assert body.isascii()
        assert b"'" not in body
        assert json.loads(body) == fields
        digest = hashes.Hash(hashes.MD5())  # noqa: S303 - the vendor's choice
        for part in (action.encode(), body, secret.encode()):
            digest.update(part)
        assert sign(action, body, secret) == digest.finalize().hex()
        seen.add(body)
    assert len(seen) > 9_000


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_json_does_not_know(value: object) -> None:
    """It is refused before anything is sent."""
    with pytest.raises((ValueError, TypeError)):
        encode({"data": value})


async def test_signature_on_the_wire(device: Recorder, new_openapi: NewOpenApi) -> None:
    """What arrives is what was signed, with its length and type, in one piece."""
    device.answer(CALL, local())
    channel: OpenApiClient = new_openapi(device.url)
    await channel.ask(call("system.led.get_status", {"text": "O'Neil 家"}))
    seen = device.last(CALL)
    digest = hashes.Hash(hashes.MD5())  # noqa: S303 - the vendor's choice
    digest.update(b"call" + seen.body + identity.CLIENT_SECRET.encode())
    assert device.queries[-1]["sign"] == digest.finalize().hex()
    assert seen.headers["Content-Length"] == str(len(seen.body))
    assert seen.headers["Content-Type"] == "application/json"
    assert "Transfer-Encoding" not in seen.headers


def _any_text(chance: random.Random, most: int) -> str:
    """Return some text."""
    return "".join(chance.choices(ALPHABET, k=chance.randrange(most)))


def _any_value(chance: random.Random, depth: int) -> Any:
    """Return some JSON."""
    kinds = 7 if depth else 5
    match chance.randrange(kinds):
        case 0:
            return chance.randrange(-(2**53), 2**53)
        case 1:
            return chance.random() * 1e6
        case 2:
            return chance.choice([True, False, None])
        case 3 | 4:
            return _any_text(chance, 24)
        case 5:
            return [_any_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {_any_text(chance, 8): _any_value(chance, depth - 1) for _ in range(chance.randrange(4))}


def _any_fields(chance: random.Random) -> dict[str, Any]:
    """Return some fields of a request."""
    names = ["app_id", "client_id", "dev_id", "method", _any_text(chance, 8)]
    return {name: _any_value(chance, 1) for name in names} | {"data": {"x": _any_value(chance, 3)}}
