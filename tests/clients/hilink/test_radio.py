"""Parsers of the radio values in HiLink replies."""

from collections.abc import Callable

import pytest

from custom_components.gatehouse.clients.hilink import radio
from custom_components.gatehouse.clients.hilink.radio import Carrier, ChannelPair, TransmitPower


@pytest.mark.parametrize(
    ("parser", "raw", "expected"),
    [
        (radio.rsrp, "-95dBm", -95.0),
        (radio.rsrp, ">=-44dBm", -44.0),
        (radio.rsrp, "-150dBm", -150.0),
        (radio.rsrp, "-157dBm", None),
        (radio.rsrp, "-30dBm", -30.0),
        (radio.rsrp, "-29dBm", None),
        (radio.rsrp, "0", None),
        (radio.rsrp, "-32768", None),
        (radio.rsrq, "-9.0dB", -9.0),
        (radio.rsrq, "2.5dB", 2.5),
        (radio.rsrq, "3dB", None),
        (radio.rsrq, "-51dB", None),
        (radio.nr_rsrq, "19.5dB", 19.5),
        (radio.nr_rsrq, "20.5dB", None),
        (radio.nr_rsrq, "-10.0dB", -10.0),
        (radio.sinr, "-1dB", -1.0),
        (radio.sinr, ">=30dB", 30.0),
        (radio.sinr, "50dB", 50.0),
        (radio.sinr, "51dB", None),
        (radio.sinr, "-31dB", None),
        (radio.sinr, "5dBm", 5.0),
        (radio.rssi, ">=-51dBm", -51.0),
        (radio.rssi, "<=-113dBm", -113.0),
        (radio.rssi, "1dBm", None),
        (radio.rscp, "-88dBm", -88.0),
        (radio.rscp, "-10dBm", None),
        (radio.ecio, "-6.5dB", -6.5),
        (radio.ecio, "1dB", None),
        (radio.block_error_rate, "0", 0.0),
        (radio.block_error_rate, "1.5%", 1.5),
        (radio.block_error_rate, "101", None),
        (radio.frequency, "1757500kHz", 1757.5),
        (radio.frequency, "2545000kHz", 2545.0),
        (radio.frequency, "3489400kHz", 3489.4),
        (radio.frequency, "806MHz", 806.0),
        (radio.frequency, "3.5GHz", 3500.0),
        (radio.frequency, "0kHz", None),
        (radio.frequency, "1757500", None),
        (radio.frequency_in_tenths, "25450", 2545.0),
        (radio.frequency_in_tenths, "8470", 847.0),
        (radio.frequency_in_tenths, "0", None),
        (radio.frequency_in_tenths, "-1", None),
        (radio.frequency_in_tenths, "9999999999", None),
        (radio.bandwidth, "20MHz", 20.0),
        (radio.bandwidth, "20M", 20.0),
        (radio.bandwidth, "1.4MHz", 1.4),
        (radio.bandwidth, "115MHz", 115.0),
        (radio.bandwidth, "20", 20.0),
        (radio.bandwidth, "100", 100.0),
        (radio.bandwidth, "4", None),
        (radio.bandwidth, "0", None),
        (radio.bandwidth, "0MHz", None),
        (radio.bandwidth, "20kHz", None),
    ],
)
def test_levels_and_frequencies(
    parser: Callable[[object], float | None], raw: str, expected: float | None
) -> None:
    """A level has its unit taken off and is dropped where it cannot be."""
    assert parser(raw) == expected


