"""Every request of the client, against the simulated gateway in all its moods."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    CommandRefused,
    InvalidReply,
    NotPermitted,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.models import (
    DeliveryStatus,
    InboxFlag,
    PushConfiguration,
    UssdResult,
)
from custom_components.gatehouse.clients.openvox.prefix import CANDIDATES, find_prefix
from simulators.faults import FaultKind
from simulators.openvox import (
    CodeStyle,
    EmptyShape,
    ListShape,
    OpenVoxSimulator,
    SendOutcome,
    UssdFormat,
)
from tests.clients.conftest import OpenSession, ScriptedDevice
from tests.clients.openvox.conftest import (
    CHANNELS,
    INBOX,
    NUMBER,
    OUTBOX,
    SET_PUSH,
    SIMS,
    TEXT,
    USSD,
    NewClient,
    StartGateway,
    count,
    form,
    logins,
    ok,
)

PUSH = PushConfiguration(
    enabled=True,
    reports_enabled=True,
    results_enabled=False,
    scheme="http",
    host="192.168.1.5",
    port="8123",
    path="api/webhook/c0ffee",
    from_number_name="from",
    to_number_name="to",
    port_name_name="port",
    message_name="text",
    time_name="time",
    imsi_name="",
    status_name="status",
    user_defined="id=id",
)

MOODS: tuple[dict[str, Any], ...] = (
    {},
    {"list_shape": ListShape.LIST, "empty_shape": EmptyShape.TEXT},
    {"list_shape": ListShape.DICT, "empty_shape": EmptyShape.LIST},
    {"empty_shape": EmptyShape.NULL, "code_style": CodeStyle.STRING, "text_expiry": True},
    {
        "bom": True,
        "notice": "<br />\n<b>Notice</b>: Undefined index: {x} in /www/a.php on line 3<br />\n",
        "content_type": "text/html",
        "expired_token": "http_401",
        "bearer": True,
    },
)


@pytest.fixture(params=range(len(MOODS)))
async def moody(request: pytest.FixtureRequest, start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway of each firmware that can be thought of."""
    return await start_gateway(ports=4, ports_without_sim=(3,), **MOODS[request.param])


async def test_ports(moody: OpenVoxSimulator, new_client: NewClient) -> None:
    """Which can send, which are registered, which SIM they have."""
    client = new_client(moody)
    moody.lab.set_port(4, up=False)
    spans = await client.valid_spans()
    assert [(each.port, each.name) for each in spans] == [
        (1, "lte-1"),
        (2, "lte-2"),
        (3, "lte-3"),
        (4, "lte-4"),
    ]
    assert [each.available for each in spans] == [True, True, False, False]
    states = await client.channels()
    assert [each.port for each in states.channels] == [1, 2, 3, 4]
    assert [states.registered(port) for port in range(6)] == [None, True, True, False, False, None]
    assert states.idle == 2
    sims = await client.sims()
    assert [each.port for each in sims] == [1, 2, 3, 4]
    assert sims[0].imsi == moody.gateway.ports[1].imsi
    assert sims[0].status == moody.gateway.ports[1].status
    assert sims[2].imsi is None
    assert logins(moody) == 1


async def test_sending_and_outbox(moody: OpenVoxSimulator, new_client: NewClient) -> None:
    """A message appears once and gets its report."""
    client = new_client(moody)
    assert (await client.outbox()).messages == ()
    result = await client.send(2, NUMBER, TEXT)
    assert result.id == moody.lab.sent[0].id
    moody.lab.advance(3)
    (message,) = (await client.outbox()).messages
    assert (message.port_name, message.number, message.text) == ("lte-2", NUMBER, TEXT)
    assert (message.status, message.status_number) == (DeliveryStatus.SENT, None)
    assert message.sent_at is not None
    assert message.sent_at.tzinfo is None
    moody.lab.advance(10)
    (message,) = (await client.outbox()).messages
    assert (message.status, message.status_number) == (DeliveryStatus.DELIVERED, 0)
    assert message.told_status == "DELIVERD(0)"


async def test_rejected(moody: OpenVoxSimulator, new_client: NewClient) -> None:
    """The gateway did not take it."""
    moody.lab.reject_sends()
    result = await new_client(moody).send(1, NUMBER, TEXT)
    assert result.rejected
    assert result.id is None
    assert moody.lab.sent == []


async def test_inbox(moody: OpenVoxSimulator, new_client: NewClient) -> None:
    """Whole messages without the marks of their parts."""
    client = new_client(moody)
    assert (await client.inbox()).messages == ()
    long = "Grüße aus 深圳, " * 12 + "\r\nEnde"
    moody.lab.receive_sms(1, NUMBER, "short")
    moody.lab.receive_sms(4, "10086", long, parts=3, ucs2=True)
    page = await client.inbox()
    assert [each.id for each in page.messages] == [2, 1]
    assert [each.port for each in page.messages] == [4, 1]
    assert [each.port_name for each in page.messages] == ["lte-4", "lte-1"]
    assert [each.number for each in page.messages] == ["10086", NUMBER]
    assert [each.text for each in page.messages] == [long.replace("\r\n", "\n"), "short"]
    assert all(each.received_at for each in page.messages)
    assert (page.page, page.size, page.pages) == (1, 10, 1)


