"""Secrets show themselves to nobody, wherever they travel."""

from collections.abc import Callable
import json
import logging
import traceback
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CommandRefused,
    GatehouseError,
)
from custom_components.gatehouse.clients.gl_s20 import rules
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.envelope import encode, post
from custom_components.gatehouse.clients.gl_s20.models import JoinerCredential, WifiSecurity
from custom_components.gatehouse.clients.gl_s20.thread import ThreadConfiguration
from custom_components.gatehouse.clients.secret import Secret
from simulators.faults import FaultKind
from simulators.gl_s20 import GlS20Simulator
from tests.clients.conftest import ScriptedDevice
from tests.clients.gl_s20.conftest import SID, NewClient, ok, refused

HIDDEN = "5up3r-s3cr3t"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "show", [repr, str, "{}".format, "{!r}".format, "{!s:>20}".format, lambda each: f"{each}"]
)
def test_secret_is_masked(show: Callable[[object], str]) -> None:
    """In no form of text, alone or within something else."""
    for holder in (Secret(HIDDEN), [Secret(HIDDEN)], {"a": Secret(HIDDEN)}, (Secret(HIDDEN),)):
        assert HIDDEN not in show(holder)
    assert show(Secret("a")).strip() == show(Secret("b" * 99)).strip()


def test_secret_cannot_be_serialized_by_accident() -> None:
    """JSON wants to be told."""
    with pytest.raises(TypeError):
        json.dumps(Secret(HIDDEN))


def test_secrets_are_compared_by_value() -> None:
    """A changed dataset can be noticed without looking at it."""
    assert Secret(HIDDEN) == Secret(HIDDEN)
    assert hash(Secret(HIDDEN)) == hash(Secret(HIDDEN))
    assert Secret(HIDDEN) != Secret("other")
    assert Secret(HIDDEN) != HIDDEN
    assert Secret(HIDDEN).reveal() == HIDDEN


def test_request_hides_its_body() -> None:
    """A request may end up in a traceback."""
    assert HIDDEN not in repr(post("/x", {"plain": HIDDEN}))


def test_encoding_reveals_on_the_wire_only() -> None:
    """The body is complete, and what was secret in it is known."""
    data, secrets = encode({"a": Secret(HIDDEN), "b": [{"c": Secret({"d": ["four", "x"]})}]})
    assert json.loads(data) == {"a": HIDDEN, "b": [{"c": {"d": ["four", "x"]}}]}
    assert secrets == {HIDDEN, "four"}


def test_what_cannot_be_sent() -> None:
    """Neither secrets nor JSON."""
    with pytest.raises(TypeError, match="object"):
        encode({"a": object()})


@pytest.mark.parametrize("secret", ["K" * 6, HIDDEN])
async def test_error_text_that_repeats_a_secret(
    device: ScriptedDevice, scripted: GlS20Client, secret: str
) -> None:
    """Some firmware quotes the parameter that it does not like."""
    device.answer("/otbr/join", refused(-2, f"bad PSKd {secret}!"))
    device.answer("/wifi/start", refused(-2, f"bad pwd {secret}!"))
    with pytest.raises(CommandRefused) as caught:
        await scripted.wifi.start("x", security=WifiSecurity.WPA2_PSK, password=Secret(secret))
    assert secret not in str(caught.value)
    assert caught.value.message == "bad pwd **********!"


async def test_nothing_is_ever_shown(
    router: GlS20Simulator,
    client: GlS20Client,
    new_client: NewClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """All readings and commands, answered and refused, with logs as talkative as they can be."""
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    network = router.device.thread.network
    pskd, password, wrong = "GATEH0USEPSKD", "An0ther-pass-word", "A-wr0ng-one"
    hidden = {
        router.password,
        password,
        pskd,
        network.key,
        network.pskc,
        network.passphrase,
        network.dataset,
        KEY,
        "new-passphrase",
        "house-invented",
    }

    async def show(call: Any) -> Any:
        """Note what a call returns or raises."""
        try:
            result = await call
        except GatehouseError as err:
            shown.extend((repr(err), "".join(traceback.format_exception(err))))
            return None
        shown.append(repr(result))
        return result

    async def everything() -> None:
        """Read and command what has to do with secrets."""
        await show(client.joiners.set_commissioner(enabled=True))
        await show(client.joiners.add(Secret(pskd)))
        await show(client.joiners.read())
        await show(client.joiners.export())
        await show(client.thread.status())
        await show(client.wifi.saved())
        await show(client.system.log())
        exported = await show(client.system.export_configuration())
        await show(client.joiners.load("1.0", [JoinerCredential(eui64="*", pskd=Secret(pskd))]))
        await show(client.joiners.commit())
        configuration = ThreadConfiguration(
            network_name="n",
            extended_pan_id="1122334455667788",
            pan_id=1,
            channel=11,
            network_key=Secret(KEY),
            passphrase=Secret("new-passphrase"),
        )
        shown.append(repr(configuration))
        await show(client.thread.configure(configuration))
        await show(client.thread.join_with_network_key(Secret(KEY), channel=11, pan_id=1))
        await show(client.thread.join_with_pskd(Secret(pskd)))
        await show(
            client.wifi.start(
                "House", security=WifiSecurity.WPA2_PSK, password=Secret("house-invented")
            )
        )
        await show(client.system.change_password(Secret(password)))
        if exported:
            await show(client.system.import_configuration(exported))
            router.lab.advance(60)

    await everything()
    shown.extend(repr(vars(client._session)).split(","))
    shown.append(repr(client._session.login))
    assert router.password == password
    for kind in (FaultKind.ERROR, FaultKind.GARBAGE, FaultKind.DROP):
        router.lab.break_replies("*", kind, times=None)
        await everything()
        router.lab.repair()
    with pytest.raises(AuthenticationFailed) as caught:
        await new_client(router, password=wrong).log_in()
    shown.append("".join(traceback.format_exception(caught.value)))
    whole = "\n".join((*shown, caplog.text))
    assert len(shown) > 60
    for secret in (*hidden, wrong):
        assert secret not in whole


@pytest.mark.parametrize("check", ["check_pskd", "check_network_key", "check_password"])
async def test_rules_do_not_repeat_what_they_refuse(check: str) -> None:
    """Not even a wrong secret belongs into a message."""
    with pytest.raises(ValueError, match="has") as caught:
        getattr(rules, check)("wrong secret ü")
    assert "wrong secret" not in str(caught.value)


async def test_token_is_not_shown(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """The id of a session opens the device for half a minute."""
    device.answer("/sys/get_info", ok({}))
    await scripted.system.information()
    assert SID not in repr(scripted._session._token)
