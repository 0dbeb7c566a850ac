"""steps: what waits for what, where each step stands, and why."""

from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import AsOf, AudienceName, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, say
from truceline.errors import TrucelineError

Told = dict[str, Any]


@app.command
def steps(
    mission: Mission,
    step: Annotated[str, Parameter(help="Only this step, with its reasons.")] = "",
    *,
    by: Annotated[str, Parameter(help="As this body holds it. Default: as all who verify a step hold it.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    svg: Annotated[Path | None, Parameter(help="Write the picture of all steps to this file (SVG).")] = None,
    language: Annotated[Literal["en", "ar"], Parameter(help="Of the picture.")] = "en",
    audience: AudienceName = None,
    json: Json = False,
) -> int:
    """Where every step of the agreement stands, what it waits for, what is overdue or contested, and how far each body
    holds it carried out (0 to 3). Read as internal."""
    from truceline.pipeline.questions import Asked
    from truceline.pipeline.steps_told import steps_told
    from truceline.vocabulary.marking import INTERNAL

    asked = Asked(INTERNAL, now_us(), as_of, known, view=view)
    if svg is not None and (step or by):
        raise TrucelineError("The picture has all steps, as they stand jointly.", "Leave out STEP and --by.")
    if svg is not None:
        return _drawn(mission, asked, svg, audience, language, json=json)
    told = steps_told(mission, asked, step, by)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if not told["steps"]:
        say("The agreement's pack has no steps. See docs/how-to/follow-steps.md.")
    elif step:
        _print_one(told["steps"][0], told["step"])
    else:
        _print_all(told)
    return 0


def _drawn(mission: Path, asked: Any, svg: Path, audience: str | None, language: str, *, json: bool) -> int:
    from truceline.pipeline.steps_drawn import steps_drawn

    size = steps_drawn(mission, asked, svg, audience, language)
    if json:
        print_json({"file": str(svg), "bytes": size})
    else:
        say(plain(f"{svg}: {grouped(size)} bytes."))
    return 0


def _heading(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    agreement = told["agreement"]
    say(plain(f"Agreement {agreement['pack']} {agreement['version']}, read as {told['audience']}."))
    say(f"As of {told['as_of']}. Cut {cut}.")
    if told["held_by"]:
        say(plain(f"As {told['held_by']} holds it."))
    say()


def _print_all(told: Told) -> None:
    rows = {one["step"]: one for one in told["steps"]}
    for word, about in (("OVERDUE", "due"), ("CONTESTED", "")):
        for one in told["steps"]:
            if one[word.lower()]:
                since = f", due {one[about]}" if about else f": {_bodies(one)}"
                say(plain(f"{word}: {one['step']}, {one['title']}{since}."))
    if any(one["overdue"] or one["contested"] for one in told["steps"]):
        say()
    for branch in told["tree"]:
        pad = "    " * branch["depth"]
        if branch["again"]:
            say(plain(f"{pad}{branch['step']}: as above."))
        else:
            _print_line(pad, rows[branch["step"]])
    say()
    for body, one in told["implementation"].items():
        if one["rated"]:
            say(plain(f"Carried out as {body} holds it: {_percent(one)}, over {one['rated']} of {one['of']} steps."))
    say("Why one stands as it does: truceline steps MISSION STEP")


def _print_line(pad: str, one: Told) -> None:
    due = f", due {one['due']}" if one["due"] and one["state"] in ("in_force", "breached") else ""
    done = f" {one['done']}{', late' if one['late'] else ''}" if one["done"] else ""
    say(plain(f"{pad}{one['step']} ({', '.join(one['obliged'])}): {_words(one['state'])}{done}{due}. {one['title']}"))
    if len({*one["by"].values()}) > 1:
        say(plain(f"{pad}    {_bodies(one)}"))
    for wait in one["waits"]:
        if wait["come"] != "met":
            say(plain(f"{pad}    waits for the {wait['on']} {wait['for']}{_OPEN.get(wait['come'], '')}"))
    if one["level"]:
        say(plain(f"{pad}    level {'; '.join(f'{body} {_level(level)}' for body, level in one['level'].items())}"))


_OPEN = {"open": ", which is claimed, begun, or held by some only", "never": ", which can no longer come"}


def _print_one(one: Told, whole: Told) -> None:
    say(plain(f"{one['step']}: {one['title']} ({', '.join(one['terms']) or 'no term'})"))
    say(plain(f"    from: {whole['cited']['source']} [{whole['cited']['tag']}]"))
    say(plain(f"    owed by {', '.join(one['obliged'])}; verified by {', '.join(whole['verifiers'])}"))
    if whole["evidence"]:
        say(plain(f"    shown by: {whole['evidence']}"))
    _print_reasons("jointly", whole["state"], whole["reasons"])
    for body, state in one["by"].items():
        _print_reasons(f"as {body} holds it", state, whole["reasons_by"][body])
    if one["level"]:
        say()
    for body, level in one["level"].items():
        acts = ", ".join(act[:12] for act in whole["rests_on"][body])
        say(plain(f"level as {body} holds it: {_level(level)} [{acts}]"))
    if whole["words"]:
        say()
    for word in whole["words"]:
        level = "" if word["level"] is None else f", level {word['level']}"
        say(plain(f"{word['by']} on {word['of']}: {_words(word['says'])}{level}, {word['when']} [{word['act'][:12]}]"))
        say(plain(f"    {word['because']}"))


def _print_reasons(whose: str, state: str, told: list[str]) -> None:
    say()
    say(plain(f"{whose}: {_words(state)}"))
    for line in told:
        say(plain(f"    {line}"))


def _bodies(one: Told) -> str:
    return "; ".join(f"{body}: {_words(state)}" for body, state in one["by"].items())


def _level(level: list[int]) -> str:
    return str(level[0]) if level[0] == level[1] else f"{level[0]} to {level[1]}"


def _percent(one: Told) -> str:
    low, high = one["low_percent"], one["high_percent"]
    return f"{low} %" if low == high else f"{low} to {high} %"


def _words(code: str) -> str:
    return code.replace("_", " ")
