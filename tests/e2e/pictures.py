"""Take the pictures of the documentation anew; run it with scripts/e2e --pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
import sys
import tempfile

from . import steps, steps_gl_s20, steps_hilink, steps_hiwifi, steps_openvox
from .demo_process import HILINK, HIWIFI, LOOPBACK, OPENVOX, ROOT, running_demo
from .walk import HASS, VIEWPORT_HEIGHT, VIEWPORT_WIDTH, Walk, browser

PICTURES = ROOT / "docs" / "images"
USUAL_ADDRESS = "192.168.8.1"
TALL, TALLER = 1200, 1500


def log_in(walk: Walk) -> None:
    """Log in to Home Assistant."""
    page = walk.page
    page.goto(walk.demo.url)
    page.locator("input[name=username]").fill(steps.USERNAME)
    page.locator("input[name=password]").fill(steps.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Welcome Demo").wait_for()


def _unknown_address(walk: Walk, device: str) -> str:
    """Return another name of a device, so that the wizard does not know it already."""
    return walk.demo.devices[device].replace(LOOPBACK, "localhost")


def find_device(walk: Walk) -> None:
    """Show the first page of the wizard."""
    log_in(walk)
    steps.open_integrations(walk)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(USUAL_ADDRESS)


def enter_credentials(walk: Walk) -> None:
    """Show the second page of the wizard."""
    walk.page.locator("input[name=host]").fill(_unknown_address(walk, HILINK))
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.locator("input[name=username]").fill(steps_hilink.DEVICE_USERNAME)
    walk.page.locator("input[name=password]").fill(steps_hilink.DEVICE_PASSWORD)


def add_contact(walk: Walk) -> None:
    """Show the dialog that adds a contact."""
    walk.open(steps.INTEGRATION_PAGE)
    steps_hilink.fill_contact(walk)


def send_sms(walk: Walk) -> None:
    """Show the action that sends a message, and its response."""
    walk.open(steps.ACTIONS_PAGE)
    steps_hilink.perform_send_sms(walk)


def device_page(walk: Walk) -> None:
    """Show the modem's page."""
    walk.open_device(steps_hilink.MODEL)
    walk.page.get_by_text("Diagnostic", exact=True).wait_for()
    walk.page.locator("ha-logbook").get_by_text("Sent", exact=True).wait_for()


def dashboard(walk: Walk) -> None:
    """Show the example dashboard with a little history."""
    walk.open("/gatehouse-demo")
    walk.page.get_by_text("Download rate").first.wait_for()
    signal = walk.entity("sensor", "nr_rsrp")
    for level in (-88, -85, -91):
        arguments = {"endpoint": "device/signal", "name": "nrrsrp", "value": f"{level}dBm"}
        walk.lab(HILINK, "set_field", arguments)
        walk.await_state(signal, f"Number(state) === {level}", seconds=steps.POLL_SECONDS)


def router_page(walk: Walk) -> None:
    """Show the border router's page after a device has joined."""
    steps_gl_s20.see_joiner_join(walk)
    walk.page.locator("ha-logbook").get_by_text("Joined", exact=True).wait_for()


def router_dashboard(walk: Walk) -> None:
    """Show what the example dashboard has of the border router."""
    walk.open("/gatehouse-demo/1")
    walk.page.get_by_text("Preferred by Home Assistant").wait_for()
    walk.page.locator("ha-logbook").get_by_text("Joined").wait_for()


def repair(walk: Walk) -> None:
    """Show what Home Assistant proposes when somebody has deleted the network from it."""
    walk.page.evaluate(
        f"""async () => {{
            const {{datasets}} = await {HASS}.callWS({{type: "thread/list_datasets"}});
            for (const {{dataset_id}} of datasets)
                await {HASS}.callWS({{type: "thread/delete_dataset", dataset_id}});
        }}"""
    )
    known = walk.entity("binary_sensor", "known_to_home_assistant")
    walk.await_state(known, "state === 'off'", seconds=steps.POLL_SECONDS)
    steps_gl_s20.open_repair(walk, steps_gl_s20.UNKNOWN_NETWORK)
    walk.page.get_by_text(f"the network “{steps_gl_s20.NETWORK}”").wait_for()


def initialize(walk: Walk) -> None:
    """Show the page of the wizard that gives a new border router its password."""
    steps_gl_s20.find_new_device(walk)
    password = steps_gl_s20.NEW_PASSWORD
    steps_gl_s20.fill_passwords(walk, password, password)


