"""UCDP's service (https://ucdp.uu.se/apidocs/): georeferenced events, by version; a token of one's own since 2026.

Pages are numbered from 0. It answers 400 to who asks too often.
"""

from collections.abc import Mapping

from truceline.fetching.addresses import refuse_unsafe
from truceline.fetching.question import Question
from truceline.fetching.secret import Secret

BASE = "https://ucdpapi.pcr.uu.se/api"
SECRETS = ("TRUCELINE_UCDP_TOKEN",)
PAGE_ROWS = 1000
RARE = ("gwnoa", "gwnob", "iso3")
NUMBERS = (
    "id", "type_of_violence", "where_prec", "latitude", "longitude", "date_prec", "low", "best", "high", "deaths_a",
    "deaths_b", "deaths_civilians", "deaths_unknown", "event_clarity", "year",
)  # fmt: skip


def question(
    base: str,
    version: str,
    query: tuple[tuple[str, str], ...],
    must: tuple[str, ...],
    known: tuple[str, ...],
    also: Mapping[str, str],
) -> Question:
    """The events of one version of the data set. `query` is in UCDP's own names: Country, StartDate, EndDate."""
    refuse_unsafe(base)
    return Question(
        source="UCDP GED " + version, address=f"{base.rstrip('/')}/gedevents/{version}",
        query=(*query, ("pagesize", str(PAGE_ROWS))), rows_at="Result", total_at="TotalCount", own="id",
        must=must, known=known, first=0, next_at="NextPageUrl", numbers=NUMBERS, rare=RARE, also=also, busy_400=True,
        terms="UCDP GED is published under CC BY 4.0: name UCDP and the version where you use it.",
    )  # fmt: skip


class Token:
    """A token in a header of the request."""

    def __init__(self, header: str, token: Secret, before: str = "") -> None:
        self._header = header
        self._token = token
        self._before = before

    def headers(self) -> Mapping[str, str]:
        """The header with the token."""
        return {self._header: self._before + self._token.reveal(), "Accept": "application/json"}

    def renew(self) -> bool:
        """There is only this one."""
        return False
