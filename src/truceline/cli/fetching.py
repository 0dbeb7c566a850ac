"""fetch ucdp, fetch acled, fetch hdx: the only commands that use the network."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from truceline.cli.app import From, Json, To, app, now_us
from truceline.cli.printing import grouped, plain, print_json, say
from truceline.cli.progress import shown_progress
from truceline.errors import FetchError

if TYPE_CHECKING:
    from truceline.fetching.receipt import Receipt
    from truceline.pipeline.fetching import Fetching

fetch = App(
    name="fetch",
    help="Fetch a source's own data with your own key, into a file for take-in. Nothing else uses the network.\n\n"
    "A key is read from the environment, a file of yours, or asked for; never from the command line.",
)
app.command(fetch)

Out = Annotated[Path, Parameter(help="The file to write; beside it FILE.pages and FILE.receipt.json.")]
KeyFile = Annotated[Path | None, Parameter(help="A file with the key, one a line, readable by you only.")]
Base = Annotated[str | None, Parameter(help="The service at another address; your key is sent there.")]


@fetch.command
def ucdp(
    *,
    out: Out,
    version: Annotated[str, Parameter(help="The version of the data set: 25.1, or 26.0.9 for candidate events.")],
    country: Annotated[tuple[str, ...], Parameter(negative="", help="By its number (Syria: 652); repeatable.")] = (),
    from_: From = None,
    to: To = None,
    key_file: KeyFile = None,
    base: Base = None,
    json: Json = False,
) -> int:
    """Events of UCDP GED, page by page. The key: TRUCELINE_UCDP_TOKEN."""
    from truceline.pipeline.fetching import fetch_ucdp

    with _given(out, key_file, base) as given:
        receipt = fetch_ucdp(given, version, country, from_, to)
    return _fetched(out, receipt, json)


@fetch.command
def acled(
    *,
    out: Out,
    country: Annotated[tuple[str, ...], Parameter(negative="", help="By ACLED's name for it; repeatable.")] = (),
    year: Annotated[int | None, Parameter(help="A year.")] = None,
    from_: From = None,
    to: To = None,
    deleted: Annotated[bool, Parameter(negative="", help="The ids of deleted events instead of events.")] = False,
    since: Annotated[str | None, Parameter(help="With --deleted: deleted on this day (UTC) or later.")] = None,
    key_file: KeyFile = None,
    base: Base = None,
    json: Json = False,
) -> int:
    """ACLED's events, or what it has deleted. The key: TRUCELINE_ACLED_USER and TRUCELINE_ACLED_PASSWORD."""
    from truceline.pipeline.fetching import fetch_acled, fetch_acled_deleted

    if deleted != (since is not None) or (deleted and (country or year or from_ or to)):
        raise FetchError(
            "--deleted goes with --since, and with nothing else that narrows.",
            "Write: fetch acled --deleted --since 2025-01-01 --out FILE",
        )
    with _given(out, key_file, base) as given:
        receipt = fetch_acled_deleted(given, since) if since else fetch_acled(given, country, year, from_, to)
    return _fetched(out, receipt, json)


@fetch.command
def hdx(
    dataset: Annotated[str, Parameter(help="The data set, by its name in the address of its page.")],
    *,
    out: Out,
    resource: Annotated[str | None, Parameter(help="The file, by its name or id, where there are several.")] = None,
    key_file: KeyFile = None,
    base: Base = None,
    json: Json = False,
) -> int:
    """A file of a data set of HDX, byte for byte. TRUCELINE_HDX_TOKEN is only needed for what is not public."""
    from truceline.pipeline.fetching import fetch_hdx

    with _given(out, key_file, base) as given:
        receipt = fetch_hdx(given, dataset, resource)
    return _fetched(out, receipt, json)


@contextmanager
def _given(out: Path, key_file: Path | None, base: str | None) -> "Iterator[Fetching]":
    from truceline.fetching.patience import Clock
    from truceline.pipeline.fetching import Fetching

    with shown_progress("fetching") as tell:
        yield Fetching(
            out,
            os.environ,
            Clock(now_us, time.sleep),
            tell,
            notice=lambda terms: print(plain(terms), file=sys.stderr),
            key_file=key_file,
            ask=getpass if sys.stdin.isatty() else None,
            base=base,
        )


def _fetched(out: Path, receipt: "Receipt", json: bool) -> int:
    if json:
        print_json(receipt)
        return 0
    rows = "" if receipt.rows is None else f"{grouped(receipt.rows)} rows in {grouped(len(receipt.pages))} pages, "
    say(plain(f"Wrote {out} ({rows}{grouped(receipt.bytes)} bytes) from {receipt.source}."))
    for note in receipt.notes:
        say(plain(f"  note: {note}"))
    say(f"Its receipt is {out}.receipt.json. Enter it with: truceline take-in MISSION {out}")
    return 0
