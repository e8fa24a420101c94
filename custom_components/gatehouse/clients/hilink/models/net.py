"""Models of the mobile network and its settings."""

from dataclasses import dataclass
from typing import ClassVar

from .. import bands
from ..values import flag, integer, text
from .reply import Reply, read


@dataclass(frozen=True, kw_only=True)
class Operator(Reply):
    """The network in which the device is registered."""

    ENDPOINT: ClassVar[str] = "net/current-plmn"

    state: int | None = read(integer, "State")
    """Code of the registration; 0 when registered."""

    full_name: str | None = read(text, "FullName")
    short_name: str | None = read(text, "ShortName")

    numeric: str | None = read(text, "Numeric")
    """Country and network code, such as `26202`."""

    rat: int | None = read(integer, "Rat")
    """Radio access technology: 0 2G, 2 3G, 5 HSPA, 7 LTE, 12 NR."""

    service_provider: str | None = read(text, "Spn")
    """Brand that the SIM card names, which may not be the network's."""

    @property
    def name(self) -> str | None:
        """Return the best name there is."""
        return self.full_name or self.short_name or self.service_provider


@dataclass(frozen=True, kw_only=True)
class NetworkMode(Reply):
    """Radio technologies and bands that the device may use."""

    ENDPOINT: ClassVar[str] = "net/net-mode"

    network_mode: str | None = read(text, "NetworkMode")
    """`00` automatic, `01` 2G, `02` 3G, `03` 4G, `08` 5G, and pairs such as `0302`."""

    network_band: str | None = read(text, "NetworkBand")
    """Hexadecimal mask of the 2G and 3G bands."""

    lte_band: str | None = read(text, "LTEBand")
    """Hexadecimal mask of the LTE bands."""

    network_option: str | None = read(text, "networkOption")
    """Choice between NR standalone and beside LTE, on 5G devices."""

    @property
    def lte_bands(self) -> tuple[int, ...] | None:
        """Return the numbers of the LTE bands, an empty tuple for all; None where not known."""
        mask = bands.mask(self.lte_band)
        if mask is None:
            return None
        return () if bands.is_all(mask) else bands.numbers(mask)


@dataclass(frozen=True, kw_only=True)
class MobileData(Reply):
    """The switch of the mobile connection."""

    ENDPOINT: ClassVar[str] = "dialup/mobile-dataswitch"

    enabled: bool | None = read(flag, "dataswitch")
