"""What a walk is made of: a browser page, the simulated device behind it, and numbered steps."""

from collections.abc import Callable, Iterator, Sequence
import contextlib
from dataclasses import dataclass
from pathlib import Path
import re
import tempfile
import traceback
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    Error as PlaywrightError,
    Page,
    Request,
    Route,
    sync_playwright,
)

from .demo_process import DemoProcess

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VIEWPORT_WIDTH, VIEWPORT_HEIGHT = 1280, 900
STEP_MILLISECONDS = 30_000

# The object through which Home Assistant's frontend knows all states and calls its server.
HASS = "document.querySelector('home-assistant').hass"


@dataclass(kw_only=True)
class Walk:
    """One walk: where it goes and what it found on the way."""

    page: Page
    demo: DemoProcess
    artifacts: Path

    def open(self, path: str) -> None:
        """Open a page of Home Assistant and wait until the frontend knows the states."""
        self.page.goto(f"{self.demo.url}{path}")
        self.page.wait_for_function(f"() => {HASS}?.states && {HASS}.config?.state === 'RUNNING'")

    def device(self, model: str) -> str:
        """Return the id of the only device of a model; parts of devices do not count."""
        device_id = self.page.evaluate(
            f"""model => Object.values({HASS}.devices).find(
                each => each.model === model && !each.parent_device_id
            )?.id""",
            model,
        )
        if device_id is None:
            raise AssertionError(f"There is no device of the model {model}")
        return str(device_id)

    def open_device(self, model: str) -> None:
        """Open the page of the only device of a model."""
        self.open(f"/config/devices/device/{self.device(model)}")
        self.page.get_by_text("Device info").wait_for()

    def entity(self, domain: str, key: str, *, device: str | None = None) -> str:
        """Return the id of the integration's entity of a domain with a translation key.

        Where several devices have such an entity, `device` is the name of the one that is meant.
        """
        entity_id = self.page.evaluate(
            f"""([domain, key, device]) => Object.values({HASS}.entities).find(
                entity => entity.platform === "gatehouse" && entity.translation_key === key
                    && entity.entity_id.startsWith(domain + ".")
                    && (device === null || {HASS}.devices[entity.device_id]?.name === device)
            )?.entity_id""",
            [domain, key, device],
        )
        if entity_id is None:
            raise AssertionError(f"There is no {domain} with the key {key}")
        return str(entity_id)

    def await_state(self, entity_id: str, condition: str, *, seconds: float = 60) -> None:
        """Wait until the state that the page knows of an entity meets a condition on "state"."""
        self.page.wait_for_function(
            f"id => {{ const state = {HASS}.states[id]?.state; return {condition}; }}",
            arg=entity_id,
            timeout=seconds * 1000,
        )

    def lab(self, device: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Read from the lab of a simulated device, or post to it."""
        url = f"{self.demo.devices[device]}/__lab/{path}"
        request = self.page.request
        response = request.get(url) if body is None else request.post(url, data=body)
        if not response.ok:
            raise AssertionError(f"The lab answered {path} with {response.status}")
        return response.json()["result"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what it shows, in words, and how to take it."""

    shows: str
    take: Callable[[Walk], None]

    @property
    def slug(self) -> str:
        """Return the words in a form for file names."""
        return re.sub(r"\W+", "-", self.shows.lower()).strip("-")


def _stay_inside(route: Route, request: Request) -> None:
    """Refuse logos of foreign brands, which Home Assistant would fetch from the internet."""
    if "/api/brands/" in request.url and "/gatehouse/" not in request.url:
        route.abort()
    else:
        route.continue_()


@contextlib.contextmanager
def browser(chromium: str) -> Iterator[BrowserContext]:
    """Run Chromium with a profile of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="gatehouse-chromium-") as profile,
        sync_playwright() as playwright,
    ):
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            headless=True,
            chromium_sandbox=False,
            args=CHROMIUM_ARGUMENTS,
            viewport={"width": VIEWPORT_WIDTH, "height": VIEWPORT_HEIGHT},
            locale="en-US",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        context.set_default_timeout(STEP_MILLISECONDS)
        context.route(re.compile(r"/api/brands/"), _stay_inside)
        try:
            yield context
        finally:
            context.close()


def take_steps(walk: Walk, steps: Sequence[Step]) -> int:
    """Take the steps until one fails; return how many were passed."""
    for number, step in enumerate(steps, 1):
        picture = walk.artifacts / f"{number:02}-{step.slug}.png"
        try:
            step.take(walk)
        except Exception as err:  # noqa: BLE001 - whatever goes wrong, the step has failed
            (walk.artifacts / "failure.txt").write_text(traceback.format_exc())
            print(f"{number:2}. FAILED  {step.shows}: {err}", flush=True)
            failed = picture.with_stem(f"{picture.stem}-FAILED")
            _keep_picture(walk.page, failed)
            return number - 1
        print(f"{number:2}. passed  {step.shows}", flush=True)
        _keep_picture(walk.page, picture)
    return len(steps)


def _keep_picture(page: Page, path: Path) -> None:
    """Take a picture of what the step shows; one that fails says nothing about Gatehouse."""
    try:
        page.screenshot(path=path, animations="disabled")
    except PlaywrightError as err:
        print(f"    no picture: {err.message.splitlines()[0]}", flush=True)
