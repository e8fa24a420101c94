"""The commissioner, and the joiners it lets into the network."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag

from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.options import GlS20Options

ANYONE = "*"
MAX_JOINERS = 50


class JoinerStatus(IntEnum):
    """States of a joiner."""

    READY = 0
    JOINING = 1
    JOINED = 2
    TIMEOUT = 3


class Rejoin(IntFlag):
    """Which joiners may try again: 3 means all."""

    TIMED_OUT = 1
    JOINED = 2


@dataclass(kw_only=True)
class Joiner:
    """A device that may join, or any device with the right PSKd."""

    eui64: str
    pskd: str
    timeout: int
    added: float
    armed: float | None = None
    """Since when the commissioner waits for it."""
    joining_since: float | None = None
    joined: float | None = None
    timed_out: bool = False

    @property
    def status(self) -> JoinerStatus:
        """Return the state."""
        if self.joined is not None:
            return JoinerStatus.JOINED
        if self.timed_out:
            return JoinerStatus.TIMEOUT
        return JoinerStatus.READY if self.joining_since is None else JoinerStatus.JOINING

    def settle(self, now: float, join_seconds: float) -> None:
        """Let time pass; who has begun to join in time gets in."""
        if self.status is JoinerStatus.JOINING and self.joining_since is not None:
            if now - self.joining_since >= join_seconds:
                self.joined = self.joining_since + join_seconds
        elif self.status is JoinerStatus.READY and self.armed is not None:
            self.timed_out = now - self.armed >= self.timeout

    def ready(self, timeout: int, armed: float | None) -> None:
        """Wait for the joiner once more."""
        self.timeout = timeout
        self.armed = armed
        self.joining_since = None
        self.joined = None
        self.timed_out = False


class Commissioner:
    """The commissioner and its list."""

    def __init__(self) -> None:
        """Start switched off, with nobody on the list."""
        self.joiners: list[Joiner] = []
        self._staged: list[tuple[str, str]] = []
        self._active_from: float | None = None

    def active(self, now: float) -> bool:
        """Return whether the commissioner is active."""
        return self._active_from is not None and now >= self._active_from

    @property
    def enabled(self) -> bool:
        """Return whether the commissioner is active or about to be."""
        return self._active_from is not None

    def enable(self, now: float, options: GlS20Options) -> None:
        """Switch on; the time of every waiting joiner begins."""
        if self._active_from is None:
            self._active_from = now + options.commissioner_seconds
            for joiner in self.joiners:
                if joiner.status is JoinerStatus.READY:
                    joiner.armed = self._active_from

    def disable(self) -> None:
        """Switch off; nobody gets in and no time runs out."""
        self._active_from = None
        for joiner in self.joiners:
            if joiner.status in {JoinerStatus.READY, JoinerStatus.JOINING}:
                joiner.ready(joiner.timeout, None)

    def settle(self, now: float, options: GlS20Options) -> None:
        """Bring every joiner up to the present moment."""
        for joiner in self.joiners:
            joiner.settle(now, options.join_seconds)

    def _armed(self, now: float) -> float | None:
        """Return since when a joiner added now is waited for."""
        return None if self._active_from is None else max(now, self._active_from)

    def add(self, entries: list[tuple[str, str]], timeout: int, now: float) -> None:
        """Put joiners on the list; one that is already on it starts anew."""
        known = {each.eui64: each for each in self.joiners if each.eui64 != ANYONE}
        new = [eui64 for eui64, _ in entries if eui64 not in known]
        if len(self.joiners) + len(new) > MAX_JOINERS:
            raise DeviceError(Code.FULL, f"At most {MAX_JOINERS} joiners")
        for eui64, pskd in entries:
            joiner = known.get(eui64)
            if joiner is None:
                joiner = Joiner(eui64=eui64, pskd=pskd, timeout=timeout, added=now)
                self.joiners.append(joiner)
            joiner.pskd, joiner.added = pskd, now
            joiner.ready(timeout, self._armed(now))

    def stage(self, entries: list[tuple[str, str]]) -> None:
        """Keep EUI-64s and PSKds until they are committed."""
        if len(entries) > MAX_JOINERS:
            raise DeviceError(Code.FULL, f"At most {MAX_JOINERS} joiners")
        self._staged = entries

    def commit(self, timeout: int, now: float) -> None:
        """Put the imported joiners on the list."""
        if not self._staged:
            raise DeviceError(Code.FAILED, "Nothing imported")
        self.add(self._staged, timeout, now)
        self._staged = []

    def remove(self, eui64s: list[str]) -> None:
        """Take joiners off the list."""
        self.joiners = [each for each in self.joiners if each.eui64 not in eui64s]

    def rejoin(self, which: Rejoin, timeout: int, now: float) -> None:
        """Wait once more for those who timed out, who joined, or for all."""
        for joiner in self.joiners:
            chosen = {
                JoinerStatus.TIMEOUT: Rejoin.TIMED_OUT in which,
                JoinerStatus.JOINED: Rejoin.JOINED in which,
            }.get(joiner.status, which == Rejoin.TIMED_OUT | Rejoin.JOINED)
            if chosen:
                joiner.ready(timeout, self._armed(now))

    def let_join(self, eui64: str, pskd: str | None, now: float) -> bool:
        """Return whether a device begins to join; without a PSKd it has the right one."""
        for joiner in sorted(self.joiners, key=lambda each: each.eui64 == ANYONE):
            fits = joiner.eui64 in {eui64, ANYONE} and pskd in {None, joiner.pskd}
            if self.active(now) and fits and joiner.status is JoinerStatus.READY:
                joiner.joining_since = now
                return True
        return False
