"""Images: QR codes of what a device tells."""

from io import BytesIO
from typing import Any, Final, override

from homeassistant.components.image import ImageEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util
import pyqrcode

from .clients.secret import Secret
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseImageDescription

# Nothing is written.
PARALLEL_UPDATES = 0

_MODULE_SIZE: Final = 8
"""Pixels."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the images of a device."""
    async_add_described(
        hass,
        entry,
        Platform.IMAGE,
        entry.runtime_data.family.images,
        GatehouseImage,
        async_add_entities,
    )


class GatehouseImage(DescribedEntity[GatehouseImageDescription], ImageEntity):
    """A QR code."""

    _attr_content_type = "image/svg+xml"
    entity_description: GatehouseImageDescription

    def __init__(
        self, coordinator: GatehouseCoordinator[Any], description: GatehouseImageDescription
    ) -> None:
        """Begin with what is told at present."""
        super().__init__(coordinator, description)
        ImageEntity.__init__(self, coordinator.hass)
        self._drawn: tuple[Secret[str], bytes] | None = None
        self._shown: Secret[str] | None = None
        self._look()

    @property
    @override
    def available(self) -> bool:
        """Tell whether there is something to show."""
        return super().available and self._told() is not None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Note when there is something else to show."""
        self._look()
        super()._handle_coordinator_update()

    @override
    def image(self) -> bytes | None:
        """Draw the QR code, which takes a moment, unless it has been drawn before."""
        if (content := self._told()) is None:
            return None
        if self._drawn is None or self._drawn[0] != content:
            self._drawn = content, _qr_code(content.reveal())
        return self._drawn[1]

    def _told(self) -> Secret[str] | None:
        """Return what the device tells at present."""
        data = self.coordinator.data
        description = self.entity_description
        return description.content_fn(data) if data.ok(description.reading) else None

    def _look(self) -> None:
        """Note since when there has been this to show."""
        content = self._told()
        if content is not None and content != self._shown:
            self._shown = content
            self._attr_image_last_updated = dt_util.utcnow()


def _qr_code(content: str) -> bytes:
    """Return a picture of a text, in UTF-8 as today's cameras expect."""
    code = pyqrcode.create(content, error="M", mode="binary", encoding="utf-8")
    with BytesIO() as file:
        code.svg(file, scale=_MODULE_SIZE, background="#fff")
        return file.getvalue()
