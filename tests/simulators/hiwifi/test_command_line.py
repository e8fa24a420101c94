"""Starting the router or the cloud from the command line."""

import argparse

import pytest

from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator
from simulators.hiwifi.command_line import HIWIFI


def parse(*arguments: str) -> argparse.Namespace:
    """Return the arguments as the command line reads them."""
    parser = argparse.ArgumentParser()
    HIWIFI.add_arguments(parser)
    return parser.parse_args(arguments)


def test_usual_port() -> None:
    """Every family has its own."""
    assert HIWIFI.port == 18004


async def test_router(socket_enabled: None) -> None:
    """What is asked for is what one gets."""
    router = HIWIFI.build(
        parse("--firmware", "0.9003", "--unbound", "--shared-session", "--reboot-seconds", "2")
    )
    assert isinstance(router, HiwifiSimulator)
    await router.start()
    assert router.url.startswith("http://127.0.0.1:")
    assert (router.username, router.password) == ("admin", "gatehouse")
    options = router.router.options
    assert (options.firmware, options.reboot_seconds) == ("0.9003", 2)
    assert (options.bound, options.exclusive_session) == (False, False)
    await router.stop()


async def test_cloud(socket_enabled: None) -> None:
    """The cloud has routers of the firmware that was asked for."""
    cloud = HIWIFI.build(parse("--mode", "cloud", "--firmware", "0.9007", "--data-as-text"))
    assert isinstance(cloud, HiwifiCloudSimulator)
    await cloud.start()
    assert (cloud.username, cloud.password) == ("4015550100", "invented-app-secret")
    routers = [each.router for each in cloud.cloud.stations.values()]
    assert {each.options.firmware for each in routers} == {"0.9007"}
    assert all(each.options.data_as_text for each in routers)
    await cloud.stop()


def test_bad_option() -> None:
    """An unknown firmware is refused."""
    with pytest.raises(SystemExit):
        parse("--firmware", "2.0")
