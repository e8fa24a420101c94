"""The steps with a HiLink modem."""

from . import steps
from .demo_process import HILINK
from .walk import HASS, Step, Walk

DEVICE_USERNAME, DEVICE_PASSWORD = "admin", "gatehouse"
MODEL = "H165-383"
SIGNAL, SIGNAL_NUMBER, SIGNAL_TEXT = "-77dBm", -77, "-77 dBm"
CONTACT_NAME, CONTACT_NUMBER = "Neighbor", "+15550100"
OTHER_NUMBER = "+15550101"
NOTIFY_TEXT, ACTION_TEXT = "The gate is open.", "The gate is closed again."
RECEIVED_TEXT = "Is the gate closed?"
BAND = "78"
MODE = "4G only"
REBOOT_SECONDS = 10


def find_device(walk: Walk) -> None:
    """Say where the device is and what it is."""
    page = walk.page
    page.locator("input[name=host]").fill(walk.demo.devices[HILINK])
    steps.choose_device_type(walk, "Huawei HiLink")
    page.get_by_role("button", name="Submit").click()
    page.locator("input[name=username]").wait_for()


def log_in(walk: Walk) -> None:
    """Enter the device's user name and password."""
    page = walk.page
    page.locator("input[name=username]").fill(DEVICE_USERNAME)
    page.locator("input[name=password]").fill(DEVICE_PASSWORD)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").wait_for()


def finish_setup(walk: Walk) -> None:
    """Leave the wizard, which goes on to the list once there are clients, for the device's page."""
    walk.page.get_by_role("button", name="Skip and finish").click()
    walk.page.get_by_text(MODEL).first.wait_for()
    walk.open_device(MODEL)
    walk.page.get_by_text("by Huawei").wait_for()
    walk.await_state(walk.entity("binary_sensor", "mobile_connection"), "state === 'on'")


def see_signal_change(walk: Walk) -> None:
    """Let the device measure a certain signal and see it on the page, without reloading it."""
    walk.lab(HILINK, "set_field", {"endpoint": "device/signal", "name": "rsrp", "value": SIGNAL})
    signal = walk.entity("sensor", "rsrp")
    walk.await_state(signal, f"Number(state) === {SIGNAL_NUMBER}", seconds=steps.POLL_SECONDS)
    row = walk.page.get_by_text(SIGNAL_TEXT)
    row.scroll_into_view_if_needed()


def choose_band(walk: Walk) -> None:
    """Keep the device to a 5G band with the integration's action, and see what it has."""
    page = walk.page
    walk.open(steps.ACTIONS_PAGE)
    steps.choose_action(walk, "gatehouse.set_5g_bands")
    steps.choose_device(walk, MODEL)
    bands = page.locator("ha-selector-select")
    bands.get_by_text("Add", exact=True).click()
    bands.get_by_text(BAND, exact=True).click()
    page.get_by_role("button", name="Perform action").click()
    response = page.locator("ha-card", has_text="Response")
    response.locator(".cm-line", has_text=BAND).wait_for()


def choose_mode(walk: Walk) -> None:
    """Let the device use 4G only, as somebody would on its page, and see it follow."""
    page = walk.page
    walk.open_device(MODEL)
    row = page.locator("hui-select-entity-row", has_text="Preferred network mode")
    row.scroll_into_view_if_needed()
    row.locator("ha-select").click()
    page.get_by_role("option", name=MODE).or_(page.get_by_role("menuitem", name=MODE)).first.click()
    walk.await_state(walk.entity("select", "network_mode"), "state === '4g'")


def receive_message(walk: Walk) -> None:
    """See a message that the device receives on its page."""
    walk.lab(HILINK, "inject_sms", {"phone": CONTACT_NUMBER, "text": RECEIVED_TEXT})
    event = walk.entity("event", "sms_received", device=MODEL)
    walk.await_state(event, "Date.parse(state) > 0", seconds=steps.POLL_SECONDS)
    text = walk.page.evaluate(f"id => {HASS}.states[id].attributes.text", event)
    steps.expect("The text of the event", text, wanted=RECEIVED_TEXT)
    walk.open_device(MODEL)
    walk.page.get_by_text("Last message").first.scroll_into_view_if_needed()