def default_password(walk: Walk) -> None:
    """Show what the wizard says to the password with which every gateway is delivered."""
    steps_openvox.find_device(walk, _unknown_address(walk, OPENVOX))
    steps_openvox.be_cautioned(walk)
    walk.lab(OPENVOX, "set_options", {"password": steps_openvox.PASSWORD})


def trigger(walk: Walk) -> None:
    """Show the trigger of an automation that waits for messages of a contact."""
    steps_openvox.save_contact(walk)
    steps_openvox.write_automation(walk)
    # To the right of it is the entity.
    walk.page.get_by_text("Event received").click(position={"x": 20, "y": 8})
    walk.page.get_by_text("The event types to trigger on.").wait_for()


def gateway_page(walk: Walk) -> None:
    """Show the gateway's page after a message and its answer."""
    steps_openvox.allow_push(walk)
    steps_openvox.notify_contact(walk)
    steps_openvox.see_delivery(walk)
    steps_openvox.receive_answer(walk)
    walk.page.locator("ha-logbook").get_by_text("Received", exact=True).wait_for()


def gateway_dashboard(walk: Walk) -> None:
    """Show what the example dashboard has of the gateway."""
    walk.open("/gatehouse-demo/2")
    walk.page.locator("ha-logbook").get_by_text("Delivered").wait_for()


def ways(walk: Walk) -> None:
    """Show the ways to log in to a router."""
    another = {"endpoint": "router_info", "name": "mac", "value": "D4EE07A05E01"}
    walk.lab(HIWIFI, "set_field", another)
    steps_hiwifi.find_device(walk, _unknown_address(walk, HIWIFI))
    walk.lab(HIWIFI, "reset_fields", {})


def wifi_router_dashboard(walk: Walk) -> None:
    """Show what the example dashboard has of the router, with the code of its guest Wi-Fi."""
    walk.open_device(steps_hiwifi.MODEL)
    steps_hiwifi.open_guest_wifi(walk)
    walk.open("/gatehouse-demo/3")
    walk.page.locator("hui-picture-entity-card img").first.wait_for()


def _await_icons(walk: Walk) -> None:
    """Wait until no icon is missing; they are drawn later than texts."""
    drawn = walk.page.locator("path[d]")
    missing = walk.page.locator("ha-state-icon", has_not=drawn)
    missing.first.wait_for(state="detached")


TAKES: Mapping[str, tuple[Callable[[Walk], None], int]] = {
    "find-device": (find_device, VIEWPORT_HEIGHT),
    "enter-credentials": (enter_credentials, VIEWPORT_HEIGHT),
    "add-contact": (add_contact, VIEWPORT_HEIGHT),
    "send-sms": (send_sms, TALLER),
    "device": (device_page, TALL),
    "dashboard": (dashboard, TALL),
    "gl-s20-add-joiner": (steps_gl_s20.add_joiner, VIEWPORT_HEIGHT),
    "gl-s20-device": (router_page, TALL),
    "gl-s20-dashboard": (router_dashboard, TALL),
    "gl-s20-thread-panel": (steps_gl_s20.see_network, VIEWPORT_HEIGHT),
    "gl-s20-repair": (repair, VIEWPORT_HEIGHT),
    "gl-s20-initialize": (initialize, VIEWPORT_HEIGHT),
    "openvox-default-password": (default_password, VIEWPORT_HEIGHT),
    "openvox-add-contact": (steps_openvox.fill_contact, VIEWPORT_HEIGHT),
    "openvox-trigger": (trigger, VIEWPORT_HEIGHT),
    "openvox-device": (gateway_page, TALL),
    "openvox-message": (steps_openvox.read_answer, VIEWPORT_HEIGHT),
    "openvox-dashboard": (gateway_dashboard, TALL),
    "hiwifi-ways": (ways, VIEWPORT_HEIGHT),
    "hiwifi-dashboard": (wifi_router_dashboard, TALL),
}


def main() -> int:
    """Run the command and return its exit code."""
    (chromium,) = sys.argv[1:]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gatehouse-pictures-") as name:
        logs = Path(name)
        with running_demo(logs) as demo, browser(chromium) as context:
            walk = Walk(page=context.pages[0], demo=demo, artifacts=logs)
            for title, (take, height) in TAKES.items():
                walk.page.set_viewport_size({"width": VIEWPORT_WIDTH, "height": height})
                take(walk)
                _await_icons(walk)
                picture = PICTURES / f"{title}.png"
                walk.page.screenshot(path=picture, animations="disabled")
                print(f"e2e: took {picture.relative_to(ROOT)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
