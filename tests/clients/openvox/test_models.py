"""Models of replies: what is documented, and what PHP makes of it."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.openvox.models import (
    Channel,
    ChannelStates,
    DeliveryStatus,
    Inbox,
    Outbox,
    OutboxMessage,
    PushConfiguration,
    Sim,
    Span,
    UssdReport,
    UssdResult,
    sims,
)

IN = {
    "port": "16",
    "id": 13,
    "port_name": "gsm-16",
    "phonenumber": "10086",
    "time": "2024/10/28 16:18:22",
    "message": "\ufeffhttps://dx.10086.cn/3IT2\ufeffFg\r\nbye",
}
OUT = {
    "port_name": "lte-16",
    "phonenumber": "10086",
    "time": "2024-10-28 16:18:22",
    "status": "DELIVERD(0)",
    "message": "bj",
}
ODD: tuple[Any, ...] = (None, "", [], {}, "text", 7, True, [None], [[]], {"x": None}, {"1": None})


@pytest.mark.parametrize("sms", [[IN], {"0": IN}, {"5": IN}, IN])
def test_inbox(sms: object) -> None:
    """The messages of a page, however they are listed."""
    page = Inbox.from_data(
        {
            "read": "10",
            "unread": 0,
            "current_page": "1",
            "counts": 5,
            "current_counts": 2,
            "sms": sms,
        }
    )
    assert (page.page, page.size, page.pages) == (1, 2, 5)
    assert (page.read_count, page.unread_count) == (10, 0)
    (message,) = page.messages
    assert (message.id, message.port, message.port_name, message.number) == (
        13,
        16,
        "gsm-16",
        "10086",
    )
    assert message.text == "https://dx.10086.cn/3IT2Fg\nbye"
    assert str(message.received_at) == "2024-10-28 16:18:22"


@pytest.mark.parametrize("sms", [[OUT], {"0": OUT}, {"3": OUT}, OUT])
def test_outbox(sms: object) -> None:
    """The same for what was sent."""
    page = Outbox.from_data({"current_page": 1, "current_counts": 10, "counts": 1, "sms": sms})
    (message,) = page.messages
    assert (message.port_name, message.number, message.text) == ("lte-16", "10086", "bj")
    assert message.status is DeliveryStatus.DELIVERED
    assert str(message.sent_at) == "2024-10-28 16:18:22"


@pytest.mark.parametrize("odd", ODD)
def test_empty_pages(odd: object) -> None:
    """Nothing is written in many ways."""
    for model in (Inbox, Outbox):
        assert model.from_data(odd).messages == ()
    if not isinstance(odd, dict):
        assert Inbox.from_data({"sms": odd}).messages == ()


@pytest.mark.parametrize("odd", ODD)
def test_odd_values(odd: object) -> None:
    """Each costs one value."""
    message = Inbox.from_data({"sms": [dict.fromkeys(IN, odd) | {"id": 3}]}).messages[0]
    assert message.id == 3
    assert OutboxMessage.from_fields(dict.fromkeys(OUT, odd)).status is DeliveryStatus.UNKNOWN
    assert UssdReport.from_data(odd).ports == ()
    assert isinstance(ChannelStates.from_fields({"channel_status": odd}).channels, tuple)
    assert PushConfiguration.from_fields({"url_host": odd}).scheme == ""


@pytest.mark.parametrize(
    ("told", "status", "number"),
    [
        ("FAILED", DeliveryStatus.FAILED, None),
        ("SENT", DeliveryStatus.SENT, None),
        ("sent ", DeliveryStatus.SENT, None),
        ("DELIVERD", DeliveryStatus.DELIVERED, None),
        ("DELIVERED", DeliveryStatus.DELIVERED, None),
        ("DELIVERD(0)", DeliveryStatus.DELIVERED, 0),
        ("DELIVERD (31)", DeliveryStatus.DELIVERED, 31),
        ("DELIVERD(32)", DeliveryStatus.UNKNOWN, 32),
        ("DELIVERD(64)", DeliveryStatus.UNKNOWN, 64),
        ("DELIVERD(-1)", DeliveryStatus.UNKNOWN, -1),
        ("FAILED(38)", DeliveryStatus.FAILED, 38),
        ("SENDING", DeliveryStatus.UNKNOWN, None),
        ("DELIVERD()", DeliveryStatus.UNKNOWN, None),
        ("", DeliveryStatus.UNKNOWN, None),
    ],
)
def test_status(told: str, status: DeliveryStatus, number: int | None) -> None:
    """The word, the number, and the gateway's own spelling of it."""
    message = OutboxMessage.from_fields({"status": told})
    assert (message.status, message.status_number) == (status, number)
    assert message.told_status == (told.strip() or None)


