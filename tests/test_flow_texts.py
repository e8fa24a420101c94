"""The texts of the wizard: complete, and none left over."""

from typing import Any

from custom_components.gatehouse import errors
from custom_components.gatehouse.clients import errors as client_errors

from .flow_helpers import PLACEHOLDER, TEXTS

FOUND_WRONG = {
    "initialization_unknown",
    "initialized_meanwhile",
    "invalid_host",
    "not_recognized",
    "password_mismatch",
    "password_rules",
    "unknown",
}
"""Errors that the wizard finds out by itself."""


def test_every_error_of_a_device_has_a_text() -> None:
    """What goes wrong with a device can be said in the wizard and everywhere else."""
    keys = {key for _, key in errors._KEYS} | {errors._LOCKED_OUT}
    assert set(TEXTS["config"]["error"]) == keys | FOUND_WRONG
    named = tuple(kind for kind, _ in errors._KEYS)
    for kind in vars(client_errors).values():
        if isinstance(kind, type) and kind.__base__ is client_errors.GatehouseError:
            assert issubclass(kind, named), kind
    for key in keys:
        texts = TEXTS["config"]["error"][key], TEXTS["exceptions"][key]["message"]
        assert len({tuple(PLACEHOLDER.findall(text)) for text in texts}) == 1


def test_every_field_is_explained() -> None:
    """No field of any form is without a description, and none is described that is not there."""
    steps: list[dict[str, Any]] = [
        *TEXTS["config"]["step"].values(),
        *TEXTS["config_subentries"]["contact"]["step"].values(),
        *TEXTS["options"]["step"].values(),
    ]
    menus = [step for step in steps if "menu_options" in step]
    assert menus
    # The frontend gives the title of a menu no placeholders.
    assert not any(PLACEHOLDER.search(menu["title"]) for menu in menus)
    forms = [step for step in steps if step not in menus]
    assert len(forms) > len(menus)
    for step in forms:
        assert step["title"]
        assert step["data"].keys() == step["data_description"].keys()
        assert all(step["data"].values())
        assert all(step["data_description"].values())
