"""The steps of the walk, in their order."""

import re

from playwright.sync_api import Error as PlaywrightError

from .walk import Step, Walk

USERNAME = PASSWORD = "demo"
DEVICE_USERNAME, DEVICE_PASSWORD = "admin", "gatehouse"
SIGNAL, SIGNAL_NUMBER, SIGNAL_TEXT = "-77dBm", -77, "-77 dBm"
CONTACT_NAME, CONTACT_NUMBER = "Neighbor", "+15550100"
OTHER_NUMBER = "+15550101"
NOTIFY_TEXT, ACTION_TEXT = "The gate is open.", "The gate is closed again."
POLL_SECONDS = 90
REBOOT_SECONDS = 10

INTEGRATION_PAGE = "/config/integrations/integration/gatehouse"
ACTIONS_PAGE = "/config/tools/action"
LOG_PAGE = "/config/logs"


def create_first_user(walk: Walk) -> None:
    """Create the owner on Home Assistant's welcome page."""
    page = walk.page
    page.goto(walk.demo.url)
    page.get_by_role("button", name="Create my smart home").click()
    page.locator("input[name=name]").fill("Demo")
    page.locator("input[name=username]").fill(USERNAME)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password_confirm]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_text("All set!").wait_for()


def finish_onboarding(walk: Walk) -> None:
    """Leave the welcome pages for the overview."""
    walk.page.get_by_role("button", name="Finish").click()
    walk.page.get_by_text("Welcome Demo").wait_for()


def open_integrations(walk: Walk) -> None:
    """Go to the integrations by the sidebar and the settings."""
    page = walk.page
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("Devices & services").click()
    page.get_by_role("button", name="Add integration").wait_for()


def choose_gatehouse(walk: Walk) -> None:
    """Find Gatehouse among the brands that can be added."""
    page = walk.page
    page.get_by_role("button", name="Add integration").click()
    dialog = page.locator("dialog-add-integration")
    dialog.get_by_placeholder("Search for a brand name").fill("gatehouse")
    dialog.get_by_role("listitem").filter(has_text="Gatehouse").first.click()
    page.locator("input[name=host]").wait_for()


def find_device(walk: Walk) -> None:
    """Say where the device is and what it is."""
    page = walk.page
    page.locator("input[name=host]").fill(walk.demo.simulator)
    page.get_by_role("radio", name=re.compile("HiLink")).click()
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
    """Leave the wizard for the new device's page."""
    page = walk.page
    page.get_by_role("button", name="Skip and finish").click()
    page.get_by_text("Device info").wait_for()
    page.get_by_text("by Huawei").wait_for()
    walk.await_state(walk.entity("binary_sensor", "mobile_connection"), "state === 'on'")


def see_signal_change(walk: Walk) -> None:
    """Let the device measure a certain signal and see it on the page, without reloading it."""
    walk.lab("set_field", {"endpoint": "device/signal", "name": "rsrp", "value": SIGNAL})
    signal = walk.entity("sensor", "rsrp")
    walk.await_state(signal, f"Number(state) === {SIGNAL_NUMBER}", seconds=POLL_SECONDS)
    row = walk.page.get_by_text(SIGNAL_TEXT)
    row.scroll_into_view_if_needed()


def fill_contact(walk: Walk) -> None:
    """Fill in the form that adds a contact."""
    page = walk.page
    page.locator("ha-button", has_text="Add contact").click()
    page.locator("input[name=name]").fill(CONTACT_NAME)
    page.locator("input[name=number]").fill(CONTACT_NUMBER)


def add_contact(walk: Walk) -> None:
    """Add somebody who gets text messages."""
    page = walk.page
    walk.open(INTEGRATION_PAGE)
    fill_contact(walk)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("link", name="1 service").wait_for()
    walk.await_state(walk.entity("notify", "contact"), "state === 'unknown'")


def notify_contact(walk: Walk) -> None:
    """Send a message to the contact with the notify action, written in YAML."""
    page = walk.page
    entity_id = walk.entity("notify", "contact")
    walk.open(ACTIONS_PAGE)
    page.get_by_text("YAML mode").click()
    page.locator(".cm-content").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(
        f"action: notify.send_message\n"
        f"target:\n  entity_id: {entity_id}\n"
        f"data:\n  message: {NOTIFY_TEXT}\n"
    )
    page.locator("ha-service-picker").get_by_text("notify.send_message").wait_for()
    page.get_by_role("button", name="Perform action").click()
    # The state of a notify entity is the time of its last message.
    walk.await_state(entity_id, "Date.parse(state) > 0")
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT)])


