"""The steps with a GL-S20 border router, and with another one that comes out of its box."""

from collections.abc import Mapping

from . import steps
from .demo_process import GL_S20, NEW_GL_S20
from .walk import Step, Walk

PASSWORD, NEW_PASSWORD = "gatehouse-2026", "Gatehouse-2027"
MODEL = "GL-S20"
NETWORK = "GL-S20-1a2"
EUI64, PSKD = "00124b0001a2b3c4", "J01NME"
NEW_FIRMWARE = "2.1.0"
UPGRADE_SECONDS = RESTART_SECONDS = 6
UNKNOWN_NETWORK = "Home Assistant does not know the Thread network of GL-S20"

REPAIRS_PAGE = "/config/repairs"
THREAD_PAGE = "/config/thread"

# All simulated routers have the same addresses; in a home, no two have.
NEW_IDENTITY: Mapping[str, Mapping[str, str]] = {
    "ui/check_initialized": {"mac": "94:83:C4:A0:60:02"},
    "sys/get_status": {
        "wifi_mac": "94:83:C4:A0:60:03",
        "eth_mac": "94:83:C4:A0:60:04",
        "ble_mac": "94:83:C4:A0:60:05",
        "sn": "0000000000a06002",
    },
}


def find_device(walk: Walk) -> None:
    """Say where the device is and let the wizard find out what it is."""
    walk.open(steps.INTEGRATIONS_PAGE)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(walk.demo.devices[GL_S20])
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.get_by_text(f"Log in to {MODEL}").wait_for()


def log_in(walk: Walk) -> None:
    """Enter the password, and keep the network from Home Assistant."""
    page = walk.page
    page.locator("input[name=password]").fill(PASSWORD)
    share = page.get_by_role("switch")
    steps.expect("Whether sharing is proposed", share.is_checked(), wanted=True)
    page.locator("ha-selector-boolean").click()
    steps.expect("Whether sharing is still chosen", share.is_checked(), wanted=False)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Skip and finish").wait_for()


def finish_setup(walk: Walk) -> None:
    """Leave the wizard for the new device's page."""
    steps.finish_setup(walk)
    walk.page.get_by_text("by GL.iNet").wait_for()
    walk.await_state(walk.entity("sensor", "thread_role"), "state === 'leader'")
    walk.await_state(walk.entity("binary_sensor", "known_to_home_assistant"), "state === 'off'")
    steps.row(walk, "Thread role", "Leader").wait_for()
    steps.row(walk, "Known to Home Assistant", "No").scroll_into_view_if_needed()


def open_repair(walk: Walk, title: str) -> None:
    """Open the dialog of a repair."""
    walk.open(REPAIRS_PAGE)
    walk.page.get_by_text(title).click()
    walk.page.get_by_role("button", name="Submit").wait_for()


def share_network(walk: Walk) -> None:
    """Let Home Assistant know the network after all, as a repair proposes."""
    page = walk.page
    open_repair(walk, UNKNOWN_NETWORK)
    page.get_by_text(f"the network “{NETWORK}”").wait_for()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("The issue is repaired!").wait_for()
    page.get_by_role("button", name="Finish").click()
    page.get_by_text(UNKNOWN_NETWORK).wait_for(state="detached")
    walk.await_state(walk.entity("binary_sensor", "known_to_home_assistant"), "state === 'on'")


def see_network(walk: Walk) -> None:
    """Find the network among those that Home Assistant's Thread knows."""
    steps.expect(
        "The network of the router", walk.lab(GL_S20, "state")["network_name"], wanted=NETWORK
    )
    walk.open(THREAD_PAGE)
    walk.page.get_by_text(NETWORK).wait_for()


def fill_joiner(walk: Walk) -> None:
    """Fill in the form of the action that lets a device in."""
    page = walk.page
    walk.open(steps.ACTIONS_PAGE)
    steps.choose_action(walk, "gatehouse.add_joiner")
    page.locator("ha-settings-row", has_text="PSKd").first.locator("input").fill(PSKD)
    eui64 = page.locator("ha-settings-row", has_text="EUI-64")
    eui64.locator("ha-checkbox").click()
    eui64.locator("ha-selector-text input").fill(EUI64)


def add_joiner(walk: Walk) -> None:
    """Let a certain device into the Thread network, with the form of the action."""
    fill_joiner(walk)
    walk.page.get_by_role("button", name="Perform action").click()
    walk.await_state(walk.entity("sensor", "joiners_pending"), "state === '1'")
    walk.await_state(walk.entity("switch", "commissioner"), "state === 'on'")
    (joiner,) = walk.lab(GL_S20, "joiners")
    steps.expect("The joiner", (joiner["EUI64"], joiner["PSKd"]), wanted=(EUI64, PSKD))
    steps.expect(
        "Whether joiners are let in", walk.lab(GL_S20, "state")["commissioner"], wanted=True
    )