@pytest.mark.parametrize(
    "data",
    [
        [{"port": 1, "port_name": "gsm-1", "status": 0}],
        [{"port": "1", "port_name": "gsm-1", "status": "0"}],
        {"1": {"port_name": "gsm-1", "status": 0}},
        {"port": [1], "port_name": "gsm-1", "status": False},
    ],
)
def test_spans(data: object) -> None:
    """A list, an object by port, a single one."""
    assert Span.listed(data, "port") == (Span(port=1, name="gsm-1", available=False),)


def test_port_is_not_taken_from_its_name() -> None:
    """The number in it may be that of a module."""
    assert Span.listed([{"port_name": "gsm-4", "status": 1}], "port")[0].port is None


@pytest.mark.parametrize(
    "status",
    [
        {"1": "0", "2": "1"},
        {"1": 0, "2": 1},
        ["0", "1"],
        [None, "0", "1"],
        {"0": "1", "1": "0", "2": "1"},
    ],
)
def test_channels(status: object) -> None:
    """0 stands for registered; ports are counted from 1."""
    states = ChannelStates.from_fields({"idle_channels": "7", "channel_status": status})
    assert states.idle == 7
    assert states.channels == (Channel(port=1, registered=True), Channel(port=2, registered=False))


SIM = {"imsi": "460001234567890", "status": "Unknown Network Status"}


@pytest.mark.parametrize(
    "data", [{"2": SIM}, {"0": SIM, "2": SIM}, [None, [], SIM], {"2": SIM, "x": 1}]
)
def test_sims(data: object) -> None:
    """By port, or in the list that PHP makes of it."""
    assert sims(data) == (Sim(port=2, imsi=SIM["imsi"], status=SIM["status"]),)


@pytest.mark.parametrize("odd", ODD)
def test_no_sims(odd: object) -> None:
    """Not even of the wrong kind."""
    assert sims(odd) == ()


USSD = {"port": "3", "time": "2024-12-05 07:12:58", "id": "1", "result": "not ready"}
USSD_TEXT = (
    "message: *#301\n--record 3 start--port: 3\ntime: 2024-12-05 07:12:26\nid: 1\n"
    "result: not ready\n--record 3 end----record 4 start--port. 4\ntime: 2024-12-05 07:12:26\n"
    "id: 1\nresult: sent\n--record 4 end--"
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_ussd_text(line_end: str) -> None:
    """The text of the description, its full stop included."""
    report = UssdReport.from_data(USSD_TEXT.replace("\n", line_end))
    assert [(each.port, each.id, each.result) for each in report.ports] == [
        (3, "1", UssdResult.NOT_READY),
        (4, "1", UssdResult.SENT),
    ]
    assert str(report.ports[1].sent_at) == "2024-12-05 07:12:26"


@pytest.mark.parametrize(
    "report",
    [
        {"3": USSD},
        [USSD],
        USSD,
        {"3": {**USSD, "port": 3}},
        {"3": {k: v for k, v in USSD.items() if k != "port"}},
    ],
)
def test_ussd_object(report: object) -> None:
    """By port, in a list, alone."""
    (entry,) = UssdReport.from_data({"message": "*#301", "report": report}).ports
    assert (entry.port, entry.id, entry.result) == (3, "1", UssdResult.NOT_READY)
    assert entry.told_result == "not ready"


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("sent", UssdResult.SENT),
        ("Not Ready", UssdResult.NOT_READY),
        ("not select", UssdResult.NOT_SELECTED),
        ("other", UssdResult.OTHER),
        ("timeout", UssdResult.OTHER),
        ("", UssdResult.OTHER),
    ],
)
def test_ussd_result(told: str, result: UssdResult) -> None:
    """The four documented words, and any other."""
    (entry,) = UssdReport.from_data({"report": {"1": {"result": told}}}).ports
    assert entry.result is result


def test_push_configuration_round_trip() -> None:
    """What is kept can be given back."""
    told = {
        "enable": "1",
        "reports_enable": 1,
        "results_enable": 0,
        "url_http": "http",
        "url_host": "172.16.2.43",
        "url_port": 80,
        "url_path": "test.php",
        "url_from_num": "phonenumber",
        "url_to_num": "port",
        "url_portname": "portname",
        "url_message": "message",
        "url_time": "time",
        "url_imsi": "imsi",
        "url_status": "status",
        "url_user_defined": "id=id",
    }
    configuration = PushConfiguration.from_fields(told)
    assert configuration.to_fields() == told | {"enable": 1, "url_port": "80"}
    assert PushConfiguration.from_fields(configuration.to_fields()) == configuration
    assert set(configuration.names.values()) == {
        "phonenumber",
        "port",
        "portname",
        "message",
        "time",
        "imsi",
        "status",
    }
