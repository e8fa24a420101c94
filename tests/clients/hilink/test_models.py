"""Models of HiLink replies."""

from dataclasses import FrozenInstanceError, fields
from typing import Any, override

import pytest

from custom_components.gatehouse.clients.hilink.models import (
    MODELS,
    DataPlan,
    DeviceInformation,
    LoginState,
    MobileData,
    Modules,
    MonthStatistics,
    NetworkMode,
    Operator,
    Reply,
    Signal,
    SmsCount,
    SmsSendStatus,
    Status,
)
from custom_components.gatehouse.clients.hilink.radio import Carrier

from .test_recorded_replies import BY_ENDPOINT, REPLIES, recorded
from .test_values import ODD_INPUTS


def test_every_request_has_one_model() -> None:
    """Two models do not claim the same request."""
    assert len(BY_ENDPOINT) == len(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_empty_reply(model: type[Reply]) -> None:
    """A device that tells nothing gives a model without values, the same as one never asked."""
    names = [
        name for reply in REPLIES if reply["endpoint"] == model.ENDPOINT for name in reply["fields"]
    ]
    assert model.from_fields({}) == model()
    assert model.from_fields(dict.fromkeys(names)) == model()
    assert model.from_fields(dict.fromkeys(names, "")) == model()
    assert all(not getattr(model(), field.name) for field in fields(model))


class EveryElement(dict[str, Any]):
    """A reply in which every element that anybody asks for holds the same."""

    def __init__(self, content: object) -> None:
        """Hold it, and two names of modules for the one model that asks for all."""
        super().__init__(sms_enabled=content, wifi_enable=content)
        self._content = content

    @override
    def get(self, _key: str, _default: object = None, /) -> Any:
        """Return it."""
        return self._content


@pytest.mark.parametrize("model", MODELS)
def test_odd_content_is_never_an_error(model: type[Reply]) -> None:
    """Whatever the elements hold, the model is built and can be shown."""
    for raw in ODD_INPUTS:
        assert repr(model.from_fields(EveryElement(raw))).startswith(model.__name__)


@pytest.mark.parametrize("model", MODELS)
def test_frozen(model: type[Reply]) -> None:
    """Data that several entities share cannot be changed by one of them."""
    with pytest.raises(FrozenInstanceError):
        setattr(model(), fields(model)[0].name, 1)


def test_secrets_are_not_shown() -> None:
    """Numbers of the card, the subscriber and people stay out of logs."""
    shown = repr(
        DeviceInformation(imei="490154203237518", imsi="1111", iccid="2222", msisdn="3333")
    ) + repr(SmsSendStatus(sending="4444", succeeded=("5555",), failed=("6666",)))
    for secret in ("490154203237518", "1111", "2222", "3333", "4444", "5555", "6666"):
        assert secret not in shown


def test_5g_standalone() -> None:
    """On 5G standalone the cell is one of NR: no eNodeB in it, and the area is hexadecimal."""
    signal = Signal.from_fields(
        {
            "pci": "360",
            "cell_id": "0000000759672080",
            "rsrp": None,
            "mode": "12",
            "rrc_status": "1",
            "tac": "757007",
            "band": "100MHz@633984(N78)",
            "bandInfo": "N78",
            "plmn": "46011",
            "enodeb_id": None,
            "cqi0": None,
            "nrearfcn": "633984",
            "nrulbandwidth": "100MHz",
            "nrdlbandwidth": "100MHz",
            "nrsinr": "17dB",
            "nrrsrp": "-92dBm",
            "nrrsrq": "-10.0dB",
            "nrrssi": "-69dBm",
            "nrcqi0": "15",
            "nrcqi1": "127",
            "nrrank": "4",
            "nrbler": "0",
            "nrulmcs": "NRmcsUpCarrier1:23@256QAM",
            "nrdlmcs": "NRmcsDownCarrier1Code0:0@QPSK",
            "nrtxpower": "PPusch:-20dBm",
        }
    )
    assert signal == Signal(
        mode=12,
        pci=360,
        cell_id=759672080,
        band="100MHz@633984(N78)",
        carriers=(Carrier(bandwidth=100.0, channel=633984, band="N78"),),
        anchor_band="N78",
        tac=7696391,
        plmn="46011",
        rrc_connected=True,
        nr_rsrp=-92.0,
        nr_rsrq=-10.0,
        nr_sinr=17.0,
        nr_rssi=-69.0,
        nr_earfcn=633984,
        nr_bler=0.0,
        nr_rank=4,
        nr_cqi0=15,
        nr_downlink_mcs=(0,),
        nr_uplink_mcs=(23,),
        nr_downlink_bandwidth=100.0,
        nr_uplink_bandwidth=100.0,
        nr_tx_power=-20.0,
    )
    assert signal.has_nr


def test_5g_beside_lte() -> None:
    """With an LTE anchor both sets of fields are filled."""
    signal = Signal.from_fields(
        {
            "mode": "7",
            "rsrp": "-85dBm",
            "cell_id": "3313439",
            "nrulbandwidth": "40MHz",
            "nrdlbandwidth": "40MHz",
            "nrulmcs": "NRmcsUpCarrier1:4",
            "nrdlmcs": "NRmcsDownCarrier1Code0:23 NRmcsDownCarrier1Code1:0",
            "nrtxpower": "PPusch:-29dBm PPucch:-39dBm PSrs:-34dBm PPrach:-41dBm",
            "nrearfcn": "DL:632626 UL:632626",
            "nrulfreq": "3489400kHz",
            "nrdlfreq": "3489400kHz",
            "nrsinr": "27dB",
            "nrrsrp": "-74dBm",
            "nrrsrq": "-10.0dB",
            "nrbler": None,
            "nrrank": None,
            "nrcqi0": "32639",
            "nrcqi1": "32639",
        }
    )
    assert signal == Signal(
        mode=7,
        rsrp=-85.0,
        cell_id=3313439,
        enodeb_id=12943,
        sector=31,
        nr_rsrp=-74.0,
        nr_rsrq=-10.0,
        nr_sinr=27.0,
        nr_earfcn=632626,
        nr_downlink_mcs=(23, 0),
        nr_uplink_mcs=(4,),
        nr_downlink_bandwidth=40.0,
        nr_uplink_bandwidth=40.0,
        nr_tx_power=-29.0,
        nr_downlink_frequency=3489.4,
        nr_uplink_frequency=3489.4,
    )
    assert signal.has_nr


def test_directions_and_code_words_are_not_mixed_up() -> None:
    """Elements whose names are alike hold different things."""
    assert Signal.from_fields(
        {
            "dlbandwidth": "20MHz",
            "ulbandwidth": "10MHz",
            "dlfrequency": "2140000kHz",
            "ulfrequency": "1950000kHz",
            "dl_mcs": "mcsDownCarrier1Code0:11",
            "ul_mcs": "mcsUpCarrier1:12",
            "cqi0": "3",
            "cqi1": "4",
            "nrdlbandwidth": "50MHz",
            "nrulbandwidth": "40MHz",
            "nrdlfreq": "2155000kHz",
            "nrulfreq": "1965000kHz",
            "nrdlmcs": "NRmcsDownCarrier1Code0:13",
            "nrulmcs": "NRmcsUpCarrier1:14",
            "nrcqi0": "5",
            "nrcqi1": "6",
        }
    ) == Signal(
        downlink_bandwidth=20.0,
        uplink_bandwidth=10.0,
        downlink_frequency=2140.0,
        uplink_frequency=1950.0,
        downlink_mcs=(11,),
        uplink_mcs=(12,),
        cqi0=3,
        cqi1=4,
        nr_downlink_bandwidth=50.0,
        nr_uplink_bandwidth=40.0,
        nr_downlink_frequency=2155.0,
        nr_uplink_frequency=1965.0,
        nr_downlink_mcs=(13,),
        nr_uplink_mcs=(14,),
        nr_cqi0=5,
        nr_cqi1=6,
    )


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        (Signal(), False),
        (Signal(rsrp=-90.0), False),
        (Signal(nr_sinr=3.0), True),
        (Signal(nr_earfcn=627264), True),
        (Signal(carriers=(Carrier(bandwidth=20, channel=1300, band="B3"),)), False),
        (Signal(carriers=(Carrier(bandwidth=100, channel=627264, band="N78"),)), True),
    ],
)
def test_has_nr(signal: Signal, expected: bool) -> None:  # noqa: FBT001 - the value under test
    """A level, a channel or a carrier of 5G shows that there is one."""
    assert signal.has_nr is expected


