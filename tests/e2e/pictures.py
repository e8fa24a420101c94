"""Take the pictures of the documentation anew; run it with scripts/e2e --pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
import sys
import tempfile

from . import steps
from .demo_process import ROOT, running_demo
from .walk import VIEWPORT_HEIGHT, VIEWPORT_WIDTH, Walk, browser

PICTURES = ROOT / "docs" / "images"
USUAL_ADDRESS = "192.168.8.1"
TALL = 1200


def log_in(walk: Walk) -> None:
    """Log in to Home Assistant."""
    page = walk.page
    page.goto(walk.demo.url)
    page.locator("input[name=username]").fill(steps.USERNAME)
    page.locator("input[name=password]").fill(steps.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Welcome Demo").wait_for()


def find_device(walk: Walk) -> None:
    """Show the first page of the wizard."""
    log_in(walk)
    steps.open_integrations(walk)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(USUAL_ADDRESS)


def enter_credentials(walk: Walk) -> None:
    """Show the second page of the wizard."""
    # Under another name, so that the wizard does not know the device already.
    address = walk.demo.simulator.replace("127.0.0.1", "localhost")
    walk.page.locator("input[name=host]").fill(address)
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.locator("input[name=username]").fill(steps.DEVICE_USERNAME)
    walk.page.locator("input[name=password]").fill(steps.DEVICE_PASSWORD)


def add_contact(walk: Walk) -> None:
    """Show the dialog that adds a contact."""
    walk.open(steps.INTEGRATION_PAGE)
    steps.fill_contact(walk)


def send_sms(walk: Walk) -> None:
    """Show the action that sends a message, and its response."""
    walk.open(steps.ACTIONS_PAGE)
    steps.perform_send_sms(walk)


def device_page(walk: Walk) -> None:
    """Show the device's page."""
    steps.open_device(walk)
    walk.page.get_by_text("Diagnostic").first.wait_for()


def dashboard(walk: Walk) -> None:
    """Show the example dashboard with a little history."""
    walk.open("/gatehouse-demo")
    walk.page.get_by_text("Download rate").first.wait_for()
    signal = walk.entity("sensor", "nr_rsrp")
    for level in (-88, -85, -91):
        arguments = {"endpoint": "device/signal", "name": "nrrsrp", "value": f"{level}dBm"}
        walk.lab("set_field", arguments)
        walk.await_state(signal, f"Number(state) === {level}", seconds=steps.POLL_SECONDS)


TAKES: Mapping[str, tuple[Callable[[Walk], None], int]] = {
    "find-device": (find_device, VIEWPORT_HEIGHT),
    "enter-credentials": (enter_credentials, VIEWPORT_HEIGHT),
    "add-contact": (add_contact, VIEWPORT_HEIGHT),
    "send-sms": (send_sms, TALL),
    "device": (device_page, TALL),
    "dashboard": (dashboard, TALL),
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
                picture = PICTURES / f"{title}.png"
                walk.page.screenshot(path=picture, animations="disabled")
                print(f"e2e: took {picture.relative_to(ROOT)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
