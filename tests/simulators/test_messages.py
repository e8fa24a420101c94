"""Text messages: boxes, the send queue, and what goes wrong with both."""

from typing import Any

import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator, SmsOutcome
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

PHONE = "+15550100200"
OTHER = "+15550100201"


@pytest.fixture
async def modem(make_modem: MakeModem) -> HilinkSimulator:
    """Return a modem with an empty memory."""
    modem = await make_modem(sms_send_seconds=3, idle_timeout=1e9)
    modem.lab.clear_messages()
    return modem


@pytest.fixture
async def browser(modem: HilinkSimulator, open_browser: MakeBrowser) -> Browser:
    """Return a browser that is logged in."""
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    return browser


async def refusal(attempt: Any) -> int:
    """Return the code with which something is refused."""
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value.code


async def test_receive(modem: HilinkSimulator, browser: Browser) -> None:
    """A text arrives unread, is counted, read and deleted; its index is used again."""
    assert modem.lab.inject_sms(PHONE, "Hällo <b>") == 40000
    modem.lab.advance(60)
    assert modem.lab.inject_sms("Operator", "Your balance is 10.00") == 40001
    counts = await browser.get("sms/sms-count")
    assert (counts["LocalInbox"], counts["LocalUnread"], counts["NewMsg"]) == ("2", "2", "2")
    assert (await browser.get("sms/sms-count"))["NewMsg"] == "0"
    assert (await browser.get("monitoring/check-notifications"))["UnreadMessage"] == "2"
    newest, oldest = await browser.list_sms()
    assert (newest["Index"], newest["Date"]) == ("40001", "2026-09-01 12:01:00")
    assert oldest == {
        "Smstat": "0",
        "Index": "40000",
        "Phone": PHONE,
        "Content": "Hällo <b>",
        "Date": "2026-09-01 12:00:00",
        "Sca": None,
        "SaveType": "0",
        "Priority": "0",
        "SmsType": "1",
    }
    await browser.post("sms/set-read", "<Index>40000</Index>")
    assert (await browser.get("sms/sms-count"))["LocalUnread"] == "1"
    await browser.post("sms/delete-sms", "<Index>40000</Index><Index>49999</Index>")
    assert [message["Index"] for message in await browser.list_sms()] == ["40001"]
    assert modem.lab.inject_sms(PHONE, "Again") == 40000


async def test_paging(modem: HilinkSimulator, browser: Browser) -> None:
    """Pages follow each other and end with an empty one; sizes have limits."""
    for number in range(5):
        modem.lab.inject_sms(PHONE, f"Text {number}")
    pages = [
        [message["Content"] for message in await browser.list_sms(page=page, count=2)]
        for page in (1, 2, 3, 4)
    ]
    assert pages == [["Text 4", "Text 3"], ["Text 2", "Text 1"], ["Text 0"], []]
    for page, count in ((0, 2), (1, 0), (1, 51)):
        assert await refusal(browser.list_sms(page=page, count=count)) == 100005


async def test_sorting(modem: HilinkSimulator, browser: Browser) -> None:
    """A list can be sorted by phone and put unread messages first."""
    modem.lab.inject_sms("222", "b")
    modem.lab.inject_sms("111", "a")
    await browser.post("sms/set-read", "<Index>40001</Index>")

    async def contents(sort: int, ascending: int, unread: int) -> list[str]:
        reply = await browser.post(
            "sms/sms-list",
            "<PageIndex>1</PageIndex><ReadCount>20</ReadCount><BoxType>1</BoxType>"
            f"<SortType>{sort}</SortType><Ascending>{ascending}</Ascending>"
            f"<UnreadPreferred>{unread}</UnreadPreferred>",
        )
        return [message["Content"] for message in reply["Messages"]["Message"]]

    assert await contents(1, 1, 0) == ["a", "b"]
    assert await contents(1, 0, 0) == ["b", "a"]
    assert await contents(1, 1, 1) == ["b", "a"]


async def test_send(modem: HilinkSimulator, browser: Browser) -> None:
    """A text goes to one number after the other and ends in the sent box."""
    assert await browser.send_sms(PHONE, OTHER) == "OK"
    assert modem.lab.sent == [((PHONE, OTHER), "Hello")]
    status = await browser.get("sms/send-status")
    assert (status["Phone"], status["SucPhone"], status["TotalCount"]) == (PHONE, None, "2")
    modem.lab.advance(3)
    status = await browser.get("sms/send-status")
    assert (status["Phone"], status["SucPhone"], status["CurIndex"]) == (OTHER, PHONE, "2")
    modem.lab.advance(3)
    status = await browser.get("sms/send-status")
    assert (status["Phone"], status["SucPhone"]) == (None, f"{PHONE},{OTHER}")
    sent = await browser.list_sms(box=2)
    assert {(each["Phone"], each["Smstat"], each["Content"]) for each in sent} == {
        (PHONE, "3", "Hello"),
        (OTHER, "3", "Hello"),
    }


