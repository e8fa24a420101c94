"""The device families a demo can show: their simulators and how they are set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .ports import LOOPBACK

# The simulators print them for all to see.
USERNAME = "admin"
PASSWORD = "gatehouse"  # noqa: S105 - the password of a simulator
GL_S20_PASSWORD = "gatehouse-2026"  # noqa: S105 - the same
OPENVOX_PASSWORD = "gatehouse-sms"  # noqa: S105 - the same
HIWIFI_PASSWORD = "gatehouse"  # noqa: S105 - the same


@dataclass(frozen=True, kw_only=True)
class DemoFamily:
    """One device family: what to call its simulator with, and what to answer in each flow step."""

    key: str
    simulator_arguments: tuple[str, ...]
    credentials: Mapping[str, Any]
    way: str | None = None
    """What to choose where there are several ways to log in."""

    def flow_answers(self, port: int) -> Mapping[str, Mapping[str, Any]]:
        """Return what a person would type into each step of the configuration flow."""
        return {
            "user": {"host": f"{LOOPBACK}:{port}", "device_type": self.key},
            "way": {"next_step_id": self.way},
            "credentials": self.credentials,
        }


FAMILIES: Mapping[str, DemoFamily] = {
    family.key: family
    for family in (
        DemoFamily(
            key="hilink",
            simulator_arguments=("--username", USERNAME, "--password", PASSWORD, "--locks-bands"),
            credentials={"username": USERNAME, "password": PASSWORD, "verify_ssl": True},
        ),
        DemoFamily(
            key="gl_s20",
            simulator_arguments=("--password", GL_S20_PASSWORD),
            credentials={"password": GL_S20_PASSWORD, "share_network": True},
        ),
        DemoFamily(
            key="openvox",
            simulator_arguments=("--username", USERNAME, "--password", OPENVOX_PASSWORD),
            credentials={
                "username": USERNAME,
                "password": OPENVOX_PASSWORD,
                "verify_ssl": False,
            },
        ),
        DemoFamily(
            key="hiwifi",
            simulator_arguments=("--admin-password", HIWIFI_PASSWORD),
            credentials={"password": HIWIFI_PASSWORD},
            way="by_password",
        ),
    )
}
