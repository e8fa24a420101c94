"""The example dashboard: one view for each device, made from what the registries say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .home_assistant import HomeAssistant

type Card = Mapping[str, Any]

TITLE = "Gatehouse demo"
URL_PATH = "gatehouse-demo"
ICON = "mdi:gate"

CONTROL_DOMAINS = frozenset({"button", "number", "select", "switch"})
DECIBEL_UNITS = frozenset({"dB", "dBm"})
TRAFFIC_CLASSES = frozenset({"data_rate", "data_size"})
# A demo is looked at for minutes.
GRAPH_HOURS = 0.25


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What the dashboard needs to know of one entity."""

    entity_id: str
    device_id: str | None
    key: str
    category: str | None
    device_class: str | None
    unit: str | None

    @classmethod
    def from_registry(cls, entry: Mapping[str, Any], state: Mapping[str, Any]) -> Entity:
        """Combine an entry of the entity registry with the entity's state."""
        return cls(
            entity_id=entry["entity_id"],
            device_id=entry["device_id"],
            key=entry["translation_key"] or "",
            category=entry["entity_category"],
            device_class=state["attributes"].get("device_class"),
            unit=state["attributes"].get("unit_of_measurement"),
        )

    @property
    def domain(self) -> str:
        """Return the domain, such as "sensor"."""
        return self.entity_id.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A column of the dashboard: which entities it shows, and whether their history too."""

    title: str
    icon: str
    shows: Callable[[Entity], bool]
    graph: bool = False


# An entity goes into the first section that shows it.
SECTIONS = (
    Section(
        title="Signal",
        icon="mdi:signal",
        shows=lambda entity: entity.domain == "sensor" and entity.unit in DECIBEL_UNITS,
        graph=True,
    ),
    Section(
        title="Traffic",
        icon="mdi:swap-vertical",
        shows=lambda entity: entity.device_class in TRAFFIC_CLASSES,
    ),
    Section(
        title="Text messages",
        icon="mdi:message-text",
        shows=lambda entity: "sms" in entity.key or "message" in entity.key,
    ),
    Section(
        title="Controls",
        icon="mdi:tune",
        shows=lambda entity: entity.domain in CONTROL_DOMAINS,
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
    graph_of_unit: dict[str | None, list[str]] = {}
    for entity in entities:
        yield {"type": "tile", "entity": entity.entity_id, "name": {"type": "entity"}}
        graph_of_unit.setdefault(entity.unit, []).append(entity.entity_id)
    if section.graph:
        for entity_ids in graph_of_unit.values():
            yield {
                "type": "history-graph",
                "hours_to_show": GRAPH_HOURS,
                "entities": entity_ids,
                "grid_options": {"columns": "full"},
            }


def _view(title: str, entities: Iterable[Entity]) -> Mapping[str, Any]:
    """Return the view of one device."""
    members: dict[str, list[Entity]] = {}
    for entity in entities:
        section = next((each for each in SECTIONS if each.shows(entity)), None)
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
    for entity in sorted(entities, key=lambda each: each.entity_id):
        of_device.setdefault(entity.device_id, []).append(entity)
    return [
        _view(device["name_by_user"] or device["name"], of_device[device["id"]])
        for device in devices
        if device["id"] in of_device
    ]


async def save(client: HomeAssistant, domain: str) -> None:
    """Make the dashboard, or bring the one of an earlier start up to date."""
    states = await client.states()
    entities = [
        Entity.from_registry(entry, states[entry["entity_id"]])
        for entry in await client.entities(domain)
    ]
    devices, dashboards = await client.commands(
        {"type": "config/device_registry/list"}, {"type": "lovelace/dashboards/list"}
    )
    if not any(each["url_path"] == URL_PATH for each in dashboards):
        new = {"url_path": URL_PATH, "title": TITLE, "icon": ICON, "mode": "storage"}
        await client.commands({"type": "lovelace/dashboards/create", **new})
    config = {"views": build(entities, devices)}
    await client.commands({"type": "lovelace/config/save", "url_path": URL_PATH, "config": config})
