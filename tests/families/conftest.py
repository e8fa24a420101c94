"""What the tests of all families share."""

from unittest.mock import MagicMock

import pytest


@pytest.fixture
def no_multicast(mock_async_zeroconf: MagicMock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Home Assistant's Thread, which is set up along, from looking around for long."""
    store = "homeassistant.components.thread.dataset_store"
    # Frozen time never gets past a moment that is now.
    monkeypatch.setattr(f"{store}.BORDER_AGENT_DISCOVERY_TIMEOUT", -1)
