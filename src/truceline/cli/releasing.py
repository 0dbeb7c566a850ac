"""release, releases: opening fields of entries to other holders, or saying openly that they are withheld."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say

if TYPE_CHECKING:
    from truceline.pipeline.release_list import Releases, ReleaseTold
    from truceline.pipeline.releasing import Released

_ONCE_SEALED = "Refuse unless this holder has cosigned the entries: sealed first, so that nobody can copy."


@app.command
def release(
    mission: Mission,
    *entries: Annotated[str, Parameter(help="Beginnings of ids; that of a submission stands for all its rows.")],
    to: Annotated[tuple[str, ...], Parameter(negative="", help="A holder's name, or all; may be given again.")],
    because: Annotated[str, Parameter(help="The reason; the holders read it.")],
    everything: Annotated[bool, Parameter(name="--all", negative="", help="Everything entered up to now.")] = False,
    since: Annotated[int | None, Parameter(help="Everything from this size of the record on.")] = None,
    fields: Annotated[str, Parameter(help="Names of fields, with commas: of a row source, when, where, ...")] = "",
    withhold: Annotated[bool, Parameter(negative="", help="Say that it is withheld; open nothing.")] = False,
    by: Annotated[str, Parameter(help="Who decided it: a body or an office.")] = "",
    once_sealed: Annotated[str | None, Parameter(help=_ONCE_SEALED)] = None,
    sign: Annotated[str | None, Parameter(help="The key of a person that signs. Default: the log's.")] = None,
    preview: Annotated[bool, Parameter(negative="", help="Only say what would be opened.")] = False,
    json: Json = False,
) -> int:
    """Open fields of own entries to other holders, by a signed entry. The next bundle or pull carries them, sealed.

    What was opened cannot be taken back.
    """
    from truceline.pipeline.releasing import Wanted, names_in
    from truceline.pipeline.releasing import release as release_fields

    first = 0 if everything and since is None else since
    wanted = Wanted(to, because, entries, first, names_in(fields), withhold, by, once_sealed, sign)
    told = release_fields(mission, wanted, preview=preview, now_us=now_us(), chance=CHANCE)
    if json:
        print_json(told)
    else:
        _say(told, mission)
    return 0


def _say(told: "Released", mission: Path) -> None:
    kinds = ", ".join(f"{grouped(one.count)} {one.kind}" for one in told.entries)
    would = "Would be" if told.preview else "Are now"
    say(plain(f"{would} {told.what}, for {', '.join(told.to_names)}: {kinds}"))
    opened = "opened" if told.what == "opened" else "withheld"
    print_table(
        ("field", opened, "stays sealed"),
        [(one.field, grouped(one.opened), grouped(one.sealed)) for one in told.fields],
    )
    for entry_id in told.ids:
        say(f"release {entry_id[:16]}")
    if told.what == "opened":
        say("What was opened cannot be taken back: a later release can only open more.")
    if not told.preview:
        say(plain(f"It travels with: truceline exchange bundle {mission} FILE --for NAME, or a pull."))


@app.command
def releases(mission: Mission, *, json: Json = False) -> int:
    """List what was opened or withheld in every log held, to whom and why; what has not come; who had sealed first."""
    from truceline.pipeline.release_list import releases as list_releases

    told = list_releases(mission)
    if json:
        print_json(told)
    else:
        _say_all(told)
    return 0


def _say_all(told: "Releases") -> None:
    if not told.releases:
        say("Nothing was released.")
    for one in told.releases:
        fields = "all fields" if "*" in one.fields else ", ".join(one.fields)
        by = f" by {one.by}" if one.by else ""
        say(
            plain(
                f"{one.log}, entry {grouped(one.seq)} ({one.id[:16]}), {_time(one.dated_us)}: {one.what}{by}"
                f" for {', '.join(one.to)}: {fields} of {grouped(one.entries)} entries. Because: {one.because}"
            )
        )
        _say_more(one)
    for name, number in told.not_come.items():
        say(plain(f"{name}: {grouped(number)} releases stand in its log that were not told here yet."))
    if told.not_come or any(one.waiting for one in told.releases):
        say("Ask for what has not come: a bundle made --for you, with --whole; or pull.")


def _say_more(one: "ReleaseTold") -> None:
    if one.waiting:
        say(f"  not come yet, or not whole: {grouped(one.waiting)} entries")
    for first in one.sealed_first:
        say(
            f"  sealed before our release {first.release[:16]}: {grouped(first.proven)} entries, proven;"
            f" {grouped(first.said)} by their author's word"
        )


def _time(dated_us: int | None) -> str:
    from datetime import UTC, datetime

    return "not dated yet" if dated_us is None else f"{datetime.fromtimestamp(dated_us / 1e6, UTC):%Y-%m-%dT%H:%MZ}"