def perform_send_sms(walk: Walk) -> None:
    """Fill in the form of the integration's own action, perform it and wait for its response."""
    page = walk.page
    picker = page.locator("ha-service-picker")
    picker.click()
    picker.get_by_placeholder("Search").fill("gatehouse.send_sms")
    picker.get_by_text("gatehouse.send_sms").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("ha-selector-text input").first.fill(OTHER_NUMBER)
    page.locator("ha-selector-text textarea").first.fill(ACTION_TEXT)
    page.get_by_role("button", name="Perform action").click()
    response = page.locator("ha-card", has_text="Response")
    response.get_by_text("sent", exact=True).wait_for()


def send_sms(walk: Walk) -> None:
    """Send a message to a number with the integration's own action."""
    walk.page.get_by_text("UI mode").click()
    perform_send_sms(walk)
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT), ([OTHER_NUMBER], ACTION_TEXT)])


def expect_sent(walk: Walk, expected: list[tuple[list[str], str]]) -> None:
    """Check what the device has sent so far, and that it was nothing else and nothing twice."""
    sent = [(message["phones"], message["text"]) for message in walk.lab("sent")]
    if sent != expected:
        raise AssertionError(f"The device sent {sent} instead of {expected}")


def open_device(walk: Walk) -> None:
    """Open the device's page by the integration's."""
    page = walk.page
    walk.open(INTEGRATION_PAGE)
    page.get_by_role("link", name="1 device").click()
    page.get_by_text("Device info").wait_for()


def restart_device(walk: Walk) -> None:
    """Press the restart button on the device's page and see the device go."""
    page = walk.page
    walk.lab("set_options", {"reboot_seconds": REBOOT_SECONDS})
    open_device(walk)
    row = page.locator("hui-button-entity-row", has_text="Restart")
    row.get_by_role("button", name="Press").click()
    walk.await_state(walk.entity("sensor", "rsrp"), "state === 'unavailable'")
    page.get_by_text("Unavailable").first.wait_for()
    restarts = walk.lab("counts").get("/api/device/control")
    if restarts != 1:
        raise AssertionError(f"The device was told to restart {restarts} times instead of once")


def see_device_return(walk: Walk) -> None:
    """See the device come back by itself."""
    walk.await_state(walk.entity("sensor", "rsrp"), "!isNaN(Number(state))", seconds=120)
    walk.await_state(walk.entity("binary_sensor", "mobile_connection"), "state === 'on'")
    expect_sent(walk, [([CONTACT_NUMBER], NOTIFY_TEXT), ([OTHER_NUMBER], ACTION_TEXT)])


def read_log(walk: Walk) -> None:
    """Look for programming errors in the log of Home Assistant."""
    walk.open(LOG_PAGE)
    walk.page.get_by_text("Home Assistant Core").first.wait_for()
    if "Traceback" in walk.demo.log():
        raise AssertionError("The log of Home Assistant has a traceback")


def stop_demo(walk: Walk) -> None:
    """End the demo as its user would, and see that it goes without complaint."""
    exit_code = walk.demo.stop()
    if exit_code != 0:
        raise AssertionError(f"The demo ended with exit code {exit_code}")
    try:
        walk.page.goto(walk.demo.url)
    except PlaywrightError as err:
        if "ERR_CONNECTION_REFUSED" not in err.message:
            raise
    else:
        raise AssertionError("Home Assistant still answers")


STEPS = (
    Step(shows="The first user is created", take=create_first_user),
    Step(shows="The overview greets the user", take=finish_onboarding),
    Step(shows="The integrations page opens", take=open_integrations),
    Step(shows="Gatehouse can be added", take=choose_gatehouse),
    Step(shows="The device is found", take=find_device),
    Step(shows="The device accepts the password", take=log_in),
    Step(shows="The device has a page", take=finish_setup),
    Step(shows="The page follows the device's signal", take=see_signal_change),
    Step(shows="A contact is added", take=add_contact),
    Step(shows="The contact gets one message", take=notify_contact),
    Step(shows="A number gets one message", take=send_sms),
    Step(shows="The device restarts and is unavailable", take=restart_device),
    Step(shows="The device comes back", take=see_device_return),
    Step(shows="The log has no traceback", take=read_log),
    Step(shows="Everything stops when asked to", take=stop_demo),
)
