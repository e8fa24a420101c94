"""Replies of real HiLink devices, against what somebody reads in them."""

from collections import Counter
from datetime import date
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.gatehouse.clients.hilink.models import (
    MODELS,
    ApnProfile,
    ApnProfiles,
    BasicInformation,
    ConnectionSettings,
    ConvergedStatus,
    DataPlan,
    DeviceInformation,
    LoginState,
    MonthStatistics,
    NetworkMode,
    NetworkModeList,
    Notifications,
    Operator,
    PinStatus,
    Reply,
    Signal,
    SimLock,
    SmsCount,
    SmsList,
    Status,
    StoredMessage,
    Traffic,
    Volte,
)
from custom_components.gatehouse.clients.hilink.radio import Carrier

FIXTURE = Path(__file__).parents[2] / "fixtures" / "hilink_dumps.jsonl"

REPLIES: list[dict[str, Any]] = [
    line for line in map(json.loads, FIXTURE.read_text("utf-8").splitlines()) if "endpoint" in line
]

BY_ENDPOINT = {model.ENDPOINT: model for model in MODELS}


def recorded(device: str, model: type[Reply]) -> dict[str, Any]:
    """Return the recorded fields of a device for a model."""
    found = [
        reply["fields"]
        for reply in REPLIES
        if reply["model"].startswith(device) and reply["endpoint"] == model.ENDPOINT
    ]
    assert len(found) == 1, f"{len(found)} replies of {device}"
    fields_of_reply: dict[str, Any] = found[0]
    return fields_of_reply


