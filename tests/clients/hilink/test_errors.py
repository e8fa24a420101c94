"""Error codes of HiLink devices."""

from datetime import timedelta

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    NotPermitted,
    NotSupported,
    PasswordChangeRequired,
    SessionConflict,
)
from custom_components.gatehouse.clients.hilink.errors import (
    MEANINGS,
    TokenRefused,
    error_from,
)

DOCUMENTED = frozenset(
    {
        *(-1, -2, 9003),
        *range(100001, 100010),
        *range(101001, 101010),
        *range(102001, 102005),
        *(103001, 103002, 103003, 103004, 103008, 103009, 103010, 103011),
        *(103015, 103016, 103017, 103018, 103101, 103102),
        *(104001, 106001),
        *range(107720, 107730),
        *range(108001, 108011),
        *(109001, 109002),
        *(110001, 110002, 110008, 110009, 110023, 110024),
        *(111001, 111012, 111013, 111014, 111016, 111017, 111018, 111019, 111020, 111021, 111022),
        *(112001, 112002, 112003, 112005, 112007, 112008),
        *(113004, 113017, 113018, 113020, 113031, 113036, 113047, 113053, 113054, 113055),
        *range(114001, 114008),
        *(115001, 115002, 115003, 115004, 115005, 115199),
        *range(116001, 116006),
        *range(117001, 117005),
        *range(118001, 118007),
        120001,
        *(125001, 125002, 125003),
    }
)
"""Codes whose meaning is known."""

SPECIAL: dict[int, type[GatehouseError]] = {
    100002: NotSupported,
    100003: NotPermitted,
    100004: DeviceBusy,
    108001: AuthenticationFailed,
    108002: AuthenticationFailed,
    108003: SessionConflict,
    108005: SessionConflict,
    108006: AuthenticationFailed,
    108007: AuthenticationFailed,
    108009: SessionConflict,
    108010: SessionConflict,
    113004: DeviceBusy,
    113018: DeviceBusy,
    115002: PasswordChangeRequired,
    120001: DeviceBusy,
    125001: TokenRefused,
    125002: TokenRefused,
    125003: TokenRefused,
}
"""Codes that mean the same as an exception of all families, or concern the session."""


@pytest.mark.parametrize("code", sorted(DOCUMENTED))
def test_documented_code(code: int) -> None:
    """Every code has words of its own, and the exception that belongs to it."""
    error = error_from({"code": str(code), "message": None})
    assert type(error) is SPECIAL.get(code, CommandRefused)
    meaning = MEANINGS[code]
    assert meaning in str(error)
    assert " " in meaning
    assert str(code) not in meaning
    if isinstance(error, CommandRefused):
        assert error.code == code
        assert error.message == meaning


@pytest.mark.parametrize("code", [110003, 111002, 112009, 424242])
def test_other_code(code: int) -> None:
    """A code without a known meaning is told as a number."""
    error = error_from({"code": str(code)})
    assert isinstance(error, CommandRefused)
    assert error.code == code
    assert str(code) in str(error)


def test_the_devices_own_message_is_not_repeated() -> None:
    """It is in any language and may hold anything."""
    error = error_from({"code": "100006", "message": "+15550100"})
    assert "15550100" not in str(error)


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"waittime": "1"}, 1),
        ({"waittime": "30", "count": "0"}, 30),
        ({"tobelockedtime": "7"}, 7),
        ({"waittime": "3", "tobelockedtime": "7"}, 3),
        ({"waittime": "0", "tobelockedtime": "7"}, 7),
    ],
    ids=str,
)
def test_lockout_with_its_time(fields: dict[str, str], minutes: int) -> None:
    """The device says for how many minutes nobody may log in."""
    error = error_from({"code": "108007", **fields})
    assert isinstance(error, AuthenticationFailed)
    assert error.locked_for == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "fields", [{}, {"waittime": None}, {"waittime": ""}, {"waittime": "0"}, {"waittime": "soon"}]
)
def test_lockout_without_its_time(fields: dict[str, str | None]) -> None:
    """Where the device does not say, some minutes are assumed rather than none."""
    error = error_from({"code": "108007", **fields})
    assert isinstance(error, AuthenticationFailed)
    assert error.locked_for == timedelta(minutes=5)


@pytest.mark.parametrize("code", [108001, 108002, 108006, 115002])
def test_refusal_is_no_lockout(code: int) -> None:
    """A wrong password does not become right by waiting, whatever times are told beside."""
    error = error_from({"code": str(code), "count": "1", "remaincount": "2", "waittime": "0"})
    assert isinstance(error, AuthenticationFailed)
    assert error.locked_for is None
