"""The signature of a request."""

import hashlib
import hmac


def sign(action: str, body: bytes, secret: str) -> str:
    """Return the MD5 over action, body as received and secret, in lower-case hex digits."""
    content = action.encode() + body + secret.encode()
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def verify(signature: str, action: str, body: bytes, secret: str, *, in_shell: bool) -> bool:
    """Return whether a signature is right, in either case of its digits.

    A firmware that computes it in a shell quotes the body with apostrophes, so one in the body
    ends the quotation and something else is signed.
    """
    if in_shell and b"'" in body:
        return False
    right = sign(action, body, secret)
    return hmac.compare_digest(right.encode(), signature.lower().encode())
