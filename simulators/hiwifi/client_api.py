"""The signed API of a bound client, as the router itself answers it."""

from typing import Any, Final

from simulators.hiwifi import pages, wire
from simulators.hiwifi.arguments import normalized_mac
from simulators.hiwifi.dispatcher import UNSIGNED, Dispatcher
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.exchange import Exchange
from simulators.hiwifi.method import mac
from simulators.hiwifi.router import Router
from simulators.hiwifi.signing import verify
from simulators.hiwifi.wire import Fields
from simulators.server import Reply

JSON: Final = "application/json"
CALL: Final = "call"
ROUTER_INFO: Final = "router_info"
CLIENT_ADDRESS: Final = "get_client_addr"


def check_sender(request: Fields) -> tuple[str, str]:
    """Return the plug-in and the client a request comes from, which name a folder."""
    app_id, client_id = request.get("app_id"), request.get("client_id")
    if not client_id:
        raise DeviceError(Code.NO_CLIENT_ID)
    for each in (app_id, client_id):
        if not isinstance(each, str) or not each or "/" in each or each.startswith("."):
            raise DeviceError(Code.BAD_ID)
    return str(app_id), str(client_id)


def admit(
    router: Router, exchange: Exchange, action: str, request: Fields, *, in_shell: bool
) -> None:
    """Refuse a call whose sender, signature or permission is not in order."""
    app_id, client_id = check_sender(request)
    method = str(request.get("method", ""))
    if UNSIGNED in method:
        return
    signature = exchange.query.get("sign")
    if not signature:
        raise DeviceError(Code.CHECK_PARAMETER)
    secret = router.bindings.secret(app_id, client_id)
    if not verify(signature, action, exchange.body, secret, in_shell=in_shell):
        raise DeviceError(Code.SIGNATURE)
    if method:
        router.bindings.check(app_id, client_id, method)


class ClientApi:
    """Answers on the router's virtual host of the OpenAPI."""

    def __init__(self, router: Router, dispatcher: Dispatcher) -> None:
        """Serve a router."""
        self._router = router
        self._dispatcher = dispatcher

    def is_local(self, exchange: Exchange) -> bool:
        """Return whether the router answers itself instead of handing on to the cloud."""
        options = self._router.options
        if exchange.path == CLIENT_ADDRESS:
            return True
        if options.traits.local_parameter and exchange.query.get("local") == "1":
            return True
        return exchange.query.get("dev_id") == options.mac

    def answer(self, exchange: Exchange) -> Reply:
        """Answer a request the way the firmware's program does, also where that crashes."""
        router = self._router
        if exchange.path == CLIENT_ADDRESS:
            return self._reply(wire.flat({"mac": self._caller()}, router.options))
        if exchange.chunked:
            return pages.error(pages.LENGTH_REQUIRED)
        lacks_length = exchange.verb == "POST" and exchange.length is None
        if exchange.content_type is None or lacks_length:
            return pages.error(pages.INTERNAL_ERROR)
        try:
            return self._reply(self._result(exchange))
        except DeviceError as failure:
            return self.refused(failure)

    def _result(self, exchange: Exchange) -> bytes:
        """Return the reply to a request that reached the program."""
        router = self._router
        if exchange.content_type != JSON:
            raise DeviceError(Code.CONTENT_TYPE)
        if exchange.path == ROUTER_INFO:
            return wire.about(
                self._dispatcher.alter(ROUTER_INFO, router_info(router)), router.options
            )
        if exchange.path != CALL:
            raise DeviceError(Code.UNKNOWN_ACTION)
        request = wire.parsed(exchange.body)
        if router.options.checks_body_dev_id and request.get("dev_id") != router.options.mac:
            raise DeviceError(Code.CHECK_PARAMETER)
        in_shell = router.options.traits.shell_signature
        admit(router, exchange, CALL, request, in_shell=in_shell)
        result: Any = self._dispatcher.call(router, request)
        return wire.openapi(result, router.options)

    def _caller(self) -> str:
        """Return the address of the machine that asks: the first client that is connected."""
        online = self._router.household.online()
        return mac(self._router, online[0].mac if online else normalized_mac("0" * 12))

    def refused(self, failure: DeviceError) -> Reply:
        """Return a refusal."""
        return self._reply(wire.openapi_refusal(failure, self._router.options))

    def _reply(self, body: bytes) -> Reply:
        """Return JSON."""
        return Reply(body=body, content_type=self._router.options.content_type)


def router_info(router: Router) -> Fields:
    """Return what everybody may know."""
    traits = router.options.traits
    return {"mac": router.options.mac, "version": traits.version, "board": traits.board}
