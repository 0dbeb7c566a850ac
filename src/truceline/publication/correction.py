"""A correction notice: one HTML file in every language, one after the other, without a script.

It says which publication it corrects, under the same number, what its figures were and are, and why. It does not name
its recipients: they need not know of one another.
"""

import base64
from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from truceline.publication.languages import LANGUAGES, Words, mark, words_for
from truceline.publication.markup import Html, attribute, code, html, joined, left_to_right, name
from truceline.publication.sentences import STATES, VERDICTS
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import TLP, Reader, admit

_STYLE = (
    ":root{color-scheme:light dark}q,code{unicode-bidi:isolate}bdi{white-space:nowrap}code{overflow-wrap:anywhere}"
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:auto;padding:1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem;text-align:start}"
    "section+section{margin-top:3rem;border-top:2px solid}"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>$title</title>
<style>$style</style>
</head>
<body>
$sections</body>
</html>
"""
_FIGURES: Mapping[str, str] = {
    "quiet": mark("Days quiet"),
    "not_quiet": mark("Days not quiet"),
    "cannot_tell": mark("Days on which nobody can tell"),
    "incident_days": mark("Incidents, by day"),
    "state": mark("Clock"),
    "figures": mark("Clock, on the figures"),
    "day": mark("Day of the clock"),
}
_ASKED_BY: Mapping[str, str] = {
    "author": mark("The report {report} was recalled because its author withdrew it."),
    "source": mark("The report {report} was recalled by its source."),
    "mission": mark("The report {report} was recalled by the mission."),
}


class Notice(Struct, frozen=True):
    """What a notice says. figures: name, as published, as now known; gone: report, how, asked by, why."""

    mission: str
    exercise: bool
    number: str
    correction: int
    corrects: str
    sha256: str
    published_at: str
    as_of: str
    known_then: str
    known_now: str
    figures: Sequence[tuple[str, str, str]]
    gone: Sequence[tuple[str, str, str, str]]


def render(notice: Notice, agreement: Agreement, reader: Reader) -> bytes:
    """The notice, UTF-8; the same bytes for the same notice. `NotReleased` for a reader not admitted."""
    admit(reader)
    style = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
    return html(
        _PAGE,
        policy=Html(f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"),
        title=attribute(f"{notice.number}, {notice.correction}"),
        style=Html(_STYLE),
        sections=joined(_section(notice, agreement, reader, words_for(language)) for language in LANGUAGES),
    ).encode()


def _section(notice: Notice, agreement: Agreement, reader: Reader, words: Words) -> Html:
    return html(
        '<section lang="$lang" dir="$dir">\n<h1>$head</h1>\n$stamps$about$why<h2>$what</h2>\n$table$end</section>\n',
        lang=words.language,
        dir=words.direction,
        head=words.say("Correction {n} of the publication {number}", n=notice.correction, number=notice.number),
        stamps=_stamps(notice, reader, words),
        about=_about(notice, words),
        why=html("<h2>$head</h2>\n$list", head=words.say("Why"), list=_reasons(notice, words)),
        what=words.say("What changed"),
        table=_table(notice, agreement, words),
        end=_paragraph(
            words.say("What was published stays on record. Please pass this on to whoever had it from you.")
        ),
    )


def _paragraph(content: object) -> Html:
    return html("<p>$content</p>\n", content=content)


def _stamps(notice: Notice, reader: Reader, words: Words) -> Html:
    audience = html("$a · $tlp", a=words.say("internal"), tlp=name(TLP[reader.audience]))
    said = [words.markup("For: {audience}", audience=audience)]
    if notice.exercise:
        said.append(html("$text", text=words.say("Exercise: the data are invented")))
    return joined(_paragraph(one) for one in said)


def _about(notice: Notice, words: Words) -> Html:
    said = words.markup(
        "It corrects what went out on {at} (SHA-256 {sha256}), as of {as_of}, on the record at the cut {cut}.",
        at=left_to_right(notice.published_at), sha256=code(notice.sha256), as_of=left_to_right(notice.as_of),
        cut=code(notice.known_then),
    )  # fmt: skip
    return joined([_paragraph(said), _paragraph(words.markup("The record now: {cut}.", cut=code(notice.known_now)))])


def _reasons(notice: Notice, words: Words) -> Html:
    return html("<ul>\n$items</ul>\n", items=joined(_reason(one, words) for one in notice.gone))


def _reason(gone: tuple[str, str, str, str], words: Words) -> Html:
    report, how, asked_by, because = gone
    message = mark("The report {report} was revised by its source.") if how == "revised" else _ASKED_BY[asked_by]
    said = html(" <q>$because</q>", because=because) if because else Html("")
    return html("<li>$said$because</li>\n", said=words.say(message, report=report), because=said)


def _table(notice: Notice, agreement: Agreement, words: Words) -> Html:
    head = html(
        "<tr><th>$what</th><th>$then</th><th>$now</th></tr>\n",
        what=words.say("Figure"), then=words.say("As published"), now=words.say("As now known"),
    )  # fmt: skip
    rows = joined(
        html(
            "<tr><td>$what</td><td>$then</td><td>$now</td></tr>\n",
            what=_figure(figure, agreement, words), then=_value(then, words), now=_value(now, words),
        )
        for figure, then, now in notice.figures
    )  # fmt: skip
    return html("<table>\n$head$rows</table>\n", head=head, rows=rows)


def _figure(figure: str, agreement: Agreement, words: Words) -> Html:
    of, _, what = figure.rpartition("/")
    if not of:
        return html("$said", said=words.say("Incidents"))
    titles = {one.id: one.title for one in agreement.indicators} | {one.id: one.title for one in agreement.clocks}
    title = words.pack(titles[of]) if of in titles else name(of)
    return html("$title: $what", title=title, what=words.say(_FIGURES[what]))


def _value(value: str, words: Words) -> Html:
    said = {**{one.value: text for one, text in STATES.items()}, **{one.value: text for one, text in VERDICTS.items()}}
    return html("$said", said=words.say(said[value])) if value in said else left_to_right(value)
