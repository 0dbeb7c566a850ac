"""coverage: who watched, and who could not."""

from typing import Any

from truceline.cli.app import Area, AsOf, From, Json, Known, Mission, ReadingId, To, app, now_us
from truceline.cli.heading import say_heading
from truceline.cli.printing import grouped, plain, print_json, print_table, say


@app.command
def coverage(
    mission: Mission,
    *,
    area: Area = None,
    from_: From = None,
    to: To = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Who had to watch which area, what they reported, who stopped them, and the days nobody could see."""
    from truceline.pipeline.coverage_told import coverage_told
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    asked = Asked(INTERNAL, now_us(), as_of, known, reading)
    told = coverage_told(mission, asked, area or "", from_, to)
    if json:
        print_json(told)
        return 0
    say_heading(told)
    if not told["watchers"]:
        say("Nobody has a duty to watch here, and nobody says that they did. Read a coverage file: truceline take-in.")
    else:
        columns = ("watcher", "area", "every", "hours watched", "longest gap", "reported", "late", "silent", "stopped",
                   "never set up")  # fmt: skip
        print_table(columns, [_watcher(one) for one in told["watchers"]])
    stopped = [(one, by) for one in told["watchers"] for by in one["stopped"]]
    for one, by in stopped:
        who = by["by"] or "nobody by name"
        say(plain(f"{one['source']} in {one['area']} stopped by {who}: {by['times']} times, {by['hours']} hours."))
    say()
    print_table(("area", "days", "independent origins", "not observed"), [_area(one) for one in told["areas"]])
    say(f"Method: {told['method']}")
    return 0


def _watcher(one: dict[str, Any]) -> tuple[str, ...]:
    every = f"{one['every_hours']} h" if one["every_hours"] else "no duty"
    hours = f"{grouped(one['hours_watched'])} of {grouped(one['hours'])}"
    counts = (str(one["states"][state]) for state in ("reported", "late", "silent", "stopped", "never_set_up"))
    return (one["source"], one["area"], every, hours, f"{grouped(one['longest_gap_hours'])} h", *counts)


def _area(one: dict[str, Any]) -> tuple[str, ...]:
    origins = f"{one['fewest_origins']} to {one['most_origins']}"
    return (one["area"], str(one["days"]), origins, f"{len(one['not_observed'])} days")
