"""grade, grades: how reliable bodies hold sources to be, and how credible reports."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.printing import plain, print_json, say
from truceline.cli.sourcing import At, Because, By, Sign, asked_as, print_heading, said_now
from truceline.errors import TrucelineError

Told = dict[str, Any]


@app.command
def grade(
    mission: Mission,
    of: Annotated[str, Parameter(help="A source, or a report: its id or SOURCE/REPORT_ID.")] = "",
    letter: Annotated[str, Parameter(help="A to F of a source, 1 to 6 of a report.")] = "",
    *,
    by: By,
    because: Because,
    at: At = "",
    sign: Sign = None,
    undo: Annotated[str, Parameter(help="Take back the body's own grading with this id.")] = "",
    json: Json = False,
) -> int:
    """Grade a source (A to F, how reliable) or a report (1 to 6, how credible): the Admiralty scale, the two apart."""
    from truceline.pipeline.gradings import grade as enter_grade
    from truceline.pipeline.gradings import take_back
    from truceline.pipeline.missions import open_mission

    if bool(undo) == bool(of and letter) or bool(of) != bool(letter):
        raise TrucelineError("Say what is graded and how, or --undo ID.", "truceline grade MISSION SOURCE B --by BODY")
    with open_mission(mission, write=True) as opened:
        said: Told = {"by": by, "at": at or said_now(), "because": because, "sign": sign}
        entered, remark = (
            (take_back(opened, undo, **said, now_us=now_us(), chance=CHANCE), "")
            if undo
            else enter_grade(opened, of, letter, **said, now_us=now_us(), chance=CHANCE)
        )
    if json:
        print_json({"acts": [entered], "remark": remark})
        return 0
    held = "already held" if entered.already_held else "entered"
    say(plain(f"{entered.id[:16]} {entered.act} by {entered.by}: {held}."))
    if remark:
        say(plain(remark))
    return 0


@app.command
def grades(
    mission: Mission,
    *,
    of: Annotated[str, Parameter(help="Only this source with its reports, or only this report.")] = "",
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Gradings body by body, with what each held before; those that differ side by side. Read as internal."""
    from truceline.pipeline.gradings import grades as told_by

    told = told_by(mission, asked_as(known, view), of=of)
    if json:
        print_json(told)
        return 0
    print_heading(told)
    if not told["graded"]:
        say("Nothing is graded there. Gradings are entered with: truceline grade MISSION SOURCE B --by BODY")
    for one in told["graded"]:
        together = f"; jointly {one['joint']}" if one["joint"] else "; bodies differ" if one["rivals"] else ""
        say(plain(f"{one['of']} ({one['what']}{together})"))
        for held in one["held"]:
            say(plain(f"  {held['by']}: {_grade(held)}"))
            for act in held["history"]:
                gone = "" if act["counts"] else " (no longer in force)"
                say(plain(f"    {act['at']} {act['grade']} {act['act'][:12]}{gone}: {act['because']}"))
    return 0


def _grade(held: Told) -> str:
    if held["rivals"]:
        return f"{' and '.join(held['rivals'])}, each from another device: an act that revises them settles it"
    return f"{held['grade']}, {held['means']}" if held["grade"] else "nothing any more"
