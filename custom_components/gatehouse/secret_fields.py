"""Which fields of a form are secrets: those that hide what is typed."""

from homeassistant.helpers.selector import TextSelector, TextSelectorType
import voluptuous as vol


def is_secret(kind: object) -> bool:
    """Tell whether a field hides what is typed."""
    return isinstance(kind, TextSelector) and kind.config.get("type") == TextSelectorType.PASSWORD


def secret_fields(schema: vol.Schema) -> frozenset[str]:
    """Return the names of the fields that hide what is typed."""
    return frozenset(str(field) for field, kind in schema.schema.items() if is_secret(kind))
