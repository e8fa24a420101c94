"""What a soak has shown."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulators.openvox.outbox import SentMessage

from .evidence import Evidence
from .traffic import Order

KNOWN: Final = frozenset({"accepted", "sent", "delivered"})
"""States of a message that was sent for sure, or soon will be."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table."""

    name: str
    count: int
    wrong: bool = False
    """Whether anything but zero is a failure."""


def received_rows(
    evidence: Evidence, expected: Counter[str], *, old: set[str], baseline: set[str]
) -> Iterator[Row]:
    """Yield what became of received messages."""
    once = marked = again = unheard = lost = duplicates = late = misjudged = 0
    for text, count in expected.items():
        lines = evidence.received[text]
        plain = [line for line in lines if not line["redelivered"]]
        ids = {line["id"] for line in lines}
        lost += max(0, count - len(ids))
        duplicates += max(0, len(plain) - count)
        once += len(ids) if len(lines) == len(ids) == count else 0
        marked += len(lines) - len(plain)
        again += len(lines) - len(ids)
        unheard += sum(not evidence.automated[identifier] for identifier in ids)
        late += sum(line["event_type"] == "received_late" for line in lines)
        right = "received_late" if text in old else "received"
        misjudged += sum(line["event_type"] != right for line in lines)
    yield Row(name="received by the gateway", count=expected.total())
    yield Row(name="told of exactly once", count=once)
    yield Row(name="events marked redelivered", count=marked)
    yield Row(name="events of messages that had been told of", count=again)
    yield Row(name="events marked late", count=late)
    yield Row(name="missed by an automation", count=unheard)
    yield Row(name="late or not, and marked wrongly", count=misjudged, wrong=True)
    fired = sum(len(evidence.received[text]) for text in baseline)
    yield Row(name="older than the set-up, told of", count=fired, wrong=True)
    strange = evidence.received.keys() - expected.keys() - baseline
    yield Row(name="never received, told of", count=len(strange), wrong=True)
    yield Row(name="lost", count=lost, wrong=True)
    yield Row(name="duplicates not marked redelivered", count=duplicates, wrong=True)


def sent_rows(
    orders: list[Order],
    sent: list[SentMessage],
    *,
    evidence: Evidence,
    unanswered: Mapping[str, str],
    journal: list[dict[str, Any]],
) -> Iterator[Row]:
    """Yield what became of messages that were to be sent."""
    taken = Counter(message.number for message in sent)
    # Of several entries with a number those of definite refusals come before the one that counts.
    state = {entry["number"]: entry["state"] for entry in journal}
    lost_replies = [order for order in orders if order.number in unanswered or order.interruptions]
    doubted = [order for order in lost_replies if taken[order.number]]
    resolved = [order for order in doubted if state.get(order.number) in KNOWN]
    not_taken = Counter(order.answer for order in orders if not taken[order.number])
    claimed = [order for order in orders if order.answer in KNOWN]
    denied = [order for order in orders if order.answer in {"failed", "rejected"}]
    delivered = Counter(
        line["number"]
        for lines in evidence.status.values()
        for line in lines
        if line["event_type"] == "delivered"
    )
    yield Row(name="to be sent", count=len(orders))
    yield Row(name="sent by the gateway", count=taken.total())
    yield Row(
        name="asked for again, with their key",
        count=sum(order.interruptions for order in orders if order.key),
    )
    yield Row(
        name="refused and asked for again", count=sum(order.refusals.total() for order in orders)
    )
    yield Row(name="taken, and no reply came", count=len(doubted))
    yield Row(name="of these found by looking", count=len(resolved))
    yield Row(name="of these unknown to the end", count=len(doubted) - len(resolved))
    yield Row(name="not sent, said to be unknown", count=not_taken.pop("unknown", 0))
    yield Row(name="not sent, Home Assistant gone before it said so", count=not_taken.pop(None, 0))
    yield Row(name="not sent, and said so", count=not_taken.total())
    yield Row(name="delivery reports told of", count=sum(delivered.values()))
    yield Row(
        name="delivery reports told of twice",
        count=sum(count - 1 for count in delivered.values()),
        wrong=True,
    )
    yield Row(
        name="said to be sent, and was not",
        count=sum(not taken[order.number] for order in claimed),
        wrong=True,
    )
    yield Row(
        name="said not to be sent, and was",
        count=sum(taken[order.number] for order in denied),
        wrong=True,
    )
    yield Row(name="sent twice", count=sum(count - 1 for count in taken.values()), wrong=True)
