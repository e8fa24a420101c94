"""A small client for what a demo needs of Home Assistant's HTTP and WebSocket interfaces."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession

from .console import CommandError

type Json = Any

TOKEN_NAME = "Gatehouse demo"  # noqa: S105 - the name of a token, not a token


class HomeAssistant:
    """One Home Assistant instance and, once somebody logged in, the right to use it."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Remember where the instance is."""
        self._session = session
        self._url = url
        self._token: str | None = None

    @property
    def _client_id(self) -> str:
        """Return this client's identity: the address that the frontend in a browser would give."""
        return f"{self._url}/"

    async def request(self, method: str, path: str, body: Json = None) -> Json:
        """Send one request and return its JSON answer."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        async with self._session.request(
            method, f"{self._url}{path}", json=body, headers=headers
        ) as response:
            if response.status >= HTTPStatus.BAD_REQUEST:
                reason = f"Home Assistant answered {method} {path} with {response.status}: "
                raise CommandError(reason + await response.text())
            return await response.json()

    async def commands(self, *messages: Mapping[str, Any]) -> list[Json]:
        """Send WebSocket commands one after the other and return their results."""
        results = []
        async with self._session.ws_connect(f"{self._url}/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self._token})
            answer = await socket.receive_json()
            if answer["type"] != "auth_ok":
                raise CommandError(f"Home Assistant refused the token: {answer}")
            for number, message in enumerate(messages, 1):
                await socket.send_json({"id": number, **message})
                answer = await socket.receive_json()
                if not answer["success"]:
                    raise CommandError(f"Home Assistant refused {message['type']}: {answer}")
                results.append(answer["result"])
        return results

    async def onboarding_steps(self) -> Mapping[str, bool] | None:
        """Return which onboarding steps are done, or None once there is no onboarding any more."""
        async with self._session.get(f"{self._url}/api/onboarding") as response:
            if response.status == HTTPStatus.NOT_FOUND:
                return None
            response.raise_for_status()
            return {step["step"]: step["done"] for step in await response.json()}

    async def onboard(self, username: str, password: str) -> None:
        """Create the first user and finish the onboarding as the frontend does."""
        user = {"name": "Demo", "username": username, "password": password, "language": "en"}
        answer = await self.request(
            "POST", "/api/onboarding/users", {**user, "client_id": self._client_id}
        )
        await self._redeem(answer["auth_code"])
        target = {"client_id": self._client_id, "redirect_uri": self._client_id}
        answer = await self.request("POST", "/api/onboarding/integration", target)
        await self._redeem(answer["auth_code"])

    async def log_in(self, username: str, password: str) -> None:
        """Log in with a password."""
        start = {
            "client_id": self._client_id,
            "redirect_uri": self._client_id,
            "handler": ["homeassistant", None],
        }
        flow = await self.request("POST", "/auth/login_flow", start)
        answers = {"client_id": self._client_id, "username": username, "password": password}
        flow = await self.request("POST", f"/auth/login_flow/{flow['flow_id']}", answers)
        if flow["type"] != "create_entry":
            raise CommandError(f"Home Assistant refused to log {username} in: {flow['errors']}")
        await self._redeem(flow["result"])

    async def _redeem(self, code: str) -> None:
        """Exchange an authorization code for an access token."""
        form = {"client_id": self._client_id, "code": code, "grant_type": "authorization_code"}
        async with self._session.post(f"{self._url}/auth/token", data=form) as response:
            response.raise_for_status()
            self._token = (await response.json())["access_token"]

    async def create_lasting_token(self) -> str:
        """Return a new long-lived access token in place of an older one, and use it from now on."""
        (tokens,) = await self.commands({"type": "auth/refresh_tokens"})
        old = [token["id"] for token in tokens if token["client_name"] == TOKEN_NAME]
        *_, token = await self.commands(
            *({"type": "auth/delete_refresh_token", "refresh_token_id": each} for each in old),
            {"type": "auth/long_lived_access_token", "client_name": TOKEN_NAME, "lifespan": 365},
        )
        self._token = str(token)
        return self._token

    async def add_entry(self, domain: str, answers: Mapping[str, Mapping[str, Any]]) -> str | None:
        """Go through a configuration flow; return the title, or None when it exists already."""
        flows = "/api/config/config_entries/flow"
        step = await self.request("POST", flows, {"handler": domain})
        while step["type"] in {"form", "menu"}:
            name = step["step_id"]
            if step.get("errors"):
                raise CommandError(f"The {domain} flow refused step '{name}': {step['errors']}")
            if name not in answers:
                raise CommandError(f"The {domain} flow has a step '{name}' that was not expected.")
            step = await self.request("POST", f"{flows}/{step['flow_id']}", answers[name])
        if step["type"] == "create_entry":
            return str(step["title"])
        if step.get("reason") == "already_configured":
            return None
        raise CommandError(f"The {domain} flow ended without an entry: {step}")

    async def is_running(self) -> bool:
        """Return whether everything was started."""
        return bool((await self.request("GET", "/api/config"))["state"] == "RUNNING")

    async def entities(self, domain: str) -> list[Json]:
        """Return the registry's entries of an integration's enabled entities."""
        (entries,) = await self.commands({"type": "config/entity_registry/list"})
        return [
            entry
            for entry in entries
            if entry["platform"] == domain and entry["disabled_by"] is None
        ]

    async def states(self) -> Mapping[str, Json]:
        """Return all states by entity id."""
        return {state["entity_id"]: state for state in await self.request("GET", "/api/states")}

    async def entities_without_state(self, domain: str) -> int:
        """Count the enabled entities of an integration that have no state yet."""
        states = await self.states()
        return sum(entry["entity_id"] not in states for entry in await self.entities(domain))
