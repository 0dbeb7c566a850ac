"""case show, case list: where cases stand, who may do what next, what is overdue, where bodies differ."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, ViewName, now_us
from truceline.cli.cases import Handle, case
from truceline.cli.printing import plain, print_json, print_table, say

Told = dict[str, Any]


def asked(as_of: str | None, known: str | None, view: Any) -> Any:
    """How cases are asked for: as internal."""
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    return Asked(INTERNAL, now_us(), as_of, known, view=view)


@case.command
def show(
    mission: Mission, handle: Handle, *, as_of: AsOf = None, known: Known = None, view: ViewName = "own",
    json: Json = False,
) -> int:  # fmt: skip
    """One case: its chronology, where it stands, who may do what next, what is overdue. Read as internal."""
    from truceline.pipeline.cases_told import case_told

    told = case_told(mission, handle, asked(as_of, known, view))
    if json:
        print_json(told)
        return 0
    print_heading(told)
    one = told["case"]
    also = f", also known as {', '.join(one['also_known_as'])}" if one["also_known_as"] else ""
    say(plain(f"{one['case']}{also}: {one['title']}"))
    say(plain(f"Procedure {one['procedure']}: {one['procedure_title']} ({one['cited']})."))
    _print_reports(one)
    say(plain(f"Stands in {one['stage']} ({one['stage_title']}{_outcome(one['outcome'])}) since {one['since']}."))
    if one["contested"]:
        say("Contested: words that stand against one another keep it there until one of them is taken back.")
    _print_course(one)
    _print_words(one["words"])
    _print_next(one)
    return 0


@case.command(name="list")
def list_(
    mission: Mission,
    *,
    overdue: Annotated[bool, Parameter(negative="", help="Only cases with something overdue.")] = False,
    stage: Annotated[str, Parameter(help="Only cases that stand in this stage.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """All cases: where each stands since when, and what is overdue. Read as internal."""
    from truceline.pipeline.cases_told import cases_told

    told = cases_told(mission, asked(as_of, known, view), overdue=overdue, stage=stage)
    if json:
        print_json(told)
        return 0
    print_heading(told)
    if not told["cases"]:
        say("No such case." if overdue or stage else "No case was opened. See: truceline case open --help")
    else:
        print_table(("case", "stage", "since", "overdue", "title"), [_line(one) for one in told["cases"]])
    for one in told["aside"]:
        say(plain(f"{one['id'][:12]} by {one['by']} moves nothing: {one['moves_nothing_because']}"))
    return 0


def print_heading(told: Told) -> None:
    """What was asked, of what, and as of when."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(f"Agreement {told['agreement']['pack']}, read as {told['audience']}. As of {told['as_of']}. Cut {cut}.")
    say()


def _line(one: Told) -> tuple[str, ...]:
    stage = f"{one['stage']}{_outcome(one['outcome'])}{' (contested)' if one['contested'] else ''}"
    over = ", ".join(f"{due['of']} since {due['due']}" for due in one["overdue"])
    return one["case"], stage, one["since"], over, one["title"]


def _outcome(outcome: str) -> str:
    return f": {outcome}" if outcome else ""


def _print_reports(one: Told) -> None:
    for n, row in enumerate(one["reports"]):
        parted = ", judged different from the first since" if row["report"] in one["parted"] else ""
        gone = "" if row["counts"] else ", recalled or revised away" if row["held"] else ", not held here"
        say(plain(f"  {'founded on' if n == 0 else 'and'} {row['report'] or row['named']}{parted}{gone}"))
    for part in one["missing"]:
        say(plain(f"  missing: {part['id']}, {part['title']}. {part['note']}"))


def _print_course(one: Told) -> None:
    say()
    for n, passage in enumerate(one["passages"]):
        again = " (re-opened)" if passage["reopened"] else ""
        by = " and ".join(f"{act['by']} [{act['id'][:12]}]" for act in passage["acts"])
        say(plain(f"{passage['since']} {passage['stage']}{_outcome(passage['outcome'])}{again}, by {by}"))
        for act in passage["acts"]:
            say(plain(f"    {act['because']}"))
        for step in one["steps"]:
            if step["passage"] == n:
                _print_step(step)
    for act in one["aside"]:
        say(plain(f"  moves nothing: {act['id'][:12]} by {act['by']}, {act['moves_nothing_because']}"))


def _print_step(step: Told) -> None:
    to = f" to {step['to']}" if step["to"] else ""
    what = f"{step['step']}{_outcome(step['outcome'])}{to}"
    say(plain(f"  {step['at']} {what}, by {step['by']} [{step['id'][:12]}]"))
    say(plain(f"      {step['because']}"))


def _print_words(words: list[Told]) -> None:
    for body in words:
        said = "; ".join(f"{one['to']}{_outcome(one['outcome'])} [{one['id'][:12]}]" for one in body["says"])
        say(plain(f"  {body['name']} says: {said or 'nothing yet'}"))


def _print_next(one: Told) -> None:
    say()
    for due in one["due"]:
        passed = "OVERDUE since" if due["overdue"] else "due"
        say(plain(f"{due['of']}: {passed} {due['due']}; silence {due['silence']}."))
    for way in one["ways"]:
        bodies = (" and " if way["together"] else " or ").join(way["bodies"])
        said = f", said by {', '.join(way['said'])}" if way["said"] else ""
        needs = f", needs {', '.join(way['missing'])} first" if way["missing"] else ""
        say(plain(f"May go to {way['stage']} ({way['title']}) by {bodies}{said}{needs}."))
