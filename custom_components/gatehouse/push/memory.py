"""What has to be remembered of the pushes of an entry, also over a crash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.components import webhook
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..families.push import PushSupport
from ..messaging.store import BoxStore
from ..sms.keeper import InvalidDocument, load_document, versioned
from .hooks import hook_path

_VERSION: Final = 1
_FILE: Final = "push"


@dataclass(kw_only=True)
class Memory:
    """What a device had before, and what it was given instead."""

    store: BoxStore = field(repr=False)
    support: PushSupport[Any, Any]
    message_hook: str = field(repr=False)
    """Nobody can guess it; whoever knows it can make Gatehouse look for messages."""

    ussd_hook: str = field(repr=False)
    previous: Any = field(default=None, repr=False)
    """The setting that comes back in the end; None while the device has its own."""

    ours: list[Any] = field(default_factory=list, repr=False)
    """What the device was given, the latest last; more than one only while that changes."""

    address: str | None = field(default=None, repr=False)
    """What the latest pushes to."""

    confirmed: bool = False
    """Whether the device has shown that it took ours."""

    @classmethod
    async def load(
        cls, hass: HomeAssistant, entry_id: str, support: PushSupport[Any, Any]
    ) -> Memory:
        """Return what is remembered; webhooks get their names the first time. Raises NotSaved."""
        store = BoxStore(hass, entry_id, _FILE)

        def parse(document: Mapping[str, Any]) -> Memory:
            """Take a document apart."""
            previous = document["previous"]
            return cls(
                store=store,
                support=support,
                message_hook=str(document["message_hook"]),
                ussd_hook=str(document["ussd_hook"]),
                previous=None if previous is None else support.load_fn(dict(previous)),
                ours=[support.load_fn(dict(each)) for each in document["ours"]],
                address=document["address"],
                confirmed=bool(document["confirmed"]),
            )

        memory: Memory | None = None
        try:
            memory = await load_document(store, _VERSION, parse)
        except InvalidDocument:
            name = await store.set_aside(dt_util.now())
            LOGGER.warning("The memory of pushes makes no sense and begins anew; see %s", name)
        if memory is None:
            memory = cls(
                store=store,
                support=support,
                message_hook=webhook.async_generate_id(),
                ussd_hook=webhook.async_generate_id(),
            )
            await memory.save()
        return memory

    def is_ours(self, found: Any) -> bool:
        """Tell whether a setting is ours, perhaps with changes: nobody else knows its path."""
        return found in self.ours or self.support.path_fn(found) == hook_path(self.message_hook)

    async def save(self) -> None:
        """Write everything down. Raises NotSaved."""
        dump = self.support.dump_fn
        content = {
            "message_hook": self.message_hook,
            "ussd_hook": self.ussd_hook,
            "previous": None if self.previous is None else dump(self.previous),
            "ours": [dump(each) for each in self.ours],
            "address": self.address,
            "confirmed": self.confirmed,
        }
        await self.store.save(versioned(_VERSION, content))

    async def forget_device(self) -> None:
        """Forget what the device had and was given. Raises NotSaved."""
        self.previous = None
        self.ours = []
        self.address = None
        self.confirmed = False
        await self.save()


async def async_remove_memory(hass: HomeAssistant, entry_id: str) -> None:
    """Remove the file of an entry."""
    await BoxStore(hass, entry_id, _FILE).remove()
