"""Model of the radio signal."""

from dataclasses import dataclass
from typing import ClassVar, Final

from .. import radio
from ..values import count, integer, text
from .reply import Fields, Reply, derive, read, read_part, read_tuple


class RadioMode:
    """Values of `mode`."""

    GSM: Final = 0
    UMTS: Final = 2
    LTE: Final = 7
    LTE_ANCHOR: Final = 11
    NR: Final = 12


LTE_MODES: Final = frozenset({RadioMode.LTE, RadioMode.LTE_ANCHOR})
"""Modes in which the cell is one of LTE, whether or not 5G carries data beside it."""

_SECTOR_BITS: Final = 8
"""An LTE cell identity is 20 bits of eNodeB and 8 bits of sector (TS 36.300)."""


def _lte_cell(fields: Fields) -> int | None:
    """Return the cell identity while it is one of LTE; NR divides its own elsewhere."""
    return (
        radio.cell_id(fields.get("cell_id")) if integer(fields.get("mode")) in LTE_MODES else None
    )


def _enodeb(fields: Fields) -> int | None:
    """Return the base station as told, or as contained in the cell identity."""
    told = count(fields.get("enodeb_id"))
    if told:
        return told
    cell = _lte_cell(fields)
    return None if cell is None else cell >> _SECTOR_BITS


def _sector(fields: Fields) -> int | None:
    """Return the sector that the cell identity contains."""
    cell = _lte_cell(fields)
    return None if cell is None else cell & ((1 << _SECTOR_BITS) - 1)


def _tracking_area(fields: Fields) -> int | None:
    """Return the tracking area in the notation of the radio technology."""
    on_nr = integer(fields.get("mode")) == RadioMode.NR
    return (radio.nr_area_code if on_nr else radio.area_code)(fields.get("tac"))


def _downlink_frequency(fields: Fields) -> float | None:
    """Return the exact frequency, or the rounded one."""
    return radio.frequency(fields.get("dlfrequency")) or radio.frequency_in_tenths(
        fields.get("ltedlfreq")
    )


def _uplink_frequency(fields: Fields) -> float | None:
    """Return the exact frequency, or the rounded one."""
    return radio.frequency(fields.get("ulfrequency")) or radio.frequency_in_tenths(
        fields.get("lteulfreq")
    )


def _rrc_connected(fields: Fields) -> bool | None:
    """Tell whether the radio connection is active."""
    status = integer(fields.get("rrc_status"))
    return None if status is None else status == 1


