"""Which network the device uses: modes, bands, operators."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Final, Protocol

from ..errors import InvalidReply, NotSupported
from . import band_locks, bands, xml
from .band_locks import BandLocks
from .errors import NETWORK_MODE_FAILED, REGISTRATION_FAILED
from .models import NetworkMode, NetworkModeList, OperatorList, Registration
from .radio_changes import PATIENCE, RadioChanges

_SCAN_PATIENCE: Final = 300
"""Seconds; a search takes minutes where there are many networks."""

_ORDER: Final = ("NetworkMode", "NetworkBand", "LTEBand")
"""Firmware refuses any other."""


class Requests(band_locks.Requests, Protocol):
    """What is needed of the client."""

    async def get(self, path: str, *, patience: float | None = None) -> xml.Fields | str:
        """Read a page that may take long."""


class NetworkControl:
    """Modes, bands and operators (the seed only names the pages), changed by `RadioChanges`."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._radio = RadioChanges(client)
        self.locks = BandLocks(client, self._radio)

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
        """Use these LTE bands, None for all, in the same mode as before.

        Newer 5G firmware has net/lock-freq for it and leaves out LTEBand of net/net-mode, which
        is the only place on others.
        """
        try:
            await self.locks.set_lte_bands(wanted, patience=patience)
        except NotSupported:
            await self._set_lte_mask(wanted, patience)

    async def _set_lte_mask(self, wanted: Collection[int] | None, patience: int) -> None:
        """Use LTE bands by net/net-mode."""
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

        async with self._radio.lock:
            before = await self._client.fields(Registration.ENDPOINT)
            previous = {name: before.get(name) for name in wanted}
            await self._radio.make(
                Registration.ENDPOINT, previous, wanted, is_taken, patience, REGISTRATION_FAILED
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
        async with self._radio.lock:
            before = await self._client.fields(NetworkMode.ENDPOINT)
            if any(name not in before for name in _ORDER):
                raise NotSupported(f"{NetworkMode.ENDPOINT} is not complete")
            previous = {name: before[name] for name in _ORDER} | before
            await self._radio.make(
                NetworkMode.ENDPOINT,
                previous,
                {**previous, **changes},
                is_taken,
                patience,
                NETWORK_MODE_FAILED,
            )
