"""A real Home Assistant with a simulated device, which can be killed and comes back."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
import contextlib
from dataclasses import dataclass, field
import json
from pathlib import Path
import shutil
import signal
import socket
import sys
import tempfile
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType

from scripts.support import config_dir
from scripts.support.children import Child
from scripts.support.console import CommandError
from scripts.support.home_assistant import HomeAssistant
from scripts.support.ports import LOOPBACK
from simulators.family import Simulator

_USER: Final = "soak"
_RECORDER: Final = "message_recorder"
_PATIENCE_SECONDS: Final = 300
_POLL_SECONDS: Final = 0.1
_TIMEOUT: Final = ClientTimeout(total=300)
"""For what a message may take that waits for others."""

_CONFIGURATION: Final = """\

message_recorder:
  file: {file}
"""

_LOG_LEVEL: Final = ("custom_components.gatehouse: info", "custom_components.gatehouse: debug")
"""In the usual configuration, and here, where more must be found out afterwards."""

_AUTOMATIONS: Final = """\
- id: witness
  alias: Witness
  mode: parallel
  max: 10000
  triggers:
    - trigger: event.received
      target:
        entity_id: {entity}
      options:
        event_type: [received, received_late]
  actions:
    - action: message_recorder.note
      data:
        id: "{{{{ trigger.to_state.attributes.id }}}}"
