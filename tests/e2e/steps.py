"""The steps that are the same for every device, and what the steps share."""

import re

from playwright.sync_api import Error as PlaywrightError, Locator

from .walk import Step, Walk

USERNAME = PASSWORD = "demo"
POLL_SECONDS = 90

INTEGRATIONS_PAGE = "/config/integrations/dashboard"
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


def choose_device_type(walk: Walk, name: str) -> None:
    """Say what the device is; Home Assistant shows few choices at once and many in a list."""
    choice = walk.page.get_by_role("radio", name=name)
    closed_list = walk.page.locator("ha-selector-select ha-select")
    choice.or_(closed_list).first.wait_for()
    if closed_list.is_visible():
        closed_list.click()
        choice = walk.page.get_by_role("menuitem", name=name)
    choice.click()


def finish_setup(walk: Walk) -> None:
    """Leave the wizard for the new device's page."""
    walk.page.get_by_role("button", name="Skip and finish").click()
    walk.page.get_by_text("Device info").wait_for()


def open_contact_form(walk: Walk, device: str) -> None:
    """Begin to add a contact to a device, on the integration's page."""
    page = walk.page
    page.locator("ha-button", has_text="Add contact").click()
    # Home Assistant asks for the device only where several can send messages.
    choice = page.locator("dialog-pick-config-entry").get_by_text(device, exact=True)
    form = page.locator("input[name=number]")
    choice.or_(form).first.wait_for()
    if choice.is_visible():
        choice.click()
    form.wait_for()


def choose_action(walk: Walk, action: str) -> None:
    """Open the form of an action."""
    picker = walk.page.locator("ha-service-picker")
    picker.click()
    picker.get_by_placeholder("Search").fill(action)
    # The page remembers what was chosen last, which the picker shows first.
    picker.get_by_text(action, exact=True).last.click()


def choose_device(walk: Walk, device: str) -> None:
    """Choose the device in the form of one of the integration's actions."""
    field = walk.page.locator("ha-settings-row", has_text="Device").first
    field.locator("ha-checkbox").click()
    picker = field.locator("ha-config-entry-picker")
    picker.click()
    choices = picker.locator("ha-picker-combo-box")
    choices.get_by_text(device, exact=True).click()
    choices.wait_for(state="detached")


def write_yaml(walk: Walk, text: str) -> None:
    """Replace what is in the editor that the page shows first."""
    walk.page.locator(".cm-content").first.click()
    walk.page.keyboard.press("ControlOrMeta+a")
    walk.page.keyboard.insert_text(text)


def row(walk: Walk, name: str, state: str | re.Pattern[str]) -> Locator:
    """Return the row in which a device's page says that an entity has a state."""
    rows = walk.page.locator(".entity-row, hui-generic-entity-row", has_text=name)
    return rows.filter(has_text=state).first


def expect(what: str, found: object, *, wanted: object) -> None:
    """Check that something is as it should be."""
    if found != wanted:
        raise AssertionError(f"{what}: {found} instead of {wanted}")


def read_log(walk: Walk) -> None:
    """Look for errors in the log of Home Assistant."""
    walk.open(LOG_PAGE)
    walk.page.get_by_text("Home Assistant Core").first.wait_for()
    log = walk.demo.log()
    errors = [line for line in log.splitlines() if " ERROR " in line or "Traceback" in line]
    expect("The log of Home Assistant has", errors, wanted=[])


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


BEGINNING = (
    Step(shows="The first user is created", take=create_first_user),
    Step(shows="The overview greets the user", take=finish_onboarding),
    Step(shows="The integrations page opens", take=open_integrations),
    Step(shows="Gatehouse can be added", take=choose_gatehouse),
)
END = (
    Step(shows="The log has no error", take=read_log),
    Step(shows="Everything stops when asked to", take=stop_demo),
)
