"""recall, affected: taking a report out of what counts, and what rests on it."""

from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, AsOf, Json, Known, Mission, ReadingId, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.errors import TrucelineError

Told = dict[str, Any]
TOP = 20
At = Annotated[str | None, Parameter(help="When it was said; local to the agreement. Default: now.")]
Sign = Annotated[str | None, Parameter(help="The label or id of the key that signs. Default: the log's own.")]


@app.command
def recall(
    mission: Mission,
    report: Annotated[str, Parameter(help="The report: its id, or SOURCE/REPORT_ID.")] = "",
    *,
    by: Annotated[str, Parameter(help="The body of the pack that recalls it.")],
    because: Annotated[str, Parameter(help="Why.")],
    asked_by: Annotated[Literal["author", "source", "mission"], Parameter(help="Who asked for it.")] = "mission",
    at: At = None,
    sign: Sign = None,
    undo: Annotated[str, Parameter(help="Take back the body's own recall with this id: the report counts again.")] = "",
    as_of: AsOf = None,
    reading: ReadingId = None,
    json: Json = False,
) -> int:
    """Take a report out of what counts, and list what rested on it. It stays on record. Read as internal."""
    from truceline.pipeline.missions import open_mission
    from truceline.pipeline.questions import Asked
    from truceline.pipeline.recalling import recall as enter_recall
    from truceline.pipeline.recalling import take_back
    from truceline.pipeline.spoken_acts import spoken
    from truceline.vocabulary.marking import INTERNAL

    if bool(undo) == bool(report):
        raise TrucelineError(
            "Name a report, or --undo ID.", "truceline recall MISSION SOURCE/ID --by BODY --because WHY"
        )
    now, told = now_us(), None
    with open_mission(mission) as opened:
        words = spoken(opened, by, at, because, now)
    if undo:
        entered = take_back(mission, undo, words, sign=sign, now_us=now, chance=CHANCE)
    else:
        asked = Asked(INTERNAL, now, as_of, None, reading)
        with shown_progress("finding what rests on it"):
            entered, told = enter_recall(mission, report, asked_by, words, asked, sign=sign, chance=CHANCE)
    if json:
        print_json({"act": entered, "affected": told})
        return 0
    held = "already held" if entered.already_held else "entered"
    say(plain(f"{entered.id[:16]} {entered.act} by {entered.by}: {held}."))
    if told is not None:
        _print_affected(told)
    return 0


@app.command
def affected(
    mission: Mission,
    report: Annotated[str, Parameter(help="The report: its id, or SOURCE/REPORT_ID.")],
    *,
    as_of: AsOf = None,
    known: Known = None,
    reading: ReadingId = None,
    json: Json = False,
) -> int:
    """What rests on a report: incidents, cells, clocks, acts, publications. It recalls nothing. Read as internal."""
    from truceline.pipeline.questions import Asked
    from truceline.pipeline.recalling import what_rests
    from truceline.vocabulary.marking import INTERNAL

    with shown_progress("finding what rests on it"):
        told = what_rests(mission, report, Asked(INTERNAL, now_us(), as_of, known, reading))
    if json:
        print_json(told)
        return 0
    heading(told)
    _print_affected(told)
    return 0


def heading(told: Told) -> None:
    """Say who it is read as, and the cut."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = told["cut"]
    words = cut if isinstance(cut, str) else ", ".join(f"{of} {size}:{root[:16]}" for of, (size, root) in cut.items())
    say(f"Read as {told['audience']}. Cut {words}.")
    say()


def _print_affected(told: Told) -> None:
    grade = told["incident"]["grade"]
    say(plain(f"The report {told['report']} {'counts' if told['counts'] else 'no longer counts'}; it stays on record."))
    rest = told["incident"]["rest"]
    say(plain(f"Its incident is told by {', '.join(rest) if rest else 'no other report'} beside it."))
    say(
        plain(
            f"Grade proposed for it: with the report {grade['before'] or 'none'}, without {grade['after'] or 'none'}."
        )
    )
    for row in told["figures"]:
        say(plain(f"    {row['figure']}: {row['before']} with it, {row['after']} without"))
    if told["cells"]:
        rows = [
            (one["indicator"], one["area"], one["day"], _cell(one["before"]), _cell(one["after"]))
            for one in told["cells"][:TOP]
        ]
        print_table(("indicator", "area", "day", "with it", "without"), rows)
        _more(told["cells"])
    for one in told["clocks"]:
        say(plain(f"Clock {one['clock']}: {_stands(one['before'])} with it, {_stands(one['after'])} without."))
    for act in told["acts"]:
        review = " TO BE REVIEWED: it rested on the report, and stands until its body says otherwise." * act["review"]
        say(plain(f"{act['id'][:12]} {act['act']} by {act['by']} {act['about']}, by the {act['through']}.{review}"))
    for one in told["publications"]:
        say(plain(f"PUBLISHED as {one['number']} by {one['by']}, to {', '.join(one['to']) or 'nobody named'}."))
    if told["publications"]:
        say("Notices: truceline corrections MISSION --out FOLDER")


def _graded(grade: Told, when: str) -> str:
    least, most = grade[when] or "none", grade[f"{when}_at_most"] or "none"
    return least if least == most else f"{least} to {most}"


def _cell(cell: Told | None) -> str:
    return f"{cell['verdict'].replace('_', ' ')} {cell['low']}-{cell['high']}" if cell else ""


def _stands(clock: Told | None) -> str:
    return f"{clock['state']}, day {clock['day']}".replace("_", " ") if clock else "gone"


def _more(rows: list[Any]) -> None:
    if len(rows) > TOP:
        say(f"and {len(rows) - TOP} more: --json has them all.")
