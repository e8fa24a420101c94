"""SCRAM with the HMAC arguments swapped, against published vectors."""

from dataclasses import dataclass

import pytest

from custom_components.gatehouse.clients.errors import InvalidReply
from custom_components.gatehouse.clients.hilink.scram import (
    ITERATIONS_LIMIT,
    Challenge,
    new_nonce,
    prove,
)


@dataclass(frozen=True, kw_only=True)
class Vector:
    """A login that somebody published."""

    password: str
    first_nonce: str
    server_part: str
    salt: str
    proof: str


VECTORS = (
    Vector(
        password="test",
        first_nonce="6513d4a1bfa0d6b3a7e3320dc6b3b1cd703a479d4958b5e1462658d75f0c5029",
        server_part="BsP0n8rghqsOgEbevsDvKnn0eCjBfed2",
        salt="ef08b9902cfb555135d098952c6d4ce629d52a3e835d4831147c96081538113c",
        proof="efc134fac358b3e148c62714eae94edda8143840e4e13f12f723defefa9dca1f",
    ),
    Vector(
        password="testpass",
        first_nonce="868f304eec646840959cb3830c0fe352bbc3b24f264ddd652764c8ad2c5fabe3",
        server_part="1RYXGq1AJapOUsCb57h0bT5oCTsgDIDu",
        salt="4ec91c5b362986cec5ef6db10eb4bb5b1c54eef1eff89006cf00a8993226fabd",
        proof="a79ce371acb04daeca2f4f496a9906df970794885ed764760316c54e2433de46",
    ),
)
SERVER_SIGNATURE = "e926be337454a1d7213f21de17a3e5ee8cc537f6f5fae54dea20ffb3b0c660de"
"""Of the first vector."""


def fields(vector: Vector, **changes: str | None) -> dict[str, object]:
    """Return the reply with a vector's challenge; None leaves an element out."""
    reply: dict[str, str | None] = {
        "salt": vector.salt,
        "iterations": "100",
        "servernonce": vector.first_nonce + vector.server_part,
        "modeselected": "1",
        "newType": "0",
        **changes,
    }
    return {name: value for name, value in reply.items() if value is not None}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.password)
def test_published_proofs(vector: Vector) -> None:
    """The proof is what a device accepted."""
    challenge = Challenge.from_fields(fields(vector), vector.first_nonce)
    assert prove(vector.password, vector.first_nonce, challenge).client == vector.proof


def test_server_signature() -> None:
    """The device is believed with the right signature only."""
    vector = VECTORS[0]
    challenge = Challenge.from_fields(fields(vector), vector.first_nonce)
    proof = prove(vector.password, vector.first_nonce, challenge)
    assert proof.server == SERVER_SIGNATURE
    assert proof.confirmed_by(SERVER_SIGNATURE)
    assert proof.confirmed_by(SERVER_SIGNATURE.upper())
    assert not proof.confirmed_by(SERVER_SIGNATURE[:-1] + "f")
    assert not proof.confirmed_by(vector.proof)
    assert not proof.confirmed_by("")
    assert not proof.confirmed_by(None)
    assert not proof.confirmed_by("ü")


def test_other_password_has_another_proof() -> None:
    """The vectors would prove nothing if the password did not matter."""
    vector = VECTORS[0]
    challenge = Challenge.from_fields(fields(vector), vector.first_nonce)
    proof = prove("Test", vector.first_nonce, challenge)
    assert proof.client != vector.proof
    assert not proof.confirmed_by(SERVER_SIGNATURE)


@pytest.mark.parametrize(
    "changes",
    [
        {"servernonce": "f" * 64 + VECTORS[0].server_part},
        {"servernonce": None},
        {"servernonce": ""},
        {"salt": "not hexadecimal"},
        {"salt": "abc"},
        {"salt": None},
        {"iterations": "0"},
        {"iterations": "-100"},
        {"iterations": str(ITERATIONS_LIMIT + 1)},
        {"iterations": "9" * 5000},
        {"iterations": "many"},
        {"iterations": None},
    ],
    ids=str,
)
def test_bad_challenge(changes: dict[str, str | None]) -> None:
    """A challenge that is incomplete, foreign or absurdly costly is refused."""
    vector = VECTORS[0]
    with pytest.raises(InvalidReply):
        Challenge.from_fields(fields(vector, **changes), vector.first_nonce)


def test_nonce() -> None:
    """64 hexadecimal digits, another time others."""
    nonce = new_nonce()
    assert len(nonce) == 64
    assert len(bytes.fromhex(nonce)) == 32
    assert new_nonce() != nonce
