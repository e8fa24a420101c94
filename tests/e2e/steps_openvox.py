"""The steps with an OpenVox gateway: a message to a contact, and the contact's answer."""

import re

from playwright.sync_api import Locator

from . import steps
from .demo_process import OPENVOX
from .walk import HASS, Step, Walk

USERNAME, DELIVERED_PASSWORD, PASSWORD = "admin", "admin", "gatehouse-sms"
MODEL, LAST_PORT = "SMS gateway", "Port 8"
CONTACT_NAME, CONTACT_NUMBER, CONTACT_PORT = "Ada", "+15550123", 2
MESSAGE, ANSWER = "Dinner is ready. Are you home soon?", "On my way, ten minutes."
AUTOMATION_NAME = "Show what Ada answers"
PUSH_OPTION = "Let the gateway tell of messages at once"

AUTOMATIONS_PAGE = "/config/automation/dashboard"

# The automation has the only entity of its domain.
_AUTOMATION = f"Object.values({HASS}.states).find(each => each.entity_id.startsWith('automation.'))"


def find_device(walk: Walk, address: str | None = None) -> None:
    """Say where a gateway with the password of its delivery is, and let the wizard find out."""
    walk.lab(OPENVOX, "set_options", {"password": DELIVERED_PASSWORD})
    walk.open(steps.INTEGRATIONS_PAGE)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(address or walk.demo.devices[OPENVOX])
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.get_by_text(f"Log in to {MODEL}").wait_for()


def enter_password(walk: Walk, password: str) -> None:
    """Fill in the form of the login; it knows the user name that all gateways have."""
    page = walk.page
    name = page.locator("input[name=username]").input_value()
    steps.expect("The proposed user name", name, wanted=USERNAME)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Submit").click()


def be_cautioned(walk: Walk) -> None:
    """Log in with the password of the delivery and be told what that means."""
    enter_password(walk, DELIVERED_PASSWORD)
    walk.page.get_by_text("Everybody knows this password").wait_for()
    walk.page.get_by_text("Continue anyway").wait_for()


def change_password(walk: Walk) -> None:
    """Give the gateway another password, as on its own page, and log in with that."""
    page = walk.page
    walk.lab(OPENVOX, "set_options", {"password": PASSWORD})
    page.get_by_text("I have changed it").click()
    enter_password(walk, PASSWORD)
    page.get_by_role("button", name="Skip and finish").wait_for()


def _entry(walk: Walk) -> Locator:
    """Return the part of the integration's page that belongs to the gateway."""
    return walk.page.locator("ha-config-entry-row", has_text=LAST_PORT)


def finish_setup(walk: Walk) -> None:
    """Leave the wizard for the list of the integration's devices: there are several new ones."""
    walk.page.get_by_role("button", name="Skip and finish").click()
    _entry(walk).get_by_text(LAST_PORT).scroll_into_view_if_needed()
    connection = walk.entity("binary_sensor", "connection", device=MODEL)
    walk.await_state(connection, "state === 'on'")


def allow_push(walk: Walk) -> None:
    """Let the gateway tell of messages at once, which is off unless somebody wants it."""
    page = walk.page
    walk.open(steps.INTEGRATION_PAGE)
    _entry(walk).get_by_role("button", name="Configure").first.click()
    push = page.get_by_role("switch", name=PUSH_OPTION)
    push.wait_for()
    steps.expect("Whether push is on", push.is_checked(), wanted=False)
    before = walk.lab(OPENVOX, "state")["push"]["enable"]
    steps.expect("What the gateway pushes without being asked", before, wanted=0)
    page.locator("ha-selector-boolean", has_text=PUSH_OPTION).click()
    # Home Assistant listens on 127.0.0.1 only, where no device would find it.
    page.locator("input[name=push_address]").fill(walk.demo.url)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").click()
    walk.await_state(walk.entity("event", "sms_status", device=MODEL), "state === 'unknown'")
    address = walk.lab(OPENVOX, "state")["push"]
    here = f"{address['url_http']}://{address['url_host']}:{address['url_port']}"
    steps.expect("Where the gateway pushes to", here, wanted=walk.demo.url)


def fill_contact(walk: Walk) -> None:
    """Fill in the form that adds a contact to the gateway."""
    page = walk.page
    walk.open(steps.INTEGRATION_PAGE)
    steps.open_contact_form(walk, MODEL)
    page.locator("input[name=name]").fill(CONTACT_NAME)
    page.locator("input[name=number]").fill("+1 555 0123")
    page.locator("ha-selector-number input").fill(str(CONTACT_PORT))
    page.locator("ha-selector-boolean", has_text="Event of its own").click()


def save_contact(walk: Walk) -> None:
    """Send the form off and find the contact below the gateway."""
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.get_by_role("button", name="Finish").click()
    _entry(walk).get_by_text(CONTACT_NAME).first.scroll_into_view_if_needed()
    notify = walk.entity("notify", "contact", device=CONTACT_NAME)
    walk.await_state(notify, "state === 'unknown'")


def add_contact(walk: Walk) -> None:
    """Add somebody with a preferred port, who gets an event of their own."""
    fill_contact(walk)
    save_contact(walk)


