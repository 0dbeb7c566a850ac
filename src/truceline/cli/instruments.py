"""instruments, due: the stack of texts, when each held and was known; and the reports that states owe."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, app, now_us
from truceline.cli.heading import say_heading
from truceline.cli.printing import plain, print_json, print_table, say

Told = dict[str, Any]


@app.command
def instruments(
    mission: Mission,
    instrument: Annotated[str, Parameter(help="Only this one, by its id.")] = "",
    *,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """The texts of the agreement, one upon another: effect, versions in languages, publicity, and what is missing."""
    from truceline.pipeline.instruments import instruments as stacked
    from truceline.vocabulary.marking import INTERNAL

    told = stacked(mission, INTERNAL, instrument, now_us=now_us(), as_of=as_of, known=known)
    if json:
        print_json(told)
        return 0
    say_heading(told)
    for one in told["instruments"]:
        _print_one(one)
        say()
    return 0


def _print_one(one: Told) -> None:
    say(plain(f"{one['instrument']}: {one['title']}"))
    marks = [one["publicity"].replace("_", " "), *(["its existence is sealed"] if one["sealed"] else [])]
    say(plain(f"    dated {one['dated']}, {', '.join(marks)}, {_languages(one)}"))
    say(plain(f"    {one['effect'].replace('_', ' ')}{_span(one)}; {_known(one)}"))
    for text in one["wordings"]:
        say(plain(f"    text {_wording(text)}: {text['source']}"))
    for name in ("recommits", "recommitted_by", "supersedes", "superseded_by"):
        if one[name]:
            say(plain(f"    {name.replace('_', ' ')} {', '.join(one[name])}"))
    if one["missing"]:
        say("    MISSING: its words are not held, or not all of them.")
    say(plain(f"    {one['tag']}: {one['source']}{' ' + one['note'] if one['note'] else ''}"))


def _wording(text: Told) -> str:
    of = f", translated from {text['translated_from']}" if text["translated_from"] else ""
    version = f", {text['version']}" if text["version"] else ""
    return f"{text['language']}{version}{of}{', NOT HELD WHOLE' if text['missing'] else ''}"


def _languages(one: Told) -> str:
    return f"texts in {', '.join(one['languages'])}" if one["languages"] else "no text of it is named"


def _span(one: Told) -> str:
    until = f" until {one['until']}" if one["until"] else ""
    return f", from {one['in_force']}{until}" if one["in_force"] else ""


def _known(one: Told) -> str:
    if not one["known_from"]:
        return "the pack does not say since when it is known"
    return f"known since {one['known_from']}" if one["known"] else f"not known before {one['known_from']}"


@app.command
def due(mission: Mission, *, as_of: AsOf = None, known: Known = None, json: Json = False) -> int:
    """Which state owes which report by when, as each body holds it; and flows across borders as they are reported."""
    from truceline.pipeline.due import due as tracked
    from truceline.vocabulary.marking import INTERNAL

    told = tracked(mission, INTERNAL, now_us=now_us(), as_of=as_of, known=known)
    if json:
        print_json(told)
        return 0
    say_heading(told)
    if not told["obligations"]:
        say("The agreement has no obligation to report by a date.")
    for one in told["obligations"]:
        say(plain(f"{one['obligation']}: {one['title']} ({one['instrument']})"))
        rows = [(row["name"], row["number"], row["due"], row["says"].replace("_", " "), _each(row)) for row in
                one["reports"]]  # fmt: skip
        if rows:
            print_table(("state", "report", "due", "says", "by each"), rows)
        say(plain(f"    next due: {one['next_due']}") if one["next_due"] else "    nothing more is due within a year")
    say()
    say("Flows as reported; nobody has found on them here, and they are laid to nobody.")
    print_table(
        ("kind", "reports", "at most"), [(one["kind"], one["reports"], one["at_most"]) for one in told["flows"]]
    )
    return 0


def _each(row: Told) -> str:
    return ", ".join(f"{body}: {says.replace('_', ' ')}" for body, says in row["by"].items())
