"""The steps with HiWiFi routers: one nearby in two ways, and others through a server."""

import json

from . import steps
from .demo_process import HIWIFI, HIWIFI_CLOUD
from .walk import HASS, Step, Walk

MODEL, PASSWORD = "HC5962", "gatehouse"
APP_ID, APP_NAME, CLIENT_ID = "4015550100", "gatehouse", "gatehouse-01"
CLIENT_SECRET, APP_SECRET = "invented-client-secret", "invented-app-secret"
METHOD, SSID = "wireless.get_iface_info", "O'Neil 家"
CLOUD_ROUTER, CLOUD_ROUTER_NAME = "D4EE07A05201", "Cottage"


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


def change_way(walk: Walk) -> None:
    """Go over to signed requests, by reconfiguring the entry."""
    page = walk.page
    walk.open(steps.INTEGRATION_PAGE)
    entry = page.locator("ha-config-entry-row", has_text=MODEL)
    entry.locator("ha-dropdown").first.click()
    page.get_by_role("menuitem", name="Reconfigure").first.click()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("With a client secret").click()
    sign_in = {
        "app_id": APP_ID,
        "app_name": APP_NAME,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    for name, value in sign_in.items():
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Reconfiguration was successful").wait_for()
    walk.await_state(walk.entity("binary_sensor", "internet", device=MODEL), "state === 'on'")
    signed = walk.lab(HIWIFI, "counts").get("call", 0)
    steps.expect("Whether requests are signed", signed > 0, wanted=True)


def find_server(walk: Walk) -> None:
    """Say where a server is that leads to routers elsewhere."""
    walk.open(steps.INTEGRATIONS_PAGE)
    steps.choose_gatehouse(walk)
    walk.page.locator("input[name=host]").fill(walk.demo.devices[HIWIFI_CLOUD])
    walk.page.get_by_role("button", name="Submit").click()
    walk.page.locator("input[name=app_secret]").wait_for()


def sign_in(walk: Walk) -> None:
    """Sign in to the server as the author of a plug-in."""
    page = walk.page
    for name, value in (("app_id", APP_ID), ("app_name", APP_NAME), ("app_secret", APP_SECRET)):
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Skip and finish").click()


def add_router(walk: Walk) -> None:
    """Add a router to the server, and see it in a device of its own."""
    page = walk.page
    walk.open(steps.INTEGRATION_PAGE)
    page.locator("ha-button", has_text="Add router").click()
    page.locator("input[name=mac]").fill(CLOUD_ROUTER)
    page.locator("input[name=name]").fill(CLOUD_ROUTER_NAME)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").click()
    # The entry is set up anew with the router.
    page.wait_for_function(
        f"name => Object.values({HASS}.devices).some(each => each.name === name)",
        arg=CLOUD_ROUTER_NAME,
    )
    walk.open(steps.INTEGRATION_PAGE)
    connection = walk.entity("binary_sensor", "connection", device=CLOUD_ROUTER_NAME)
    walk.await_state(connection, "state === 'on'", seconds=90)


def lose_router(walk: Walk) -> None:
    """See the router of the server go offline."""
    walk.lab(HIWIFI_CLOUD, "set_online", {"dev_id": CLOUD_ROUTER, "online": False})
    connection = walk.entity("binary_sensor", "connection", device=CLOUD_ROUTER_NAME)
    walk.await_state(connection, "state === 'off'", seconds=200)


STEPS = (
    Step(shows="The router is found", take=find_device),
    Step(shows="Its password is taken", take=log_in),
    Step(shows="Rates and clients are shown", take=finish_setup),
    Step(shows="The rates are live", take=see_rates_move),
    Step(shows="The guest Wi-Fi is opened", take=open_guest_wifi),
    Step(shows="Any method can be called", take=call_method),
    Step(shows="Requests are signed instead", take=change_way),
    Step(shows="A server is found", take=find_server),
    Step(shows="The server takes the signature", take=sign_in),
    Step(shows="A router behind the server is added", take=add_router),
    Step(shows="A router that is offline is shown so", take=lose_router),
)