def fill_contact(walk: Walk) -> None:
    """Fill in the form that adds a contact."""
    steps.open_contact_form(walk, MODEL)
    walk.page.locator("input[name=name]").fill(CONTACT_NAME)
    walk.page.locator("input[name=number]").fill(CONTACT_NUMBER)


def add_contact(walk: Walk) -> None:
    """Add somebody who gets text messages."""
    page = walk.page
    walk.open(steps.INTEGRATION_PAGE)
    fill_contact(walk)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("link", name="1 service").wait_for()
    walk.await_state(walk.entity("notify", "contact", device=CONTACT_NAME), "state === 'unknown'")


def notify_contact(walk: Walk) -> None:
    """Send a message to the contact with the notify action, written in YAML."""
    page = walk.page
    entity_id = walk.entity("notify", "contact", device=CONTACT_NAME)
    walk.open(steps.ACTIONS_PAGE)
    page.get_by_text("YAML mode").click()
    steps.write_yaml(
        walk,
        f"action: notify.send_message\n"
        f"target:\n  entity_id: {entity_id}\n"
        f"data:\n  message: {NOTIFY_TEXT}\n",
    )
    page.locator("ha-service-picker").get_by_text("notify.send_message").wait_for()
    page.get_by_role("button", name="Perform action").click()
    # The state of a notify entity is the time of its last message.
    walk.await_state(entity_id, "Date.parse(state) > 0")
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT)])


def perform_send_sms(walk: Walk) -> None:
    """Fill in the form of the integration's own action, perform it and wait for its response."""
    page = walk.page
    steps.choose_action(walk, "gatehouse.send_sms")
    steps.choose_device(walk, MODEL)
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("ha-selector-text input").first.fill(OTHER_NUMBER)
    page.locator("ha-selector-text textarea").first.fill(ACTION_TEXT)
    page.get_by_role("button", name="Perform action").click()
    response = page.locator("ha-card", has_text="Response")
    response.locator(".cm-line", has_text=f"{OTHER_NUMBER}': sent").wait_for()


def send_sms(walk: Walk) -> None:
    """Send a message to a number with the integration's own action."""
    walk.page.get_by_text("UI mode").click()
    perform_send_sms(walk)
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT), ([OTHER_NUMBER], ACTION_TEXT)])


def expect_sent(walk: Walk, expected: list[tuple[list[str], str]]) -> None:
    """Check what the device has sent so far, and that it was nothing else and nothing twice."""
    sent = [(message["phones"], message["text"]) for message in walk.lab(HILINK, "sent")]
    steps.expect("The modem sent", sent, wanted=expected)


def restart_device(walk: Walk) -> None:
    """Press the restart button on the device's page and see the device go."""
    page = walk.page
    walk.lab(HILINK, "set_options", {"reboot_seconds": REBOOT_SECONDS})
    walk.open_device(MODEL)
    row = page.locator("hui-button-entity-row", has_text="Restart")
    row.get_by_role("button", name="Press").click()
    walk.await_state(walk.entity("sensor", "rsrp"), "state === 'unavailable'")
    page.get_by_text("Unavailable").first.wait_for()
    restarts = walk.lab(HILINK, "counts").get("/api/device/control")
    steps.expect("How often the modem was told to restart", restarts, wanted=1)


def see_device_return(walk: Walk) -> None:
    """See the device come back by itself."""
    walk.await_state(walk.entity("sensor", "rsrp"), "!isNaN(Number(state))", seconds=120)
    walk.await_state(walk.entity("binary_sensor", "mobile_connection"), "state === 'on'")
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT), ([OTHER_NUMBER], ACTION_TEXT)])


STEPS = (
    Step(shows="The modem is found", take=find_device),
    Step(shows="The modem accepts the password", take=log_in),
    Step(shows="The modem has a page", take=finish_setup),
    Step(shows="The page follows the modem's signal", take=see_signal_change),
    Step(shows="The modem keeps to the 5G band that was chosen", take=choose_band),
    Step(shows="The modem uses the network that was chosen", take=choose_mode),
    Step(shows="A contact is added", take=add_contact),
    Step(shows="The contact gets one message", take=notify_contact),
    Step(shows="A number gets one message", take=send_sms),
    Step(shows="A message that the modem receives is shown", take=receive_message),
    Step(shows="The modem restarts and is unavailable", take=restart_device),
    Step(shows="The modem comes back", take=see_device_return),
)
