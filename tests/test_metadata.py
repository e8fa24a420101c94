"""Files that Home Assistant and HACS read: complete, consistent, in the form they demand."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
import tomllib
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.helpers.selector import validate_selector
from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.gatehouse import errors
from custom_components.gatehouse.access_issues import ACCESS_ISSUES
from custom_components.gatehouse.families import FAMILIES
from custom_components.gatehouse.families.base import Family
from custom_components.gatehouse.families.descriptions import (
    GatehouseDescription,
    GatehouseEventDescription,
)
from custom_components.gatehouse.families.issues import GatehouseIssueDescription
from custom_components.gatehouse.families.sms import Box

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "custom_components" / "gatehouse"

BINARY_SENSOR_STATES = {"on", "off"}
NAMED_BY_DEVICE_CLASS = {
    ("binary_sensor", "battery_charging"),
    ("button", "restart"),
    ("sensor", "battery"),
    ("sensor", "uptime"),
    ("update", "firmware"),
}
"""Entities of which a device has one, so that the device class says it all."""

RULES = {
    "bronze": """action-setup appropriate-polling brands common-modules config-flow
        config-flow-test-coverage dependency-transparency docs-actions docs-conditions
        docs-high-level-description docs-installation-instructions docs-removal-instructions
        docs-triggers entity-event-setup entity-unique-id has-entity-name runtime-data
        test-before-configure test-before-setup unique-config-entry""",
    "silver": """action-exceptions config-entry-unloading docs-configuration-parameters
        docs-installation-parameters entity-unavailable integration-owner log-when-unavailable
        parallel-updates reauthentication-flow test-coverage""",
    "gold": """devices diagnostics discovery discovery-update-info docs-data-update docs-examples
        docs-known-limitations docs-supported-devices docs-supported-functions
        docs-troubleshooting docs-use-cases dynamic-devices entity-category entity-device-class
        entity-disabled-by-default entity-translations exception-translations icon-translations
        reconfiguration-flow repair-issues stale-devices""",
    "platinum": "async-dependency inject-websession strict-typing",
}


def _json(path: Path) -> dict[str, Any]:
    """Read a JSON object."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _leaves(tree: dict[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each text of a translation with its place."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, *path, key)
        else:
            yield (*path, key), value


TABLES = {
    "binary_sensors": "binary_sensor",
    "buttons": "button",
    "events": "event",
    "images": "image",
    "numbers": "number",
    "selects": "select",
    "sensors": "sensor",
    "switches": "switch",
    "texts": "text",
    "updates": "update",
}
"""Where a family describes the entities of a platform."""


def _described(family: Family[Any]) -> Iterator[tuple[str, GatehouseDescription]]:
    """Yield all descriptions of a family with their platform, those of equal parts once."""
    seen = set()
    for table, platform in TABLES.items():
        for description in getattr(family, table):
            if (platform, description.key) not in seen:
                seen.add((platform, description.key))
                yield platform, description


DESCRIBED = [
    pytest.param(platform, description, id=f"{family.key}-{platform}-{description.key}")
    for family in FAMILIES.values()
    for platform, description in _described(family)
]
ISSUES = [
    pytest.param(issue, id=f"{family.key}-{issue.key}")
    for family in FAMILIES.values()
    for issue in family.issues
]
EN = _json(PACKAGE / "translations" / "en.json")
ICONS = _json(PACKAGE / "icons.json")
MANIFEST = _json(PACKAGE / "manifest.json")


def test_manifest() -> None:
    """The manifest is in order and agrees with the project."""
    keys = list(MANIFEST)
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])
    assert MANIFEST["domain"] == PACKAGE.name
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert MANIFEST["version"] == project["project"]["version"]
    assert MANIFEST["requirements"] == ["PyQRCode==1.2.1", "xmltodict==1.0.4"]
    for group in ("test", "e2e"):
        assert set(MANIFEST["requirements"]) <= set(project["dependency-groups"][group])


def test_hacs() -> None:
    """HACS finds what it needs and nothing it does not know."""
    hacs = _json(ROOT / "hacs.json")
    assert hacs["name"] == "Gatehouse"
    assert hacs["homeassistant"] == "2026.10.0"
    assert set(hacs) <= {
        "filename",
        "hide_default_branch",
        "homeassistant",
        "name",
        "zip_release",
    }
    assert (ROOT / "info.md").is_file()
    assert (ROOT / "README.md").is_file()
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(("platform", "description"), DESCRIBED)
def test_entity_texts(platform: str, description: GatehouseDescription) -> None:
    """Each entity has a name, each state of an enumeration has one, and an icon says what it is."""
    texts = EN["entity"].get(platform, {}).get(description.key, {})
    assert bool(texts.get("name")) != ((platform, description.key) in NAMED_BY_DEVICE_CLASS)
    icons = ICONS["entity"].get(platform, {}).get(description.key)
    assert icons or description.device_class not in {None, SensorDeviceClass.ENUM}
    options = getattr(description, "options", None)
    if options is not None:
        assert set(texts["state"]) == set(options)
        assert set((icons or {}).get("state", {})) <= set(options)
    elif isinstance(description, GatehouseEventDescription):
        states = texts["state_attributes"]["event_type"]["state"]
        assert set(states) == set(description.event_types)
    elif platform == "binary_sensor":
        assert set(texts.get("state", BINARY_SENSOR_STATES)) == BINARY_SENSOR_STATES


