"""Which network the device uses: modes, bands, operators.

A change makes the radio register anew: the device may answer that it failed, or not at all, and
may find no network any more. So every change is looked at until the network is back, and undone
where it does not come back in time.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any, Final, Protocol

from ..errors import (
    AuthenticationFailed,
    ChangeNotUndone,
    ChangeUndone,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotSupported,
    OutcomeUnknown,
)
from . import bands, xml
from .errors import DEFAULT_FAILURE, MEANINGS
from .models import (
    NetworkMode,
    NetworkModeList,
    Operator,
    OperatorList,
    Registration,
    Status,
)

PATIENCE: Final = 60
"""Seconds within which a network is to be found."""

LOOK_SECONDS: Final = 3
LOOK_INTERVAL: Final = float(LOOK_SECONDS)

_STEADY: Final = 2
"""Looks in a row that find a network: right after a change the previous one may still show."""

_KEPT: Final = 5
"""Looks after which a device that still has its previous setting will not change any more."""

_SCAN_PATIENCE: Final = 300
"""Seconds; a search takes minutes where there are many networks."""

_SERVICE: Final = 2
_NETWORK_MODE_FAILED: Final = 112003
_REGISTRATION_FAILED: Final = 112005

_ORDER: Final = ("NetworkMode", "NetworkBand", "LTEBand")
"""Firmware refuses any other."""


class Requests(Protocol):
    """What is needed of the client."""

    async def get(self, path: str, *, patience: float | None = None) -> xml.Fields | str:
        """Read a page that may take long."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""

    async def command(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Send a command."""


class NetworkControl:
    """Modes, bands and operators (the seed only names the pages). One change at a time.

    Changes raise ChangeUndone or ChangeNotUndone where the device finds no network within the
    patience (seconds), though it had one before; CommandRefused where it keeps what it had.
    """

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._lock = asyncio.Lock()

    async def mode_list(self) -> NetworkModeList:
        """Read which modes and bands there are (net/net-mode-list)."""
        return NetworkModeList.from_fields(await self._client.fields(NetworkModeList.ENDPOINT))

    async def registration(self) -> Registration:
        """Read how the network is chosen (net/register)."""
        return Registration.from_fields(await self._client.fields(Registration.ENDPOINT))

    async def set_mode(self, code: str, *, patience: int = PATIENCE) -> None:
        """Use one of the listed modes, on the same bands as before (net/net-mode)."""

        def is_taken(fields: xml.Fields) -> bool:
            """Tell whether the device has the mode."""
            return NetworkMode.from_fields(fields).network_mode == code

        await self._change_net_mode({"NetworkMode": code}, is_taken, patience)

    async def set_lte_bands(
        self, wanted: Collection[int] | None, *, patience: int = PATIENCE
    ) -> None:
        """Use these LTE bands, None for all, in the same mode as before (net/net-mode)."""
        listed = NetworkModeList()
        if wanted is None:
            with suppress(NotSupported):
                listed = await self.mode_list()

        def is_taken(fields: xml.Fields) -> bool:
            """Tell whether the device has the bands; for all it may give a mask of its own."""
            found = NetworkMode.from_fields(fields).lte_bands
            if wanted is None:
                return found is not None and (not found or set(found) >= set(listed.lte_bands))
            return found is not None and set(found) == set(wanted)

        everything = listed.all_lte_bands or bands.ALL_BANDS
        mask = everything if wanted is None else bands.mask_of(wanted)
        await self._change_net_mode({"LTEBand": mask}, is_taken, patience)

    async def select_operator(
        self, plmn: str | None, rat: int | None = None, *, patience: int = PATIENCE
    ) -> None:
        """Use the network of a code such as `26202`, None for the best one (net/register).

        `rat`: radio access technology as in `Operator.rat`; None leaves it to the device.
        """
        wanted = {"Mode": int(plmn is not None), "Plmn": plmn, "Rat": rat}

        def is_taken(fields: xml.Fields) -> bool:
            """Tell whether the device has the choice."""
            found = Registration.from_fields(fields)
            return found.manual is (plmn is not None) and (plmn is None or found.plmn == plmn)

        async with self._lock:
            before = await self._client.fields(Registration.ENDPOINT)
            previous = {name: before.get(name) for name in wanted}
            await self._change(
                Registration.ENDPOINT, previous, wanted, is_taken, patience, _REGISTRATION_FAILED
            )

    async def scan(self) -> OperatorList:
        """Search for networks (net/plmn-list): minutes, in which there is no connection."""
        content = await self._client.get(OperatorList.ENDPOINT, patience=_SCAN_PATIENCE)
        if not isinstance(content, dict):
            raise InvalidReply(f"{OperatorList.ENDPOINT} has no fields")
        return OperatorList.from_fields(content)

    async def _change_net_mode(
        self, changes: Mapping[str, str], is_taken: Callable[[xml.Fields], bool], patience: int
    ) -> None:
        """Change a part of net/net-mode and keep the rest."""
        async with self._lock:
            before = await self._client.fields(NetworkMode.ENDPOINT)
            if any(name not in before for name in _ORDER):
                raise NotSupported(f"{NetworkMode.ENDPOINT} is not complete")
            previous = {name: before[name] for name in _ORDER} | before
            await self._change(
                NetworkMode.ENDPOINT,
                previous,
                {**previous, **changes},
                is_taken,
                patience,
                _NETWORK_MODE_FAILED,
            )

    async def _change(
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
