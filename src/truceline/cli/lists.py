"""list add, list show, screen: versions of published lists, and which entries a name may mean."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, AsOf, Json, Known, Mission, app, now_us
from truceline.cli.heading import say_heading
from truceline.cli.printing import grouped, plain, print_json, print_table, say

Told = dict[str, Any]
ListId = Annotated[str, Parameter(name="--list", help="Which list: un_sc, the Security Council's consolidated list.")]

lists_app = App(name="list", help="Versions of published lists: which of them are held, and for when they answer.")
app.command(lists_app)


@lists_app.command(name="add")
def list_add(
    mission: Mission,
    file: Annotated[Path, Parameter(help="The list as published (XML).")],
    *,
    by: Annotated[str, Parameter(help="The body that enters it.")],
    list_id: ListId = "un_sc",
    at: Annotated[str | None, Parameter(help="When; local to the agreement. Default: now.")] = None,
    because: Annotated[str, Parameter(help="Where it was taken from.")] = "",
    sign: Annotated[str | None, Parameter(help="The key that signs. Default: the log's own.")] = None,
    json: Json = False,
) -> int:
    """Enter a version of a list: its date, its file's SHA-256 and the references on it. The file stays outside."""
    from truceline.pipeline.lists import add_list

    told = add_list(
        mission, file, list_id, by=by, at=at, because=because, sign=sign, now_us=now_us(), chance=CHANCE
    )  # fmt: skip
    if json:
        print_json(told)
        return 0
    counts = ", ".join(f"{name.replace('_', ' ')} {grouped(number)}" for name, number in told.counts.items())
    say(plain(f"{list_id} of {told.version}{': held already' if told.entered.already_held else ''}"))
    say(plain(f"  act {told.entered.id[:12]}, SHA-256 {told.digest}"))
    say(f"  read: {counts}")
    return 0


@lists_app.command(name="show")
def list_show(mission: Mission, *, as_of: AsOf = None, known: Known = None, json: Json = False) -> int:
    """The versions held, and from when until when each answers. A later list never answers for an earlier time."""
    from truceline.pipeline.lists import lists
    from truceline.vocabulary.marking import INTERNAL

    told = lists(mission, INTERNAL, now_us=now_us(), as_of=as_of, known=known)
    if json:
        print_json(told)
        return 0
    say_heading(told)
    if not told["versions"]:
        say("No version of a list is held: add one with truceline list add.")
        return 0
    print_table(
        ("list", "version", "entries", "answers from", "until", "by", "SHA-256"),
        [
            (one["list"], one["version"], grouped(one["entries"]), one["answers_from"], one["answers_until"], one["by"],
             one["digest"][:16])
            for one in told["versions"]
        ],
    )  # fmt: skip
    return 0


@app.command
def screen(
    mission: Mission,
    name: Annotated[str, Parameter(help="The name as it was given, in whatever script.")],
    *,
    list_file: Annotated[Path, Parameter(help="The list as published (XML); best the version of the time asked.")],
    list_id: ListId = "un_sc",
    persons: Annotated[
        bool, Parameter(negative="", help="Know persons' names across scripts too: takes ten seconds more.")
    ] = False,
    least: Annotated[int, Parameter(help="Propose from this score on, of 1000.")] = 700,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Which entries of a list a name may mean, with scores and reasons. It proposes; an act `name` decides."""
    from truceline.pipeline.screening import screen as screened
    from truceline.vocabulary.marking import INTERNAL

    told = screened(
        mission, INTERNAL, name, list_file, now_us=now_us(), list_id=list_id, persons=persons, least=least,
        as_of=as_of, known=known,
    )  # fmt: skip
    if json:
        print_json(told)
        return 0
    say_heading(told)
    _print_screened(told)
    return 0


def _print_screened(told: Told) -> None:
    held = "held" if told["held"] else "not entered in this mission (truceline list add)"
    say(plain(f"List {told['list']} of {told['version']}, {held}."))
    say(f"Compared by {told['library'] or 'spelling and consonants alone (more: the extra screening)'}.")
    say("A list answers for its own time. These are proposals: nothing follows until a body decides (act `name`).")
    say()
    if not told["proposals"]:
        say(plain(f"No entry comes near to {told['asked']!r} (score {told['least']} and more of 1000)."))
    for one in told["proposals"]:
        say(plain(f"{one['score']:>5}  {one['entry']}  {one['name']}  (listed {one['listed_on']}, {one['list']})"))
        say(plain(f"       as {one['spelling']!r}: {'; '.join(one['reasons'])}"))
    for one in told["decided"]:
        span = f" from {one['from'] or one['said']}" + (f" to {one['to']}" if one["to"] else "")
        say(plain(f"decided: {one['by']} holds {one['name']!r} and {one['entry']}: {one['says']}{span}, "
                  f"by the version of {one['version']}; said {one['said']}, act {one['act'][:12]}"))  # fmt: skip
