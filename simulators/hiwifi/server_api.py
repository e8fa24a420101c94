"""The cloud's API for the author of a plug-in, and for the clients bound to a router."""

from collections.abc import Callable, Iterable
import re
from typing import Any, Final

from simulators.hiwifi import wire
from simulators.hiwifi.client_api import JSON, admit, check_sender
from simulators.hiwifi.cloud import Cloud
from simulators.hiwifi.cloud_options import CallShape
from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.exchange import Exchange
from simulators.hiwifi.multi_calls import MultiCall
from simulators.hiwifi.router import Router
from simulators.hiwifi.signing import verify
from simulators.hiwifi.wire import Fields
from simulators.server import Reply

DEFAULT_TIMEOUT: Final = 10
DAY_SECONDS: Final = 86400


def bind(cloud: Cloud, request: Fields) -> Fields:
    """Bind a client to a router; return what it signs with."""
    app_id, client_id = check_sender(request)
    permissions = _permissions(request.get("permissions", []))
    if not all(cloud.allowed(each) for each in permissions):
        raise DeviceError(Code.TOO_MANY_PERMISSIONS)
    bindings = cloud.online(request.get("dev_id")).bindings
    if (binding := bindings.find(app_id, client_id)) is not None:
        raise DeviceError(Code.ALREADY_BOUND, {"client_secret": binding.secret})
    return {"client_secret": bindings.bind(app_id, client_id, permissions)}


def unbind(cloud: Cloud, request: Fields) -> Fields:
    """Forget a client of a router."""
    app_id, client_id = check_sender(request)
    cloud.online(request.get("dev_id")).bindings.unbind(app_id, client_id)
    return {}


def status(cloud: Cloud, request: Fields) -> Fields:
    """Return whether a router is online."""
    return {"is_online": int(cloud.find(request.get("dev_id")).online)}


def call_multi(cloud: Cloud, request: Fields) -> Fields:
    """Store a call of several routers; return the number under which to ask for results."""
    cloud.check_method(request.get("method"))
    now, options = cloud.now, cloud.options
    chosen = _dev_ids(cloud, request.get("dev_ids"))
    stations = {dev_id: cloud.stations[dev_id] for dev_id in chosen}
    skip = str(request.get("skip_offline", 0)) == "1"
    timeout = _seconds(request.get("timeout", DAY_SECONDS))
    call = MultiCall(
        request={name: request.get(name) for name in ("method", "data", "version")},
        expires_at=now + timeout,
        due={
            dev_id: now + options.push_seconds if station.online else None
            for dev_id, station in stations.items()
            if station.online or not skip
        },
    )
    return {"code": 0, "request_id": cloud.multi_calls.add(call)}


def call_multi_result(cloud: Cloud, request: Fields) -> Fields:
    """Return what the routers have answered so far."""
    call = cloud.multi_calls.find(request.get("request_id"))
    results = [
        {"dev_id": dev_id, "code": result["code"], "data": result["data"]}
        for dev_id, result in call.results.items()
    ]
    return {"code": 0, "results": results}


ACTIONS: Final[dict[str, Callable[[Cloud, Fields], Fields]]] = {
    "bind": bind,
    "unbind": unbind,
    "status": status,
    "call_multi": call_multi,
    "call_multi_result": call_multi_result,
}
CALL: Final = "call"
CLIENT_ACTIONS: Final = frozenset({CALL, "status"})