EXPECTED: list[tuple[str, Reply]] = [
    (
        "E3372 (CL2E3372HM",
        BasicInformation(device_name="E3372", product_family="LTE", classify="hilink", multimode=0),
    ),
    (
        "E3372 (CL2E3372HM",
        ConvergedStatus(sim_state=257, sim_lock_enabled=False, language="ru-ru"),
    ),
    (
        "E3372 (CL2E3372HM",
        Status(
            connection_status=901,
            signal_icon=5,
            max_signal=5,
            network_type=9,
            network_type_ex=46,
            service_domain=3,
            roaming=False,
            sim_status=1,
            service_status=2,
            sim_locked=False,
            wan_ip="10.115.89.118",
            primary_dns="192.168.104.3",
            secondary_dns="192.168.104.4",
            classify="hilink",
            carrier_aggregation=False,
        ),
    ),
    ("E3372 (CL2E3372HM", Signal(mode=2)),
    ("E3372 (CL2E3372HM", Operator(state=0, full_name="Beeline KZ", numeric="40101", rat=2)),
    (
        "E3372 (CL2E3372HM",
        NetworkMode(network_mode="01", network_band="3FFFFFFF", lte_band="7FFFFFFFFFFFFFFF"),
    ),
    (
        "E3372 (CL2E3372HM",
        Notifications(unread_messages=0, sms_storage_full=False, online_update_status=10),
    ),
    (
        "E8372h-153",
        Signal(
            mode=7,
            pci=96,
            cell_id=2588959,
            enodeb_id=10113,
            sector=31,
            rsrp=-87.0,
            rsrq=-13.0,
            rssi=-53.0,
            sinr=-1.0,
            band="7",
            downlink_bandwidth=20.0,
        ),
    ),
    ("E8372h-153", Status(connection_status=113)),
    (
        "E8372h-320",
        DeviceInformation(
            device_name="E8372h-320",
            serial_number="MUJ0S00000000000",
            imei="000000000000000",
            imsi="000000000000000",
            iccid="0000000000000000000",
            msisdn="00000000000",
            hardware_version="CL4E8372HM01",
            software_version="10.0.5.1(H195SP4C983)",
            web_ui_version="WEBUI 10.0.5.1(W13SP5C7702)",
            mac_address="34:71:46:00:00:00",
            wan_ip="10.19.125.192",
            product_family="LTE",
            classify="wingle",
            support_modes=("LTE", "WCDMA", "GSM"),
            work_mode="LTE",
            uptime=2407,
            spread_name="HUAWEI LTE Wingle",
        ),
    ),
    (
        "E8372h-320",
        Signal(
            mode=7,
            pci=144,
            cell_id=7267507,
            enodeb_id=28388,
            sector=179,
            rsrp=-96.0,
            rsrq=-8.0,
            rssi=-73.0,
            sinr=5.0,
            band="7",
            downlink_bandwidth=10.0,
            uplink_bandwidth=10.0,
            downlink_earfcn=3200,
            uplink_earfcn=21200,
            downlink_frequency=2665.0,
            uplink_frequency=2545.0,
            tx_power_pusch=7.0,
            tx_power_pucch=-3.0,
            tx_power_srs=8.0,
            tx_power_prach=3.0,
            cqi0=8,
            cqi1=8,
            downlink_mcs=(0, 0),
            uplink_mcs=(14,),
            tac=12583,
            plmn="45005",
            transmission_mode=3,
            neighbours=(449,),
        ),
    ),
    (
        "E8372h-320",
        SmsCount(
            local_unread=5,
            local_inbox=18,
            local_outbox=3,
            local_draft=0,
            local_deleted=0,
            local_max=500,
            sim_unread=0,
            sim_inbox=0,
            sim_outbox=0,
            sim_draft=0,
            sim_max=0,
            sim_used=0,
            new_messages=0,
        ),
    ),
    (
        "E8372h-320",
        Status(
            connection_status=901,
            signal_icon=5,
            max_signal=5,
            network_type=19,
            network_type_ex=101,
            service_domain=3,
            roaming=False,
            sim_status=1,
            service_status=2,
            sim_locked=False,
            primary_dns="223.62.230.7",
            secondary_dns="113.217.240.31",
            wifi_clients=1,
            wifi_status=True,
            classify="wingle",
        ),
    ),
    (
        "E8372h-320",
        Traffic(
            current_connect_time=1186,
            current_upload=10890571,
            current_download=11708837,
            current_download_rate=1152,
            current_upload_rate=512,
            total_upload=94343810,
            total_download=298829941,
            total_connect_time=12198,
            max_download_rate=912716,
            max_upload_rate=194730,
        ),
    ),
    (
        "E8372h-320",
        NetworkMode(network_mode="00", network_band="2000004400000", lte_band="80800D5"),
    ),
    (
        "HiLink stick (E3372h-320-like",
        Signal(
            mode=7,
            pci=356,
            cell_id=2576387,
            enodeb_id=10064,
            sector=3,
            rsrp=-89.0,
            rsrq=-7.0,
            rssi=-69.0,
            sinr=6.0,
            band="20",
            downlink_bandwidth=10.0,
            uplink_bandwidth=10.0,
            downlink_earfcn=6300,
            uplink_earfcn=24300,
            downlink_frequency=806.0,
            uplink_frequency=847.0,
            tx_power_pusch=6.0,
            tx_power_pucch=-5.0,
            tx_power_srs=23.0,
            tx_power_prach=7.0,
            cqi0=9,
            cqi1=9,
            uplink_mcs=(29,),
            tac=49106,
            plmn="26202",
            transmission_mode=3,
        ),
    ),
    (
        "B525s-23a",
        Signal(
            mode=7,
            pci=0,
            cell_id=3313439,
            enodeb_id=12943,
            sector=31,
            rsrp=-105.0,
            rsrq=-9.0,
            rssi=-79.0,
            sinr=6.0,
            band="7",
            downlink_bandwidth=20.0,
            uplink_bandwidth=20.0,
            downlink_earfcn=2850,
            uplink_earfcn=20850,
            tx_power_pusch=14.0,
            tx_power_pucch=4.0,
            tx_power_srs=19.0,
            tx_power_prach=22.0,
            downlink_mcs=(2, 15),
            uplink_mcs=(20,),
            tac=11019,
            plmn="26001",
            rrc_connected=True,
            neighbours=(494, 493),
        ),
    ),
    (
        "B525s-23a",
        MonthStatistics(
            month_download=217292003681,
            month_upload=23679007805,
            month_duration=1731261,
            last_clear=date(2021, 4, 2),
        ),
    ),
    ("B525s-23a", DataPlan(start_day=1, month_threshold=90, enabled=False)),
    (
        "B525s-23a",
        Operator(state=0, full_name="Cyfrowy Polsat", short_name="CP", numeric="26001", rat=7),
    ),
    (
        "B525s-65a",
        DeviceInformation(
            device_name="B525s-65a",
            serial_number="xxx",
            imei="xxx",
            imsi="xxx",
            iccid="xxx",
            hardware_version="WL2B520M",
            software_version="11.189.63.00.74",
            web_ui_version="21.100.44.00.03",
            wan_ip="99.99.99.99",
            product_family="LTE",
            classify="cpe",
            support_modes=("LTE", "WCDMA", "GSM"),
            work_mode="LTE",
        ),
    ),
    (
        "B715s-23c",
        DeviceInformation(
            device_name="B715s-23c",
            hardware_version="WL1B610FM05",
            software_version="11.195.03.01.965",
            web_ui_version="21.100.39.00.03",
        ),
    ),
    ("Huawei 4G 3 Pro (B535)", Status(signal_icon=2, network_type=19, wifi_clients=1)),
    ("E3276", Signal(cell_id=33820931, rsrp=-96.0, rsrq=-11.0, rssi=-113.0, sinr=6.0)),
    (
        "E5573Cs-322",
        Status(
            signal_icon=4,
            battery_status=1,
            battery_level=4,
            battery_percent=100,
            carrier_aggregation=False,
        ),
    ),
    (
        "E8372h-320",
        SmsList(
            total=18,
            messages=(
                StoredMessage(
                    index=40020,
                    status=0,
                    kind=1,
                    number="00000000000",
                    content="Testnachricht \u2013 시험 문자 4",
                    date="2026-03-05 16:39:48",
                ),
            ),
        ),
    ),
    (
        "E8231",
        DeviceInformation(
            device_name="E8231",
            hardware_version="CH1E8231SM",
            software_version="22.618.13.00.00",
            web_ui_version="17.100.08.01.546",
            product_family="GW",
            classify="wingle",
            support_modes=("WCDMA", "GSM"),
            work_mode="WCDMA",
        ),
    ),
    (
        "H122-373",
        BasicInformation(product_family="LTE", classify="cpe", spread_name="HUAWEI 5G CPE Pro 2"),
    ),
    (
        "H122-373",
        Traffic(
            current_connect_time=289,
            current_upload=33884055,
            current_download=407238382,
            current_download_rate=443457,
            current_upload_rate=76419,
            total_upload=2299259362559,
            total_download=18554169910362,
            total_connect_time=5344844,
        ),
    ),
    (
        "H122-373",
        Notifications(
            unread_messages=1, sms_storage_full=False, online_update_status=14, sim_oper_event=0
        ),
    ),
    ("H122-373", Signal(rsrp=-85.0, rsrq=-4.0, sinr=16.0)),
    (
        "H165-383",
        Signal(
            band="20MHz@500(B1) + 15MHz@1875(B3) + ...",
            carriers=(
                Carrier(bandwidth=20.0, channel=500, band="B1"),
                Carrier(bandwidth=15.0, channel=1875, band="B3"),
            ),
            anchor_band="B1",
        ),
    ),
    ("H165-383", Status(signal_icon_nr=5, network_type_ex=1011, service_domain=3, endc=True)),
    (
        "H165-383",
        DataPlan(start_day=1, data_limit=2147483648000, month_threshold=80, enabled=True),
    ),
    ("H165-383", MonthStatistics(month_duration=1202664, last_clear=date(2026, 4, 18))),
    ("H165-383", ConvergedStatus(sim_state=257, sim_lock_enabled=False, country_code="IE")),
    ("H165-383", Volte(enabled=True)),
    (
        "E3372 (CL2E3372HM",
        PinStatus(sim_state=257, pin_state=258, pin_tries=3, puk_tries=10),
    ),
    ("E3372 (CL2E3372HM", SimLock(enabled=False, tries=100)),
    (
        "E3372 (CL2E3372HM",
        NetworkModeList(
            modes=("00", "01", "02", "03"),
            lte_bands=(1, 3, 7, 8, 20),
            all_lte_bands="7FFFFFFFFFFFFFF",
        ),
    ),
    (
        "E3372 (CL2E3372HM",
        ConnectionSettings(roaming=False, idle_time=600, connect_mode=0, mtu=1500),
    ),
    ("B525s-23a", PinStatus(sim_state=257, pin_state=258, pin_tries=3, puk_tries=10)),
    ("H165-383", NetworkModeList(modes=("00", "08", "03"))),
    (
        "H165-383",
        ApnProfiles(
            current=3,
            profiles=(ApnProfile(index=1), ApnProfile(index=2), ApnProfile(index=3)),
        ),
    ),
    ("B312-926", LoginState(password_type=4, first_login=True)),
    ("unnamed device without SIM", Operator()),
]
"""Read by hand from the recorded replies; what is not named must be missing."""