def see_joiner_join(walk: Walk) -> None:
    """Let the device join and see that on the page of the router."""
    walk.open_device(MODEL)
    steps.row(walk, "Joiner", "Added").wait_for()
    steps.expect("Whether it may join", walk.lab(GL_S20, "let_join", {"eui64": EUI64}), wanted=True)
    walk.await_state(walk.entity("sensor", "joiners_joined"), "state === '1'")
    walk.await_state(walk.entity("sensor", "joiners_pending"), "state === '0'")
    steps.row(walk, "Joiner", "Joined").wait_for()
    (joiner,) = walk.lab(GL_S20, "joiners")
    steps.expect("Whether it has joined", joiner["JoinedTime"] > 0, wanted=True)


def install_firmware(walk: Walk) -> None:
    """Begin an update of the firmware from the dialog of its entity."""
    page = walk.page
    times = {"upgrade_seconds": UPGRADE_SECONDS, "restart_seconds": RESTART_SECONDS}
    walk.lab(GL_S20, "set_options", times)
    walk.await_state(walk.entity("update", "firmware", device=MODEL), "state === 'on'", seconds=120)
    page.locator("hui-update-entity-row").click()
    dialog = page.locator("ha-more-info-dialog")
    dialog.get_by_text(NEW_FIRMWARE).wait_for()
    dialog.get_by_role("button", name="Update").click()
    dialog.get_by_text("Preparing").wait_for()
    dialog.locator("more-info-update").get_by_role("progressbar", name="Progress").wait_for()


def see_new_firmware(walk: Walk) -> None:
    """See the router restart and run the new firmware."""
    page = walk.page
    page.locator("ha-more-info-dialog").get_by_text("Up-to-date").wait_for(timeout=90_000)
    page.keyboard.press("Escape")
    page.get_by_text(f"Firmware: {NEW_FIRMWARE}").scroll_into_view_if_needed()
    steps.expect("The firmware", walk.lab(GL_S20, "state")["firmware_version"], wanted=NEW_FIRMWARE)
    upgrades = walk.lab(GL_S20, "counts").get("/sys/upgrade_online_firmware")
    steps.expect("How often the router was told to install it", upgrades, wanted=1)
    walk.await_state(walk.entity("sensor", "thread_role"), "state === 'leader'", seconds=90)


def find_new_device(walk: Walk) -> None:
    """Say where the router without a password is."""
    page = walk.page
    for endpoint, fields in NEW_IDENTITY.items():
        for name, value in fields.items():
            arguments = {"endpoint": endpoint, "name": name, "value": value}
            walk.lab(NEW_GL_S20, "set_field", arguments)
    walk.open(steps.INTEGRATIONS_PAGE)
    steps.choose_gatehouse(walk)
    page.locator("input[name=host]").fill(walk.demo.devices[NEW_GL_S20])
    page.get_by_role("button", name="Submit").click()
    page.get_by_text(f"Choose a password for {MODEL}").wait_for()


def fill_passwords(walk: Walk, password: str, repeat: str) -> None:
    """Type the new password twice."""
    walk.page.locator("input[name=password]").fill(password)
    walk.page.locator("input[name=password_repeat]").fill(repeat)


def mistype_password(walk: Walk) -> None:
    """Type two different passwords and be told so."""
    page = walk.page
    fill_passwords(walk, NEW_PASSWORD, NEW_PASSWORD.lower())
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("The two passwords differ.").wait_for()
    steps.expect(
        "Whether it has a password", walk.lab(NEW_GL_S20, "state")["initialized"], wanted=False
    )


def initialize_device(walk: Walk) -> None:
    """Give the router its password; it is set up with that at once."""
    page = walk.page
    fill_passwords(walk, NEW_PASSWORD, NEW_PASSWORD)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Skip and finish").wait_for()
    steps.expect(
        "Whether it has a password", walk.lab(NEW_GL_S20, "state")["initialized"], wanted=True
    )
    steps.finish_setup(walk)
    serial_number = NEW_IDENTITY["sys/get_status"]["sn"]
    page.get_by_text(f"Serial number: {serial_number}").wait_for()
    steps.row(walk, "Thread role", "Disabled").wait_for()


STEPS = (
    Step(shows="The border router is found", take=find_device),
    Step(shows="The border router accepts the password", take=log_in),
    Step(shows="The border router has a page", take=finish_setup),
    Step(shows="A repair tells Home Assistant about the network", take=share_network),
    Step(shows="The Thread page shows the network", take=see_network),
    Step(shows="A joiner is added", take=add_joiner),
    Step(shows="The joiner has joined", take=see_joiner_join),
    Step(shows="New firmware is being installed", take=install_firmware),
    Step(shows="The new firmware runs", take=see_new_firmware),
    Step(shows="A new border router wants a password", take=find_new_device),
    Step(shows="A mistyped password is noticed", take=mistype_password),
    Step(shows="The new border router takes its password", take=initialize_device),
)