def test_signal_without_its_exact_frequencies() -> None:
    """The rounded frequency is taken where the exact one is missing."""
    signal = Signal.from_fields({"lteulfreq": "17575", "ltedlfreq": "18525", "dlfrequency": ""})
    assert (signal.downlink_frequency, signal.uplink_frequency) == (1852.5, 1757.5)


def test_cell_of_3g_is_not_divided() -> None:
    """A 3G cell identity holds no eNodeB."""
    assert Signal.from_fields(
        {
            "mode": "2",
            "cell_id": "7267507",
            "lac": "2C15",
            "rac": "17",
            "rscp": "-88dBm",
            "ecio": "-6dB",
        }
    ) == Signal(mode=2, cell_id=7267507, lac=11285, rac=17, rscp=-88.0, ecio=-6.0)


@pytest.mark.parametrize("model", [DeviceInformation, Status])
def test_ipv6_address(model: type[DeviceInformation | Status]) -> None:
    """IPv6 addresses come in their usual form."""
    assert model.from_fields({"WanIPv6Address": "2001:0DB8::0001"}).wan_ipv6 == "2001:db8::1"


@pytest.mark.parametrize(
    ("status", "expected"), [("1", True), ("0", False), ("2", False), ("", None)]
)
def test_rrc(status: str, expected: bool | None) -> None:  # noqa: FBT001 - the value under test
    """Only 1 is an active radio connection."""
    assert Signal.from_fields({"rrc_status": status}).rrc_connected is expected


