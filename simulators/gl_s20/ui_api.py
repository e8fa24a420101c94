"""Endpoints under /ui: set-up, login and logout."""

from typing import Final

from simulators.gl_s20 import identity, passwords
from simulators.gl_s20.device import Device, Language
from simulators.gl_s20.endpoint import Endpoint, command
from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.request import Request
from simulators.gl_s20.sessions import ALGORITHM, USERNAME
from simulators.gl_s20.wire import Fields

LANGUAGES: Final = "|".join(Language)


def challenge(device: Device, _: Request) -> Fields:
    """Return what a login has to answer."""
    made = device.sessions.challenge(device.now)
    return {"alg": ALGORITHM, "salt": made.salt, "nonce": made.nonce}


def login(device: Device, request: Request) -> Fields:
    """Open a session."""
    username, answer = request.text("username"), request.text("hash")
    if not device.options.initialized:
        raise DeviceError(device.options.login_code, "Not initialized")
    try:
        sid = device.sessions.log_in(username, answer, device.now, device.options)
    except DeviceError:
        device.log.note("web", "login failed")
        raise
    return {"sid": sid}


def logout(device: Device, request: Request) -> Fields:
    """End the session."""
    device.sessions.end(request.sid)
    return {}


def check_initialized(device: Device, _: Request) -> Fields:
    """Return who the device is and whether it has a password."""
    options = device.options
    return {
        "firmware_category": options.firmware_category,
        "firmware_version": options.firmware_version,
        "hostname": identity.HOSTNAME,
        "initialized": options.initialized,
        "mac": identity.MAC,
        "model": identity.MODEL,
    }


def set_init(device: Device, request: Request) -> Fields:
    """Give a new device its first password."""
    if device.options.initialized:
        raise DeviceError(Code.ALREADY_INITIALIZED, "Already initialized")
    language = Language(request.text("lang", LANGUAGES))
    password = passwords.check("password", request.text("password"))
    device.language = language
    device.options = device.options.changed({"password": password, "initialized": True})
    return {}


def set_admin_pwd(device: Device, request: Request) -> Fields:
    """Change the password, after which everybody has to log in again."""
    request.text("username", USERNAME)
    if request.text("old_pwd") != device.options.password:
        raise DeviceError(device.options.login_code, "Wrong password")
    password = passwords.check("new_pwd", request.text("new_pwd"))
    device.options = device.options.changed({"password": password})
    device.sessions.expire()
    return {}


ENDPOINTS: Final = {
    "ui/challenge": Endpoint(method="GET", handler=challenge, needs_token=False),
    "ui/set_init": Endpoint(method="POST", handler=set_init, needs_token=False),
    "ui/login": Endpoint(method="POST", handler=login, needs_token=False),
    "ui/logout": command(logout),
    "ui/check_initialized": Endpoint(method="GET", handler=check_initialized, needs_token=False),
    "sys/set_admin_pwd": command(set_admin_pwd),
}
