"""The example dashboard: one view for each device, made from what the registries say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .home_assistant import HomeAssistant

type Card = Mapping[str, Any]

TITLE = "Gatehouse demo"
URL_PATH = "gatehouse-demo"
ICON = "mdi:gate"

SENSOR_DOMAINS = frozenset({"binary_sensor", "sensor"})
CONTROL_DOMAINS = frozenset({"button", "number", "select", "switch"})
DECIBEL_UNITS = frozenset({"dB", "dBm"})
TRAFFIC_CLASSES = frozenset({"data_rate", "data_size"})
# A demo is looked at for minutes.
GRAPH_HOURS = 0.25
ACTIVITY_ROWS = 4
# Characters that half the width of a phone has room for.
SHORT_NAME = 14


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What the dashboard needs to know of one entity."""

    entity_id: str
    device_id: str | None
    name: str
    key: str
    category: str | None
    device_class: str | None
    unit: str | None
    of_part: bool
    """Whether it belongs to a part of the device, such as a port."""

    @classmethod
    def from_registry(
        cls, entry: Mapping[str, Any], state: Mapping[str, Any], wholes: Mapping[str, str]
    ) -> Entity:
        """Combine an entry of the entity registry with the entity's state.

        `wholes` has the devices of which others are parts.
        """
        device_id = entry["device_id"]
        return cls(
            entity_id=entry["entity_id"],
            device_id=wholes.get(device_id, device_id),
            of_part=device_id in wholes,
            name=entry["name"] or entry["original_name"] or "",
            key=entry["translation_key"] or "",
            category=entry["entity_category"],
            device_class=state["attributes"].get("device_class"),
            unit=state["attributes"].get("unit_of_measurement"),
        )

    @property
    def domain(self) -> str:
        """Return the domain, such as "sensor"."""
        return self.entity_id.partition(".")[0]

    @property
    def is_signal(self) -> bool:
        """Return whether it measures how well a mobile network is received."""
        return self.domain == "sensor" and self.unit in DECIBEL_UNITS


def _tiles(entities: Sequence[Entity]) -> Iterator[Card]:
    """Yield a tile for each entity, two side by side where a phone has room for all names."""
    paired = len(entities) > 1 and all(len(entity.name) <= SHORT_NAME for entity in entities)
    for entity in entities:
        yield {
            "type": "tile",
            "entity": entity.entity_id,
            "name": {"type": "entity"},
            # What a button shows is only when it was pressed last.
            "hide_state": entity.domain == "button",
            "features": [{"type": "update-actions"}] if entity.domain == "update" else [],
            "grid_options": {"columns": 6 if paired else "full"},
        }


def _part_tiles(entities: Sequence[Entity]) -> Iterator[Card]:
    """Yield a tile for each part of a device, under the part's name."""
    for entity in entities:
        yield {
            "type": "tile",
            "entity": entity.entity_id,
            "name": {"type": "device"},
            "grid_options": {"columns": 6},
        }


def _tiles_and_graphs(entities: Sequence[Entity]) -> Iterator[Card]:
    """Yield a tile for each entity and a graph for each unit."""
    yield from _tiles(entities)
    for unit in dict.fromkeys(entity.unit for entity in entities):
        yield {
            "type": "history-graph",
            "hours_to_show": GRAPH_HOURS,
            "entities": [entity.entity_id for entity in entities if entity.unit == unit],
            "grid_options": {"columns": "full"},
        }


def _pictures(entities: Sequence[Entity]) -> Iterator[Card]:
    """Yield a picture for each entity."""
    for entity in entities:
        yield {
            "type": "picture-entity",
            "entity": entity.entity_id,
            # A name would cover the code.
            "show_name": False,
            "show_state": False,
            "visibility": [
                {"condition": "state", "entity": entity.entity_id, "state_not": "unavailable"}
            ],
            "grid_options": {"columns": 6},
        }


