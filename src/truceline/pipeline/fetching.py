"""`fetch`: a source's own service asked, with the user's own key, into a file that `take-in` reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from truceline.errors import FetchError
from truceline.fetching import acled, hdx, ucdp
from truceline.fetching.download import download
from truceline.fetching.paging import Admission, Tell, fetch_pages
from truceline.fetching.patience import Clock, Patience
from truceline.fetching.question import Question
from truceline.fetching.receipt import Receipt
from truceline.fetching.secret import Ask, Secret, read_secrets
from truceline.fetching.wire import Wire
from truceline.intake.formats import acled as acled_rows
from truceline.intake.formats import acled_deleted as acled_deletions
from truceline.intake.formats import ucdp_ged as ucdp_rows

_SINCE_THE_BEGINNING_OF = date(1997, 1, 1)
"""ACLED's first year: the first day where only the last is given."""


@dataclass(frozen=True)
class Fetching:
    """What every fetch is given: where to write, whose keys, which clock.

    environment: the variables of the process, of which only the keys' own and the proxy's are looked at.
    ask: asks a person for a key, None where nobody is there. notice: shows the source's terms, once a file.
    """

    out: Path
    environment: Mapping[str, str]
    clock: Clock
    tell: Tell
    notice: Callable[[str], None]
    key_file: Path | None = None
    ask: Ask | None = None
    base: str | None = None
    patience: Patience | None = None

    def wire(self, base: str, secrets: tuple[Secret, ...]) -> Wire:
        """Requests with these keys hidden; through the proxy of the environment, but not to this machine."""
        local = base.startswith("http://")
        proxy = "" if local else self.environment.get("HTTPS_PROXY") or self.environment.get("https_proxy") or ""
        return Wire(
            self.clock, tell=lambda told: self.tell(told, 0, 0), patience=self.patience, proxy=proxy, secrets=secrets
        )

    def secrets(self, names: tuple[str, ...]) -> tuple[Secret, ...]:
        """The keys of these names. Raises `FetchError`."""
        return read_secrets(names, self.environment, self.key_file, self.ask)


def fetch_ucdp(
    given: Fetching, version: str, country: tuple[str, ...] = (), from_: str | None = None, to: str | None = None
) -> Receipt:
    """Events of UCDP GED. `country`: numbers of Gleditsch and Ward (652 is Syria). Raises `FetchError`."""
    if not version or not all(part.isalnum() for part in version.split(".")):
        raise FetchError(f"{version!r} is no version of the data set.", "Write it as 25.1, or 26.0.9 for candidates.")
    if bad := [one for one in country if not one.isdecimal()]:
        raise FetchError(f"{bad[0]!r} is no country's number.", "UCDP names countries by number: Syria is 652.")
    first, last = _day(from_), _day(to)
    query = (
        *((("Country", ",".join(country)),) if country else ()),
        *((("StartDate", first.isoformat()),) if first else ()),
        *((("EndDate", last.isoformat()),) if last else ()),
    )
    form, base = ucdp_rows.FORMAT, given.base or ucdp.BASE
    question = ucdp.question(base, version, query, form.must, tuple(form.groups_of), form.also)
    (token,) = given.secrets(ucdp.SECRETS)
    return _paged(given, question, given.wire(base, (token,)), ucdp.Token("x-ucdp-access-token", token))


def fetch_acled(
    given: Fetching,
    country: tuple[str, ...] = (),
    year: int | None = None,
    from_: str | None = None,
    to: str | None = None,
) -> Receipt:
    """ACLED's events: of a year, or of days with both ends included. Raises `FetchError`."""
    first, last = _day(from_), _day(to)
    query: tuple[tuple[str, str], ...] = (("country", "|".join(country)),) if country else ()
    query += (("year", str(year)),) if year else ()
    if first or last:
        today = datetime.fromtimestamp(given.clock.now_us() / 1_000_000, UTC).date()
        days = f"{first or _SINCE_THE_BEGINNING_OF}|{last or today}"
        query += (("event_date", days), ("event_date_where", "BETWEEN"))
    form, base = acled_rows.FORMAT, given.base or acled.BASE
    question = acled.events(base, query, form.must, tuple(form.groups_of))
    return _signed_in(given, question, base)


def fetch_acled_deleted(given: Fetching, since: str) -> Receipt:
    """The ids of ACLED's events deleted on or after a day (UTC). Raises `FetchError`."""
    day = _day(since)
    assert day is not None
    base = given.base or acled.BASE
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return _signed_in(given, acled.deleted(base, seconds, acled_deletions.FORMAT.must), base)


def fetch_hdx(given: Fetching, dataset: str, resource: str | None = None) -> Receipt:
    """A file of a data set of HDX, byte for byte. Raises `FetchError`."""
    named = given.key_file is not None or bool(given.environment.get(hdx.SECRET))
    keys = given.secrets((hdx.SECRET,)) if named else ()
    base = given.base or hdx.BASE
    doorway, wire = hdx.Doorway(base, keys[0] if keys else None), given.wire(base, keys)
    found = hdx.dataset(wire, doorway, dataset)
    if found.terms:
        given.notice(found.terms)
    return download(found, found.resource(resource), wire, doorway, given.out, given.tell)


def _signed_in(given: Fetching, question: Question, base: str) -> Receipt:
    user, password = given.secrets(acled.SECRETS)
    wire = given.wire(base, (user, password))
    return _paged(given, question, wire, acled.SignedIn(wire, base, user, password))


def _paged(given: Fetching, question: Question, wire: Wire, admission: Admission) -> Receipt:
    return fetch_pages(question, wire, admission, given.out, given.tell, given.notice)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FetchError(f"{text!r} is no day.", "Write it as 2016-02-27.") from None
