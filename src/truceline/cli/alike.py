"""alike: which reports may tell of the same as one, by their words and days. It proposes; people judge."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import Json, Known, Mission, app
from truceline.cli.printing import grouped, plain, print_json, print_table, say

TOP, DAYS = 5, 30


@app.command
def alike(
    mission: Mission,
    report: Annotated[str, Parameter(help="Its entry's id, or SOURCE/REPORT_ID.")],
    *,
    days: Annotated[int, Parameter(help="Only reports whose times lie no further apart.")] = DAYS,
    top: Annotated[int, Parameter(help="How many reports are shown, the likeliest first.")] = TOP,
    known: Known = None,
    json: Json = False,
) -> int:
    """Which reports may tell of the same as this one, by words and days alone: no point is needed. Read as internal."""
    from truceline.pipeline.alike import alike as found_alike
    from truceline.vocabulary.marking import INTERNAL

    told = found_alike(mission, report, days, top, INTERNAL, known=known)
    if json:
        print_json(told)
        return 0
    _print(told)
    return 0


def _print(told: dict[str, Any]) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    say(plain(f"{_name(told['report'])}: {told['words']}"))
    how = "weights estimated from their words" if told["estimated"] else "too few to estimate weights: the usual ones"
    say(f"Compared with {grouped(told['compared'] - 1)} reports within {told['days']} days; {how}.")
    for found in told["alike"]:
        say()
        say(plain(f"{_name(found['report'])}, {found['weight']} doublings of the odds: {found['words']}"))
        rows = [(reason["weight"], reason["signal"], reason["words"]) for reason in found["reasons"]]
        print_table(("worth", "of", "because"), [*rows, (found["prior"], "", "the odds of any two, beforehand")])


def _name(report: dict[str, Any]) -> str:
    own = report["source_row"]
    return f"{report['source']}/{own}" if own else f"{report['source']} {report['id'][:12]}"