def write_automation(walk: Walk) -> None:
    """Write an automation, in YAML, that shows what the contact answers."""
    page = walk.page
    answered = walk.entity("event", "sms_received", device=CONTACT_NAME)
    walk.open(AUTOMATIONS_PAGE)
    page.get_by_role("button", name="Create automation").click()
    page.get_by_text("Create new automation").click()
    page.get_by_text("Add trigger").wait_for()
    page.get_by_role("button", name="Menu").last.click()
    page.get_by_text("Edit in YAML").click()
    steps.write_yaml(
        walk,
        f"alias: {AUTOMATION_NAME}\n"
        f"triggers:\n"
        f"  - trigger: event.received\n"
        f"    target:\n      entity_id: {answered}\n"
        f"    options:\n      event_type:\n        - received\n"
        f"actions:\n"
        f"  - action: persistent_notification.create\n"
        f"    data:\n"
        f"      title: {CONTACT_NAME}\n"
        f'      message: "{{{{ trigger.to_state.attributes.text }}}}"\n',
    )
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Event received").wait_for()
    page.wait_for_function(f"() => {_AUTOMATION} !== undefined")


def notify_contact(walk: Walk) -> None:
    """Send a message to the contact with the notify action, by the form."""
    page = walk.page
    notify = walk.entity("notify", "contact", device=CONTACT_NAME)
    walk.open(steps.ACTIONS_PAGE)
    steps.choose_action(walk, "notify.send_message")
    page.get_by_role("button", name="Add target").click()
    targets = page.locator("ha-picker-combo-box")
    targets.get_by_placeholder("Search").fill(CONTACT_NAME)
    targets.locator("ha-combo-box-item", has_text="Notifications").click()
    page.locator("ha-settings-row", has_text="Message").locator("input, textarea").fill(MESSAGE)
    page.get_by_role("button", name="Perform action").click()
    walk.await_state(notify, "Date.parse(state) > 0")
    expect_sent_once(walk)


def expect_sent_once(walk: Walk) -> None:
    """Check that the gateway sent the message once, by the contact's port, and nothing else."""
    sent = [(each["port"], each["number"], each["text"]) for each in walk.lab(OPENVOX, "sent")]
    steps.expect("The gateway sent", sent, wanted=[(CONTACT_PORT, CONTACT_NUMBER, MESSAGE)])


def see_delivery(walk: Walk) -> None:
    """See on the gateway's page that the message has arrived at the contact's telephone."""
    walk.open_device(MODEL)
    row = steps.row(walk, "Message status", "Delivered")
    row.scroll_into_view_if_needed()
    activity = walk.page.locator("ha-logbook")
    for state in ("Sent", "Delivered"):
        activity.get_by_text(state, exact=True).wait_for()
    expect_sent_once(walk)


def receive_answer(walk: Walk) -> None:
    """Let the contact answer and see that on the gateway's page."""
    steps.row(walk, "Message received", "Unknown").wait_for()
    answer = {"port": CONTACT_PORT, "number": CONTACT_NUMBER, "text": ANSWER}
    walk.lab(OPENVOX, "receive_sms", answer)
    # An expression minds capital letters: the name of the entity says "received", too.
    steps.row(walk, "Message received", re.compile("Received")).wait_for()


def read_answer(walk: Walk) -> None:
    """Read what the contact has written, in the details of the event."""
    page = walk.page
    page.locator("hui-event-entity-row", has_text="Message received").get_by_text(
        "Message received"
    ).click()
    dialog = page.locator("ha-more-info-dialog")
    dialog.get_by_text("Activity").wait_for()
    dialog.get_by_role("button", name="Menu").click()
    page.get_by_text("Details", exact=True).click()
    for detail in (CONTACT_NAME, CONTACT_NUMBER, ANSWER):
        dialog.locator("ha-attribute-value", has_text=detail).wait_for()


def see_answer(walk: Walk) -> None:
    """See the contact's answer come, and read it."""
    receive_answer(walk)
    read_answer(walk)


def see_automation(walk: Walk) -> None:
    """See when the automation was triggered, and what it has done."""
    page = walk.page
    walk.open(AUTOMATIONS_PAGE)
    table = page.locator("ha-data-table")
    table.get_by_text(AUTOMATION_NAME).wait_for()
    table.get_by_text(re.compile(r"\bago$")).wait_for()
    page.get_by_text("Notifications").first.click()
    page.get_by_text(ANSWER).wait_for()
    expect_sent_once(walk)
    pushes = [(each["kind"], each["outcome"]) for each in walk.lab(OPENVOX, "pushes")]
    wanted = [(kind, "200") for kind in ("result", "report", "received")]
    steps.expect("The gateway pushed", pushes, wanted=wanted)


STEPS = (
    Step(shows="The gateway is found", take=find_device),
    Step(shows="The password of the delivery is cautioned against", take=be_cautioned),
    Step(shows="The gateway accepts its new password", take=change_password),
    Step(shows="The gateway has its ports", take=finish_setup),
    Step(shows="The gateway may tell of messages at once", take=allow_push),
    Step(shows="The gateway gets a contact with a port", take=add_contact),
    Step(shows="An automation waits for an answer", take=write_automation),
    Step(shows="The contact gets one message by its port", take=notify_contact),
    Step(shows="The message is delivered", take=see_delivery),
    Step(shows="The contact answers", take=see_answer),
    Step(shows="The automation has run", take=see_automation),
)
