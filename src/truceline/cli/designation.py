"""excluded, associated, members: who is excluded, and who belongs where, asked by name."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, app, now_us
from truceline.cli.heading import say_heading
from truceline.cli.printing import plain, print_json, say

Told = dict[str, Any]
On = Annotated[
    str | None, Parameter(help="The day or the time asked about; local to the agreement. Default: that of --as-of.")
]


@app.command
def excluded(
    mission: Mission,
    actor: Annotated[str, Parameter(help="Of whom: an id, or any name it went by then. No list of all is made.")],
    *,
    instrument: Annotated[str, Parameter(help="Only this instrument.")] = "",
    on: On = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Whether each instrument excludes somebody: excluded, not excluded, disputed or unknown, with the reasons."""
    from truceline.pipeline.excluded import excluded as told_of
    from truceline.vocabulary.marking import INTERNAL

    told = told_of(
        mission, INTERNAL, actor, now_us=now_us(), instrument=instrument, on=on, as_of=as_of, known=known
    )  # fmt: skip
    if json:
        print_json(told)
        return 0
    say_heading(told)
    say(plain(f"{told['name']} on {told['on']}"))
    for one in told["instruments"]:
        each = ", ".join(f"{body}: {answer}" for body, answer in one["by"].items())
        say(plain(f"{one['instrument']}: {one['answer'].replace('_', ' ')}  ({each.replace('_', ' ')})"))
        for reason in one["reasons"]:
            acts = f"  [{', '.join(act[:12] for act in reason['acts'])}]" if reason["acts"] else ""
            say(plain(f"    {reason['says']}{acts}"))
    _print_words(told["words"])
    return 0


@app.command
def associated(
    mission: Mission,
    force: Annotated[str, Parameter(help="Of whom: an id, or any name it went by then.")],
    *,
    on: On = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Whose force a force is said to be, from when to when, and by whose claim. Being near is no association."""
    from truceline.pipeline.dated_told import associated as told_of
    from truceline.vocabulary.marking import INTERNAL

    told = told_of(mission, INTERNAL, force, now_us=now_us(), on=on, as_of=as_of, known=known)
    return _print_said(told, "Nobody said whose force it is.", json=json)


@app.command
def members(
    mission: Mission,
    body: Annotated[str, Parameter(help="The body, by its id.")],
    *,
    on: On = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Who belongs to a body on a day, by whose word."""
    from truceline.pipeline.dated_told import members as told_of
    from truceline.vocabulary.marking import INTERNAL

    told = told_of(mission, INTERNAL, body, now_us=now_us(), on=on, as_of=as_of, known=known)
    return _print_said(told, "Nobody said who belongs to it.", json=json)


def _print_said(told: Told, nothing: str, *, json: bool) -> int:
    if json:
        print_json(told)
        return 0
    say_heading(told)
    say(plain(f"{told['asked']} on {told['on']}"))
    if not told["said"]:
        say(nothing)
    for one in told["said"]:
        say(plain(f"{one['name']}: {one['says'].replace('_', ' ')}"))
        _print_words(one["words"])
    return 0


def _print_words(words: list[Told]) -> None:
    for one in words:
        of = f" of {one['of']}" if one.get("of") else ""
        until = f" to {one['to']}" if one["to"] else ""
        says = one["says"].replace("_", " ")
        said = f"said {one['said']}, act {one['act'][:12]}"
        say(plain(f"    {one['by']}: {says}{of}, from {one['from']}{until}; {said}"))