async def test_second_send(modem: HilinkSimulator, browser: Browser) -> None:
    """A second text before the first is through is refused and not recorded."""
    await browser.send_sms(PHONE)
    assert await refusal(browser.send_sms(OTHER)) == 113004
    modem.lab.advance(3)
    assert await browser.send_sms(OTHER) == "OK"
    assert [message.phones for message in modem.lab.sent] == [(PHONE,), (OTHER,)]


async def test_fates(modem: HilinkSimulator, browser: Browser) -> None:
    """The lab knows what became of each text, also of those that nobody can ask for any more."""
    modem.lab.fail_sends()
    await browser.send_sms(PHONE)
    modem.lab.advance(3)
    assert (await browser.get("sms/send-status"))["FailPhone"] == PHONE
    await browser.send_sms(PHONE, OTHER)
    modem.lab.advance(3)
    fates = [(PHONE, "failed"), (PHONE, "sent"), (OTHER, "pending")]
    assert modem.lab.fates() == fates
    modem.lab.reboot(1)
    assert modem.lab.fates() == [*fates[:2], (OTHER, "lost")]


async def test_failed_send(modem: HilinkSimulator, browser: Browser) -> None:
    """A text that cannot be sent is reported and kept as failed."""
    modem.lab.set_options(sms_outcome="fail")
    assert await browser.send_sms(PHONE) == "OK"
    modem.lab.advance(3)
    status = await browser.get("sms/send-status")
    assert (status["Phone"], status["SucPhone"], status["FailPhone"]) == (None, None, PHONE)
    [message] = await browser.list_sms(box=2)
    assert message["Smstat"] == "4"


async def test_failed_to_drafts(modem: HilinkSimulator, browser: Browser) -> None:
    """Some models keep it in the drafts."""
    modem.lab.set_options(sms_outcome=SmsOutcome.FAIL, failed_sms_to_drafts=True)
    await browser.send_sms(PHONE)
    modem.lab.advance(3)
    assert await browser.list_sms(box=2) == []
    assert [message["Smstat"] for message in await browser.list_sms(box=3)] == ["4"]


async def test_cancel(modem: HilinkSimulator, browser: Browser) -> None:
    """A text that is never through can be canceled."""
    modem.lab.set_options(sms_outcome="never")
    await browser.send_sms(PHONE)
    modem.lab.advance(3600)
    assert (await browser.get("sms/send-status"))["Phone"] == PHONE
    assert await refusal(browser.send_sms(OTHER)) == 113004
    await browser.post("sms/cancel-send", "1")
    assert (await browser.get("sms/send-status"))["Phone"] is None
    modem.lab.set_options(sms_outcome="deliver")
    await browser.send_sms(OTHER)
    modem.lab.advance(3)
    assert [message["Phone"] for message in await browser.list_sms(box=2)] == [OTHER]


@pytest.mark.parametrize(
    ("phone", "code"), [("555-0100", 100005), ("bob", 100005), ("", 100005), ("+", 100005)]
)
async def test_bad_phone(modem: HilinkSimulator, browser: Browser, phone: str, code: int) -> None:
    """Only digits and a leading plus make a number."""
    assert await refusal(browser.send_sms(phone)) == code
    assert modem.lab.sent == []


async def test_too_many_phones(browser: Browser) -> None:
    """A text goes to at most fifty numbers."""
    phones = [str(15550100000 + number) for number in range(51)]
    assert await refusal(browser.send_sms(*phones)) == 100006
    assert await browser.send_sms(*phones[:50]) == "OK"


async def test_date(modem: HilinkSimulator, browser: Browser) -> None:
    """A sent text carries the date it was given, which must be a date."""
    assert await refusal(browser.send_sms(PHONE, date="yesterday")) == 100005
    await browser.send_sms(PHONE, date="2026-01-02 03:04:05")
    modem.lab.advance(3)
    assert [each["Date"] for each in await browser.list_sms(box=2)] == ["2026-01-02 03:04:05"]


async def test_full(modem: HilinkSimulator, browser: Browser) -> None:
    """A full memory loses what arrives and refuses to send."""
    modem.lab.set_options(sms_capacity=1)
    modem.lab.inject_sms(PHONE, "First")
    assert (await browser.get("monitoring/check-notifications"))["SmsStorageFull"] == "1"
    assert modem.lab.inject_sms(PHONE, "Second") is None
    assert modem.lab.state()["lost"] == 1
    assert await refusal(browser.send_sms(PHONE)) == 113053
    assert (await browser.get("sms/sms-count"))["LocalMax"] == "1"
    await browser.post("sms/delete-sms", "<Index>40000</Index>")
    assert (await browser.get("monitoring/check-notifications"))["SmsStorageFull"] == "0"


