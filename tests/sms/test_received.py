"""Received messages: what makes two of them equal, and what they do not tell."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from custom_components.gatehouse.sms.received import Received

from .fakes import NOW, received, row


@pytest.mark.parametrize(
    "other",
    [
        received("Hallo"),
        received(sender="+15550101"),
        received(time=NOW + timedelta(seconds=1)),
        received(time=None),
        received(port="2"),
        received(port=None),
    ],
)
def test_fingerprints_differ(other: Received) -> None:
    """Whatever differs makes it another message."""
    assert received().fingerprint != other.fingerprint


def test_fingerprint_is_bound_to_no_time_zone() -> None:
    """The owner may correct the time zone of a device, and its messages stay known."""
    elsewhere = NOW.replace(tzinfo=timezone(timedelta(hours=8)))
    assert received(time=elsewhere).fingerprint == received().fingerprint


def test_fields_do_not_run_into_each_other() -> None:
    """What ends one field does not begin the next."""
    assert received("b|c", sender="a").fingerprint != received("c", sender="a|b").fingerprint


def test_time_without_zone() -> None:
    """A time that cannot be compared is refused where it comes from."""
    with pytest.raises(ValueError, match="time zone"):
        received(time=datetime(2030, 6, 1))  # noqa: DTZ001 - it is the point


@pytest.mark.parametrize("time", [None, NOW, datetime(2030, 1, 1, tzinfo=UTC)])
def test_dump(time: datetime | None) -> None:
    """A message survives JSON."""
    message = received(time=time)
    assert Received.parse(message.dump()) == message


def test_repr_is_discreet() -> None:
    """Neither text nor number appear where a message is logged."""
    shown = repr(row(7, "the secret", key="40000|+15550100"))
    assert "secret" not in shown
    assert "5550100" not in shown