@dataclass(frozen=True, kw_only=True)
class Signal(Reply):
    """The serving cell and how it is received; on NR standalone most is in the `nr_` fields."""

    ENDPOINT: ClassVar[str] = "device/signal"

    mode: int | None = read(integer, "mode")
    """Radio technology, one of `RadioMode`."""

    pci: int | None = read(radio.physical_cell_id, "pci")
    """Physical cell identity."""

    cell_id: int | None = read(radio.cell_id, "cell_id")
    """Cell identity, 28 bits on LTE and 36 bits on NR."""

    enodeb_id: int | None = derive(_enodeb, default=None)
    """Base station."""

    sector: int | None = derive(_sector, default=None)
    """Sector of the base station; LTE only."""

    rsrp: float | None = read(radio.rsrp, "rsrp")
    """dBm."""

    rsrq: float | None = read(radio.rsrq, "rsrq")
    """dB."""

    rssi: float | None = read(radio.rssi, "rssi")
    """dBm."""

    sinr: float | None = read(radio.sinr, "sinr")
    """dB."""

    rscp: float | None = read(radio.rscp, "rscp")
    """dBm; 3G only."""

    ecio: float | None = read(radio.ecio, "ecio")
    """dB; 3G only."""

    band: str | None = read(text, "band", "lte_bandinfo")
    """Number of the band, or all carriers, as the device writes it."""

    carriers: tuple[radio.Carrier, ...] = read_tuple(radio.carriers, "band")
    """Carriers in use, where the device lists them."""

    anchor_band: str | None = read(text, "bandInfo")
    """Band of the primary carrier, such as `B1`."""

    downlink_bandwidth: float | None = read(radio.bandwidth, "dlbandwidth", "lte_bandwidth")
    """MHz."""

    uplink_bandwidth: float | None = read(radio.bandwidth, "ulbandwidth")
    """MHz."""

    downlink_earfcn: int | None = read_part(
        radio.channel_pair, "earfcn", lambda pair: pair.downlink
    )
    """Channel number."""

    uplink_earfcn: int | None = read_part(radio.channel_pair, "earfcn", lambda pair: pair.uplink)
    """Channel number."""

    downlink_frequency: float | None = derive(_downlink_frequency, default=None)
    """MHz."""

    uplink_frequency: float | None = derive(_uplink_frequency, default=None)
    """MHz."""

    tx_power_pusch: float | None = read_part(
        radio.transmit_power, "txpower", lambda power: power.pusch
    )
    """dBm; shared channel, which carries the data."""

    tx_power_pucch: float | None = read_part(
        radio.transmit_power, "txpower", lambda power: power.pucch
    )
    """dBm; control channel."""

    tx_power_srs: float | None = read_part(radio.transmit_power, "txpower", lambda power: power.srs)
    """dBm; sounding reference signal."""

    tx_power_prach: float | None = read_part(
        radio.transmit_power, "txpower", lambda power: power.prach
    )
    """dBm; random access channel."""

    cqi0: int | None = read(radio.cqi, "cqi0")
    """Channel quality indicator of the first code word, 0 to 15."""

    cqi1: int | None = read(radio.cqi, "cqi1")
    """Channel quality indicator of the second code word, 0 to 15."""

    downlink_mcs: tuple[int, ...] = read_tuple(radio.mcs, "dl_mcs")
    """Modulation and coding schemes by code word, 0 to 31."""

    uplink_mcs: tuple[int, ...] = read_tuple(radio.mcs, "ul_mcs")
    """Modulation and coding schemes by carrier, 0 to 31."""

    tac: int | None = derive(_tracking_area, default=None)
    """Tracking area code."""

    lac: int | None = read(radio.area_code, "lac")
    """Location area code; 2G and 3G."""

    rac: int | None = read(radio.routing_area, "rac")
    """Routing area code; 2G and 3G."""

    plmn: str | None = read(text, "plmn")
    """Country and network code, such as `26202`."""

    transmission_mode: int | None = read(radio.transmission_mode, "transmode")
    """LTE transmission mode, 1 to 10."""

    rrc_connected: bool | None = derive(_rrc_connected, default=None)
    """Whether the radio connection is active rather than idle."""

    neighbours: tuple[int, ...] = read_tuple(radio.neighbours, "nei_cellid")
    """Physical cell identities of the neighbor cells."""

    nr_rsrp: float | None = read(radio.rsrp, "nrrsrp")
    """dBm."""

    nr_rsrq: float | None = read(radio.nr_rsrq, "nrrsrq")
    """dB."""

    nr_sinr: float | None = read(radio.sinr, "nrsinr")
    """dB."""

    nr_rssi: float | None = read(radio.rssi, "nrrssi")
    """dBm."""

    nr_earfcn: int | None = read_part(radio.channel_pair, "nrearfcn", lambda pair: pair.downlink)
    """NR channel number (NR-ARFCN) of the downlink."""

    nr_bler: float | None = read(radio.block_error_rate, "nrbler")
    """Block error rate in percent."""

    nr_rank: int | None = read(radio.rank, "nrrank")
    """Spatial layers, 1 to 8."""

    nr_cqi0: int | None = read(radio.cqi, "nrcqi0")
    """Channel quality indicator of the first code word, 0 to 15."""

    nr_cqi1: int | None = read(radio.cqi, "nrcqi1")
    """Channel quality indicator of the second code word, 0 to 15."""

    nr_downlink_mcs: tuple[int, ...] = read_tuple(radio.mcs, "nrdlmcs")
    """Modulation and coding schemes by code word, 0 to 31."""

    nr_uplink_mcs: tuple[int, ...] = read_tuple(radio.mcs, "nrulmcs")
    """Modulation and coding schemes by carrier, 0 to 31."""

    nr_downlink_bandwidth: float | None = read(radio.bandwidth, "nrdlbandwidth")
    """MHz."""

    nr_uplink_bandwidth: float | None = read(radio.bandwidth, "nrulbandwidth")
    """MHz."""

    nr_tx_power: float | None = read_part(
        radio.transmit_power, "nrtxpower", lambda power: power.pusch
    )
    """dBm; shared channel, which carries the data."""

    nr_downlink_frequency: float | None = read(radio.frequency, "nrdlfreq")
    """MHz."""

    nr_uplink_frequency: float | None = read(radio.frequency, "nrulfreq")
    """MHz."""

    @property
    def has_nr(self) -> bool:
        """Tell whether a 5G carrier is received."""
        measured = (self.nr_rsrp, self.nr_rsrq, self.nr_sinr, self.nr_rssi, self.nr_earfcn)
        return any(value is not None for value in measured) or any(
            carrier.is_nr for carrier in self.carriers
        )
