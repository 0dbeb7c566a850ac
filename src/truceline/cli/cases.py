"""case open, move, step, undo; procedures: the mechanism's own stages, each step an act."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say

Told = dict[str, Any]
Handle = Annotated[str, Parameter(help="The handle of the case, or its number where one case has it.")]
By = Annotated[str, Parameter(help="The body of the pack that does it.")]
Because = Annotated[str, Parameter(help="The reasons.")]
At = Annotated[str, Parameter(help="When it was said; local to the agreement. Default: now.")]
Sign = Annotated[str | None, Parameter(help="The label or id of the key that signs. Default: the log's own.")]
OutcomeId = Annotated[str | None, Parameter(help="One of the outcomes that the procedure names for it.")]
Until = Annotated[str | None, Parameter(help="Until when; local to the agreement. Default: as the procedure says.")]

case = App(name="case", help="Cases: open, move and show them by the procedure of the pack.")
app.command(case)


@case.command(name="open")
def open_(
    mission: Mission,
    *reports: Annotated[str, Parameter(help="Reports: ids or SOURCE/REPORT_ID. The first founds the case.")],
    title: Annotated[str, Parameter(help="What the case is called.")],
    by: By,
    because: Because,
    procedure: Annotated[str, Parameter(help="A procedure of the pack. Default: the only one.")] = "",
    stage: Annotated[str | None, Parameter(help="Where it begins. Default: the first stage of the procedure.")] = None,
    party: Annotated[str | None, Parameter(help="The suspected party, as it is named.")] = None,
    term: Annotated[list[str] | None, Parameter(negative="", help="A term that may be broken. Repeatable.")] = None,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Open a case on reports; prints the handle it keeps for ever."""
    from truceline.errors import TrucelineError
    from truceline.pipeline.cases import open_case
    from truceline.pipeline.missions import open_mission

    if not reports:
        raise TrucelineError("A case is opened on reports.", "truceline case open MISSION REPORT --title ...")
    with open_mission(mission, write=True) as opened:
        handle, entered = open_case(
            opened, reports, saying(by, at, because, sign), title=title, procedure=procedure, stage=stage, party=party,
            terms=term or (),
        )  # fmt: skip
    return print_entered(entered, json, handle)


@case.command
def move(
    mission: Mission,
    handle: Handle,
    stage: Annotated[str, Parameter(help="The stage that it goes to.")],
    *,
    by: By,
    because: Because,
    outcome: OutcomeId = None,
    due: Until = None,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Move a case to another stage, or say the word that a joint move needs."""
    from truceline.pipeline.cases import move_case
    from truceline.pipeline.missions import open_mission

    with open_mission(mission, write=True) as opened:
        entered, course = move_case(opened, handle, stage, saying(by, at, because, sign), outcome=outcome, due=due)
    moved = any(one.id == entered.id for one in course.here.acts)
    if json:
        print_json({"case": course.act.handle, "acts": [entered], "stage": course.here.stage.id, "moved": moved})
        return 0
    print_entered(entered, json, course.act.handle)
    stands, others = course.here.stage, "" if moved else "; others have to say so too"
    say(plain(f"{course.act.handle} stands in {stands.id} ({stands.title['en']}){others}."))
    return 0


@case.command
def step(
    mission: Mission,
    handle: Handle,
    step: Annotated[str, Parameter(help="A kind of step of the stage: query, reply, site_visit, ...")],
    *,
    by: By,
    because: Because,
    outcome: OutcomeId = None,
    to: Annotated[str | None, Parameter(help="Whom it was addressed to.")] = None,
    when: Annotated[str | None, Parameter(help="When it was done, if not when it is said.")] = None,
    due: Until = None,
    of: Annotated[str | None, Parameter(help="The id of the step that this one answers.")] = None,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter what was done within a stage: a query, its reply, a site visit made, refused or unsafe."""
    from truceline.pipeline.cases import handle_of, make_step
    from truceline.pipeline.missions import open_mission

    with open_mission(mission, write=True) as opened:
        entered = make_step(
            opened, handle, step, saying(by, at, because, sign), outcome=outcome, to=to, when=when, due=due, of=of
        )
        whole = handle_of(opened, handle)
    return print_entered(entered, json, whole)


@case.command
def undo(
    mission: Mission,
    act: Annotated[str, Parameter(help="The id of the act, twelve characters or more of it.")],
    *,
    by: By,
    because: Because,
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Take back a body's own act about a case: an opening, a move, a step, a measure or a meeting."""
    from truceline.pipeline.cases import take_back
    from truceline.pipeline.missions import open_mission

    with open_mission(mission, write=True) as opened:
        entered = take_back(opened, act, saying(by, at, because, sign))
    return print_entered(entered, json)


@app.command
def procedures(
    name: Annotated[str, Parameter(help="The procedure whose text is printed, to be copied into a pack.")] = "",
    *,
    json: Json = False,
) -> int:
    """Procedures that come with Truceline, to be copied into a pack: print their names, or the text of one."""
    from truceline.pipeline.presets import preset, presets

    texts = {name: preset(name)} if name else presets()
    if json:
        print_json({"procedures": [{"name": one, "yaml": text} for one, text in texts.items()]})
    elif name:
        say(texts[name].rstrip())
    else:
        print_table(("name", "what"), [(one, text.splitlines()[0].lstrip("# ")) for one, text in texts.items()])
    return 0


def saying(by: str, at: str, because: str, sign: str | None) -> Any:
    """Who says it; now, where no time is given."""
    from truceline.pipeline.cases import Saying
    from truceline.vocabulary.when import iso

    now = now_us()
    return Saying(by, at or iso(now), because, sign, now, CHANCE)


def print_entered(entered: Any, json: bool, handle: str = "") -> int:
    """The act that was entered, and the case that it is of."""
    if json:
        print_json({"case": handle, "acts": [entered]})
        return 0
    held = "already held" if entered.already_held else "entered"
    say(plain(f"{f'{handle}: ' if handle else ''}{entered.id[:16]} {entered.act} by {entered.by}: {held}."))
    return 0
