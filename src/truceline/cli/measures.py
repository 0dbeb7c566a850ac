"""measure, measures, meeting, meetings: what was done in answer, asked of whom, and what was referred where."""

from typing import Annotated, Literal

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, ViewName, app
from truceline.cli.cases import At, Because, By, Sign, Until, print_entered, saying
from truceline.cli.cases_shown import asked, print_heading
from truceline.cli.printing import plain, print_json, say

Says = Literal["taken", "asked", "passed_on", "answered", "effect"]


@app.command
def measure(
    mission: Mission,
    what: Annotated[str, Parameter(help="What was done, asked, answered, or came of it.")],
    *,
    says: Annotated[Says, Parameter(help="What became of it: a measure taken, or the steps of a request.")],
    by: By,
    because: Because,
    case: Annotated[str | None, Parameter(help="The case that it is about.")] = None,
    to: Annotated[str | None, Parameter(help="Who is asked, or to whom it was passed on.")] = None,
    of: Annotated[str | None, Parameter(help="The id of the request.")] = None,
    due: Until = None,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a measure taken, or a step of a request to the co-chair with influence: asked, passed on, answered."""
    from truceline.pipeline.cases import enter, handle_of
    from truceline.pipeline.missions import open_mission
    from truceline.vocabulary.case import MeasureTaken

    said = saying(by, at, because, sign)
    with open_mission(mission, write=True) as opened:
        of_case = handle_of(opened, case) if case else None
        entered = enter(opened, MeasureTaken(by, said.at, says, what, because, of_case, to, of, due), said)
    return print_entered(entered, json, of_case or "")


@app.command
def measures(
    mission: Mission,
    *,
    overdue: Annotated[bool, Parameter(negative="", help="Only requests whose answer is overdue.")] = False,
    case: Annotated[str, Parameter(help="Only those of this case.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Measures and requests: asked, passed on, answered, effect, overdue. Read as internal."""
    from truceline.pipeline.measures_told import measures_told

    told = measures_told(mission, asked(as_of, known, view), overdue=overdue, case=case)
    if json:
        print_json(told)
        return 0
    print_heading(told)
    if not told["measures"]:
        say("No such measure.")
    for one in told["measures"]:
        to = f" of {one['to']}" if one["to"] else ""
        of = f" for {one['case']}" if one["case"] else ""
        due = f"; {'OVERDUE since' if one['overdue'] else 'answer asked for until'} {one['due']}" if one["due"] else ""
        about = f"{one['says']}{to} by {one['by']} [{one['id'][:12]}]{of}: {one['what']}"
        say(plain(f"{one['at']} {about} ({one['state']}{due})"))
        for step in one["followed"]:
            say(plain(f"    {step['at']} {step['says']} by {step['by']}: {step['what']}"))
    return 0


@app.command
def meeting(
    mission: Mission,
    title: Annotated[str, Parameter(help="What the meeting is called.")],
    *,
    by: By,
    because: Because = "",
    present: Annotated[list[str] | None, Parameter(negative="", help="Who was there. Repeatable.")] = None,
    agenda: Annotated[list[str] | None, Parameter(negative="", help="A case, or words. Repeatable.")] = None,
    referred: Annotated[list[str] | None, Parameter(negative="", help="A case, or words. Repeatable.")] = None,
    to: Annotated[str | None, Parameter(help="To whom it was referred.")] = None,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a meeting: who was there, its agenda of cases, what was referred to whom."""
    from truceline.pipeline.cases import as_handles, enter
    from truceline.pipeline.missions import open_mission
    from truceline.vocabulary.case import Meeting

    said = saying(by, at, because, sign)
    with open_mission(mission, write=True) as opened:
        on_it, off_it = (as_handles(opened, one or ()) for one in (agenda, referred))
        entered = enter(opened, Meeting(by, said.at, title, tuple(present or ()), on_it, off_it, to, because), said)
    return print_entered(entered, json)


@app.command
def meetings(
    mission: Mission, *, as_of: AsOf = None, known: Known = None, view: ViewName = "own", json: Json = False
) -> int:
    """Meetings with their agendas and referrals, and where each case stands. Read as internal."""
    from truceline.pipeline.measures_told import meetings_told

    told = meetings_told(mission, asked(as_of, known, view))
    if json:
        print_json(told)
        return 0
    print_heading(told)
    if not told["meetings"]:
        say("No meeting was entered.")
    for one in told["meetings"]:
        say(
            plain(f"{one['at']} {one['title']} [{one['id'][:12]}], entered by {one['by']}: {', '.join(one['present'])}")
        )
        stands = {case["case"]: case["stage"] for case in one["stages"]}
        for name, listed in (("agenda", one["agenda"]), (f"referred to {one['to']}", one["referred"])):
            for part in listed:
                stage = f" (stands in {stands[part]})" if part in stands else ""
                say(plain(f"    {name}: {part}{stage}"))
    return 0
