"""A dossier as one HTML file that needs nothing from outside itself and carries no script: the same bytes each time.

It lists nobody under anything that is not admitted or agreed by every co-chair; what one side says, and who is only a
candidate, stands beside its author's name.
"""

import base64
from collections.abc import Iterable
from hashlib import sha256

from truceline.publication.bulletin import asset
from truceline.publication.dossier_findings import elements, findings
from truceline.publication.dossier_tables import (
    chronology,
    exhibits,
    for_and_against,
    killed,
    reports,
    seen,
    where,
)
from truceline.publication.dossier_words import ATTRIBUTION, MISSING
from truceline.publication.languages import REVIEWED, Words, mark, words_for
from truceline.publication.markup import Html, attribute, code, html, joined, name, shown
from truceline.publication.times import span
from truceline.vocabulary.dossier import Dossier
from truceline.vocabulary.marking import TLP, Reader, admit

_SECTIONS = (
    ("for", mark("For and against"), for_and_against),
    ("held", mark("What each body holds"), findings),
    ("elements", mark("Element by element"), elements),
    ("reports", mark("Reports"), reports),
    ("chronology", mark("Chronology"), chronology),
    ("where", mark("Where"), where),
    ("seen", mark("Could anyone have seen it?"), seen),
    ("exhibits", mark("Exhibits"), exhibits),
    ("killed", mark("Killed, as each source gives it"), killed),
)


def render(told: Dossier, reader: Reader, language: str, software: str) -> bytes:
    """The page in one language, UTF-8. `NotReleased` for a reader not admitted."""
    admit(reader)
    words, style = words_for(language), asset("bulletin.css")
    sections = [_section(key, words.say(head), draw(told, words), words) for key, head, draw in _SECTIONS]
    sections.append(_section("missing", words.say("What is missing"), _missing(told, words), words))
    whole = html(
        asset("dossier.html"),
        lang=language,
        dir=words.direction,
        policy=Html(f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'"),
        title=attribute(f"{shown(told.mission)} — {shown(told.asked)}"),
        style=Html(style),
        skip=words.say("Skip to the answer"),
        stamps=_stamps(told, reader, words),
        masthead=_masthead(told, words),
        answer_head=words.say("The dossier in three sentences"),
        answer=_answer(told, words),
        sections=joined(sections),
        footer=_footer(told, words, software),
    )
    return whole.encode()


def _hash(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()


def _section(key: str, head: object, body: Html, words: Words) -> Html:
    return html(
        '<section id="$key" aria-labelledby="$key-head"><h2 id="$key-head">$head</h2>$body</section>\n',
        key=key,
        head=head,
        body=body,
    )


def _stamps(told: Dossier, reader: Reader, words: Words) -> Html:
    audience = words.markup(
        "For: {audience}", audience=html("$a · $tlp", a=words.say("internal"), tlp=name(TLP[reader.audience]))
    )
    exercise = html('<p class="stamp exercise">$text</p>', text=words.say("Exercise: the data are invented"))
    return html(
        '$exercise<p class="stamp">$audience</p>', exercise=exercise if told.exercise else Html(""), audience=audience
    )


def _masthead(told: Dossier, words: Words) -> Html:
    title = name(told.case.title if told.case else told.asked)
    return html(
        '<p class="mission">$mission</p><h1>$title</h1><p class="asof">$when</p>',
        mission=html("$a · $b", a=name(told.mission), b=name(told.asked)),
        title=words.markup("Dossier: {title}", title=title),
        when=Html("") if told.start is None or told.end is None else span(words, told.start, told.end, told.zone),
    )


def _answer(told: Dossier, words: Words) -> Html:
    """What tells of it, what it comes to, and that nothing is decided here."""
    grade, together = told.grade, told.attribution
    sentences = (
        words.markup(
            "Reports: {n}; independent sources: {low} to {high}. Grade proposed: {rule}",
            n=len(told.reports),
            low=grade.independent_low,
            high=grade.independent_high,
            rule=html('<span lang="en" dir="ltr">$rule</span>', rule=grade.rule),
        ),
        words.markup(
            "Responsible: {level}; listed under {who}.",
            level=html("<strong>$word</strong>", word=words.say(ATTRIBUTION[together.level])),
            who=name(together.listed_under) if together.listed_under else words.say("nobody"),
        ),
        words.markup("This page lays out what is for and against. It decides nothing."),
    )
    return html('<ol class="answer">$all</ol>', all=joined(html("<li>$one</li>", one=one) for one in sentences))


def _missing(told: Dossier, words: Words) -> Html:
    """Sentences of ours in the reader's language; those that name something of the record as they are."""
    return _list(
        html("<li>$one</li>", one=words.say(one))
        if one in MISSING
        else html('<li lang="en" dir="ltr">$one</li>', one=one)
        for one in told.missing
    )


def _list(parts: Iterable[Html]) -> Html:
    return html("<ul>$parts</ul>", parts=joined(parts))


def _footer(told: Dossier, words: Words, software: str) -> Html:
    unreviewed = words.say("The words of this page in this language are not yet reviewed by a native speaker.")
    cut = joined((code(f"{origin} {size}:{root}") for origin, (size, root) in told.cut.items()), ", ")
    return html(
        "$review<p class=soft>$cut</p><p class=soft>$made</p>",
        review=Html("") if words.language in REVIEWED else html("<p><strong>$text</strong></p>", text=unreviewed),
        cut=words.markup("The record at the cut {cut}.", cut=cut),
        made=words.say("Made by {version}. It lists what sources say; it decides nothing.", version=software),
    )
