"""The configuration folder of a Home Assistant that keeps to itself.

Such an instance listens on 127.0.0.1 only and asks nobody on the internet for anything.
"""

from collections.abc import Iterable, Mapping
import json
from pathlib import Path
from typing import Any

from .ports import LOOPBACK

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = "gatehouse"

CONFIGURATION = """\
homeassistant:
  name: Gatehouse demo
  latitude: 51.4779
  longitude: 0.0
  elevation: 47
  unit_system: metric
  time_zone: UTC
  currency: EUR
  country: GB
  language: en

# "default_config" would bring the cloud, discovery on the network and more. These are the parts of
# it that a look at the integration needs.
automation: !include automations.yaml
conversation:
history:
logbook:

logger:
  default: warning
  logs:
    custom_components.gatehouse: info
    # They miss programs of the system that nothing here uses.
    haffmpeg: critical
    homeassistant.components.camera.img_util: critical
"""

# These onboarding steps would start integrations that go to the internet.
ONBOARDING_STEPS_DONE = ("core_config", "analytics")

EPOCH = "2026-01-01T00:00:00+00:00"


def _store(key: str, version: int, minor_version: int, data: Mapping[str, Any]) -> str:
    """Return the text of a file in .storage."""
    content = {"version": version, "minor_version": minor_version, "key": key, "data": data}
    return json.dumps(content, indent=2)


def _http(port: int) -> str:
    """Return the HTTP settings: Home Assistant takes them from YAML only on trial."""
    stable = {
        "server_host": [LOOPBACK],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "modern_v6",
        "use_x_frame_options": True,
        "created_at": EPOCH,
        "error": None,
        "error_message": None,
    }
    return _store("http", 3, 1, {"stable": stable, "pending": None, "yaml_migration_done": True})


def _disabled_entry(domain: str) -> Mapping[str, Any]:
    """Return the config entry of an integration that the user switched off."""
    return {
        "created_at": EPOCH,
        "data": {},
        "disabled_by": "user",
        "discovery_keys": {},
        "domain": domain,
        "entry_id": f"disabled_{domain}",
        "minor_version": 1,
        "modified_at": EPOCH,
        "options": {},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "system",
        "subentries": [],
        "title": domain,
        "unique_id": None,
        "version": 1,
    }


def _config_entries(disabled: Iterable[str]) -> str:
    """Return the config entries of a new instance."""
    entries = [_disabled_entry(domain) for domain in disabled]
    return _store("core.config_entries", 1, 5, {"entries": entries})


def write(folder: Path, port: int) -> None:
    """Fill a configuration folder; in one that is reused only the port is set anew."""
    storage = folder / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    (storage / "http").write_text(_http(port))

    link = folder / "custom_components" / DOMAIN
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(ROOT / "custom_components" / DOMAIN, target_is_directory=True)

    first_time = {
        folder / "configuration.yaml": CONFIGURATION,
        # The editor of automations writes into it.
        folder / "automations.yaml": "[]\n",
        storage / "onboarding": _store("onboarding", 4, 1, {"done": [*ONBOARDING_STEPS_DONE]}),
        # Only the loopback interface: neither announcing itself nor listening on the local network.
        storage / "core.network": _store("core.network", 1, 1, {"configured_adapters": ["lo"]}),
        # The marketplace reads its catalog from the internet at every start.
        storage / "core.config_entries": _config_entries(["marketplace"]),
    }
    for path, text in first_time.items():
        if not path.exists():
            path.write_text(text)
