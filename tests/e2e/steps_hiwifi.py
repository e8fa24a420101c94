"""The steps with a HiWiFi router, by the password of its page."""

import json

from . import steps
from .demo_process import HIWIFI
from .walk import HASS, Step, Walk

MODEL, PASSWORD = "HC5962", "gatehouse"
METHOD, SSID = "wireless.get_iface_info", "O'Neil 家"


def find_device(walk: Walk, address: str | None = None) -> None:
    """Say where the router is and be asked for the way to log in."""
    walk.open(steps.INTEGRATIONS_PAGE)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(address or walk.demo.devices[HIWIFI])
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.get_by_text("Choose how to log in").wait_for()
    walk.page.get_by_text("Through a server").wait_for()


def log_in(walk: Walk) -> None:
    """Log in with the password of the router's page."""
    page = walk.page
    page.get_by_text("With the password of its web page").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Skip and finish").wait_for()


def finish_setup(walk: Walk) -> None:
    """Leave the wizard for the router's page, which shows rates and clients."""
    walk.page.get_by_role("button", name="Skip and finish").click()
    walk.await_state(walk.entity("binary_sensor", "internet", device=MODEL), "state === 'on'")
    walk.open_device(MODEL)
    walk.page.get_by_text("by HiWiFi").wait_for()
    steps.row(walk, "Download rate", "Mbit/s").wait_for()
    online = len(walk.lab(HIWIFI, "state")["online"])
    walk.await_state(walk.entity("sensor", "clients", device=MODEL), f"state === '{online}'")


def see_rates_move(walk: Walk) -> None:
    """See the rate change with the next rounds."""
    rate = walk.entity("sensor", "download_rate", device=MODEL)
    before = walk.page.evaluate(f"id => {HASS}.states[id].state", rate)
    walk.await_state(rate, f"state !== '{before}'", seconds=steps.POLL_SECONDS)


def open_guest_wifi(walk: Walk) -> None:
    """Switch the guest Wi-Fi on, on the router's page, and see its code."""
    row = walk.page.locator("hui-toggle-entity-row", has_text="Guest Wi-Fi").first
    row.locator("ha-entity-toggle").click()
    walk.await_state(walk.entity("switch", "guest_wifi", device=MODEL), "state === 'on'")
    running = walk.lab(HIWIFI, "state")["networks"]["guest"]["running"]
    steps.expect("Whether the guest Wi-Fi is on the air", running, wanted=True)
    image = walk.entity("image", "guest_wifi_code", device=MODEL)
    walk.await_state(image, "state !== 'unavailable'", seconds=150)


def call_method(walk: Walk) -> None:
    """Call a method of the router and read its answer, on the page for actions."""
    page = walk.page
    walk.open(steps.ACTIONS_PAGE)
    steps.choose_action(walk, "gatehouse.hiwifi_call")
    page.get_by_role("button", name="YAML mode").click()
    call = {"method": METHOD, "data": {"ifname": "master"}}
    steps.write_yaml(walk, f"action: gatehouse.hiwifi_call\ndata: {json.dumps(call)}")
    page.get_by_role("button", name="Perform action").click()
    page.get_by_text(SSID).first.wait_for()
    page.get_by_text("router_admin").first.wait_for()


STEPS = (
    Step(shows="The router is found", take=find_device),
    Step(shows="Its password is taken", take=log_in),
    Step(shows="Rates and clients are shown", take=finish_setup),
    Step(shows="The rates are live", take=see_rates_move),
    Step(shows="The guest Wi-Fi is opened", take=open_guest_wifi),
    Step(shows="Any method can be called", take=call_method),
)
