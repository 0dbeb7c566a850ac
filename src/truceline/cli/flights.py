"""flights: what was seen in the air."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, app, now_us
from truceline.cli.heading import say_heading
from truceline.cli.printing import grouped, plain, print_json, print_table, say


@app.command
def flights(
    mission: Mission,
    *,
    area: Annotated[str, Parameter(help="Only sightings that may have been over this area.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Flights that were seen, after the fact and once a declared delay is over; whose, with a row of nobody's."""
    from truceline.pipeline.flights_told import flights_told
    from truceline.vocabulary.marking import INTERNAL

    told = flights_told(mission, INTERNAL, now_us=now_us(), as_of=as_of, known=known, area=area)
    if json:
        print_json(told)
        return 0
    say_heading(told)
    if not told["flights"]:
        say("No flight that may be shown is recorded here. One is an act `flight`.")
        _print_efforts(told["efforts"])
        return 0
    columns = ("number", "from", "until", "area", "aircraft", "means", "owner", "rule on flights")
    print_table(columns, [_line(one) for one in told["flights"]])
    say()
    print_table(
        ("month", "owner", "sightings"),
        [(one["month"], one["owner"], grouped(one["flights"])) for one in told["months"]],
    )
    for one in told["flights"]:
        for link in one["links"]:
            on, held = ", ".join(link["reports"]) or "no report", link["held"].replace("_", " ")
            say(plain(f"{one['number']} and {on}: {link['by']} holds it {held}. {link['because']}"))
    _print_efforts(told["efforts"])
    say(f"Method: {told['method']}")
    return 0


def _print_efforts(efforts: list[dict[str, Any]]) -> None:
    """Duties to have fewer flights: a line for the baseline, and one for the time since."""
    columns = ("effort", "party", "stretch", "days", "its own", "nobody's")
    rows = [_stretch(one, name) for one in efforts for name in ("baseline", "since")]
    if rows:
        say()
        say("Duties to work for fewer flights, sightings against their baseline. A best effort is never a breach.")
        print_table(columns, rows)


def _stretch(one: dict[str, Any], name: str) -> tuple[str, ...]:
    seen = one[name]
    terms = f"{one['obligation']} ({', '.join(one['terms'])})" if one["terms"] else one["obligation"]
    counts = (grouped(seen[key]) for key in ("days", "owned", "unattributed"))
    return (terms, one["party"], f"{name} {seen['from'][:10]} to {seen['to'][:10]}", *counts)


def _line(one: dict[str, Any]) -> tuple[str, ...]:
    closed = [*one["rules"], *(f"maybe {rule}" for rule in one["rules_maybe"])]
    return (one["number"], one["from"], one["until"], one["area"], one["aircraft"].replace("_", " "), one["means"],
            one["owner"], ", ".join(closed) or "none in force there")  # fmt: skip
