"""Steps as a picture: a box a step, a line from what it waits for; an SVG file that stands by itself.

States are told by words, by colour and by the line of the box, so that none of the three is needed. Read from the
start of the line: from the left, in Arabic from the right.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, escaped, html, joined
from truceline.vocabulary.pack_parts import Text

WIDE, TALL, GAP_X, GAP_Y, EDGE = 264, 86, 56, 22, 16
LETTERS = 32
"""Letters of a title that fit a line of a box."""
STATES = {
    "conditional": mark("not owed yet"),
    "in_force": mark("owed"),
    "suspended": mark("suspended"),
    "fulfilled": mark("done"),
    "breached": mark("not done when it was due"),
    "discharged": mark("no longer owed"),
    "expired": mark("can no longer come to be owed"),
}
STYLE = """
svg { --paper: #ffffff; --ink: #1b2733; --soft: #56636f; --line: #8796a5; --done: #e3efe8; --owed: #e6eff5;
  --not: #7a2036; --on-not: #ffffff; --grey: #eef0f2;
  font: 13px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; }
@media (prefers-color-scheme: dark) { svg { --paper: #12181e; --ink: #e8edf2; --soft: #a3b0bc; --line: #6d7c8a;
  --done: #1e3429; --owed: #1e2f3d; --not: #e58fa1; --on-not: #22060c; --grey: #242c34; } }
.paper { fill: var(--paper); } text { fill: var(--ink); } .soft { fill: var(--soft); font-size: 12px; }
.title { font-weight: 600; } .edge { fill: none; stroke: var(--line); stroke-width: 1.5; } .tip { fill: var(--line); }
.box { fill: var(--grey); stroke: var(--line); stroke-width: 1.5; }
.fulfilled .box { fill: var(--done); stroke-width: 2.5; } .in_force .box { fill: var(--owed); stroke: var(--ink); }
.breached .box { fill: var(--not); } .breached text { fill: var(--on-not); }
.conditional .box { stroke-dasharray: 6 4; }
.suspended .box { stroke-dasharray: 2 3; } .discharged .box, .expired .box { stroke-dasharray: 12 3 2 3; }
.mark { font-weight: 600; }
"""


_CODE = '<tspan direction="ltr" unicode-bidi="isolate">'
"""Around a time or a code, so that it reads the same in Arabic."""


class StepDrawn(Struct, frozen=True):
    """One step. column: how many steps come before it at least. obliged: names, by language. due: as it is shown."""

    id: str
    title: Text
    obliged: tuple[Text, ...]
    state: str
    column: int
    waits: tuple[str, ...]
    due: str = ""
    overdue: bool = False
    contested: bool = False


def picture(steps: Sequence[StepDrawn], words: Words, title: Text, below_it: Sequence[Html]) -> Html:
    """The SVG file. The steps stand in their columns in the order given; no step waits for itself.

    below_it: lines, as `foot` makes them.
    """
    places = dict(_places(steps))
    width = EDGE + max((x + WIDE for x, _ in places.values()), default=WIDE) + EDGE
    below = EDGE + max((y + TALL for _, y in places.values()), default=TALL) + EDGE
    height = below + 18 * len(below_it) + EDGE
    name = words.say("Steps of {agreement}: what waits for what", agreement=words.text(title))
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $w $h" width="$w" height="$h" role="img"'
        ' lang="$lang" direction="$dir" aria-labelledby="name told"><title id="name">$name</title><desc id="told">$told'
        '</desc><style>$style</style><rect class="paper" width="$w" height="$h"/>$edges$boxes$foot</svg>\n',
        w=str(width), h=str(height), lang=words.language, dir=words.direction, style=Html(STYLE),
        name=_flat(str(name)), told=_flat(" ".join(_told(one, words) for one in steps)),
        edges=joined(_edges(steps, places, width, words)), boxes=joined(_box(s, places, width, words) for s in steps),
        foot=joined(_foot(n, line, below, width, words) for n, line in enumerate(below_it)),
    )  # fmt: skip


def foot(as_of: str, cut: str, tlp: str, words: Words, *, exercise: bool) -> list[Html]:
    """The lines below the picture."""
    told = [words.say("As of {when}; {audience}", when=as_of, audience=tlp), words.say("Cut {cut}", cut=cut)]
    if exercise:
        told.append(words.say("EXERCISE: all data are invented"))
    return [Html(escaped(line).replace("<bdi>", _CODE).replace("</bdi>", "</tspan>")) for line in told]


def _foot(n: int, line: Html, below: int, width: int, words: Words) -> Html:
    x, y = _across(EDGE, width, words), below + 14 + 18 * n
    return html('<text class="soft" x="$x" y="$y">$line</text>', x=str(x), y=str(y), line=line)


def _places(steps: Sequence[StepDrawn]) -> Iterator[tuple[str, tuple[int, int]]]:
    rows: dict[int, int] = {}
    for one in steps:
        row = rows[one.column] = rows.get(one.column, -1) + 1
        yield one.id, (EDGE + one.column * (WIDE + GAP_X), EDGE + row * (TALL + GAP_Y))


def _edges(
    steps: Sequence[StepDrawn], places: dict[str, tuple[int, int]], width: int, words: Words
) -> Iterator[Html]:  # fmt: skip
    column = {one.id: one.column for one in steps}
    for one in steps:
        for before in one.waits:
            (x, y), (to_x, to_y) = places[before], places[one.id]
            begin = (_across(x + WIDE, width, words), y + TALL // 2)
            end = (_across(to_x, width, words), to_y + TALL // 2)
            forth = 1 if end[0] > begin[0] else -1
            yield html(
                '<path class="edge" d="$line"/><path class="tip" d="M$x,$y l$t,-4 v8 z"/>',
                line=_line(begin, end, forth, over=one.column - column[before] > 1),
                x=str(end[0]), y=str(end[1]), t=str(-7 * forth),
            )  # fmt: skip


def _line(begin: tuple[int, int], end: tuple[int, int], forth: int, *, over: bool) -> str:
    """From one box to the other; over columns between them in the gap above the row of the second, behind no box."""
    if not over:
        bend = (begin[0] + end[0]) // 2
        return f"M{begin[0]},{begin[1]} C{bend},{begin[1]} {bend},{end[1]} {end[0]},{end[1]}"
    lane = end[1] - (TALL + GAP_Y) // 2 if end[1] > EDGE + TALL else EDGE // 2
    up, down = begin[0] + forth * GAP_X, end[0] - forth * GAP_X
    bend, back = (begin[0] + up) // 2, (down + end[0]) // 2
    start = f"M{begin[0]},{begin[1]} C{bend},{begin[1]} {bend},{lane} {up},{lane} H{down}"
    return f"{start} C{back},{lane} {back},{end[1]} {end[0]},{end[1]}"


def _across(x: int, width: int, words: Words) -> int:
    """A place across the picture, from its other side where the language is written from there."""
    return width - x if words.mirrored else x


def _box(one: StepDrawn, places: dict[str, tuple[int, int]], width: int, words: Words) -> Html:
    x, y = places[one.id]
    left = _across(x + WIDE, width, words) if words.mirrored else x
    at = _across(x + 12, width, words)
    lines = _lines(words.text(one.title))
    texts = [("title", line) for line in lines] + [("soft", _obliged(one, words)), ("mark", _state(one, words))]
    shown = joined(
        html('<text class="$kind" x="$x" y="$y">$text</text>', kind=kind, x=str(at), y=str(y + 20 + 18 * n), text=text)
        for n, (kind, text) in enumerate(texts)
    )
    return html(
        '<g class="$state"><rect class="box" x="$x" y="$y" width="$w" height="$h" rx="6"/>$texts</g>',
        state=one.state, x=str(left), y=str(y), w=str(WIDE), h=str(TALL), texts=shown,
    )  # fmt: skip


def _lines(title: str) -> list[str]:
    """A title on at most two lines, cut with an ellipsis; the whole stands in the description."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][: LETTERS - 1]}…"]


def _obliged(one: StepDrawn, words: Words) -> str:
    names = words.plain(", ").join(words.text(name) for name in one.obliged)
    return names if len(names) <= LETTERS + 4 else f"{names[: LETTERS + 3]}…"


def _state(one: StepDrawn, words: Words) -> str:
    """The state in words, with what is told beside it."""
    told = [_flat(str(words.say(STATES[one.state])))]
    if one.overdue:
        told.append(_flat(str(words.say("overdue"))))
    if one.contested:
        told.append(_flat(str(words.say("contested"))))
    return words.plain(", ").join(told)


def _told(one: StepDrawn, words: Words) -> str:
    obliged = ", ".join(words.text(name) for name in one.obliged)
    return f"{words.text(one.title)} ({obliged}): {_state(one, words)}."


def _flat(text: str) -> str:
    """A sentence without marks of isolation, for which SVG has elements."""
    return text.replace("\u2068", "").replace("\u2069", "")
