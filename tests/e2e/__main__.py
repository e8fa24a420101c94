"""Take the walk, once more if it fails, and say how it went."""

from pathlib import Path
import shutil
import sys
import time

from playwright.sync_api import Error as PlaywrightError

from . import steps, steps_gl_s20, steps_hilink, steps_hiwifi, steps_openvox
from .demo_process import ROOT, DemoFailedError, running_demo
from .walk import Walk, browser, take_steps

ARTIFACTS = ROOT / "artifacts" / "e2e"
ATTEMPTS = 2
STEPS = (
    *steps.BEGINNING,
    *steps_hilink.STEPS,
    *steps_gl_s20.STEPS,
    *steps_openvox.STEPS,
    *steps_hiwifi.STEPS,
    *steps.END,
)


def attempt(chromium: str, artifacts: Path) -> int:
    """Walk through a fresh Home Assistant; return how many steps were passed."""
    artifacts.mkdir(parents=True)
    try:
        with (
            running_demo(artifacts, "--no-onboarding") as demo,
            browser(chromium) as context,
            (artifacts / "browser.log").open("w") as log,
        ):
            page = context.pages[0]
            page.on("console", lambda message: print(message.type, message.text, file=log))
            page.on("pageerror", lambda error: print("pageerror", error, file=log))
            return take_steps(Walk(page=page, demo=demo, artifacts=artifacts), STEPS)
    except (DemoFailedError, PlaywrightError) as err:
        print(err, flush=True)
        return 0


def main() -> int:
    """Run the command and return its exit code."""
    (chromium,) = sys.argv[1:]
    shutil.rmtree(ARTIFACTS, ignore_errors=True)
    passed = 0
    for number in range(1, ATTEMPTS + 1):
        started = time.monotonic()
        passed = attempt(chromium, ARTIFACTS / f"walk-{number}")
        print(f"e2e: walk {number} took {time.monotonic() - started:.0f} s", flush=True)
        if passed == len(STEPS):
            break
        if number < ATTEMPTS:
            print(f"e2e: walk {number} failed at step {passed + 1}; walking once more", flush=True)
    failed = len(STEPS) - passed
    print(f"e2e: screenshots and logs are in {ARTIFACTS.relative_to(ROOT)}", flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