def test_mac_address_of_a_stick() -> None:
    """The address that all sticks share is passed over."""
    shared = {"MacAddress1": "BA:AB:BE:34:00:00"}
    assert DeviceInformation.from_fields(shared).mac_address is None
    both = {**shared, "WifiMacAddrWl0": "0C:96:BF:12:34:56"}
    assert DeviceInformation.from_fields(both).mac_address == "0c:96:bf:12:34:56"


@pytest.mark.parametrize(
    ("raw", "expected"), [("0", False), ("1", True), ("2", None), (None, None)]
)
def test_roaming(raw: str | None, expected: bool | None) -> None:  # noqa: FBT001 - under test
    """2 means that nothing changed, which says nothing."""
    assert Status.from_fields({"RoamingStatus": raw}).roaming is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"trafficmaxlimit": "64424509440", "DataLimit": "1GB"}, 64424509440),
        ({"trafficmaxlimit": "0", "DataLimit": "60GB"}, 64424509440),
        ({"DataLimit": "500MB"}, 524288000),
        ({"trafficmaxlimit": "0", "DataLimit": "0MB"}, None),
        ({}, None),
    ],
)
def test_data_limit(raw: dict[str, str], expected: int | None) -> None:
    """The exact limit is preferred, and none is none."""
    assert DataPlan.from_fields(raw).data_limit == expected


@pytest.mark.parametrize(("raw", "expected"), [("1", 1), ("31", 31), ("0", None), ("32", None)])
def test_start_day(raw: str, expected: int | None) -> None:
    """A month has 1 to 31 days."""
    assert DataPlan.from_fields({"StartDay": raw}).start_day == expected


def test_month_total() -> None:
    """The total needs both directions."""
    statistics = MonthStatistics(month_download=217292003681, month_upload=23679007805)
    assert statistics.month_total == 240971011486
    assert MonthStatistics(month_download=1).month_total is None


