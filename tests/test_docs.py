"""The pages for users are true: what they link to and what they name exists."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
import re
from typing import Any, Final

import homeassistant.components
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.util.yaml import load_yaml_dict, parse_yaml
import pytest

from custom_components.gatehouse.const import DeviceFamily
from custom_components.gatehouse.families import FAMILIES
from tests.test_metadata import EN, PACKAGE, ROOT, TABLES

CORE: Final = Path(homeassistant.components.__file__).parent
REPOSITORY: Final = "https://github.com/gatehouse-ha/gatehouse"
ELSEWHERE: Final = re.compile(r"https?://|mailto:")
OWN: Final = re.compile(
    rf"{REPOSITORY}(?:/(?:blob|raw|tree)/main/|(?=#)|$)"
    r"|https://raw\.githubusercontent\.com/gatehouse-ha/gatehouse/main/"
)
"""What an address begins with that leads into this repository."""

FENCE: Final = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
LINK: Final = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
HEADING: Final = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
ACTION: Final = re.compile(r"`gatehouse\.([a-z_0-9]+)`")
PATH_OF_A_MACHINE: Final = re.compile(
    r"(?<![\w.])(?:/home/|/root\b|/Users/|/tmp/|/work\b|[A-Z]:\\)"
)

SINGULAR: Final = {"binary_sensor": "binary sensor"}
KINDS: Final = "|".join(SINGULAR.get(each, each) for each in (*TABLES.values(), "notify"))
KIND: Final = re.compile(rf" \((?:{KINDS})(?:s|es)?\)")
"""What an entity is, behind its name."""

PAGES: Final = (ROOT / "README.md", ROOT / "info.md", *sorted((ROOT / "docs").glob("*.md")))
TEMPLATES: Final = tuple((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
ANY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def text_of(page: Path) -> str:
    """Return a page."""
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", text_of(page))


@cache
def anchors_of(page: Path) -> frozenset[str]:
    """Return the anchors that the headings of a page get."""
    seen: Counter[str] = Counter()
    anchors = set()
    for heading in HEADING.findall(prose_of(page)):
        shown = LINK.sub(lambda link: link[0].partition("]")[0].strip("!["), heading)
        anchor = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return frozenset(anchors)


@pytest.mark.parametrize("page", [*PAGES, *TEMPLATES], ids=lambda page: page.name)
def test_links(page: Path) -> None:
    """Every link and picture of this repository exists, also the place in the page."""
    for link in LINK.findall(prose_of(page)):
        path, _, anchor = link.partition("#")
        if OWN.match(link):
            target = ROOT / (OWN.sub("", path) or "README.md")
        elif ELSEWHERE.match(link):
            continue
        else:
            target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors_of(target), link


@ANY_PAGE
def test_no_link_leads_out_of_the_marketplace(page: Path) -> None:
    """What is shown outside the repository has only whole addresses."""
    if page.parent != ROOT:
        return
    for link in LINK.findall(prose_of(page)):
        assert ELSEWHERE.match(link), link


@ANY_PAGE
def test_no_path_of_a_machine(page: Path) -> None:
    """No page tells of the machine on which it was written."""
    assert not PATH_OF_A_MACHINE.findall(text_of(page))


@dataclass(frozen=True, kw_only=True)
class Named:
    """Something that an example uses."""

    kind: str
    """Action, trigger or condition."""

    name: str
    given: frozenset[str]


FIELDS: Final = {"action": "data", "trigger": "options", "condition": "options"}
"""Where each kind has its fields."""


def named_in(value: Any) -> Iterator[Named]:
    """Yield what an example uses, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from named_in(each)
    elif isinstance(value, dict):
        for kind, place in FIELDS.items():
            name = value.get(kind)
            if isinstance(name, str) and re.fullmatch(r"\w+\.\w+", name):
                yield Named(kind=kind, name=name, given=frozenset(value.get(place) or ()))
        for each in value.values():
            yield from named_in(each)