async def test_emoji(modem: HilinkSimulator, browser: Browser) -> None:
    """Emoji are lost on reception; sent ones travel as pairs of surrogates."""
    modem.lab.inject_sms(PHONE, "Hi 😀 there ✓")
    assert [each["Content"] for each in await browser.list_sms()] == ["Hi  there ✓"]
    await browser.send_sms(PHONE, text="Hi \ud83d\ude00")
    assert modem.lab.sent[0].text == "Hi 😀"
    modem.lab.advance(3)
    async with browser.session.post(
        f"{modem.url}/api/sms/sms-list",
        data="<request><PageIndex>1</PageIndex><ReadCount>1</ReadCount><BoxType>2</BoxType>"
        "<SortType>0</SortType><Ascending>0</Ascending><UnreadPreferred>0</UnreadPreferred>"
        "</request>",
        headers={"__RequestVerificationToken": await browser.token()},
    ) as reply:
        assert b"Hi \xed\xa0\xbd\xed\xb8\x80" in await reply.read()


async def test_white_space(modem: HilinkSimulator, browser: Browser) -> None:
    """The spaces around a text are part of it."""
    await browser.send_sms(PHONE, text="  two\nlines ")
    assert modem.lab.sent[0].text == "  two\nlines "


async def test_old_message(modem: HilinkSimulator, browser: Browser) -> None:
    """A text that the network had kept bears the date at which it was sent."""
    modem.lab.inject_sms(PHONE, "Today")
    modem.lab.inject_sms(PHONE, "Yesterday", when="2026-08-31 12:00:00")
    texts = [(each["Content"], each["Date"][:10]) for each in await browser.list_sms()]
    assert texts == [("Today", "2026-09-01"), ("Yesterday", "2026-08-31")]


async def test_multipart(modem: HilinkSimulator, browser: Browser) -> None:
    """The device joins the parts of a long text as they come."""
    modem.lab.inject_sms(PHONE, "AAABBBCCC", parts=3, part_seconds=2)
    [message] = await browser.list_sms()
    assert (message["Content"], message["SmsType"]) == ("AAA", "2")
    modem.lab.advance(4)
    assert [each["Content"] for each in await browser.list_sms()] == ["AAABBBCCC"]


async def test_multipart_read_too_early(modem: HilinkSimulator, browser: Browser) -> None:
    """Marked as read too early, the rest never joins."""
    modem.lab.inject_sms(PHONE, "AAABBB", parts=2, part_seconds=2)
    await browser.post("sms/set-read", "<Index>40000</Index>")
    modem.lab.advance(2)
    assert sorted(each["Content"] for each in await browser.list_sms()) == ["AAA", "BBB"]


async def test_mms(modem: HilinkSimulator, browser: Browser) -> None:
    """An MMS notification spoils the whole list until it is deleted."""
    modem.lab.set_options(mms_swallows_next=True)
    index = modem.lab.inject_mms(PHONE)
    assert modem.lab.inject_sms(PHONE, "swallowed") == index
    with pytest.raises(Exception, match="not well-formed"):
        await browser.list_sms()
    await browser.post("sms/delete-sms", f"<Index>{index}</Index>")
    assert await browser.list_sms() == []


async def test_mms_with_markup(modem: HilinkSimulator, browser: Browser) -> None:
    """A notification may spoil the list even for whoever forgives bytes that are no text."""
    modem.lab.inject_sms(PHONE, "Whole & well")
    modem.lab.inject_mms(OTHER, markup=True)
    token = await browser.token()
    async with browser.session.post(
        f"{modem.url}/api/sms/sms-list",
        data="<request><PageIndex>1</PageIndex><ReadCount>5</ReadCount><BoxType>1</BoxType>"
        "<SortType>0</SortType><Ascending>0</Ascending><UnreadPreferred>0</UnreadPreferred>"
        "</request>",
        headers={"__RequestVerificationToken": token},
    ) as reply:
        text = (await reply.read()).decode("utf-8", "replace")
    assert "<Content>\u00be\u00af<&" in text
    assert "<Content>Whole &amp; well</Content>" in text


