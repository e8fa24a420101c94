"""The device itself: health, clock, firmware, log, configuration; and that no endpoint is left."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC
import json

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    InvalidReply,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.models import (
    FirmwareCategory,
    JoinerCredential,
    RejoinKind,
    UpgradeState,
    UplinkCheck,
    WanStatus,
    WifiSecurity,
)
from custom_components.gatehouse.clients.gl_s20.thread import ThreadConfiguration
from custom_components.gatehouse.clients.secret import Secret
from simulators.faults import FaultKind
from simulators.gl_s20 import GlS20Simulator, LogShape, UpgradeOutcome
from simulators.gl_s20.webserver import ENDPOINTS
from tests.clients.conftest import Answer, ScriptedDevice
from tests.clients.gl_s20.conftest import NewClient, StartRouter, count, logins, ok, refused, status

NEW_PASSWORD = Secret("An0ther-pass-word")
FIRMWARE_TYPE = "GL-S20-OTBR"

NOT_OFFERED = {"sys/upgrade_online_certificate", "sys/upgrade_local_certificate"}
"""The description of their bodies is missing or they take anything from anywhere."""


async def test_identity(router: GlS20Simulator, client: GlS20Client) -> None:
    """Without a login."""
    identity = await client.identity()
    assert identity.category is FirmwareCategory.THREAD
    assert identity.firmware_version == "2.0.1"
    assert identity.hostname == "gl-s20-otbr"
    assert identity.initialized is True
    assert identity.mac_address == "94:83:c4:a0:51:a2"
    assert identity.model == "GL-S20"
    assert logins(router) == 0


async def test_information_and_status(router: GlS20Simulator, client: GlS20Client) -> None:
    """The state at a glance, memory and addresses."""
    router.lab.advance(10)
    information = await client.system.information()
    assert information.wan_status is WanStatus.ONLINE
    assert information.thread_network is True
    assert information.commissioner_active is False
    health = await client.system.status()
    assert health.memory_total == 8_388_608
    assert health.memory_usage == pytest.approx(37.5, abs=5)
    assert health.serial_number == "0000000000a051a2"
    assert health.wifi_mac == "94:83:c4:a0:51:a3"
    assert health.ethernet_mac == "94:83:c4:a0:51:a4"
    assert health.bluetooth_mac == "94:83:c4:a0:51:a5"


@pytest.mark.parametrize("offset", [-12, -1, 0, 1, 14])
async def test_clock(router: GlS20Simulator, client: GlS20Client, offset: int) -> None:
    """Each time zone goes there and back, and the drift does not mind it."""
    router.lab.set_options(clock_error_seconds=42)
    await client.system.set_time(sntp_server="ntp.example.org", utc_offset=offset)
    clock = await client.system.time()
    assert clock.sntp_server == "ntp.example.org"
    assert clock.utc_offset == offset
    now = router.device.clock.date(None).replace(tzinfo=UTC).timestamp()
    assert clock.drift(now) == pytest.approx(42, abs=2)
    with pytest.raises(ValueError, match="time zone"):
        await client.system.set_time(sntp_server="ntp.example.org", utc_offset=15)


async def test_time_zone_zero_has_a_sign(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """As the description has it."""
    device.answer("/sys/set_time_config", ok())
    await scripted.system.set_time(sntp_server="x", utc_offset=0)
    assert json.loads(device.last("/sys/set_time_config").body)["timezone"] == "UTC+0"


async def test_firmware(router: GlS20Simulator, client: GlS20Client) -> None:
    """What runs and what could."""
    current = await client.system.firmware()
    assert (current.firmware_type, current.version) == ("GL-S20-OTBR", "2.0.1")
    releases = (await client.system.online_firmware()).releases
    assert [(each.firmware_type, each.version) for each in releases] == [
        ("GL-S20-OTBR", "2.1.0"),
        ("GL-S20-BLE", "1.3.0"),
    ]
    for uplink in ("eth", "wifi"):
        router.lab.set_internet(uplink, available=False)
    with pytest.raises(CommandRefused, match="not reachable"):
        await client.system.online_firmware()


async def test_upgrade(router: GlS20Simulator, client: GlS20Client) -> None:
    """In progress, done, restarted, another version; the session is renewed by itself."""
    await client.system.upgrade(firmware_type=FIRMWARE_TYPE, version="2.1.0")
    assert (await client.system.upgrade_status()).state is UpgradeState.IN_PROGRESS
    with pytest.raises(CommandRefused):
        await client.system.upgrade(firmware_type=FIRMWARE_TYPE, version="2.1.0")
    router.lab.advance(61)
    assert (await client.system.upgrade_status()).state is UpgradeState.SUCCEEDED
    router.lab.advance(6)
    with pytest.raises(CannotConnect):
        await client.system.firmware()
    router.lab.advance(20)
    assert (await client.system.firmware()).version == "2.1.0"


async def test_failed_upgrade(start_router: StartRouter, new_client: NewClient) -> None:
    """It says so and goes on as before."""
    router = await start_router(upgrade_outcome=UpgradeOutcome.FAIL)
    client = new_client(router)
    await client.system.upgrade(firmware_type=FIRMWARE_TYPE, version="2.1.0")
    router.lab.advance(61)
    assert (await client.system.upgrade_status()).state is UpgradeState.FAILED
    assert (await client.system.firmware()).version == "2.0.1"


@pytest.mark.parametrize("shape", LogShape)
async def test_log(start_router: StartRouter, new_client: NewClient, shape: LogShape) -> None:
    """Whatever it is wrapped in, it is lines."""
    router = await start_router(log_shape=shape)
    with pytest.raises(AuthenticationFailed):
        await new_client(router, password="wrong").log_in()  # a line to be logged
    lines = (await new_client(router).system.log()).splitlines()
    assert sum("login failed" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("reply", "log"),
    [
        ("W (1) a: b\n", "W (1) a: b\n"),
        ('{"boot": 1}\n', '{"boot": 1}\n'),
        (b"a\xff\n", "a\ufffd\n"),
        ("", ""),
        (ok(), ""),
        (ok({"content": "x"}), "x"),
        (ok(["a", 1]), "a\n1"),
        (ok({"log": "x" * 3_000_000}), "x" * 3_000_000),
    ],
    ids=["text", "json", "bytes", "empty", "nothing", "content", "list", "long"],
)
async def test_forms_of_the_log(
    device: ScriptedDevice, scripted: GlS20Client, reply: bytes | str, log: str
) -> None:
    """The description says nothing about it."""
    device.answer("/sys/get_log", reply)
    assert await scripted.system.log() == log


async def test_log_that_is_refused(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """An error is no log, and one that is endless none either."""
    device.answer("/sys/get_log", refused(4, "busy"))
    with pytest.raises(CommandRefused, match="busy"):
        await scripted.system.log()
    device.answer("/sys/get_log", status(500))
    with pytest.raises(InvalidReply):
        await scripted.system.log()
    device.answer("/sys/get_log", Answer(body=b"x" * (4 * 1024 * 1024 + 1)))
    with pytest.raises(InvalidReply):
        await scripted.system.log()


async def test_log_after_a_forgotten_session(router: GlS20Simulator, client: GlS20Client) -> None:
    """It heals like any other reading."""
    await client.system.information()
    router.lab.expire_tokens()
    assert isinstance(await client.system.log(), str)
    assert logins(router) == 2


async def test_configuration_survives_the_round_trip(
    router: GlS20Simulator, client: GlS20Client
) -> None:
    """Exported, changed, imported: everything is as it was."""
    exported = await client.system.export_configuration()
    assert exported.reveal().keys() >= {"cfg_ver", "otbr_cfg", "wifi_cfg", "eth_dhcp_cfg"}
    assert not exported.reveal().keys() & {"code", "err_msg", "result"}
    await client.system.set_time(sntp_server="elsewhere.example.org", utc_offset=3)
    await client.system.import_configuration(exported)
    with pytest.raises(CannotConnect):
        await client.system.time()
    router.lab.advance(30)
    assert (await client.system.time()).utc_offset == 0
    assert await client.system.export_configuration() == exported


async def test_import_is_sent_untouched(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """What nobody understands is not altered."""
    content = {"cfg_ver": 3, "new": {"x": [1, None, "é"]}}
    device.answer("/sys/export_sys_config", ok(content))
    device.answer("/sys/import_sys_config", ok())
    await scripted.system.import_configuration(await scripted.system.export_configuration())
    assert json.loads(device.last("/sys/import_sys_config").body) == content


async def test_change_of_password(router: GlS20Simulator, client: GlS20Client) -> None:
    """The client goes on with the new one, also after the device has forgotten everybody."""
    await client.system.change_password(NEW_PASSWORD)
    assert router.password == NEW_PASSWORD.reveal()
    await client.system.information()
    with pytest.raises(ValueError, match="password"):
        await client.system.change_password(Secret("short"))
    assert count(router, "/sys/set_admin_pwd") == 1


async def test_refused_change_of_password(router: GlS20Simulator, client: GlS20Client) -> None:
    """The old one stays in use."""
    router.lab.break_replies("sys/set_admin_pwd", FaultKind.ERROR)
    with pytest.raises(CommandRefused):
        await client.system.change_password(NEW_PASSWORD)
    router.lab.expire_tokens()
    await client.system.information()


async def test_restart(router: GlS20Simulator, client: GlS20Client) -> None:
    """Gone and back, with one new login."""
    await client.system.restart()
    with pytest.raises(CannotConnect):
        await client.system.information()
    router.lab.advance(20)
    await client.system.information()
    assert (count(router, "/sys/restart"), logins(router)) == (1, 2)


async def test_factory_reset(router: GlS20Simulator, client: GlS20Client) -> None:
    """A new device that wants to be set up."""
    await client.system.factory_reset()
    router.lab.advance(20)
    assert (await client.identity()).initialized is False
    await client.initialize(NEW_PASSWORD)
    assert (await client.system.information()).thread_network is False


@pytest.mark.parametrize(
    "path",
    [
        "sys/restart",
        "sys/reset",
        "sys/upgrade_online_firmware",
        "sys/import_sys_config",
        "sys/set_admin_pwd",
    ],
)
async def test_lost_answer(router: GlS20Simulator, client: GlS20Client, path: str) -> None:
    """Where a restart is the point, silence is consent; sent once in any case."""
    exported = await client.system.export_configuration()
    calls: dict[str, Callable[[], Awaitable[None]]] = {
        "sys/restart": client.system.restart,
        "sys/reset": client.system.factory_reset,
        "sys/upgrade_online_firmware": lambda: client.system.upgrade(
            firmware_type=FIRMWARE_TYPE, version="2.1.0"
        ),
        "sys/import_sys_config": lambda: client.system.import_configuration(exported),
        "sys/set_admin_pwd": lambda: client.system.change_password(NEW_PASSWORD),
    }
    router.lab.break_replies(path, FaultKind.DROP, times=None, executed=False)
    if path == "sys/set_admin_pwd":
        with pytest.raises(OutcomeUnknown):
            await calls[path]()
    else:
        await calls[path]()
    assert count(router, f"/{path}") == 1
    await client.system.information()
    assert logins(router) == 2


async def test_every_endpoint(router: GlS20Simulator, client: GlS20Client) -> None:
    """Each that the description lists has a method here, but two."""
    router.lab.advance(10)
    key, pskd = Secret("0" * 32), Secret("J01NME")
    network = ThreadConfiguration(
        network_name="n",
        extended_pan_id="1" * 16,
        pan_id=1,
        channel=11,
        network_key=key,
        passphrase=Secret("passphrase"),
    )
    exported = await client.system.export_configuration()
    calls: list[Callable[[], Awaitable[object]]] = [
        client.identity,
        lambda: client.initialize(NEW_PASSWORD),
        client.thread.status,
        client.thread.scan,
        client.thread.join_status,
        client.thread.generate,
        lambda: client.thread.set_tx_power(0),
        client.thread.backbone_router,
        lambda: client.thread.set_backbone_router(enabled=True),
        lambda: client.thread.set_backbone_router(enabled=False),
        lambda: client.joiners.set_commissioner(enabled=False),
        client.joiners.commissioner,
        lambda: client.joiners.add(pskd),
        client.joiners.read,
        lambda: client.joiners.rejoin(RejoinKind.ALL),
        client.joiners.export,
        lambda: client.joiners.remove(["*"]),
        lambda: client.joiners.load("1.0", [JoinerCredential(eui64="*", pskd=pskd)]),
        client.joiners.commit,
        client.thread.stop,
        client.thread.start,
        lambda: client.thread.configure(network),
        lambda: client.thread.join_with_pskd(pskd),
        client.ethernet.status,
        client.ethernet.configuration,
        lambda: client.ethernet.configure(None),
        client.wifi.status,
        client.wifi.saved,
        client.wifi.scan,
        client.wifi.reconnection,
        lambda: client.wifi.set_reconnection(enabled=True),
        client.wifi.stop,
        lambda: client.wifi.start("Café", security=WifiSecurity.OPEN),
        lambda: client.wifi.delete_saved("Café", WifiSecurity.OPEN),
        client.failover.configuration,
        lambda: client.failover.configure(ethernet=UplinkCheck(), wifi=UplinkCheck()),
        client.system.information,
        client.system.status,
        client.system.time,
        lambda: client.system.set_time(sntp_server="x", utc_offset=0),
        client.system.firmware,
        client.system.online_firmware,
        client.system.upgrade_status,
        lambda: client.system.upgrade(firmware_type=FIRMWARE_TYPE, version="2.1.0"),
        client.system.log,
        lambda: client.system.change_password(NEW_PASSWORD),
        client.log_in,
        client.release,
        lambda: client.system.import_configuration(exported),
        client.system.restart,
        client.system.factory_reset,
    ]
    for call in calls:
        # Some are refused for good reasons, such as to initialize what is initialized.
        with suppress(CommandRefused):
            await call()
        if not router.lab.state()["up"]:
            router.lab.advance(60)
    assert {path.removeprefix("/") for path in router.lab.counts()} == set(ENDPOINTS) - NOT_OFFERED