@pytest.mark.parametrize(
    ("parser", "raw", "expected"),
    [
        (radio.cqi, "0", 0),
        (radio.cqi, "15", 15),
        (radio.cqi, "16", None),
        (radio.cqi, "127", None),
        (radio.cqi, "32639", None),
        (radio.rank, "4", 4),
        (radio.rank, "0", None),
        (radio.physical_cell_id, "0", 0),
        (radio.physical_cell_id, "1007", 1007),
        (radio.physical_cell_id, "1008", None),
        (radio.physical_cell_id, "65535", None),
        (radio.cell_id, "7267507", 7267507),
        (radio.cell_id, "0000000759672080", 759672080),
        (radio.cell_id, "0x1B2C3D4", 28492756),
        (radio.cell_id, "1B2C3D4", 28492756),
        (radio.cell_id, "1b2c3d4", 28492756),
        (radio.cell_id, "268435455", None),
        (radio.cell_id, "4294967295", None),
        (radio.cell_id, "FFFFFFFF", None),
        (radio.cell_id, "68719476736", None),
        (radio.cell_id, "-1", None),
        (radio.area_code, "12583", 12583),
        (radio.area_code, "757E07", 7699975),
        (radio.area_code, "757007", 757007),
        (radio.area_code, "0x1A2B", 6699),
        (radio.area_code, "0", None),
        (radio.area_code, "65534", None),
        (radio.area_code, "FFFF", None),
        (radio.area_code, "FFFFFF", None),
        (radio.area_code, "16777216", None),
        (radio.nr_area_code, "757E07", 7699975),
        (radio.nr_area_code, "757007", 7696391),
        (radio.nr_area_code, "12583", 12583),
        (radio.nr_area_code, "7699975", 7699975),
        (radio.routing_area, "17", 17),
        (radio.routing_area, "2F", 47),
        (radio.routing_area, "255", None),
        (radio.channel, "627264", 627264),
        (radio.channel, "3279166", None),
        (radio.channel, "-1", None),
        (radio.transmission_mode, "TM[3]", 3),
        (radio.transmission_mode, "TM4", 4),
        (radio.transmission_mode, "9", 9),
        (radio.transmission_mode, "TM[0]", None),
        (radio.transmission_mode, "TM[]", None),
    ],
)
def test_codes(parser: Callable[[object], int | None], raw: str, expected: int | None) -> None:
    """A code is decimal or hexadecimal and is dropped where it stands for "none"."""
    assert parser(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("DL:1300 UL:19300", ChannelPair(downlink=1300, uplink=19300)),
        ("DL:632626UL:632626", ChannelPair(downlink=632626, uplink=632626)),
        ("UL:19300", ChannelPair(uplink=19300)),
        ("dl: 1300", ChannelPair(downlink=1300)),
        ("627264", ChannelPair(downlink=627264)),
        ("DL:12345678", None),
        ("DL:9999999 UL:9999999", None),
    ],
)
def test_channel_pair(raw: str, expected: ChannelPair | None) -> None:
    """Channels come for both directions or for the downlink alone."""
    assert radio.channel_pair(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "PPusch:15dBm PPucch:-3dBm PSrs:42dBm PPrach:1dBm",
            TransmitPower(pusch=15.0, pucch=-3.0, srs=42.0, prach=1.0),
        ),
        ("PPusch:-20dBm", TransmitPower(pusch=-20.0)),
        ("PSrs:1.5dBm ", TransmitPower(srs=1.5)),
        ("PPusch:-32768dBm PPucch:2dBm", TransmitPower(pucch=2.0)),
        ("PPusch:", None),
        ("15dBm", None),
    ],
)
def test_transmit_power(raw: str, expected: TransmitPower | None) -> None:
    """Every uplink channel has its power."""
    assert radio.transmit_power(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("mcsDownCarrier1Code0:2 mcsDownCarrier1Code1:15 ", (2, 15)),
        ("mcsUpCarrier1:14", (14,)),
        ("mcsDownCarrier1Code0:27@256QAM mcsDownCarrier1Code1:23@64QAM", (27, 23)),
        ("NRmcsDownCarrier1Code0:0@QPSK", (0,)),
        ("NRmcsUpCarrier1:23@256QAM", (23,)),
        ("mcsDownCarrier1Code0:5mcsDownCarrier1Code1:6", (5, 6)),
        ("21", (21,)),
        ("mcsUpCarrier1:255", None),
        ("mcsUpCarrier1:", None),
        ("mcsUpCarrier1:32639", None),
    ],
)
def test_mcs(raw: str, expected: tuple[int, ...] | None) -> None:
    """The schemes are taken, the modulation is left."""
    assert radio.mcs(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("No1:494No2:493", (494, 493)),
        ("No1:42No2:19No3:43No4:44No5:20", (42, 19, 43, 44, 20)),
        ("No1:449", (449,)),
        ("No1:0", (0,)),
        ("No1:65535No2:7", (7,)),
        ("494", None),
    ],
)
def test_neighbours(raw: str, expected: tuple[int, ...] | None) -> None:
    """Neighbor cells follow one another without a separator."""
    assert radio.neighbours(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "20MHz@500(B1) + 15MHz@1875(B3)",
            (
                Carrier(bandwidth=20.0, channel=500, band="B1"),
                Carrier(bandwidth=15.0, channel=1875, band="B3"),
            ),
        ),
        (
            "20MHz@1300(B3)+100MHz@627264(n78)",
            (
                Carrier(bandwidth=20.0, channel=1300, band="B3"),
                Carrier(bandwidth=100.0, channel=627264, band="N78"),
            ),
        ),
        ("1.4MHz@9400(B28)", (Carrier(bandwidth=1.4, channel=9400, band="B28"),)),
        ("7", None),
        ("B1", None),
    ],
)
def test_carriers(raw: str, expected: tuple[Carrier, ...] | None) -> None:
    """An aggregation is taken apart into its carriers."""
    assert radio.carriers(raw) == expected


def test_carrier_of_5g() -> None:
    """The band tells the technology of a carrier."""
    assert Carrier(bandwidth=100, channel=627264, band="N78").is_nr
    assert not Carrier(bandwidth=20, channel=500, band="B1").is_nr
