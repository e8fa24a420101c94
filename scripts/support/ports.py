"""TCP ports on this machine."""

import socket

from .console import CommandError

LOOPBACK = "127.0.0.1"


def require_free(port: int, option: str) -> None:
    """Fail when something else listens on the port that an option chose."""
    with socket.socket() as listener:
        # A port that was only just given up is as good as free, for servers set this too.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as err:
            reason = (
                f"Port {port} of {LOOPBACK} cannot be used: {err.strerror}. "
                f"End what uses it, or choose another with {option}."
            )
            raise CommandError(reason) from err
