"""What became of the messages that were to be sent, and what was said of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from .evidence import Evidence
from .sending import AWAY, UNEXPECTED, Answer, Order
from .verdict import Row


class Fate(StrEnum):
    """What really became of a message, as the device knows."""

    NOT_TAKEN = "not taken"
    PENDING = "pending"
    LOST = "lost"
    FAILED = "failed"
    SENT = "sent"
    DELIVERED = "delivered"


class Account(StrEnum):
    """What was said of a message in the end. What may follow what comes before it."""

    NONE = "none"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    REFUSED = "rejected"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"


_COURSE: Final = tuple(Account)

_PRECEDENCE: Final = (
    Account.DELIVERED,
    Account.SENT,
    Account.ACCEPTED,
    Account.UNKNOWN,
    Account.FAILED,
    Account.REFUSED,
    Account.NONE,
)
"""Which account counts if a message was asked for again and there is one for each time."""

ENDED: Final = frozenset({Fate.FAILED, Fate.SENT, Fate.DELIVERED})
"""Ends that stand in the device's list, where whoever looks finds them."""

_CONTRADICTIONS: Final[Mapping[str, Mapping[Account, frozenset[Fate]]]] = {
    "said to be accepted and no more, and has an end": {Account.ACCEPTED: ENDED},
    "said to be unknown to the end, and has an end": {Account.UNKNOWN: ENDED},
    "said to be sent and no more, and is delivered": {Account.SENT: frozenset({Fate.DELIVERED})},
    "said to have got further than it did": {
        Account.DELIVERED: frozenset(Fate) - {Fate.DELIVERED},
        Account.SENT: frozenset(Fate) - {Fate.SENT, Fate.DELIVERED},
        Account.ACCEPTED: frozenset({Fate.NOT_TAKEN}),
    },
    "said not to be sent, and was": {
        Account.FAILED: frozenset({Fate.PENDING, Fate.SENT, Fate.DELIVERED}),
        Account.REFUSED: frozenset(Fate) - {Fate.NOT_TAKEN},
    },
}
"""What cannot have become of a message of which that is the last word."""