def _activity(entities: Sequence[Entity]) -> Iterator[Card]:
    """Yield what has happened lately."""
    yield {
        "type": "logbook",
        "target": {"entity_id": [entity.entity_id for entity in entities]},
        "grid_options": {"columns": "full", "rows": ACTIVITY_ROWS},
    }


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the dashboard: which entities it shows, in which order, and how."""

    title: str
    icon: str
    shows: Callable[[Entity], bool] = lambda _: True
    of_parts: bool = False
    """Whether it shows the parts of a device instead of the device itself."""

    keys: tuple[str, ...] = ()
    """The keys that it is limited to, in their order; without any it goes by the names."""

    cards: Callable[[Sequence[Entity]], Iterator[Card]] = _tiles

    def takes(self, entity: Entity) -> bool:
        """Return whether an entity belongs here."""
        fits = self.of_parts == entity.of_part and self.shows(entity)
        return fits and (not self.keys or entity.key in self.keys)

    def arranged(self, entities: Iterable[Entity]) -> list[Entity]:
        """Return entities in the order of this section."""
        rank = {key: place for place, key in enumerate(self.keys)}
        return sorted(entities, key=lambda entity: (rank.get(entity.key, 0), entity.name))


# An entity goes into the first section that takes it.
SECTIONS = (
    Section(
        title="5G signal",
        icon="mdi:signal-5g",
        shows=lambda entity: entity.is_signal and entity.key.startswith("nr_"),
        cards=_tiles_and_graphs,
    ),
    Section(
        title="Signal",
        icon="mdi:signal",
        shows=lambda entity: entity.is_signal,
        cards=_tiles_and_graphs,
    ),
    Section(
        title="Traffic",
        icon="mdi:swap-vertical",
        shows=lambda entity: (
            entity.device_class in TRAFFIC_CLASSES and not entity.key.startswith("memory")
        ),
    ),
    Section(
        title="Text messages",
        icon="mdi:message-text",
        shows=lambda entity: entity.domain in SENSOR_DOMAINS and "sms" in entity.key,
    ),
    Section(
        title="Ports",
        icon="mdi:sim",
        shows=lambda entity: entity.device_class == "connectivity",
        of_parts=True,
        cards=_part_tiles,
    ),
    Section(
        title="Thread",
        icon="mdi:graph",
        shows=lambda entity: entity.domain in SENSOR_DOMAINS,
        keys=(
            "thread_connected",
            "thread_role",
            "thread_network_name",
            "thread_channel",
            "pan_id",
            "known_to_home_assistant",
            "preferred_network",
        ),
    ),
    Section(
        title="Joiners",
        icon="mdi:account-plus",
        shows=lambda entity: entity.domain in CONTROL_DOMAINS | {"sensor"},
        keys=(
            "commissioner",
            "joiners_pending",
            "joiners_joined",
            "joiners_timed_out",
            "rejoin_timed_out",
        ),
    ),
    Section(
        title="Uplink",
        icon="mdi:wan",
        shows=lambda entity: entity.domain in SENSOR_DOMAINS,
        keys=("internet", "active_uplink", "ethernet_status", "wifi_status", "wifi_ssid"),
    ),
    Section(
        title="Clients",
        icon="mdi:devices",
        shows=lambda entity: entity.domain == "sensor",
        keys=("clients", "clients_2_4", "clients_5", "clients_wired", "clients_guest"),
    ),
    Section(
        title="Guest Wi-Fi",
        icon="mdi:qrcode",
        shows=lambda entity: entity.domain == "image",
        cards=_pictures,
    ),
    Section(
        title="Update",
        icon="mdi:package-up",
        shows=lambda entity: entity.domain == "update",
    ),
    Section(
        title="Controls",
        icon="mdi:tune",
        shows=lambda entity: entity.domain in CONTROL_DOMAINS,
    ),
    Section(
        title="Events",
        icon="mdi:bell",
        shows=lambda entity: entity.domain == "event",
        cards=_activity,
    ),
    Section(
        title="Connection",
        icon="mdi:web",
        shows=lambda entity: entity.category is None,
    ),
)


def _cards(section: Section, entities: Iterable[Entity]) -> Iterator[Card]:
    """Yield the cards of one section."""
    yield {"type": "heading", "heading": section.title, "icon": section.icon}
    yield from section.cards(section.arranged(entities))


def _view(title: str, entities: Iterable[Entity]) -> Mapping[str, Any]:
    """Return the view of one device."""
    members: dict[str, list[Entity]] = {}
    for entity in entities:
        section = next((each for each in SECTIONS if each.takes(entity)), None)
        if section:
            members.setdefault(section.title, []).append(entity)
    sections = [
        {"type": "grid", "cards": [*_cards(section, members[section.title])]}
        for section in SECTIONS
        if section.title in members
    ]
    return {
        "type": "sections",
        "title": title,
        "max_columns": 4,
        "dense_section_placement": True,
        "sections": sections,
    }


def build(entities: Iterable[Entity], devices: Iterable[Mapping[str, Any]]) -> list[Card]:
    """Return a view for each device that has an entity to show."""
    of_device: dict[str | None, list[Entity]] = {}
    for entity in entities:
        of_device.setdefault(entity.device_id, []).append(entity)
    return [
        _view(device["name_by_user"] or device["name"], of_device[device["id"]])
        for device in devices
        if device["id"] in of_device
    ]


async def save(client: HomeAssistant, domain: str) -> None:
    """Make the dashboard, or bring the one of an earlier start up to date."""
    states = await client.states()
    devices, dashboards = await client.commands(
        {"type": "config/device_registry/list"}, {"type": "lovelace/dashboards/list"}
    )
    wholes = {
        device["id"]: device["parent_device_id"]
        for device in devices
        if device["parent_device_id"] is not None
    }
    entities = [
        Entity.from_registry(entry, states[entry["entity_id"]], wholes)
        for entry in await client.entities(domain)
    ]
    if not any(each["url_path"] == URL_PATH for each in dashboards):
        new = {"url_path": URL_PATH, "title": TITLE, "icon": ICON, "mode": "storage"}
        await client.commands({"type": "lovelace/dashboards/create", **new})
    config = {"views": build(entities, devices)}
    await client.commands({"type": "lovelace/config/save", "url_path": URL_PATH, "config": config})
