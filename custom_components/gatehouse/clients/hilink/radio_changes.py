"""Changes after which the radio registers anew.

The device may answer that it failed, or not at all, and may find no network any more. So every
change is looked at until the network is back, and undone where it does not come back in time.
"""

import asyncio
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Final, Protocol

from ..errors import (
    AuthenticationFailed,
    ChangeNotUndone,
    ChangeUndone,
    CommandRefused,
    GatehouseError,
    OutcomeUnknown,
)
from . import xml
from .errors import DEFAULT_FAILURE, MEANINGS
from .models import Operator, Status

PATIENCE: Final = 60
"""Seconds within which a network is to be found."""

LOOK_SECONDS: Final = 3
LOOK_INTERVAL: Final = float(LOOK_SECONDS)

_STEADY: Final = 2
"""Looks in a row that find a network: right after a change the previous one may still show."""

_KEPT: Final = 5
"""Looks after which a device that still has its previous setting will not change any more."""

_SERVICE: Final = 2


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""

    async def command(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Send a command."""


class RadioChanges:
    """Makes changes of the radio, one at a time (under its lock), and undoes them.

    Raises ChangeUndone or ChangeNotUndone where the device finds no network within the patience
    (seconds), though it had one before; CommandRefused where it keeps what it had.
    """

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self.lock = asyncio.Lock()

    async def make(
        self,
        path: str,
        previous: Mapping[str, Any],
        wanted: Mapping[str, Any],
        is_taken: Callable[[xml.Fields], bool],
        patience: int,
        failure: int,
    ) -> None:
        """Write a record, wait for the network, and write the previous one where it stays away."""
        changed = [name for name, value in wanted.items() if _text(value) != _text(previous[name])]
        if not changed:
            return
        had_network = await self._has_network()
        await self._write(path, wanted)
        settled = await self._settled(path, is_taken, patience, had_network=had_network)
        if settled is None:
            raise CommandRefused(failure, MEANINGS[failure])
        if settled:
            return

        def is_restored(fields: xml.Fields) -> bool:
            """Tell whether it is as it was; what goes with it may be another word for the same."""
            return _text(fields.get(changed[0])) == _text(previous[changed[0]])

        try:
            await self._write(path, previous)
            restored = await self._settled(path, is_restored, PATIENCE, had_network=had_network)
        except AuthenticationFailed:
            raise
        except GatehouseError as err:
            raise ChangeNotUndone("the previous setting could not be written") from err
        if not restored:
            raise ChangeNotUndone("no network with the previous setting either")
        raise ChangeUndone("no network with the new setting")

    async def _write(self, path: str, record: Mapping[str, Any]) -> None:
        """Write a record; that the device cannot answer while it registers is no failure."""
        try:
            await self._client.command(path, record)
        except OutcomeUnknown:
            return
        except CommandRefused as err:
            if err.code != DEFAULT_FAILURE:
                raise

    async def _settled(
        self,
        path: str,
        is_taken: Callable[[xml.Fields], bool],
        patience: int,
        *,
        had_network: bool,
    ) -> bool | None:
        """Tell whether a change was taken and the network is back; None where it was not taken."""
        steady = kept = 0
        deadline = monotonic() + patience
        for _ in range(max(_KEPT, patience // LOOK_SECONDS)):
            await asyncio.sleep(LOOK_INTERVAL)
            try:
                if not is_taken(await self._client.fields(path)):
                    kept += 1
                elif not had_network:
                    return True
                else:
                    steady = steady + 1 if await self._has_network() else 0
            except AuthenticationFailed:
                raise
            except GatehouseError:
                steady = 0
            if steady == _STEADY:
                return True
            if kept == _KEPT:
                return None
            if monotonic() > deadline:
                break
        return False

    async def _has_network(self) -> bool:
        """Tell whether the device is registered in a network."""
        status = Status.from_fields(await self._client.fields(Status.ENDPOINT))
        if status.service_status is not None:
            return status.service_status == _SERVICE
        operator = Operator.from_fields(await self._client.fields(Operator.ENDPOINT))
        return operator.numeric is not None


def _text(value: object) -> str:
    """Return a value as it is compared; devices mix upper and lower case."""
    return "" if value is None else str(value).upper()
