"""clear counts: telling an audience how many incidents there were, so that no small count can be worked out."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, From, Json, Mission, To, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.sourcing import At, Because, By, Sign, said_now
from truceline.errors import ValueNotRead

if TYPE_CHECKING:
    from truceline.pipeline.released_counts import CountsTold

clear = App(name="clear", help="What an audience outside is told.")
app.command(clear)
_AUDIENCE = "co_chairs, task_force, council or public; every narrower one is told too."


@clear.command
def counts(
    mission: Mission,
    indicator: Annotated[str, Parameter(help="What is counted: an indicator of the pack.")],
    *,
    for_: Annotated[str, Parameter(name="--for", help=_AUDIENCE)],
    by: By,
    because: Because,
    least: Annotated[int, Parameter(help="The smallest number that is told; two or more.")] = 5,
    from_: From = None,
    to: To = None,
    at: At = "",
    sign: Sign = None,
    preview: Annotated[bool, Parameter(negative="", help="Only say what would be told.")] = False,
    json: Json = False,
) -> int:
    """Release counts of an indicator, in sums that give back no small count, whatever was released before."""
    from truceline.pipeline.released_counts import Wish, release_counts
    from truceline.vocabulary.marking import Audience

    if for_ not in {one.value for one in Audience}:
        raise ValueNotRead(f"{for_!r} is no audience.", "There are: co_chairs, task_force, council, public.")
    told = release_counts(
        mission, Wish(Audience(for_), indicator, least, from_ or "", to or ""), by=by, at=at or said_now(),
        because=because, now_us=now_us(), chance=CHANCE, sign=sign, preview=preview,
    )  # fmt: skip
    if json:
        print_json(told)
    else:
        _say(told)
    return 0


def _say(told: "CountsTold") -> None:
    rows = [
        (", ".join(one.areas), f"{one.first} – {one.last}", _number(one.number, one.least), one.cut or "this release")
        for one in told.act.blocks
    ]
    print_table(("areas together", "days, both included", "incidents", "first told at"), rows)
    [whole] = [one for one in told.margins if one.of == "all"]
    say(plain(f"In all: {grouped(whole.number)}{'' if whole.whole else ' or more'}."))
    say(plain(f"Entered: {told.id[:16]}." if told.id else "Nothing was entered."))


def _number(number: int | None, least: int) -> str:
    return f"fewer than {least}" if number is None else grouped(number)
