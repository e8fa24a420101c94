"""SCRAM: the published vectors."""

import pytest

from simulators.hilink.scram import Challenge, client_proof, server_signature

NONCE_1 = "6513d4a1bfa0d6b3a7e3320dc6b3b1cd703a479d4958b5e1462658d75f0c5029"
NONCE_2 = "868f304eec646840959cb3830c0fe352bbc3b24f264ddd652764c8ad2c5fabe3"
CHALLENGE_1 = Challenge(
    first_nonce=NONCE_1,
    server_nonce=f"{NONCE_1}BsP0n8rghqsOgEbevsDvKnn0eCjBfed2",
    salt="ef08b9902cfb555135d098952c6d4ce629d52a3e835d4831147c96081538113c",
)
CHALLENGE_2 = Challenge(
    first_nonce=NONCE_2,
    server_nonce=f"{NONCE_2}1RYXGq1AJapOUsCb57h0bT5oCTsgDIDu",
    salt="4ec91c5b362986cec5ef6db10eb4bb5b1c54eef1eff89006cf00a8993226fabd",
)


@pytest.mark.parametrize(
    ("password", "challenge", "proof"),
    [
        ("test", CHALLENGE_1, "efc134fac358b3e148c62714eae94edda8143840e4e13f12f723defefa9dca1f"),
        (
            "testpass",
            CHALLENGE_2,
            "a79ce371acb04daeca2f4f496a9906df970794885ed764760316c54e2433de46",
        ),
    ],
)
def test_client_proof(password: str, challenge: Challenge, proof: str) -> None:
    """The proof is that of the published vectors."""
    assert client_proof(password, challenge) == proof


def test_server_signature() -> None:
    """The device's signature is that of the published vector."""
    assert (
        server_signature("test", CHALLENGE_1)
        == "e926be337454a1d7213f21de17a3e5ee8cc537f6f5fae54dea20ffb3b0c660de"
    )
