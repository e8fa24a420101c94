"""Access points: what the public client writes, encrypted, is understood."""

from typing import Any

from huawei_lte_api.Client import Client
from huawei_lte_api.enums.dialup import AuthModeEnum
import pytest

from tests.simulators.conftest import MakeModem
from tests.simulators.test_public_client import connect, in_thread


@pytest.mark.parametrize("profile", ["e5573cs-322", "b525s-23a"])
async def test_access_points(make_modem: MakeModem, profile: str) -> None:
    """With both paddings, a profile is added, chosen, and another one deleted."""
    modem = await make_modem(profile=profile, demands_encryption=True)

    def walk() -> None:
        with connect(modem) as connection:
            dial_up = Client(connection).dial_up
            dial_up.create_profile(
                "Mine", username="me", password="a & b", apn="web", auth_mode=AuthModeEnum.CHAP
            )
            dial_up.set_default_profile(3)
            dial_up.delete_profile(2)

    await in_thread(walk)
    record: Any = modem.modem.record("dialup/profiles")
    assert record["CurrentProfile"] == "3"
    profiles = record["Profiles"]["Profile"]
    assert [each["Name"] for each in profiles] == ["Default", "Mine"]
    assert (profiles[1]["Password"], profiles[1]["AuthMode"]) == ("a & b", "2")