async def test_push_configuration(moody: OpenVoxSimulator, new_client: NewClient) -> None:
    """What was set is read back, and what was before can be restored."""
    client = new_client(moody)
    before = await client.push_configuration()
    assert not before.enabled
    await client.set_push_configuration(PUSH)
    assert await client.push_configuration() == PUSH
    kept = before.to_fields()
    await client.restore_push_configuration(PushConfiguration.from_fields(kept))
    assert await client.push_configuration() == before


@pytest.mark.parametrize("ussd_format", UssdFormat)
async def test_ussd(
    start_gateway: StartGateway, new_client: NewClient, ussd_format: UssdFormat
) -> None:
    """Three forms of the same report, one of which says nothing; without a login."""
    gateway = await start_gateway(ussd_format=ussd_format, ports_without_sim=(3,))
    client = new_client(gateway)
    options = gateway.gateway.options
    report = await client.send_ussd(
        options.ussd_username, options.ussd_password, [1, 3], "*100#", 30, 42
    )
    assert gateway.lab.state()["ussd_asked"] == 1
    assert logins(gateway) == 0
    if ussd_format is UssdFormat.NULL:
        assert report.ports == ()
        return
    assert [each.port for each in report.ports] == [1, 3]
    assert report.ports[0].result is UssdResult.SENT
    assert report.ports[1].result in {UssdResult.NOT_READY, UssdResult.NOT_SELECTED}
    assert all(each.id == "42" and each.sent_at for each in report.ports)


async def test_wrong_ussd_password(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """It is not the password of the login: nothing is latched, nobody logs in anew."""
    await client.channels()
    for _ in range(2):
        with pytest.raises((CommandRefused, NotPermitted)):
            await client.send_ussd("ussduser", "wrong", [1], "*100#", 30, 1)
    assert gateway.lab.state()["refused_ussd_logins"] == 2
    await client.channels()
    assert logins(gateway) == 1


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.HTML, FaultKind.EMPTY])
async def test_commands_are_sent_once(
    gateway: OpenVoxSimulator, client: OpenVoxClient, kind: FaultKind
) -> None:
    """Whether they were carried out is not known."""
    gateway.lab.break_replies("smsoutbox/set_config", kind, times=None)
    gateway.lab.break_replies("service/sendussd", kind, times=None)
    with pytest.raises(OutcomeUnknown):
        await client.set_push_configuration(PUSH)
    with pytest.raises(OutcomeUnknown):
        await client.send_ussd("ussduser", "x", [1], "*100#", 30, 1)
    assert count(gateway, SET_PUSH) == 1
    assert count(gateway, USSD) == 1


