"""place."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from truceline.cli.app import Json, Mission, app
from truceline.cli.printing import grouped, plain, print_json, print_table, say

if TYPE_CHECKING:
    from truceline.pipeline.places import PlaceShown


@app.command
def place(
    mission: Mission,
    text: Annotated[str, Parameter(help="A position in any form, or the name of a place.", allow_leading_hyphen=True)],
    *,
    gazetteer: Annotated[Path | None, Parameter(help="A gazetteer (GeoNames-like JSON), for names.")] = None,
    near: Annotated[str | None, Parameter(help="A position nearby: gives distances, completes plus codes.")] = None,
    json: Json = False,
) -> int:
    """Show how a pasted position or a place name is read: all forms, or candidates. Nothing is entered."""
    from truceline.pipeline.places import show_place

    shown = show_place(mission, text, gazetteer=gazetteer, near=near)
    if json:
        print_json(shown)
        return 0
    if shown.position is None:
        _say_candidates(shown)
        return 0
    position, forms = shown.position, shown.position.written
    say(f"Read as {position.form}, good to {grouped(position.radius_m)} m.")
    for sentence in position.readings:
        say(f"  {plain(sentence)}")
    named = (("decimal", forms.decimal), ("DMS", forms.dms), ("UTM", forms.utm), ("MGRS", forms.mgrs))
    print_table(("form", "position"), [(form, told or "-") for form, told in (*named, ("plus code", forms.plus_code))])
    return 0


def _say_candidates(shown: "PlaceShown") -> None:
    if not shown.candidates:
        say("No place of the gazetteer resembles it: it stays unresolved.")
        return
    say(f"Settled by its name: {shown.settled}." if shown.settled else "Unresolved: a person decides.")
    print_table(
        ("id", "names", "P-code", "position", "score", "distance", "why"),
        [
            (one.id, " / ".join(one.names.values()), one.pcode, one.position, f"{one.score // 10_000} %",
             _distance(one.distance_m), one.reason)
            for one in shown.candidates
        ],
    )  # fmt: skip


def _distance(metres: int | None) -> str:
    return "" if metres is None else f"{metres / 1000:,.1f} km"