@dataclass(frozen=True, kw_only=True)
class SentVerdict:
    """Compares what was said with what the device has done."""

    orders: Sequence[Order]
    fates: Mapping[str, Sequence[Fate]]
    """Of every message that the device took, by number."""

    evidence: Evidence
    journal: Sequence[Mapping[str, Any]]
    """What Gatehouse itself has written down, oldest first."""

    unanswered: Mapping[str, str]
    """What went wrong with the device's answer, by number."""

    @cached_property
    def _latest(self) -> Mapping[str, str]:
        """Ids of the last entries of the journal, by number."""
        return {entry["number"]: entry["key"] for entry in self.journal}

    def _id(self, order: Order, answer: Answer) -> str | None:
        """Return the id of the message that an answer is about.

        Where the answer has none it is the latest one: nobody asks again after such an answer.
        """
        if answer.error or answer.word == AWAY:
            return None
        return answer.id or self._latest.get(order.number)

    @cached_property
    def _words(self) -> Mapping[str, set[str]]:
        """What was said of each message, by the id of its entry in the journal."""
        said: defaultdict[str, set[str]] = defaultdict(set)
        for line in self.evidence.status:
            said[line["id"]].add(line["event_type"])
        for order in self.orders:
            for answer in order.answers:
                identifier = self._id(order, answer)
                if identifier is not None and answer.word in set(Account):
                    said[identifier].add(answer.word)
        return said

    @cached_property
    def _accounts(self) -> Mapping[str, Account]:
        """The account of each message, by number."""
        said: defaultdict[str, dict[object, Account]] = defaultdict(dict)

        def take(number: str, identifier: object, account: Account) -> None:
            before = said[number].get(identifier, Account.NONE)
            said[number][identifier] = max(before, account, key=_COURSE.index)

        for order in self.orders:
            take(order.number, None, Account.NONE)
            for position, answer in enumerate(order.answers):
                take(order.number, self._id(order, answer) or position, _account(answer))
        for line in self.evidence.status:
            take(line["number"], line["id"], Account(line["event_type"]))
        return {
            number: min(accounts.values(), key=_PRECEDENCE.index)
            for number, accounts in said.items()
        }

    def _fate(self, number: str) -> Fate:
        """Return what became of a message."""
        return next(iter(self.fates.get(number, ())), Fate.NOT_TAKEN)

    def rows(self) -> Iterator[Row]:
        """Yield the table."""
        yield from self._course()
        yield from self._ends()
        yield from self._untrue()
        yield from self._repeated()

    def _course(self) -> Iterator[Row]:
        """Yield how it went."""
        words = Counter(answer.word for order in self.orders for answer in order.answers)
        states = {entry["number"]: entry["state"] for entry in self.journal}
        doubted = [
            order.number
            for order in self.orders
            if order.number in self.fates
            and (order.number in self.unanswered or order.interruptions)
        ]
        found = sum(states.get(number) in {"accepted", "sent", "delivered"} for number in doubted)
        asked = sum(len(order.answers) > 1 for order in self.orders)
        yield Row(name="to be sent", count=len(self.orders))
        yield Row(name="taken by the device", count=sum(map(len, self.fates.values())))
        yield Row(name="asked for more than once", count=asked)
        yield Row(name="calls that Home Assistant did not live to answer", count=words[AWAY])
        refusals = sum(order.refusals for order in self.orders)
        yield Row(name="calls that were refused", count=refusals)
        yield Row(name="taken, and no reply came", count=len(doubted))
        yield Row(name="of these found by looking", count=found)

    def _ends(self) -> Iterator[Row]:
        """Yield with which account it ended."""
        ends = Counter(
            (self._accounts[order.number], self._fate(order.number)) for order in self.orders
        )
        for account in Account:
            for fate in Fate:
                if count := ends[account, fate]:
                    yield Row(name=f"end: {account}; at the device: {fate}", count=count)

    def _untrue(self) -> Iterator[Row]:
        """Yield what was said, or was not, against what the device knows."""
        yield Row(name="sends that nobody was told of", count=self._silent, wrong=True)
        for name, contradictions in _CONTRADICTIONS.items():
            count = sum(
                self._fate(number) in contradictions.get(account, ())
                for number, account in self._accounts.items()
            )
            yield Row(name=name, count=count, wrong=True)
        two_ends = sum({"delivered", "failed"} <= words for words in self._words.values())
        yield Row(name="told to have two ends", count=two_ends, wrong=True)
        strange = self._accounts.keys() - {order.number for order in self.orders}
        yield Row(name="told of, and never asked for", count=len(strange), wrong=True)

    @property
    def _silent(self) -> int:
        """Count the messages that were written down to be sent, and nothing was said of them.

        A message that was refused has no event; its caller has been told.
        """
        return sum(
            entry["key"] not in self._words
            and (
                entry["state"] != Account.REFUSED
                or self._accounts.get(entry["number"]) is Account.NONE
            )
            for entry in self.journal
        )

    def _repeated(self) -> Iterator[Row]:
        """Yield what was said or done more than once, or without being written down."""
        plain = [line for line in self.evidence.status if not line.get("redelivered")]
        twice = len(plain) - len({(line["id"], line["event_type"]) for line in plain})
        marked = len(self.evidence.status) - len(plain)
        yield Row(name="events marked redelivered", count=marked)
        yield Row(name="events told of twice, and not marked", count=twice, wrong=True)
        vague = sum(answer.word in UNEXPECTED for o in self.orders for answer in o.answers)
        yield Row(name="answers by an error without a text", count=vague, wrong=True)
        known = {entry["number"] for entry in self.journal if entry["state"] != Account.REFUSED}
        unwritten = self.fates.keys() - known
        yield Row(name="sent without being written down", count=len(unwritten), wrong=True)
        sent_twice = sum(len(fates) - 1 for fates in self.fates.values())
        yield Row(name="sent twice", count=sent_twice, wrong=True)


def _account(answer: Answer) -> Account:
    """Return what an answer says of a message."""
    if answer.error:
        return Account.REFUSED if answer.definite else Account.UNKNOWN
    return Account(answer.word) if answer.word in set(Account) else Account.NONE
