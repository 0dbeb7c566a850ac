"""assess and why: every obligation held against what was found, body by body; and the reasons of one outcome."""

from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, ReadingId, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress

Told = dict[str, Any]
MOST_ROWS = 200
Start = Annotated[str, Parameter(name="--from", help="From this time on; local to the agreement. Default: its start.")]
End = Annotated[str, Parameter(name="--to", help="Up to this time, or to the end of this date. Default: as of.")]


@app.command
def assess(
    mission: Mission,
    *,
    obligation: Annotated[str, Parameter(help="Only this obligation of the pack.")] = "",
    party: Annotated[str, Parameter(help="Only this party, or body that is obliged.")] = "",
    outcome: Annotated[str, Parameter(help="Only rows with this outcome, of a body or jointly.")] = "",
    every: Annotated[
        Literal["", "day", "week"], Parameter(help="A row for each day or week, not one for the whole period.")
    ] = "",
    start: Start = "",
    end: End = "",
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Hold every obligation against what bodies found: complied, breached, excused, not in force, not observed,
    undecided, conflict. Jointly, and as each co-chair alone holds it."""
    from truceline.pipeline.assessed_told import assessed_told
    from truceline.pipeline.assessing import Wanted
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    wanted = Wanted(obligation, party, "", every, start, end)
    with shown_progress("assessing"):
        told = assessed_told(mission, Asked(INTERNAL, now_us(), as_of, known, reading, view), wanted, outcome)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if not told["assessments"]:
        say(plain(told["says"]))
        return 0
    rows = told["assessments"][:MOST_ROWS]
    bodies = list(rows[0]["by"])
    print_table(
        ("obligation", "party", "from", "to", "jointly", *bodies),
        [
            (one["obligation"], one["party"], one["from"], one["to"], one["outcome"], *one["by"].values())
            for one in rows
        ],
    )
    if len(told["assessments"]) > MOST_ROWS:
        say(f"... and {grouped(len(told['assessments']) - MOST_ROWS)} more; narrow it, or see --json.")
    say()
    say("Why one is as it is: truceline why MISSION OBLIGATION/PARTY[/FROM/TO[/BODY]]")
    if told["unattributed"]:
        say(f"{grouped(told['unattributed'])} matters are attributed to nobody, and count for nobody.")
    return 0


@app.command
def why(
    mission: Mission,
    assessment: Annotated[str, Parameter(help="OBLIGATION/PARTY[/FROM/TO[/BODY]], as `assess` prints it.")],
    *,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    language: Annotated[Literal["en", "ar"], Parameter(help="The language of the sentences.")] = "en",
    json: Json = False,
) -> int:
    """The reasons for one outcome: the clause, the findings, the coverage, and the versions that were used."""
    from truceline.cli.why_printed import print_why
    from truceline.pipeline.assessed_told import why_told
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    told = why_told(mission, Asked(INTERNAL, now_us(), as_of, known, reading, view), assessment, language)
    if json:
        print_json(told)
        return 0
    print_why(told, language)
    return 0


def _heading(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    agreement = told["agreement"]
    pack = f"{agreement['pack']} {agreement['version']} ({agreement['digest'][:12]})"
    say(plain(f"Agreement {pack}, reading {told['reading']}."))
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(f"As of {told['as_of']}, cut {cut}.")
    say()
