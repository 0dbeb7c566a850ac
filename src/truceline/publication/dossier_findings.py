"""Findings on a dossier's page: each body's by itself, elements by bodies; nobody is listed who is only a candidate."""

from truceline.publication.dossier_parts import drawn_line, drawn_row
from truceline.publication.dossier_words import ATTRIBUTION, ELEMENT, HELD, STANDING
from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, html, joined, name
from truceline.publication.times import moment
from truceline.vocabulary.codes import codes
from truceline.vocabulary.dossier import Dossier
from truceline.vocabulary.findings_shown import FindingShown


def findings(told: Dossier, words: Words) -> Html:
    """Each body's finding by itself, and what they come to."""
    parts = [_finding(one, told.zone, words) for one in told.findings]
    parts += [drawn_line(words.markup("{body}: has not found on it.", body=name(body))) for body in told.silent_bodies]
    return joined(parts) if parts else drawn_line(words.say("No body has found on it."))


def _finding(one: FindingShown, zone: str, words: Words) -> Html:
    rows = [
        (mark("What"), name(one.what)),
        (mark("When"), name(one.when)),
        (mark("Place"), name(one.where)),
        (mark("Standard of proof"), _standard(one, words)),
        (mark("Responsible"), _responsible(one, words)),
        (mark("Candidates, held responsible for nothing"), _candidates(one, words)),
        (mark("Dissent"), words.listed(name(dissent) for dissent in one.dissents)),
        (mark("Because"), name(one.because)),
    ]
    drawn = [
        html('<tr><th scope="row">$head</th><td>$cell</td></tr>', head=words.say(head), cell=cell)
        for head, cell in rows
        if cell != html("<bdi>$text</bdi>", text="") and cell
    ]
    return html(
        "<h3>$head</h3><table class=narrow><caption>$when</caption><tbody>$rows</tbody></table>",
        head=words.markup("{body}: {held}", body=name(one.by), held=words.say(HELD[one.held])),
        when=moment(words, one.at, zone),
        rows=joined(drawn),
    )


def _standard(one: FindingShown, words: Words) -> Html:
    """The label of a code in the reader's language, or the body's own words."""
    known = codes("standards_of_proof").get(one.standard)
    return name(words.text(known.label) if known else one.standard)


def _responsible(one: FindingShown, words: Words) -> Html:
    level = html("$word", word=words.say(ATTRIBUTION[one.attribution]))
    return html("$level: $who", level=level, who=name(one.holds_responsible)) if one.holds_responsible else level


def _candidates(one: FindingShown, words: Words) -> Html:
    return words.listed(
        html("$who$confidence", who=name(each.who),
             confidence=html(" ($word)", word=name(each.confidence)) if each.confidence else Html(""))
        for each in one.candidates
    )  # fmt: skip


def elements(told: Dossier, words: Words) -> Html:
    """Elements by bodies, none before another."""
    if not told.elements:
        return drawn_line(words.say("No finding goes element by element."))
    bodies = list(dict.fromkeys(held.by for one in told.elements for held in one.held))
    rows = []
    for one in told.elements:
        by = {held.by: held for held in one.held}
        cells = [
            html("$word$answer", word=words.say(ELEMENT[by[body].held]),
                 answer=html(": $text", text=name(by[body].answer)) if by[body].answer else Html(""))
            if body in by else Html("–")
            for body in bodies
        ]  # fmt: skip
        rows.append(drawn_row(name(one.element), *cells, words.say(STANDING[one.standing])))
    heads = [words.say("Element"), *(name(body) for body in bodies), words.say("Jointly")]
    head = joined(html('<th scope="col">$one</th>', one=one) for one in heads)
    return html(
        '<div class="scroll" tabindex="0" role="group" aria-label="$label"><table class="wide">'
        "<caption>$caption</caption><thead><tr>$head</tr></thead><tbody>$rows</tbody></table></div>",
        label=words.plain("Table, scrolls sideways where it is wide"),
        caption=words.say("What each body holds of each element"),
        head=head,
        rows=joined(rows),
    )
