"""What every answer says to the browser, and what every request has to bring: nothing comes from elsewhere.

No script, style, picture or font of another address; no frame around a page; no address told to others; forms only with
this room's own token (double submit, signed); requests for this host only, against names that are rebound.
"""

from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.csrf import CSRFConfig

SESSION = "truceline_session"
"""The cookie with the token of a session."""
MOST_BODY = 64 * 1024 * 1024
"""Bytes of a request; a form is much smaller, a file that is taken in may come near."""
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; style-src 'self';"
        " script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def against_forgery(secret: str) -> CSRFConfig:
    """The guard of every request that writes. secret: drawn at each start, so old forms end with the process."""
    return CSRFConfig(
        secret=secret, cookie_name="truceline_csrf", cookie_httponly=True, cookie_samesite="strict",
        header_name="x-csrf-token",
    )  # fmt: skip


def only_here(hosts: list[str]) -> AllowedHostsConfig:
    """The names under which the room answers."""
    return AllowedHostsConfig(allowed_hosts=hosts, www_redirect=False)