def test_no_text_without_entity() -> None:
    """No text and no icon is left over from an entity that went away."""
    known = {(param.values[0], param.values[1].key) for param in DESCRIBED}  # type: ignore[union-attr]
    known |= {("switch", "polling_pause"), ("notify", "contact")}
    known |= {("device_tracker", "client"), ("switch", "client_internet")}
    known |= {("event", "sms_received"), ("event", "sms_status"), ("event", "ussd")}
    known |= {("sensor", "last_sms"), ("sensor", "health")}
    for tree in (EN["entity"], ICONS["entity"]):
        assert {(platform, key) for platform, keys in tree.items() for key in keys} <= known


def test_icons_are_material_design_icons() -> None:
    """Each icon has a proper name; that of a state differs from the default."""
    for _, icon in _leaves(ICONS):
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icon)
    for entities in ICONS["entity"].values():
        for icons in entities.values():
            assert icons["default"] not in icons.get("state", {}).values()


def test_texts() -> None:
    """Texts have no markup, no references, and no blank at either end."""
    for path, text in _leaves(EN):
        assert text == text.strip(), path
        assert text, path
        assert not re.search(r"<[a-z/]|\[%key", text), path


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "translations").glob("*.json")), ids=lambda path: path.stem
)
def test_languages_agree(path: Path) -> None:
    """Each language has the same texts with the same placeholders."""
    placeholders = {
        place: set(re.findall(r"{(\w+)}", text)) for place, text in _leaves(_json(path))
    }
    assert placeholders == {place: set(re.findall(r"{(\w+)}", text)) for place, text in _leaves(EN)}


def test_errors_are_translated_everywhere() -> None:
    """Each error of a device has a text in the wizard and a text in actions."""
    keys = {key for _, key in errors._KEYS} | {errors._LOCKED_OUT}
    assert keys <= set(EN["config"]["error"])
    assert keys <= set(EN["exceptions"])


def test_raised_keys_exist() -> None:
    """Each translation key that the code raises has a text, and each text is raised."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    raised = set(re.findall(r'translation_key="(\w+)"', code)) - set(EN["selector"])
    raised |= set(re.findall(r'input_error\(\s*"(\w+)"', code))
    raised |= {key for _, key in errors._KEYS} | {errors._LOCKED_OUT}
    assert raised <= set(EN["exceptions"])
    assert set(EN["exceptions"]) <= set(re.findall(r'"(\w+)"', code))


@pytest.mark.parametrize("issue", ISSUES)
def test_issue_texts(issue: GatehouseIssueDescription[Any]) -> None:
    """Each issue says what is wrong; one that can be mended here says how, and what went wrong."""
    texts = EN["issues"][issue.key]
    assert texts["title"]
    if issue.fix is None:
        assert texts["description"]
        return
    assert texts["fix_flow"]["step"]["confirm"]["title"]
    assert texts["fix_flow"]["step"]["confirm"]["description"]
    assert set(texts["fix_flow"]["abort"]) == {"device_not_loaded", "fix_failed"}


def test_no_text_without_issue() -> None:
    """No text is left over from an issue that went away."""
    known = {param.values[0].key for param in ISSUES}  # type: ignore[union-attr]
    known |= {f"{box}_damaged" for box in Box} | {"push_not_restored"}
    known |= set(ACCESS_ISSUES)
    assert set(EN["issues"]) == known


def test_actions() -> None:
    """Each action has valid selectors, an icon, and a text for everything."""
    services = load_yaml_dict(str(PACKAGE / "services.yaml"))
    assert set(services) == set(EN["services"]) == set(ICONS["services"])
    assert {action.name for family in FAMILIES.values() for action in family.actions} <= set(
        services
    )
    for name, service in services.items():
        texts = EN["services"][name]
        assert texts["name"]
        assert texts["description"]
        assert set(service["fields"]) == set(texts["fields"])
        for key, field in service["fields"].items():
            validate_selector(field["selector"])
            assert texts["fields"][key]["name"]
            assert texts["fields"][key]["description"]


def test_every_field_of_the_wizard_is_explained() -> None:
    """Each field that has a name has an explanation too."""
    steps = [
        *EN["config"]["step"].values(),
        *EN["options"]["step"].values(),
        *EN["config_subentries"]["contact"]["step"].values(),
    ]
    for step in steps:
        assert set(step.get("data", {})) == set(step.get("data_description", {}))


def test_quality_scale() -> None:
    """The self-assessment answers every rule, and an exemption has a reason."""
    rules = load_yaml_dict(str(PACKAGE / "quality_scale.yaml"))["rules"]
    assert set(rules) == {rule for names in RULES.values() for rule in names.split()}
    for rule, answer in rules.items():
        if isinstance(answer, dict):
            assert answer["status"] in {"done", "todo", "exempt"}, rule
            assert answer["comment"], rule
        else:
            assert answer in {"done", "todo"}, rule
    for tier in ("bronze", "silver"):
        for rule in RULES[tier].split():
            answer = rules[rule]
            assert (answer["status"] if isinstance(answer, dict) else answer) != "todo", rule