class ServerApi:
    """Answers on the cloud's hosts."""

    def __init__(self, cloud: Cloud) -> None:
        """Serve a cloud."""
        self._cloud = cloud

    def answer(self, exchange: Exchange) -> Reply:
        """Answer a request."""
        self._cloud.settle()
        try:
            body = self._result(exchange)
        except DeviceError as failure:
            return self.refused(failure)
        self._cloud.settle()
        return self._reply(body)

    def _result(self, exchange: Exchange) -> bytes:
        """Return the reply to a request that is in order."""
        cloud, action = self._cloud, exchange.path
        from_client = exchange.host in cloud.options.client_hosts
        if from_client and action not in CLIENT_ACTIONS:
            raise DeviceError(Code.UNKNOWN_ACTION)
        if action != CALL and action not in ACTIONS:
            raise DeviceError(Code.NO_API)
        if exchange.content_type != JSON:
            raise DeviceError(Code.CONTENT_TYPE)
        request = wire.parsed(exchange.body)
        if from_client:
            router = cloud.find(request.get("dev_id")).router
            admit(router, exchange, action, request, in_shell=False)
        else:
            self._check_author(exchange, request)
        if action == CALL:
            return self._call(request, from_client=from_client)
        fields = ACTIONS[action](cloud, request)
        return wire.platform(fields, cloud.options.router)

    def _check_author(self, exchange: Exchange, request: Fields) -> None:
        """Refuse a request that the plug-in's author did not sign."""
        options = self._cloud.options
        if request.get("app_id") != options.app_id:
            raise DeviceError(Code.BAD_ID)
        signature = exchange.query.get("sign")
        if not signature:
            raise DeviceError(Code.CHECK_PARAMETER)
        body, secret = exchange.body, options.app_secret
        if not verify(signature, exchange.path, body, secret, in_shell=False):
            raise DeviceError(Code.SIGNATURE)

    def _call(self, request: Fields, *, from_client: bool) -> bytes:
        """Return the reply to a call; what the router refuses is no error of the cloud."""
        cloud = self._cloud
        if not from_client:
            cloud.check_method(request.get("method"))
        router = cloud.online(request.get("dev_id"))
        if cloud.options.answer_seconds > _seconds(request.get("timeout", DEFAULT_TIMEOUT)):
            raise DeviceError(Code.CALL_TIMEOUT)
        try:
            result = cloud.dispatcher.call(router, request)
        except DeviceError as failure:
            return self._from_router(router, None, failure)
        return self._from_router(router, result, None)

    def _from_router(self, router: Router, result: Any, failure: DeviceError | None) -> bytes:
        """Return a reply with what a router said, wherever this cloud puts it."""
        shape, options = self._cloud.options.call_shape, router.options
        outcome = wire.outcome(result, failure, options)
        app = {
            "app_code": outcome["code"],
            "app_msg": outcome["msg"],
            "app_data": outcome["data"],
        }
        data = {"code": outcome["code"], "data": wire.as_text(outcome["data"])}
        if shape is CallShape.APP:
            return wire.platform({}, options, **app)
        return wire.platform(data, options, **(app if shape is CallShape.BOTH else {}))

    def refused(self, failure: DeviceError) -> Reply:
        """Return a refusal of the cloud itself."""
        return self._reply(wire.platform({}, self._cloud.options.router, failure))

    def _reply(self, body: bytes) -> Reply:
        """Return JSON."""
        return Reply(body=body, content_type=self._cloud.options.router.content_type)


def _seconds(value: Any) -> int:
    """Return a number of seconds, also when it is text."""
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,8}", str(value)):
        raise DeviceError(Code.DATA_FORMAT)
    return int(value)


def _permissions(value: Any) -> list[str]:
    """Return a list of permissions."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise DeviceError(Code.DATA_FORMAT)
    return value


def _dev_ids(cloud: Cloud, value: Any) -> Iterable[str]:
    """Return the routers a call is for: a list, one, or all that have the plug-in."""
    installed = [dev_id for dev_id, each in cloud.stations.items() if each.installed]
    match value:
        case "all":
            return installed
        case str():
            wanted = [value]
        case list() if value:
            wanted = value
        case _:
            raise DeviceError(Code.DATA_FORMAT)
    if not all(each in installed for each in wanted):
        raise DeviceError(Code.NOT_INSTALLED)
    return wanted