@cache
def described(kind: str, domain: str) -> dict[str, Any]:
    """Return the actions, triggers or conditions of an integration."""
    plural = {"action": "services"}.get(kind, f"{kind}s")
    folder = PACKAGE if domain == PACKAGE.name else CORE / domain
    path = folder / f"{plural}.yaml"
    return load_yaml_dict(str(path)) if path.exists() else {}


@ANY_PAGE
def test_examples(page: Path) -> None:
    """Every example is YAML, and what it uses exists, with the fields that it gives."""
    for _, language, code in FENCE.findall(text_of(page)):
        if language not in {"yaml", "yml"}:
            continue
        for named in named_in(parse_yaml(code)):
            domain, name = named.name.split(".")
            known = described(named.kind, domain)
            assert name in known, named.name
            fields = (known[name] or {}).get("fields", {})
            if domain == PACKAGE.name:
                assert named.given <= fields.keys(), named
                needed = {key for key, field in fields.items() if field.get("required")}
                assert needed <= named.given, named


@ANY_PAGE
def test_actions_exist(page: Path) -> None:
    """Every action that a page names exists."""
    named = set(ACTION.findall(prose_of(page)))
    assert named <= described("action", PACKAGE.name).keys() | {"zip"}


def test_every_action_is_explained() -> None:
    """Every action is named in the pages, and every field that not all of them have."""
    pages = [prose_of(page) for page in PAGES]
    for name, action in described("action", PACKAGE.name).items():
        about = [text for text in pages if f"`gatehouse.{name}`" in text]
        assert about, name
        for field in action.get("fields", {}).keys() - {ATTR_CONFIG_ENTRY_ID}:
            assert any(f"`{field}`" in text for text in about), (name, field)


def _core_name(platform: str, device_class: str) -> str:
    """Return how Home Assistant itself calls an entity of a device class."""
    path = CORE / platform / "translations" / "en.json"
    texts = json.loads(path.read_text(encoding="utf-8"))
    name: str = texts["entity_component"][device_class]["name"]
    return name


def entity_names(family: Any) -> set[str]:
    """Return the names of the entities that a family describes."""
    return {
        EN["entity"].get(platform, {}).get(description.key, {}).get("name")
        or _core_name(platform, description.device_class)
        for table, platform in TABLES.items()
        for description in getattr(family, table)
    }


ALL_NAMES: Final = {
    text["name"] for texts in EN["entity"].values() for text in texts.values() if "name" in text
}.union(*(entity_names(family) for family in FAMILIES.values()))


def entities_in(page: Path) -> Iterator[str]:
    """Yield the names in the first columns of the tables of entities."""
    in_table = False
    for line in prose_of(page).splitlines():
        first, _, _ = line.removeprefix("| ").partition(" | ")
        if not line.startswith("| "):
            in_table = in_table and line.startswith("|-")
        elif first == "Entity":
            in_table = True
        elif in_table:
            yield from re.split(r"[,;] ", KIND.sub("", first))


@ANY_PAGE
def test_entities_exist(page: Path) -> None:
    """Every entity in a table exists under this name."""
    assert set(entities_in(page)) <= ALL_NAMES


def page_of(family: str) -> Path:
    """Return the page of a family; ways to reach the same devices share one."""
    names = [page.stem.replace("-", "_") for page in PAGES]
    [name] = [name for name in names if family == name or family.startswith(f"{name}_")]
    return next(page for page in PAGES if page.stem.replace("-", "_") == name)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_page(family: str) -> None:
    """Every family has a page, to which the README and the introduction lead."""
    address = f"({REPOSITORY}/blob/main/docs/{page_of(family).name})"
    assert address in text_of(ROOT / "README.md")
    assert address in text_of(ROOT / "info.md")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_entity_is_explained(family: DeviceFamily) -> None:
    """Every entity of a family is in the tables of its page."""
    page = page_of(family)
    assert entity_names(FAMILIES[family]) <= set(entities_in(page))