async def test_conversations(modem: HilinkSimulator, browser: Browser) -> None:
    """Some firmware lists by conversation only, in names of its own."""
    modem.lab.set_options(sms_style="conversation")
    modem.lab.inject_sms(PHONE, "One")
    modem.lab.advance(60)
    modem.lab.inject_sms(OTHER, "Two")
    modem.lab.advance(60)
    await browser.send_sms(PHONE, text="Answer", date="2026-09-01 12:02:00")
    modem.lab.advance(3)
    assert await refusal(browser.list_sms()) == 100002
    assert await browser.get("sms/sms-count-contact") == {"count": "2"}
    page = "<pageindex>1</pageindex><readcount>20</readcount>"
    heads = await browser.post("sms/sms-list-contact", page)
    assert heads["Count"] == "2"
    assert [
        (each["phone"], each["content"], each["smstat"], each["unreadcount"])
        for each in heads["messages"]["message"]
    ] == [(PHONE, "Answer", "3", "1"), (OTHER, "Two", "0", "1")]
    conversation = await browser.post("sms/sms-list-phone", f"<phone>{PHONE}</phone>{page}")
    assert conversation["count"] == "2"
    assert [(each["content"], each["curbox"]) for each in conversation["messages"]["message"]] == [
        ("Answer", "1"),
        ("One", "0"),
    ]
    beyond = "<pageindex>2</pageindex><readcount>20</readcount>"
    assert (await browser.post("sms/sms-list-contact", beyond))["messages"] is None


async def test_conversations_where_there_are_boxes(browser: Browser) -> None:
    """Firmware that lists boxes has no conversations."""
    page = "<pageindex>1</pageindex><readcount>20</readcount>"
    assert await refusal(browser.post("sms/sms-list-contact", page)) == 100002
    assert await refusal(browser.get("sms/sms-count-contact")) == 100002


async def test_firmware_that_does_not_count(modem: HilinkSimulator, browser: Browser) -> None:
    """The counts may be missing where there are messages."""
    modem.lab.set_options(sms_counts=False)
    assert await refusal(browser.get("sms/sms-count")) == 100002
    assert await browser.list_sms() == []


async def test_delivery_report(modem: HilinkSimulator, browser: Browser) -> None:
    """A delivery report is a message of its own type."""
    await browser.post(
        "sms/config",
        "<SaveMode>0</SaveMode><Validity>10752</Validity><Sca>+15550100000</Sca>"
        "<UseSReport>1</UseSReport><SendType>0</SendType><Priority>0</Priority>",
    )
    await browser.send_sms(PHONE)
    modem.lab.advance(3)
    assert await browser.list_sms(box=2) == []
    assert (await browser.get("sms/config"))["UseSReport"] == "1"


async def test_report_with_saving(modem: HilinkSimulator, browser: Browser) -> None:
    """Saved after sending and reported."""
    await browser.post(
        "sms/config",
        "<SaveMode>0</SaveMode><Validity>10752</Validity><Sca>+15550100000</Sca>"
        "<UseSReport>1</UseSReport><SendType>1</SendType><Priority>0</Priority>",
    )
    await browser.send_sms(PHONE)
    modem.lab.advance(3)
    assert [each["SmsType"] for each in await browser.list_sms()] == ["7"]
    assert len(await browser.list_sms(box=2)) == 1


async def test_draft(browser: Browser) -> None:
    """A draft is kept and not sent."""
    await browser.post(
        "sms/save-sms",
        f"<Index>-1</Index><Phones><Phone>{PHONE}</Phone></Phones><Sca></Sca>"
        "<Content>Later</Content><Length>5</Length><Reserved>1</Reserved><Date>-1</Date>",
    )
    assert [(each["Smstat"], each["Content"]) for each in await browser.list_sms(box=3)] == [
        ("2", "Later")
    ]


async def test_without_sim(modem: HilinkSimulator, browser: Browser) -> None:
    """Without a SIM the queue accepts a text and then fails it."""
    modem.lab.set_options(sim_present=False)
    assert await browser.send_sms(PHONE) == "OK"
    modem.lab.advance(3)
    assert (await browser.get("sms/send-status"))["FailPhone"] == PHONE
    counts = await browser.get("sms/sms-count")
    assert (counts["LocalOutbox"], counts["SimInbox"]) == ("1", "0")


async def test_firmware_without_sms(modem: HilinkSimulator, browser: Browser) -> None:
    """A firmware without text messages says so and knows none of their paths."""
    modem.lab.set_options(sms_enabled=False)
    assert (await browser.get("global/module-switch"))["sms_enabled"] == "0"
    assert await refusal(browser.get("sms/sms-count")) == 100002
    assert await refusal(browser.send_sms(PHONE)) == 100002


async def test_restart_loses_queue(modem: HilinkSimulator, browser: Browser) -> None:
    """A restart loses what was still being sent but not the memory."""
    modem.lab.inject_sms(PHONE, "Kept")
    await browser.send_sms(OTHER)
    modem.lab.reboot(seconds=0)
    modem.lab.advance(60)
    assert modem.lab.messages("2") == []
    assert [message["Content"] for message in modem.lab.messages()] == ["Kept"]
