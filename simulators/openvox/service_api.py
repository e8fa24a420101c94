"""Endpoints under /service: channels, SIMs and USSD."""

import hmac
import re
from typing import Any, Final

from simulators.openvox.endpoint import Endpoint
from simulators.openvox.errors import DeviceError
from simulators.openvox.gateway import Gateway
from simulators.openvox.options import UssdFormat
from simulators.openvox.push import SENT_FORMAT
from simulators.openvox.request import Request
from simulators.openvox.wire import Collection, Fields, Form

ALL_PORTS: Final = 0
REGISTERED: Final = "0"
UNREGISTERED: Final = "1"
CODE: Final = r"[0-9*#+]{1,182}"
LIST_OF_PORTS: Final = r"\s*[0-9]{1,4}(\s*,\s*[0-9]{1,4})*\s*"


def chan_state(gateway: Gateway, _: Request) -> Fields:
    """Return which channels are registered; 1 means that one is not."""
    ports = gateway.ports.values()
    return {
        "idle_channels": sum(
            port.idle(gateway.now) and port.number not in gateway.ussd.open for port in ports
        ),
        "channel_status": Collection(
            items={
                str(port.number): REGISTERED if port.registered else UNREGISTERED for port in ports
            },
            form=Form.MAP,
        ),
    }


def simstatus(gateway: Gateway, request: Request) -> Collection:
    """Return the SIM of a port, or of all."""
    number = request.number("port", ALL_PORTS, gateway.options.ports, default=1)
    chosen = [port for port in gateway.ports.values() if number in {ALL_PORTS, port.number}]
    return Collection(
        items={str(port.number): {"imsi": port.imsi, "status": port.status} for port in chosen},
        form=Form.MAP,
    )


def sendussd(gateway: Gateway, request: Request) -> Any:
    """Send a code on some ports; its users are not those of the web page."""
    options = gateway.options
    known = hmac.compare_digest(
        f"{options.ussd_username}\n{options.ussd_password}".encode(),
        f"{request.text('username', default='')}\n{request.text('password', default='')}".encode(),
    )
    if not known:
        gateway.ussd.refused_logins += 1
        raise DeviceError(options.login_code, options.login_message)
    code = request.text("message", CODE)
    numbers = [int(each) for each in re.findall(r"\d+", request.text("port", LIST_OF_PORTS))]
    identifier = request.text("id", default="")
    request.text("timeout", r"[0-9]*", default="")
    report = {
        str(number): {
            "port": str(number),
            "time": gateway.local().strftime(SENT_FORMAT),
            "id": identifier,
            "result": gateway.ussd.ask(gateway.ports, number, code, identifier, gateway.now),
        }
        for number in dict.fromkeys(numbers)
    }
    match options.ussd_format:
        case UssdFormat.JSON:
            return {"message": code, "report": Collection(items=report, form=Form.MAP)}
        case UssdFormat.TEXT:
            return f"message: {code}\n" + "".join(map(_record, report.values()))
        case UssdFormat.NULL:
            return None


def _record(entry: Fields) -> str:
    """Return what became of a question on one port, as text."""
    port = entry["port"]
    lines = "\n".join(f"{name}: {value}" for name, value in entry.items())
    return f"--record {port} start--{lines}\n--record {port} end--"


ENDPOINTS: Final = {
    "service/chan_state": Endpoint(handler=chan_state),
    "service/simstatus": Endpoint(handler=simstatus),
    "service/sendussd": Endpoint(handler=sendussd, needs_token=False),
}
