"""Endpoints under /sms: ports and sending."""

from typing import Final

from simulators.openvox.endpoint import Endpoint, Later
from simulators.openvox.gateway import Gateway
from simulators.openvox.options import SeveralSpans
from simulators.openvox.outbox import Job, Status
from simulators.openvox.ports import Port
from simulators.openvox.request import Request
from simulators.openvox.wire import Collection, Fields, Form

NUMBER: Final = r"\+?[0-9*#]{1,32}"
NOT_EMPTY: Final = r"(?s).+"
ASYNCHRONOUS: Final = 0
SYNCHRONOUS: Final = 1
TYPES: Final = {False: "asyncsms", True: "syncsms"}
NO_FLASH: Final = "0"


def get_valid_spans(gateway: Gateway, _: Request) -> Collection:
    """Return every port and whether it can send."""
    return Collection(
        items={
            str(port.number): {
                "port": port.number,
                "port_name": port.name,
                "status": int(port.registered),
            }
            for port in gateway.ports.values()
        },
    )


def send(gateway: Gateway, request: Request) -> Fields | Later:
    """Take a message for sending, and in synchronous mode answer once it is through."""
    spans = request.numbers("spans", 1, gateway.options.ports)
    number = request.text("dest_num", NUMBER)
    text = request.text("msg", NOT_EMPTY)
    synchronous = request.number("mode", ASYNCHRONOUS, SYNCHRONOUS, default=ASYNCHRONOUS) != 0
    accepted: list[Job] = []
    rejected: list[Port] = []
    for port in _chosen(gateway, spans):
        if gateway.outbox.rejects(port, number):
            rejected.append(port)
        else:
            job = gateway.outbox.accept(port, number, text, gateway.now, synchronous=synchronous)
            accepted.append(job)
    refused = {
        str(port.number): _entry(port, number, text, synchronous=synchronous) for port in rejected
    }

    def reply() -> Fields:
        return {
            "send_list": Collection(
                items={str(job.port.number): _accepted(job) for job in accepted},
                form=Form.SINGLE,
                empty="",
            ),
            "reject_list": Collection(items=refused, form=Form.SINGLE, empty=""),
        }

    if synchronous and accepted:
        return Later(moment=max(job.due for job in accepted), data=reply)
    return reply()


def _chosen(gateway: Gateway, spans: list[int]) -> list[Port]:
    """Return the ports that are to send, each once."""
    ports = [gateway.ports[span] for span in dict.fromkeys(spans)]
    if gateway.options.several_spans is SeveralSpans.ALL:
        return ports
    return [next((port for port in ports if port.registered), ports[0])]


def _entry(port: Port, number: str, text: str, *, synchronous: bool) -> Fields:
    """Return what both lists tell about a message."""
    return {
        "type": TYPES[synchronous],
        "msg": text,
        "num": number,
        "flash": NO_FLASH,
        "port": str(port.number),
    }


def _accepted(job: Job) -> Fields:
    """Return a message that was accepted."""
    message = job.message
    entry = _entry(job.port, message.number, message.text, synchronous=message.synchronous)
    entry["id"] = message.id
    if message.synchronous:
        success = job.row is not None and job.row.status != Status.FAILED
        entry["result"] = "success" if success else "fail"
    return entry


ENDPOINTS: Final = {
    "sms/get_valid_spans": Endpoint(handler=get_valid_spans),
    "sms/send": Endpoint(handler=send),
}
