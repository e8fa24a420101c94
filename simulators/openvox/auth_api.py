"""Endpoints under /auth."""

from typing import Final

from simulators.openvox.endpoint import Endpoint
from simulators.openvox.errors import DeviceError
from simulators.openvox.gateway import Gateway
from simulators.openvox.request import Request
from simulators.openvox.wire import Collection, Fields


def login(gateway: Gateway, request: Request) -> Fields:
    """Return a new token."""
    options, now = gateway.options, gateway.now
    token = gateway.sessions.log_in(
        request.text("username", default=""), request.text("password", default=""), now, options
    )
    expiry = gateway.unix_time(now + options.token_seconds)
    return {
        "access_token": token,
        "expires_time": str(expiry) if options.text_expiry else expiry,
        "client": options.username,
    }


def logout(gateway: Gateway, request: Request) -> Collection:
    """End the token in the form."""
    options = gateway.options
    token = request.text("token")
    if token not in gateway.sessions.live(gateway.now, options):
        raise DeviceError(options.token_code, options.token_message)
    gateway.sessions.end(token)
    return Collection(items={})


ENDPOINTS: Final = {
    "auth/login": Endpoint(handler=login, needs_token=False),
    "auth/logout": Endpoint(handler=logout, needs_token=False, message="Login out success!"),
}