def test_every_modelled_reply_is_parsed() -> None:
    """No reply of a real device is an error, and the file holds what it should."""
    counted: Counter[str] = Counter()
    for reply in REPLIES:
        model = BY_ENDPOINT.get(reply["endpoint"])
        if model is not None:
            assert isinstance(model.from_fields(reply["fields"]), model)
        counted[model.__name__ if model else "without a model"] += 1
    assert counted == {
        "ApnProfiles": 1,
        "BasicInformation": 5,
        "ConnectionSettings": 1,
        "ConvergedStatus": 2,
        "DataPlan": 2,
        "DeviceInformation": 6,
        "GuestTime": 1,
        "LoginState": 1,
        "Modules": 1,
        "MonthStatistics": 3,
        "NetworkMode": 5,
        "NetworkModeList": 2,
        "Notifications": 3,
        "Operator": 4,
        "PinStatus": 2,
        "RestartSchedule": 1,
        "Signal": 11,
        "SimLock": 1,
        "SmsCount": 1,
        "SmsList": 1,
        "Status": 8,
        "Traffic": 6,
        "Volte": 1,
        "without a model": 13,
    }


@pytest.mark.parametrize(
    ("device", "expected"),
    [pytest.param(*each, id=f"{each[0]} {type(each[1])}") for each in EXPECTED],
)
def test_reply_of_a_device(device: str, expected: Reply) -> None:
    """The values are those that somebody reads in the reply."""
    model = type(expected)
    assert model.from_fields(recorded(device, model)) == expected
