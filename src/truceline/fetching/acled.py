"""ACLED's service (https://acleddata.com/acled-api-documentation): events, and the ids of deleted events.

One signs in with name and password for a token of a day (OAuth 2.0, RFC 6749 section 4.3), which goes into
the header of each request. `with_total` asks for the number of rows in all, which it otherwise leaves out.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from truceline.errors import NotAdmitted
from truceline.fetching.addresses import refuse_unsafe
from truceline.fetching.question import Question
from truceline.fetching.secret import Secret
from truceline.fetching.wire import Wire

BASE = "https://acleddata.com"
SECRETS = ("TRUCELINE_ACLED_USER", "TRUCELINE_ACLED_PASSWORD")
PAGE_ROWS = 5000
TERMS = (
    "ACLED's terms forbid passing its rows on, and building a similar data set, product or platform from them."
    " The rows are yours under your own agreement with ACLED: look at who may see them before you share a mission."
)
ENVELOPE = {"rows_at": "data", "total_at": "total_count", "own": "event_id_cnty", "terms": TERMS}


def events(base: str, query: tuple[tuple[str, str], ...], must: tuple[str, ...], known: tuple[str, ...]) -> Question:
    """Events. `query` is in ACLED's own names: country, year, event_date with event_date_where."""
    refuse_unsafe(base)
    asked: Any = ENVELOPE
    return Question(
        source="ACLED", address=f"{base.rstrip('/')}/api/acled/read", query=_query(query), must=must, known=known,
        **asked,
    )  # fmt: skip


def deleted(base: str, since_s: int, must: tuple[str, ...]) -> Question:
    """The ids of events deleted at or after an instant (seconds since 1970, UTC)."""
    refuse_unsafe(base)
    asked: Any = ENVELOPE
    query = (("deleted_timestamp", str(since_s)), ("deleted_timestamp_where", ">="))
    return Question(
        source="ACLED deletions", address=f"{base.rstrip('/')}/api/deleted/read", query=_query(query), must=must,
        known=must, **asked,
    )  # fmt: skip


def _query(query: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return (("_format", "json"), *query, ("limit", str(PAGE_ROWS)), ("with_total", "true"))


class SignedIn:
    """Signed in with name and password; the token is kept in memory only."""

    def __init__(self, wire: Wire, base: str, user: Secret, password: Secret) -> None:
        self._wire = wire
        self._address = f"{base.rstrip('/')}/oauth/token"
        self._form = {
            "username": user, "password": password, "grant_type": Secret("password"), "client_id": Secret("acled"),
        }  # fmt: skip
        self._token: Secret | None = None
        self._renewed = False

    def headers(self) -> Mapping[str, str]:
        """The header with the token, asked for at the first use. Raises `FetchError`."""
        if self._token is None:
            self._token = self._signed_in()
            self._wire.secrets = (*self._wire.secrets, self._token)
        return {"Authorization": f"Bearer {self._token.reveal()}", "Accept": "application/json"}

    def renew(self) -> bool:
        """Once: a token is good for a day, and no fetch lasts longer than two."""
        again = self._token is not None and not self._renewed
        self._renewed, self._token = True, None
        return again

    def _signed_in(self) -> Secret:
        content = self._wire.body(self._address, lambda: {"Accept": "application/json"}, form=self._form)
        try:
            token = msgspec.json.decode(content, type=dict[str, Any]).get("access_token")
        except msgspec.MsgspecError:
            token = None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise NotAdmitted("ACLED gave no token.", "Check the name and the password of your myACLED account.")
        return Secret(token)