"""


class Refused(Exception):
    """Home Assistant says that an action failed."""


class Away(Exception):
    """Home Assistant was not there to answer."""


@dataclass(kw_only=True)
class Home:
    """One Home Assistant, from start to start."""

    folder: Path
    event_entity: str
    """That tells of received messages."""

    port: int
    session: ClientSession
    token: str = ""
    entry_id: str = ""
    child: Child | None = None
    running: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether it is there, and means to stay."""

    kills: int = 0

    @property
    def url(self) -> str:
        """Return where it is."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def record(self) -> Path:
        """Return the file in which the recorder writes."""
        return self.folder / "messages.jsonl"

    @property
    def troubles(self) -> Path:
        """Return the file that tells what was made to go wrong, and when."""
        return self.folder / "troubles.log"

    @property
    def answers(self) -> Path:
        """Return the file of all answers to whoever wanted a message to be sent."""
        return self.folder / "answers.jsonl"

    @property
    def log(self) -> Path:
        """Return the log of all starts."""
        return self.folder / "home-assistant.out"

    def write(self) -> None:
        """Fill the configuration folder."""
        configuration = config_dir.CONFIGURATION.replace(*_LOG_LEVEL)
        configuration += _CONFIGURATION.format(file=self.record)
        (self.folder / "configuration.yaml").write_text(configuration)
        automations = _AUTOMATIONS.format(entity=self.event_entity)
        (self.folder / "automations.yaml").write_text(automations)
        config_dir.write(self.folder, self.port)
        source = Path(__file__).parent / _RECORDER
        (self.folder / "custom_components" / _RECORDER).symlink_to(source)
        self.record.touch()

    async def start(self) -> None:
        """Start it and wait until everything in it runs."""
        self.child = await Child.start(
            "Home Assistant",
            [sys.executable, "-m", "homeassistant", "--skip-pip", "-c", str(self.folder)],
            cwd=self.folder,
            log=self.log,
        )
        client = HomeAssistant(self.session, self.url)
        if not self.token:
            await self.until(lambda: _answers(client))
            await client.onboard(_USER, _USER)
            self.token = await client.create_lasting_token()
        await self.until(self._is_running)
        self.running.set()

    async def _is_running(self) -> bool:
        """Tell whether everything was started."""
        return bool((await self.get("/api/config"))["state"] == "RUNNING")

    async def stop(self) -> None:
        """End it as its owner would."""
        self.running.clear()
        if self.child is not None:
            await self.child.stop()

    async def kill(self) -> None:
        """End it as a power failure would."""
        if self.child is not None:
            self.running.clear()
            self.child.process.send_signal(signal.SIGKILL)
        await self.died()

    async def died(self) -> None:
        """Wait until it was killed."""
        if self.child is not None:
            async with _patience("Home Assistant did not end"):
                await self.child.ended()
            self.running.clear()
            self.kills += 1

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait for a condition as long as Home Assistant lives."""
        async with _patience("Home Assistant did not get there"):
            while True:
                if self.child is not None:
                    self.child.check()
                with contextlib.suppress(ClientError, TimeoutError, Away):
                    if await condition():
                        return
                await asyncio.sleep(_POLL_SECONDS)

    async def get(self, path: str) -> Any:
        """Read something."""
        return await self.request("GET", path)

    async def request(self, method: str, path: str, body: Any = None) -> Any:
        """Send one request and return its answer. Raises Away."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(
            method, f"{self.url}{path}", json=body, headers=headers
        ) as response:
            if not response.ok:
                raise Away
            return await response.json()

    async def call(self, domain: str, action: str, data: Mapping[str, Any], **more: Any) -> Any:
        """Carry out an action and return its response. Raises Refused and Away."""
        message = {"id": 1, "type": "call_service", "domain": domain, "service": action}
        try:
            async with self.session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0) as ws:
                await ws.receive_json()
                await ws.send_json({"type": "auth", "access_token": self.token})
                await ws.receive_json()
                await ws.send_json({**message, "service_data": data, **more})
                reply = await ws.receive()
        except ClientError, TimeoutError, TypeError:
            # Something else than JSON comes when the connection ends.
            raise Away from None
        if reply.type is not WSMsgType.TEXT:
            raise Away
        answer = json.loads(reply.data)
        if not answer["success"]:
            error = answer["error"]
            raise Refused(error.get("translation_key") or error["code"])
        return answer["result"].get("response")

    async def add_device(self, family: str, simulator: Simulator) -> None:
        """Set a device up as its owner would, and wait until messages are received."""
        client = HomeAssistant(self.session, self.url)
        await client.log_in(_USER, _USER)
        host = simulator.url.removeprefix("http://")
        login = {"username": simulator.username, "password": simulator.password}
        await client.add_entry(
            config_dir.DOMAIN,
            {
                "user": {"host": host, "device_type": family},
                "credentials": {**login, "verify_ssl": False},
            },
        )
        entries = await self.get(f"/api/config/config_entries/entry?domain={config_dir.DOMAIN}")
        self.entry_id = entries[0]["entry_id"]
        await self.until(self.receives)

    async def receives(self) -> bool:
        """Tell whether messages are received."""
        state = await self.get(f"/api/states/{self.event_entity}")
        return bool(state["state"] != "unavailable")

    async def set_options(self, options: Mapping[str, Any]) -> None:
        """Choose the options of the device."""
        flows = "/api/config/config_entries/options/flow"
        step = await self.request("POST", flows, {"handler": self.entry_id})
        await self.request("POST", f"{flows}/{step['flow_id']}", options)

    def journal(self) -> list[dict[str, Any]]:
        """Return what Gatehouse has written down of the messages that it sent."""
        file = self.folder / ".storage" / f"{config_dir.DOMAIN}.{self.entry_id}.outbox"
        document = json.loads(file.read_text())["data"]["document"]
        entries: list[dict[str, Any]] = _find(document, "entries")
        return entries


@contextlib.asynccontextmanager
async def _patience(failure: str) -> AsyncGenerator[None]:
    """Give up after a while, with a sentence that says on what."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            yield
    except TimeoutError as err:
        raise CommandError(f"{failure} in {_PATIENCE_SECONDS} s.") from err


def _find(document: Mapping[str, Any], name: str) -> Any:
    """Return a field, wherever below it is."""
    if name in document:
        return document[name]
    inner = (each for each in document.values() if isinstance(each, dict))
    return next(_find(each, name) for each in inner)


async def _answers(client: HomeAssistant) -> bool:
    """Tell whether the onboarding can be asked for."""
    return await client.onboarding_steps() is not None


def _free_port() -> int:
    """Return a port that nothing listens on at the moment."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
    return port


@contextlib.asynccontextmanager
async def new_home(event_entity: str, keep: Path | None = None) -> AsyncGenerator[Home]:
    """Provide a Home Assistant that is not started yet; its logs are kept if wanted.

    `event_entity` tells of received messages.
    """
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-benchmark-"))
    async with ClientSession(timeout=_TIMEOUT) as session:
        home = Home(folder=folder, event_entity=event_entity, port=_free_port(), session=session)
        home.write()
        try:
            yield home
        finally:
            await home.stop()
            if keep is not None:
                _keep((home.log, home.record, home.troubles, home.answers), keep)
            shutil.rmtree(folder, ignore_errors=True)


def _keep(files: Iterable[Path], folder: Path) -> None:
    """Copy files into a folder, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in filter(Path.exists, files):
        shutil.copy(file, folder)
