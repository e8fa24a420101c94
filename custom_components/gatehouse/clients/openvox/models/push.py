"""Model of what the gateway pushes to a web server, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from ...secret import Secret
from ..values import Fields, flag, text

_SWITCHES: Final[Mapping[str, str]] = {
    "enabled": "enable",
    "reports_enabled": "reports_enable",
    "results_enabled": "results_enable",
}

_TEXTS: Final[Mapping[str, str]] = {
    "scheme": "url_http",
    "host": "url_host",
    "port": "url_port",
    "path": "url_path",
    "from_number_name": "url_from_num",
    "to_number_name": "url_to_num",
    "port_name_name": "url_portname",
    "message_name": "url_message",
    "time_name": "url_time",
    "imsi_name": "url_imsi",
    "status_name": "url_status",
    "user_defined": "url_user_defined",
}


@dataclass(frozen=True, kw_only=True)
class PushConfiguration:
    """Where the gateway sends what happens, in a GET request, and with which parameters.

    An empty name leaves that parameter out.
    """

    enabled: bool = False
    """Whether messages that are received are pushed."""

    reports_enabled: bool = False
    """Whether delivery reports are pushed."""

    results_enabled: bool = False
    """Whether results of sending are pushed."""

    scheme: str = "http"
    host: str = ""
    port: str = ""

    path: str = field(default="", repr=False)
    """Without slash in front; whoever knows it can push too."""

    from_number_name: str = ""
    to_number_name: str = ""
    port_name_name: str = ""
    message_name: str = ""
    time_name: str = ""
    imsi_name: str = ""
    status_name: str = ""

    user_defined: str = field(default="", repr=False)
    """Further parameters, `name=value`."""

    @property
    def names(self) -> Mapping[str, str]:
        """Return the names of the parameters by what they stand for."""
        return {key: getattr(self, key) for key in _TEXTS if key.endswith("_name")}

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Take the configuration from a JSON object, or from what `to_fields` made."""
        values: dict[str, Any] = {
            **{key: flag(fields.get(place)) or False for key, place in _SWITCHES.items()},
            **{key: text(fields.get(place)) or "" for key, place in _TEXTS.items()},
        }
        return cls(**values)

    def to_fields(self) -> dict[str, int | str]:
        """Return what the gateway wants to be sent, and what can be kept as JSON."""
        return {
            **{place: int(getattr(self, key)) for key, place in _SWITCHES.items()},
            **{place: getattr(self, key) for key, place in _TEXTS.items()},
        }

    def to_form(self) -> dict[str, int | Secret[str]]:
        """Return the form, none of whose texts an error may repeat."""
        return {
            name: value if isinstance(value, int) else Secret(value)
            for name, value in self.to_fields().items()
        }