async def test_ussd_request(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """No token; the ports joined by commas."""
    device.answer(USSD, ok())
    await scripted.channels()
    await scripted.send_ussd("ussduser", "ussdpwd", (3, 4), "*#301", 500, 1)
    seen = device.last(USSD)
    assert form(seen) == {
        "username": "ussduser",
        "password": "ussdpwd",
        "message": "*#301",
        "port": "3,4",
        "timeout": "500",
        "id": "1",
    }
    assert "authorization" not in {name.lower() for name in seen.headers}


async def test_requests_for_pages(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Each box has its own way to write a time; what is not asked for is not sent."""
    device.answer(OUTBOX, ok([]))
    device.answer(INBOX, ok([]))
    device.answer(SIMS, ok([]))
    start, end = datetime(2024, 1, 2, 3, 4, 5), datetime(2024, 11, 21, 9, 59, 20)  # noqa: DTZ001 - the gateway's clock
    await scripted.outbox()
    assert form(device.last(OUTBOX)) == {"current_page": "1", "current_counts": "10"}
    await scripted.outbox(2, 50, number=NUMBER, start=start, end=end)
    assert form(device.last(OUTBOX)) == {
        "current_page": "2",
        "current_counts": "50",
        "phone_number_filter": NUMBER,
        "start_datetime_filter": "2024-01-02 03:04:05",
        "end_datetime_filter": "2024-11-21 09:59:20",
    }
    await scripted.inbox()
    assert form(device.last(INBOX)) == {
        "current_page": "1",
        "current_counts": "10",
        "flag": "all",
    }
    await scripted.inbox(3, 2, InboxFlag.UNREAD, number="10086", start=start, end=end)
    assert form(device.last(INBOX)) == {
        "current_page": "3",
        "current_counts": "2",
        "phone_number_filter": "10086",
        "start_datetime_filter": "2024/01/02 03:04:05",
        "end_datetime_filter": "2024/11/21 09:59:20",
        "flag": "unread",
    }
    await scripted.sims()
    assert form(device.last(SIMS)) == {"port": "0"}
    assert {each.method for each in device.seen} == {"POST"}


async def test_paging(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """`pages` counts pages; behind the last there is nothing."""
    for number in range(5):
        gateway.lab.receive_sms(1 + number % 2, NUMBER if number else "10086", f"text {number}")
    pages = [await client.inbox(page, 2) for page in (1, 2, 3, 4)]
    assert [each.pages for each in pages] == [3, 3, 3, 3]
    assert [each.page for each in pages] == [1, 2, 3, 4]
    found = [[message.text for message in each.messages] for each in pages]
    assert found == [["text 4", "text 3"], ["text 2", "text 1"], ["text 0"], []]
    assert [each.text for each in (await client.inbox(number="10086")).messages] == ["text 0"]


async def test_flags(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Read and unread messages, and how many there are of each."""
    gateway.lab.receive_sms(1, NUMBER, "old")
    gateway.lab.mark_read()
    gateway.lab.receive_sms(1, NUMBER, "new")
    page = await client.inbox()
    assert (page.read_count, page.unread_count) == (1, 1)
    for flag, texts in ((InboxFlag.UNREAD, ["new"]), (InboxFlag.READ, ["old"])):
        assert [each.text for each in (await client.inbox(flag=flag)).messages] == texts


async def test_time_filters(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """By the gateway's clock."""
    gateway.lab.receive_sms(1, NUMBER, "old")
    gateway.lab.advance(3600)
    gateway.lab.receive_sms(1, NUMBER, "new")
    newest = (await client.inbox()).messages[0].received_at
    assert newest is not None
    assert [each.text for each in (await client.inbox(start=newest)).messages] == ["new"]
    await client.send(1, NUMBER, TEXT)
    gateway.lab.advance(10)
    assert len((await client.outbox(start=newest)).messages) == 1
    assert len((await client.outbox(end=newest.replace(year=2025))).messages) == 0


async def test_failed_sending(start_gateway: StartGateway, new_client: NewClient) -> None:
    """Accepted, and failed afterwards."""
    gateway = await start_gateway(send_outcome=SendOutcome.FAILED)
    client = new_client(gateway)
    assert not (await client.send(1, NUMBER, TEXT)).rejected
    gateway.lab.advance(10)
    (message,) = (await client.outbox()).messages
    assert message.status is DeliveryStatus.FAILED


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(SendOutcome.SENT, DeliveryStatus.SENT), (SendOutcome.FAILED, DeliveryStatus.FAILED)],
)
async def test_synchronous_sending(
    start_gateway: StartGateway,
    new_client: NewClient,
    outcome: SendOutcome,
    status: DeliveryStatus,
) -> None:
    """The answer says how it ended."""
    gateway = await start_gateway(send_outcome=outcome, send_seconds=0.05)
    result = await new_client(gateway).send(1, NUMBER, TEXT, synchronous=True)
    assert result.status is status
    assert not result.rejected
    assert gateway.lab.sent[0].synchronous


async def test_no_push_configuration(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """An empty one would overwrite somebody's when it is restored."""
    device.answer("/smsoutbox/get_config", ok([]))
    with pytest.raises(InvalidReply):
        await scripted.push_configuration()


async def test_restoring_what_we_would_not_set(
    device: ScriptedDevice, scripted: OpenVoxClient
) -> None:
    """Whatever the owner had, it was the owner's."""
    device.answer(SET_PUSH, ok([]))
    await scripted.restore_push_configuration(replace(PUSH, host="", path="/a b?c", imsi_name="to"))
    sent = form(device.last(SET_PUSH))
    assert sent["url_host"] == ""
    assert sent["url_path"] == "/a b?c"
    assert sent["url_imsi"] == "to"
    assert sent["enable"] == "1"
    assert sent["results_enable"] == "0"
    assert len(sent) == 15


@pytest.mark.parametrize("prefix", CANDIDATES)
@pytest.mark.parametrize("outside", [200, 302, 404])
async def test_find_prefix(
    start_gateway: StartGateway, open_session: OpenSession, prefix: str, outside: int
) -> None:
    """No password is tried anywhere, whatever the web server has beside the API."""
    gateway = await start_gateway(prefix=prefix, unknown_path_status=outside)
    assert await find_prefix(open_session(), URL(gateway.url)) == prefix
    state = gateway.lab.state()
    assert (state["logins"], state["refused_logins"], state["stray_passwords"]) == (0, 0, 0)
    assert all(path.endswith(CHANNELS) for _, path in gateway.requests)


async def test_thirty_two_ports(start_gateway: StartGateway, new_client: NewClient) -> None:
    """The largest that is built."""
    gateway = await start_gateway(ports=32)
    client = new_client(gateway)
    assert len(await client.valid_spans()) == 32
    assert len((await client.channels()).channels) == 32
    assert len(await client.sims()) == 32
    assert (await client.send(32, NUMBER, TEXT)).port == 32
