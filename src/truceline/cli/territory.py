"""territory: each claimant's lines and zones, how they differ, sides of places, and what a revision changes."""

from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, AsOf, AudienceName, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.recalling import At, Sign
from truceline.cli.territory_printed import heading, print_listed, print_number

Told = dict[str, Any]
Number = Annotated[str, Parameter(help="The number of a line or zone.")]

territory = App(name="territory", help="Lines and zones as claims: whose, which version, how they differ.")
app.command(territory)


@territory.default
def show(
    mission: Mission,
    number: Annotated[str, Parameter(help="Only this one, with its versions and geometry.")] = "",
    *,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """List what each claimant draws, from when, said when, and how drawings differ. Read as internal."""
    from truceline.pipeline.territory import territory as told_by
    from truceline.vocabulary.marking import INTERNAL

    told = told_by(mission, INTERNAL, now_us=now_us(), number=number, as_of=as_of, known=known, view=view)
    if json:
        print_json(told)
        return 0
    heading(told)
    if number:
        print_number(told["numbers"][0])
    else:
        print_listed(told)
    return 0


territory.command(show, name="show")


@territory.command
def side(
    mission: Mission,
    number: Annotated[str, Parameter(help="A line or zone that is claimed, or a line of the agreement.")],
    place: Annotated[str, Parameter(help="A position in any form.", allow_leading_hyphen=True)],
    *,
    radius: Annotated[int | None, Parameter(help="How well it is known, in metres. Default: by its digits.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Tell the side of a place by every drawing: surely left, surely right, or undetermined, with distances."""
    from truceline.pipeline.territory_tests import side as told_by
    from truceline.vocabulary.marking import INTERNAL

    told = told_by(
        mission, INTERNAL, number, place, radius_m=radius, now_us=now_us(), as_of=as_of, known=known, view=view
    )
    if json:
        print_json(told)
        return 0
    heading(told)
    say(plain(f"{place}, known to {grouped(told['radius_m'])} m: {told['whole']}."))
    print_table(
        ("by", "side", "toward", "lies", "distance to its border", "precision", "why", "version"),
        [
            (one["claimant"] or "the agreement", one["side"], one["toward"], one["lies"], _between(one),
             f"{grouped(one['precision_m'])} m", one["why"].replace("_", " "),
             "" if one["agreement"] else one["version"][:12])
            for one in told["answers"]
        ],
    )  # fmt: skip
    for one in told["answers"]:
        if one["agreement"]:
            say(plain(f"The line of the agreement: {one['version']}."))
    return 0


@territory.command(name="map")
def map_(
    mission: Mission,
    number: Annotated[str, Parameter(help="Only this line or zone.")] = "",
    *,
    out: Annotated[Path, Parameter(help="The file to write (GeoJSON).")],
    audience: AudienceName = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Write what each claimant draws as GeoJSON, each feature with whose it is and which version."""
    from truceline.pipeline.publishing import reader_for
    from truceline.pipeline.territory_map import write_map

    size, many = write_map(
        mission, out, reader_for(audience), now_us=now_us(), number=number, as_of=as_of, known=known, view=view
    )
    if json:
        print_json({"file": str(out), "bytes": size, "features": many, "audience": audience})
    else:
        say(plain(f"Wrote {out} ({grouped(many)} drawings), for the audience {audience}."))
    return 0


@territory.command
def flips(
    mission: Mission,
    number: Number,
    *,
    claimant: Annotated[str, Parameter(help="Only the revisions of this claimant.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """List the findings and incidents whose side or zone is another in a newer drawing. Nothing is changed by it."""
    from truceline.pipeline.territory_tests import flipped
    from truceline.vocabulary.marking import INTERNAL

    told = flipped(mission, INTERNAL, number, now_us=now_us(), claimant=claimant, as_of=as_of, known=known, view=view)
    if json:
        print_json(told)
        return 0
    heading(told)
    if not told["revisions"]:
        say("Nobody drew it a second time.")
    for one in told["revisions"]:
        _print_revision(one)
    return 0


def _print_revision(one: Told) -> None:
    late = f", {one['late_days']} days after it is to hold" if one["late_days"] else ""
    say(plain(f"{one['claimant']}: {one['new'][:12]} in place of {one['old'][:12]}, holds from {one['holds_from']}"))
    say(plain(f"    said {one['said']}{late}. For review: {len(one['flips'])}."))
    for flip in one["flips"]:
        who = f"finding of {flip['body']}" if flip["body"] else "incident"
        said = " now ".join(f"{each['side']} ({_between(each)})" for each in (flip["before"], flip["after"]))
        say(plain(f"    {flip['when']} {who} {flip['id'][:12]}: {said}"))


def _between(one: Told) -> str:
    return f"{grouped(one['least_m'])} to {grouped(one['most_m'])} m"


@territory.command
def add(
    mission: Mission,
    file: Annotated[Path, Parameter(help="A drawing: GeoJSON, GeoPackage, KML, or a Shapefile (.zip, or .shp).")],
    *,
    number: Number,
    claimant: Annotated[str, Parameter(help="Whose claim it is: a party or a body.")],
    by: Annotated[str, Parameter(help="The body that enters it.")],
    because: Annotated[str, Parameter(help="Why.")],
    from_: Annotated[str, Parameter(name="--from", help="From when it is to hold. Default: when it is said.")] = "",
    to: Annotated[str, Parameter(help="Until when; a date is its end.")] = "",
    says: Annotated[
        Literal["claimed", "exchanged", "reconciled", "agreed", "demarcated"], Parameter(help="How far it has come.")
    ] = "claimed",
    precision: Annotated[int, Parameter(help="How exactly it is drawn, in metres.")] = 0,
    scale: Annotated[str, Parameter(help="The scale of the map it was drawn on.")] = "",
    source: Annotated[str, Parameter(help="Where the drawing is from. Default: the file and its SHA-256.")] = "",
    kind: Annotated[str, Parameter(help="Of a surface: what it is, for example declared_control.")] = "",
    left: Annotated[str, Parameter(help="Of a line: the party on its left, looking along it.")] = "",
    right: Annotated[str, Parameter(help="Of a line: the party on its right.")] = "",
    feature: Annotated[str, Parameter(help="Where several are drawn: the id, name or number of one.")] = "",
    revises: Annotated[tuple[str, ...], Parameter(negative="", help="The act that this mends, entered wrongly.")] = (),
    at: At = None,
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a drawing from a file as a claim. What others draw stays as it is."""
    from truceline.pipeline.drawing import Told as Saying
    from truceline.pipeline.drawing import add_claim
    from truceline.pipeline.territory_tests import flipped
    from truceline.vocabulary.marking import INTERNAL

    told = Saying(
        number, claimant, by, because, says, at or "", from_, to, kind, precision, scale, source, left, right, revises
    )
    now = now_us()
    entered, act = add_claim(mission, file, told, feature=feature, sign=sign, now_us=now, chance=CHANCE)
    review = sum(
        len(one["flips"])
        for one in flipped(mission, INTERNAL, number, now_us=now, claimant=claimant)["revisions"]
        if one["new"] == entered.id
    )
    if json:
        print_json({"act": entered, "source": act.source, "for_review": review})
        return 0
    held = "already held" if entered.already_held else "entered"
    say(plain(f"{entered.id[:16]} claim of {claimant} on {number}, by {by}: {held}."))
    if review:
        ask = f"truceline territory flips {mission} {number}"
        say(plain(f"{review} findings and incidents lie on another side in it: {ask}"))
    return 0
