"""The arrows of the design: platforms to families to clients, never back."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.gatehouse.const import DeviceFamily

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "custom_components" / "gatehouse"
SIMULATORS = ROOT / "simulators"

BELOW_THE_LINE = ("clients", "sms")
SOCKET_OWNERS = {"aiohttp", "httpx", "requests", "socket", "urllib"}
SOCKET_TYPES = {"ClientSession", "CookieJar"}
"""Types that a family may name, to hand on what was given to it."""


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each imported module as an absolute name, with the imported name."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else ())))
            for alias in node.names:
                yield module, alias.name


def _files(*folders: str) -> list[Path]:
    """Return all modules below some folders of the integration."""
    return sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*.py"))


def _name(path: Path) -> str:
    """Name a file in the output of the tests."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", _files(*BELOW_THE_LINE), ids=_name)
def test_clients_do_not_know_home_assistant(path: Path) -> None:
    """Clients and the message package import neither Home Assistant nor what lies above them."""
    for module, name in _imports(path):
        assert module.split(".")[0] not in {"homeassistant", "voluptuous", "probatio"}
        if module.startswith("custom_components.gatehouse"):
            rest = module.removeprefix("custom_components.gatehouse").removeprefix(".")
            assert (rest or name).split(".")[0] in BELOW_THE_LINE


@pytest.mark.parametrize("path", _files("families"), ids=_name)
def test_families_open_no_socket(path: Path) -> None:
    """A family names no more of an HTTP library than the session that is handed to it."""
    for module, name in _imports(path):
        if module.split(".")[0] in SOCKET_OWNERS:
            assert name in SOCKET_TYPES


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=_name)
def test_platforms_name_no_family(path: Path) -> None:
    """Outside clients, families and the list of keys, nothing tells one family from another."""
    for module, _ in _imports(path):
        assert not set(module.split(".")) & set(DeviceFamily)
    if path.name != "const.py":
        text = path.read_text(encoding="utf-8")
        for family in DeviceFamily:
            assert family not in text.lower()


@pytest.mark.parametrize("path", sorted(SIMULATORS.rglob("*.py")), ids=_name)
def test_simulators_do_not_know_the_clients(path: Path) -> None:
    """A simulator that shared code with the client would share its mistakes."""
    for module, _ in _imports(path):
        assert not module.startswith("custom_components")
