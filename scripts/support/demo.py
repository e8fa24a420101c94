"""Home Assistant with simulated devices, set up and ready to look at."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
import shutil
import signal
import sys
import tempfile

from aiohttp import ClientError, ClientSession, ClientTimeout

from . import config_dir, dashboard
from .children import Child
from .console import CommandError, complain, say
from .families import DemoFamily
from .home_assistant import HomeAssistant
from .options import Options, parse
from .ports import LOOPBACK, require_free

USERNAME = "demo"
PASSWORD = "demo"  # noqa: S105 - said aloud in the ready line

KEPT_FOLDER = config_dir.ROOT / "artifacts" / "demo"
READY_SECONDS = 180
POLL_SECONDS = 0.2
REQUEST_TIMEOUT = ClientTimeout(total=60)
# Home Assistant ends with this exit code when it wants to be started again.
RESTART_EXIT_CODE = 100


@contextlib.contextmanager
def config_folder(options: Options) -> Iterator[Path]:
    """Provide the configuration folder; it is removed at the end unless it is to be kept."""
    if options.keep:
        folder = (options.config_dir or KEPT_FOLDER).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    if options.config_dir is None:
        folder = Path(tempfile.mkdtemp(prefix="gatehouse-demo-"))
    else:
        folder = options.config_dir.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            reason = (
                f"{folder} is not empty, and a demo removes its folder at the end. "
                "Add --keep to use what is in it and leave it there, or choose another."
            )
            raise CommandError(reason)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(kw_only=True)
class Demo:
    """One running demo."""

    options: Options
    folder: Path
    session: ClientSession
    stack: contextlib.AsyncExitStack
    simulators: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return where Home Assistant is."""
        return f"http://{LOOPBACK}:{self.options.port}"

    def simulator_ports(self) -> Iterator[tuple[DemoFamily, int]]:
        """Yield each family with the port of its simulator."""
        for offset, family in enumerate(self.options.families):
            yield family, self.options.simulator_port + offset

    async def run(self) -> None:
        """Start everything, say when it is ready, and watch it until it ends."""
        require_free(self.options.port, "--port")
        for _, port in self.simulator_ports():
            require_free(port, "--simulator-port")
        say(f"demo: configuration folder {self.folder}")
        config_dir.write(self.folder, self.options.port)
        for family, port in self.simulator_ports():
            self.simulators.append(await self.start_simulator(family, port))
        home_assistant = await self.start_home_assistant()
        say(f"ready url={self.url}{await self.prepare(home_assistant)}")
        await self.watch(home_assistant)

    async def prepare(self, process: Child) -> str:
        """Do what a person would do first, and return what the ready line says of it."""
        client = HomeAssistant(self.session, self.url)
        steps = await client.onboarding_steps()
        if steps is None or steps["user"]:
            say(f"demo: logging in as {USERNAME}")
            await client.log_in(USERNAME, PASSWORD)
        elif self.options.onboarding:
            say(f"demo: creating the user {USERNAME}")
            await client.onboard(USERNAME, PASSWORD)
        else:
            return ""
        token = await client.create_lasting_token()
        await self.until("Home Assistant", process, client.is_running)
        if self.options.devices:
            for family, port in self.simulator_ports():
                title = await client.add_entry(config_dir.DOMAIN, family.flow_answers(port))
                outcome = f"{title} is set up" if title else "was set up before"
                say(f"demo: the {family.key} device {outcome}")
            await self.save_dashboard(process, client)
        return f" user={USERNAME} password={PASSWORD} token={token}"

    async def save_dashboard(self, process: Child, client: HomeAssistant) -> None:
        """Make the example dashboard once all entities have a state."""

        async def have_states() -> bool:
            """Return whether no enabled entity is still without a state."""
            return await client.entities_without_state(config_dir.DOMAIN) == 0

        await self.until("The devices' entities", process, have_states)
        say(f"demo: making the dashboard '{dashboard.TITLE}'")
        await dashboard.save(client, config_dir.DOMAIN)

    async def start_simulator(self, family: DemoFamily, port: int) -> Child:
        """Start the simulator of a family and wait until it answers."""
        url = f"http://{LOOPBACK}:{port}"
        say(f"demo: starting the simulated {family.key} device on {url}")
        command = ["-m", "simulators", "--family", family.key, "--port", str(port)]
        simulator = await self.spawn(
            f"The {family.key} simulator", [*command, *family.simulator_arguments], config_dir.ROOT
        )

        async def answers() -> bool:
            """Return whether the device's first page is there."""
            async with self.session.get(url) as response:
                return response.ok

        await self.until(simulator.name, simulator, answers)
        return simulator

    async def start_home_assistant(self) -> Child:
        """Start Home Assistant and wait until it answers."""
        say(f"demo: starting Home Assistant on {self.url}")
        # Started in the checkout, it would find the checkout's custom_components before its own.
        process = await self.spawn(
            "Home Assistant",
            ["-m", "homeassistant", "--skip-pip", "-c", str(self.folder)],
            self.folder,
        )
        client = HomeAssistant(self.session, self.url)

        async def answers() -> bool:
            """Return whether the onboarding can be asked for."""
            await client.onboarding_steps()
            return True

        await self.until(process.name, process, answers)
        return process

    async def spawn(self, name: str, arguments: Sequence[str], cwd: Path) -> Child:
        """Start a Python child that ends with the demo at the latest."""
        log = self.folder / "logs" / f"{name.removeprefix('The ').replace(' ', '-').lower()}.log"
        log.parent.mkdir(exist_ok=True)
        child = await Child.start(name, [sys.executable, *arguments], cwd=cwd, log=log)
        self.stack.push_async_callback(child.stop)
        return child

    async def until(
        self, what: str, process: Child, condition: Callable[[], Awaitable[bool]]
    ) -> None:
        """Wait for a condition for as long as the process that is to meet it lives."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                while True:
                    process.check()
                    with contextlib.suppress(ClientError):
                        if await condition():
                            return
                    await asyncio.sleep(POLL_SECONDS)
        except TimeoutError as err:
            reason = f"{what} not ready after {READY_SECONDS} s. See {process.log}."
            raise CommandError(reason) from err

    async def watch(self, home_assistant: Child) -> None:
        """Start Home Assistant again when it asks for that; fail when any process ends."""
        while True:
            processes = [*self.simulators, home_assistant]
            ends = [asyncio.ensure_future(process.ended()) for process in processes]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if home_assistant.process.returncode == RESTART_EXIT_CODE:
                home_assistant = await self.start_home_assistant()
                continue
            for process in processes:
                process.check()


async def demo(options: Options) -> None:
    """Run a demo and clean up after it."""
    with config_folder(options) as folder:
        async with (
            ClientSession(timeout=REQUEST_TIMEOUT) as session,
            contextlib.AsyncExitStack() as stack,
        ):
            await Demo(options=options, folder=folder, session=session, stack=stack).run()


async def until_signal(options: Options) -> None:
    """Run a demo until it fails or somebody ends it."""
    work = asyncio.create_task(demo(options))
    asked: list[signal.Signals] = []

    def ask(signal_number: signal.Signals) -> None:
        """End the demo; asking again does not cut its cleaning up short."""
        if not asked:
            say("demo: stopping")
            work.cancel()
        asked.append(signal_number)

    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, ask, signal_number)
    try:
        await work
    except asyncio.CancelledError:
        if not asked:
            raise


def main() -> int:
    """Run the command and return its exit code."""
    options = parse(sys.argv[1:])
    try:
        asyncio.run(until_signal(options))
    except CommandError as err:
        complain(f"demo: {err}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
