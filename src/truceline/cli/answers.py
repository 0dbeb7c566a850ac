"""evaluate, ledger, clocks: answers on the terminal, read as internal, which is printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from truceline.cli.app import Area, AsOf, From, Indicator, Json, Known, Mission, ReadingId, To, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.errors import TrucelineError

if TYPE_CHECKING:
    from truceline.pipeline.questions import Answer

Told = dict[str, Any]

SIGNS = {"quiet": ".", "not_quiet": "#", "cannot_tell": "?"}
MOST_ROWS = 120


def answered(
    mission: Path, as_of: str | None, known: str | None, reading: str | None, view: ViewName = "own"
) -> "Answer":
    """The mission's answer for an internal reader."""
    from truceline.pipeline.questions import Asked, ask
    from truceline.pipeline.views import opened_for
    from truceline.vocabulary.marking import INTERNAL

    asked = Asked(INTERNAL, now_us(), as_of, known, reading, view)
    with shown_progress("evaluating"), opened_for(mission, asked) as opened:
        return ask(opened, asked)


@app.command
def evaluate(
    mission: Mission,
    *,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Evaluate the whole mission: verdicts by indicator, clocks, comparisons, what did not resolve."""
    from truceline.pipeline.plain import evaluation_plain

    answer = answered(mission, as_of, known, reading, view)
    told = evaluation_plain(answer)
    if json:
        print_json(told)
        return 0
    heading(told)
    counts = [(one["indicator"], *(grouped(n) for n in one["cells"].values())) for one in told["indicators"]]
    print_table(("indicator", "quiet", "not quiet", "cannot tell"), counts)
    say()
    print_table(("clock", "state", "day", "of"), [clock_line(one) for one in told["clocks"]])
    if told["compared"]:
        say()
        print_compared(told["compared"])
    names = told["unresolved"]["names"]
    if names:
        often, number = names[0]
        say(f"\nNames that resolve to no party: {len(names)}, most often {plain(often)!r} ({number} reports).")
    return 0


@app.command
def ledger(
    mission: Mission,
    *,
    indicator: Indicator = None,
    area: Area = None,
    from_: From = None,
    to: To = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """The day ledger: quiet, not quiet or cannot tell, for each indicator, area and day, with the reasons."""
    from truceline.pipeline.plain import about, cell_plain, chosen_cells

    answer = answered(mission, as_of, known, reading, view)
    agreement = answer.evaluated.question.agreement
    refuse_unknown("indicator", indicator, [one.id for one in agreement.indicators])
    refuse_unknown("area", area, [one.id for one in agreement.areas])
    for day in (from_, to):
        refuse_no_day(day)
    cells = [(one.indicator, cell, day) for one, cell, day in chosen_cells(answer, indicator, area, from_, to)]
    if json:
        print_json({**about(answer), "cells": [cell_plain(answer, *cell) for cell in cells]})
        return 0
    heading(about(answer))
    if not cells:
        say("No day of the ledger lies in what was asked.")
    elif len(cells) <= MOST_ROWS:
        print_cells([cell_plain(answer, *cell) for cell in cells])
    else:
        print_strips([cell_plain(answer, *cell) for cell in cells])
    return 0


@app.command
def clocks(
    mission: Mission,
    *,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Where each of the agreement's clocks stands, what was said of it, and what would settle it."""
    from truceline.pipeline.plain import about, clock_plain

    answer = answered(mission, as_of, known, reading, view)
    told = [clock_plain(answer, standing) for standing in answer.clocks]
    if json:
        print_json({**about(answer), "clocks": told})
        return 0
    heading(about(answer))
    for one in told:
        print_clock(one)
    return 0


def heading(told: Told) -> None:
    """What every answer says of itself."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    registered = "registered" if told["registered"] else "exploratory: not the registered reading"
    say(f"Agreement {told['agreement']['pack']}, reading {told['reading']} ({registered}), read as {told['audience']}.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    if told["view"] == "shared":
        say("Only what every holder can read.")
    elif told["sealed"]:
        say(f"{grouped(told['sealed'])} incidents rest on reports that no release opens to all holders.")
    say(f"As of {told['as_of']}; days begin at {told['day_boundary']} {told['zone']}; cut {cut}.")
    say()


def print_cells(cells: list[Told]) -> None:
    """Few cells: a line each, with its reasons."""
    for cell in cells:
        verdict, number = cell["verdict"].replace("_", " "), span(cell["low"], cell["high"])
        counted = f"{number} {'incident' if number == '1' else 'incidents'}"
        say(f"{cell['day']}  {cell['area']}  {cell['indicator']}: {verdict} ({counted})")
        for reason in cell["reasons"]:
            say(f"    {plain(reason)}")


def print_strips(cells: list[Told]) -> None:
    """Many cells: a strip of signs for each indicator, area and month."""
    say("  .  quiet    #  not quiet    ?  cannot tell    (fewer days, one area or --json show the reasons)")
    strips: dict[tuple[str, str], dict[str, str]] = {}
    for cell in cells:
        months = strips.setdefault((cell["indicator"], cell["area"]), {})
        months[cell["day"][:7]] = months.get(cell["day"][:7], "") + SIGNS[cell["verdict"]]
    width = max(len(area) for _, area in strips)
    shown = ""
    for (indicator, area), months in strips.items():
        if indicator != shown:
            say(f"\n{indicator}")
            shown = indicator
        for n, (month, strip) in enumerate(months.items()):
            say(f"  {area if n == 0 else '':{width}}  {month}  {strip}")


def print_clock(one: Told) -> None:
    """One clock, for people."""
    say(f"{one['clock']}: {one['state'].replace('_', ' ').upper()}  ({plain(one['title'])})")
    say(f"    from {one['start']}, basis {plain(one['basis']['source'])} [{one['basis']['tag']}]")
    for view in one["views"]:
        day = view["day"]
        of = f" of {day['of']}" if day["of"] else ""
        say(f"    {view['by']}: {view['says']}, day {span(day['low'], day['high'])}{of}")
    for reason in one["reasons"]:
        say(f"    {plain(reason)}")
    for settle in one["settles"]:
        say(f"    would settle it: {plain(settle)}")
    say()


def clock_line(one: Told) -> tuple[str, str, str, str]:
    """A clock as a line of a table."""
    day = one["day"]
    return one["clock"], one["state"].replace("_", " "), span(day["low"], day["high"]), str(day["of"] or "")


def span(low: int, high: int) -> str:
    """One number, or from which to which."""
    return str(low) if low == high else f"{low} to {high}"


def print_compared(compared: list[Told]) -> None:
    """Two periods side by side, incidents a day dated to one day."""
    rows = [
        (
            one["comparison"],
            one["indicator"],
            a_day(one["before"]),
            a_day(one["after"]),
        )
        for one in compared
    ]
    print_table(("comparison", "indicator", "a day before", "a day after"), rows)


def a_day(count: Told) -> str:
    """Incidents a day dated to one day; a dash where no day of the period is over."""
    return f"{count['dated_to_one_day'] / count['days']:.1f}" if count["days"] else "-"


def refuse_unknown(noun: str, value: str | None, known: list[str]) -> None:
    """Raise for a name the agreement does not have."""
    if value is not None and value not in known:
        raise TrucelineError(f"{value!r} is no {noun} of this agreement.", f"Known: {', '.join(known)}.")


def refuse_no_day(day: str | None) -> None:
    """Raise for what is not YYYY-MM-DD."""
    from truceline.vocabulary.when import DAY, Interval

    if day is not None and Interval.from_text(day).end - Interval.from_text(day).start != DAY:
        raise TrucelineError(f"{day!r} is not a day.", "Write YYYY-MM-DD.")
