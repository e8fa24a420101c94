"""Text messages need no Home Assistant, and their tests should not wait for one."""

from pathlib import Path

from hypothesis.configuration import set_hypothesis_home_dir
import pytest

from custom_components.gatehouse.sms.outbox import Outbox

from .fakes import FakeKeeper
from .sending import Line, boot

set_hypothesis_home_dir(Path(__file__).parents[2] / ".cache" / "hypothesis")


@pytest.fixture(autouse=True)
def custom_integrations() -> None:
    """Do without the integrations that the other tests load."""


@pytest.fixture
def line() -> Line:
    """Return what transmits."""
    return Line()


@pytest.fixture
def keeper() -> FakeKeeper:
    """Return an empty disk."""
    return FakeKeeper()


@pytest.fixture
async def outbox(keeper: FakeKeeper) -> Outbox:
    """Return an outbox."""
    return await boot(keeper)
