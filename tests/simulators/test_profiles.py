"""The profiles: complete, invented where it matters, true to their generation."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulators.hilink import profile
from simulators.hilink.commands import COMMANDS
from simulators.hilink.readings import READINGS
from simulators.hilink.shapes import SHAPES
from tests.simulators.browser import Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

NAMES = profile.names()
COMPUTED = {
    "diagnosis/diagnose_ping",
    "diagnosis/diagnose_traceroute",
    "net/plmn-list",
    "online-update/status",
    "online-update/url-list",
    "pb/pb-count",
    "sms/send-status",
    "sms/sms-count-contact",
    "ussd/get",
    "ussd/release",
    "ussd/status",
    "webserver/publickey",
}
"""Readings that need no recorded reply, or that not every model offers."""

GENERATION_A = {"lte_bandwidth", "lte_bandinfo", "psatt"}
GENERATION_B = {"ulbandwidth", "txpower", "earfcn", "tac"}
GENERATION_C = {"enodeb_id", "cqi0", "dlfrequency"}
GENERATION_D = {"nrrsrp", "nrsinr", "nrearfcn", "bandInfo"}


def test_names() -> None:
    """There are eight models."""
    assert NAMES == [
        "b525s-23a",
        "b535-932",
        "e3372",
        "e5573cs-322",
        "e8372h-153",
        "e8372h-320",
        "h122-373",
        "h165-383",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_complete(name: str) -> None:
    """Every profile has what the live readings need and says where each reply comes from."""
    loaded = profile.load(name)
    assert set(READINGS) - COMPUTED <= set(loaded.endpoints)
    document = json.loads((profile.PROFILES / f"{name}.json").read_text("utf-8"))
    parts = [set(part) for part in document["source"].values()]
    assert set.union(*parts) == set(loaded.endpoints)
    assert sum(map(len, parts)) == len(loaded.endpoints)
    assert document["source"]["recorded"] or document["source"]["partly_recorded"]


def test_identities() -> None:
    """Identities are invented and each profile has its own; IMEIs have their check digit."""
    seen: dict[str, list[Any]] = {}
    for name in NAMES:
        information = profile.load(name).fields("device/information")
        for field in ("SerialNumber", "Imei", "Imsi", "Iccid"):
            seen.setdefault(field, []).append(information[field])
    for values in seen.values():
        assert len(set(values)) == len(NAMES)
    assert all(serial.startswith("SIM") for serial in seen["SerialNumber"])
    assert all(imsi.startswith("00101") for imsi in seen["Imsi"])
    assert all(luhn(imei) == 0 for imei in seen["Imei"])


def luhn(digits: str) -> int:
    """Return the Luhn sum, zero for a right check digit."""
    doubled = [
        int(digit) if at % 2 == 0 else sum(divmod(2 * int(digit), 10))
        for at, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10


@pytest.mark.parametrize(
    ("name", "there", "missing"),
    [
        ("e3372", GENERATION_A, GENERATION_B),
        ("e8372h-153", GENERATION_A, GENERATION_B),
        ("e5573cs-322", GENERATION_A, GENERATION_B),
        ("b525s-23a", GENERATION_B, GENERATION_A | GENERATION_C),
        ("b535-932", GENERATION_B | GENERATION_C, GENERATION_D),
        ("e8372h-320", GENERATION_B | GENERATION_C, GENERATION_D),
        ("h122-373", GENERATION_C | GENERATION_D, GENERATION_A),
        ("h165-383", GENERATION_C | GENERATION_D, GENERATION_A),
    ],
)
def test_generations(name: str, there: set[str], missing: set[str]) -> None:
    """Each model has the signal fields of its generation."""
    fields = set(profile.load(name).fields("device/signal"))
    assert there <= fields
    assert not missing & fields


def test_shapes() -> None:
    """Every command has a body shape."""
    logins = {name for name in SHAPES if name.startswith("user/")} - {"user/pwd"}
    assert set(COMMANDS) == set(SHAPES) - logins


@pytest.mark.parametrize("name", NAMES)
async def test_served(make_modem: MakeModem, open_browser: MakeBrowser, name: str) -> None:
    """Every reply of a profile is served, with the fields it has in the file."""
    modem = await make_modem(profile=name, login="none")
    browser = open_browser(modem)
    await browser.page()
    for endpoint, value in modem.modem.profile.endpoints.items():
        if endpoint.startswith("system/"):
            assert json.loads(await browser.raw(endpoint)) == value
        elif isinstance(value, dict) and "error" in value:
            with pytest.raises(Refused, match=value["error"]["code"]):
                await browser.get(endpoint)
        elif isinstance(value, dict):
            assert list(await browser.get(endpoint)) == list(value)
        else:
            assert await browser.get(endpoint) == value


async def test_plain_file(make_modem: MakeModem, open_browser: MakeBrowser, tmp_path: Path) -> None:
    """A file with nothing but endpoints is a profile, and what it lacks is unsupported."""
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({"monitoring/status": {"ConnectionStatus": "901"}}), "utf-8")
    browser = open_browser(await make_modem(profile=str(path), login="none"))
    assert "<title>mine</title>" in await browser.page()
    assert await browser.get("monitoring/status") == {"ConnectionStatus": "901"}
    for endpoint in ("device/signal", "sms/sms-count", "sms/send-status"):
        with pytest.raises(Refused, match="100002"):
            await browser.get(endpoint)