def test_day_counters() -> None:
    """Some devices count the day too."""
    assert MonthStatistics.from_fields(
        {"CurrentDayUsed": "123456", "CurrentDayDuration": "7200"}
    ) == MonthStatistics(day_used=123456, day_duration=7200)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (
            Operator(full_name="Cyfrowy Polsat", short_name="CP", service_provider="Plus"),
            "Cyfrowy Polsat",
        ),
        (Operator(short_name="CP", service_provider="Plus"), "CP"),
        (Operator(service_provider="Plus"), "Plus"),
        (Operator(numeric="26001"), None),
    ],
)
def test_operator_name(operator: Operator, expected: str | None) -> None:
    """The longest name wins."""
    assert operator.name == expected


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("80800D5", (1, 3, 5, 7, 8, 20, 28)),
        ("C5", (1, 3, 7, 8)),
        ("a000000095", (1, 3, 5, 8, 38, 40)),
        ("7A0880800D5", (1, 3, 5, 7, 8, 20, 28, 32, 38, 40, 41, 42, 43)),
        ("7", (1, 2, 3)),
        ("1", (1,)),
        ("20000000000000000", (66,)),
        ("7FFFFFFFFFFFFFFF", ()),
        ("7ffffffffffffff", ()),
        ("0", None),
        ("", None),
        ("all", None),
        (None, None),
    ],
)
def test_lte_bands(mask: str | None, expected: tuple[int, ...] | None) -> None:
    """The mask counts bands from its lowest bit; all bits are all bands."""
    assert NetworkMode.from_fields({"LTEBand": mask}).lte_bands == expected


def test_service_provider() -> None:
    """The SIM card may name a brand."""
    assert Operator.from_fields({"Spn": "Plus"}) == Operator(service_provider="Plus")


def test_network_option() -> None:
    """5G devices tell their choice of standalone or not."""
    assert NetworkMode.from_fields({"networkOption": "2"}).network_option == "2"


@pytest.mark.parametrize(("raw", "expected"), [("1", True), ("0", False), ("", None)])
def test_mobile_data(raw: str, expected: bool | None) -> None:  # noqa: FBT001 - under test
    """Mobile data is on, off or not told."""
    assert MobileData.from_fields({"dataswitch": raw}).enabled is expected


def test_sms_sums() -> None:
    """Unread and stored messages are those of both stores, as far as they are told."""
    counted = SmsCount(
        local_unread=2, sim_unread=1, local_inbox=18, local_outbox=3, local_draft=1, sim_inbox=4
    )
    assert (counted.unread, counted.stored) == (3, 26)
    assert SmsCount(local_unread=2).unread == 2
    assert (SmsCount().unread, SmsCount().stored) == (None, None)


def test_sms_send_status() -> None:
    """A sending has numbers done, failed and in progress."""
    assert SmsSendStatus.from_fields(
        {
            "Phone": "+1003",
            "SucPhone": "+1001,+1002",
            "FailPhone": None,
            "TotalCount": "3",
            "CurIndex": "3",
        }
    ) == SmsSendStatus(sending="+1003", succeeded=("+1001", "+1002"), total=3, current=3)


def test_modules() -> None:
    """Modules lose their endings, misspelled ones too; an empty switch says nothing."""
    modules = Modules.from_fields(recorded("E3372 (CL2E3372HM", Modules))
    assert modules.enabled == {
        "bbou",
        "ecomode",
        "encrypt",
        "monthly_volume",
        "pb",
        "sms",
        "statistic",
        "ussd",
    }
    assert len(modules.known) == 26
    assert modules.has("sms") is True
    assert modules.has("wifi") is False
    assert modules.has("charger") is False
    assert modules.has("multssid") is False
    assert modules.has("dlna") is None
    assert modules.has("voice") is None


def test_login_state() -> None:
    """The state of the login tells how a password is wanted and whether to wait."""
    assert LoginState.from_fields(
        {
            "State": "-1",
            "password_type": "4",
            "extern_password_type": "1",
            "lockstatus": "1",
            "remainwaittime": "5",
            "username": None,
            "Username": "admin",
            "userlevel": "2",
            "firstlogin": "0",
        }
    ) == LoginState(
        state=-1,
        password_type=4,
        extern_password_type=1,
        locked=True,
        wait_minutes=5,
        username="admin",
        user_level=2,
        first_login=False,
    )
