"""USSD of an OpenVox gateway: what its USSD page sends, and what it pushes."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ...clients.errors import NotPermitted
from ...clients.openvox import rules
from ...clients.openvox.client import OpenVoxClient
from ...clients.openvox.models import UssdReport, UssdResult
from ...clients.openvox.values import body, count, port_number
from ...errors import failure, input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..push import UssdAnswer, UssdSupport
from .ports import PORTS
from .readings import SPANS

CONF_USSD_PASSWORD: Final = "ussd_password"  # noqa: S105 - the name of an option
CONF_USSD_USERNAME: Final = "ussd_username"

PRIVATE_USSD_OPTIONS: Final = frozenset({CONF_USSD_PASSWORD, CONF_USSD_USERNAME})

_GATEWAY_TIMEOUT: Final = 500
"""As the manufacturer writes it, without a unit; the answer is awaited here anyhow."""

_LONGEST_WAIT: Final = 60
"""Seconds."""

USSD_OPTIONS: Final[VolDictType] = {
    vol.Optional(CONF_USSD_USERNAME): TextSelector(TextSelectorConfig(autocomplete="off")),
    vol.Optional(CONF_USSD_PASSWORD): TextSelector(
        TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
    ),
}


def _is_configured(options: Mapping[str, Any]) -> bool:
    """Tell whether the gateway's USSD page can be used."""
    return bool(options.get(CONF_USSD_USERNAME) and options.get(CONF_USSD_PASSWORD))


def _answer(fields: Mapping[str, str]) -> UssdAnswer | None:
    """Take an answer from a push; the names are those that the owner is told to give."""
    identifier, text = count(fields.get("id")), body(fields.get("message"))
    if identifier is None or text is None:
        return None
    return UssdAnswer(id=identifier, port=port_number(fields.get("port")), text=text)


USSD: Final = UssdSupport(is_configured_fn=_is_configured, answer_fn=_answer)


async def _send_ussd(call: ActionCall[OpenVoxClient]) -> ActionResult:
    """Send a code by some ports, and wait for what the network answers."""
    options = call.entry.options
    push = call.entry.runtime_data.push
    if not _is_configured(options):
        raise input_error("ussd_not_configured", device=call.entry.title)
    if push is None:
        raise failure("push_not_recorded", device=call.entry.title)
    if "port" not in call.fields:
        raise input_error("ussd_port_missing")
    code, ports = call.fields["code"].strip(), _ports(call)
    try:
        rules.check_ussd_code(code)
    except ValueError as err:
        raise input_error("invalid_ussd_code") from err
    question = push.ussd.ask(ports)
    try:
        report = await call.client.send_ussd(
            options[CONF_USSD_USERNAME],
            options[CONF_USSD_PASSWORD],
            ports,
            code,
            _GATEWAY_TIMEOUT,
            question.id,
        )
    except NotPermitted as err:
        raise failure("ussd_login_refused", device=call.entry.title) from err
    results = _results(report, ports)
    sent = [port for port in ports if results[port] in {UssdResult.SENT.value, None}]
    replies = await question.replies(sent, call.fields["timeout"])
    return ActionResult(
        response={
            "results": {
                str(port): {"result": results[port], "reply": replies.get(port)} for port in ports
            }
        }
    )


def _ports(call: ActionCall[OpenVoxClient]) -> list[int]:
    """Return the ports that are to be used, each once. Raises a translated error."""
    ports = list(dict.fromkeys(call.fields["port"]))
    known = {span.port for span in call.snapshot.last(SPANS) or ()}
    unknown = [port for port in ports if known and port not in known]
    if unknown:
        raise input_error("unknown_port", port=str(unknown[0]), count=str(len(known)))
    return ports


def _results(report: UssdReport, ports: list[int]) -> dict[int, str | None]:
    """Return what each port did; None where the gateway is set to say nothing."""
    told = {each.port: each.result.value for each in report.ports}
    missing = UssdResult.OTHER.value if told else None
    return {port: told.get(port, missing) for port in ports}


USSD_ACTIONS: Final = (
    GatehouseAction[OpenVoxClient](
        name="send_ussd",
        fields={
            # Other kinds of devices that have the action have no ports.
            vol.Optional("port"): vol.All(
                cv.ensure_list,
                vol.Length(min=1),
                [vol.All(vol.Coerce(int), vol.Range(min=PORTS[0], max=PORTS[-1]))],
            ),
            vol.Required("code"): cv.string,
            vol.Optional("timeout", default=30): vol.All(
                vol.Coerce(int), vol.Range(min=0, max=_LONGEST_WAIT)
            ),
        },
        run=_send_ussd,
        supports_response=SupportsResponse.OPTIONAL,
    ),
)
