"""What the figures rest on, in words: agreement, reading, counting rules and terms."""

from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, html, joined, name
from truceline.publication.page import Page
from truceline.vocabulary.marking import Audience

UNKNOWN_DAY = {
    "undecided": mark("A day that cannot be told leaves a run of quiet days undecided."),
    "breaks": mark("A day that cannot be told ends a run of quiet days."),
    "bridges": mark("A day that cannot be told neither counts towards a run of quiet days nor ends it."),
}
UMBRELLA = {
    "presumed_bound": mark("A side known only by an umbrella name is taken as bound by the agreement."),
    "undetermined": mark("A side known only by an umbrella name may or may not be bound by the agreement."),
}
TAGS = {
    "stated": mark("stated"),
    "cited": mark("cited"),
    "recalled": mark("recalled"),
    "inferred": mark("inferred"),
    "invented": mark("invented"),
}


def listed(pairs: list[tuple[str, Html]], words: Words) -> Html:
    """Pairs of a word and what it says, as a description list."""
    parts = [html("<div><dt>$word</dt><dd>$says</dd></div>", word=words.say(word), says=says) for word, says in pairs]
    return html("<dl>$parts</dl>", parts=joined(parts))


def agreement(page: Page, words: Words) -> Html:
    """The agreement pack: title, version, summary, instruments."""
    pack = page.agreement
    instruments = joined(
        html(
            '<li>$title <span class="soft">($dated, $publicity)</span>$missing</li>',
            title=words.pack(one.title),
            dated=name(one.dated),
            publicity=name(one.publicity.replace("_", " ")),
            missing=html(" — $text", text=words.say("we do not hold its words")) if one.missing else Html(""),
        )
        for one in pack.instruments
        if one.id not in _sealed(page)
    )
    return html(
        "<p>$summary</p>$list<h3>$head</h3><ul>$instruments</ul>",
        summary=words.pack(pack.summary),
        list=listed(
            [
                (mark("Pack"), html("$pack $version", pack=name(pack.pack), version=name(pack.version))),
                (mark("Parties"), words.listed(words.pack(party.name) for party in pack.parties)),
                (mark("Zone"), name(pack.zone)),
            ],
            words,
        ),
        head=words.say("Texts"),
        instruments=instruments,
    )


def reading(page: Page, words: Words) -> Html:
    """The reading's choices, its author, and whether it was registered before the clocks started."""
    chosen = page.reading
    registered = (
        words.say("Entered in the record before the clocks started.")
        if page.registered
        else words.say("Not shown to have been entered in the record before the clocks started.")
    )
    pairs = [
        (mark("Reading"), html("$title ($id)", title=words.pack(chosen.title), id=name(chosen.id))),
        (mark("Author"), html("$author, $dated", author=name(chosen.author), dated=name(chosen.dated))),
        (mark("Note"), words.pack(chosen.note)),
        (mark("Registered"), html("$text", text=registered)),
    ]
    return joined([listed(pairs + _choices(page, words), words)])


def _choices(page: Page, words: Words) -> list[tuple[str, Html]]:
    chosen = page.reading
    pairs: list[tuple[str, Html]] = [
        (
            mark("Day"),
            words.markup(
                "begins at {hour} local time in {zone}",
                hour=name(page.ledger.boundary),
                zone=name(page.ledger.zone),
            ),
        )
    ]
    if chosen.threshold is not None:
        text = words.say("Incidents allowed in an area and a day before it is not quiet: {n}", n=chosen.threshold)
        pairs.append((mark("Threshold"), html("$text", text=text)))
    if chosen.counting is not None:
        text = words.say("Each report is an incident of its own, unless it says that it repeats another.")
        pairs.append((mark("Counting"), html("$text", text=text)))
    if chosen.coverage is not None:
        text = words.say(
            "An area and a day is covered when independent sources watched it long enough. Sources: {sources};"
            " hours each: {hours}.",
            sources=chosen.coverage.sources,
            hours=chosen.coverage.hours,
        )
        pairs.append((mark("Coverage"), html("$text", text=text)))
    if chosen.umbrella is not None:
        pairs.append((mark("Umbrella names"), _umbrella(page, words)))
    if chosen.exclusions is not None:
        pairs.append((mark("Exclusions"), _instrument(page, chosen.exclusions, words)))
    if chosen.unknown_day is not None:
        pairs.append((mark("Unknown days"), html("$text", text=words.say(UNKNOWN_DAY[chosen.unknown_day]))))
    return pairs


def _umbrella(page: Page, words: Words) -> Html:
    assert page.reading.umbrella is not None
    said = html("$text", text=words.say(UMBRELLA[page.reading.umbrella]))
    note = page.reading.umbrella_note
    return html("$said $note", said=said, note=words.pack(note)) if note else said


def _instrument(page: Page, wanted: str, words: Words) -> Html:
    found = next((one for one in page.agreement.instruments if one.id == wanted), None)
    return words.pack(found.title) if found else name(wanted)


def indicators(page: Page, words: Words) -> Html:
    """What each indicator counts."""
    shown = [page.indicator(k) for k in range(len(page.ledger.indicators))]
    rows = [
        html(
            '<tr><th scope="row">$title</th><td>$rule</td><td>$terms</td></tr>\n',
            title=words.pack(one.title),
            rule=words.pack(one.rule),
            terms=words.listed(name(term) for term in one.terms),
        )
        for one in shown
    ]
    return table(words, words.say("What is counted"), (mark("Indicator"), mark("Rule"), mark("Terms")), rows)


def _sealed(page: Page) -> set[str]:
    """Instruments whose existence this reader may not know of, and with them their terms."""
    if page.reader.audience is Audience.INTERNAL:
        return set()
    return {one.id for one in page.agreement.instruments if one.sealed}


def terms(page: Page, words: Words) -> Html:
    """The obligations, in paraphrase, with source and tag; recalled ones are shown and not executed."""
    rows = [
        html(
            '<tr><th scope="row">$id</th><td>$says</td><td>$source</td><td>$tag</td></tr>\n',
            id=name(one.id),
            says=words.pack(one.paraphrase),
            source=name(one.cited.source),
            tag=_tag(one.cited.tag, words),
        )
        for one in page.agreement.terms
        if one.instrument not in _sealed(page)
    ]
    heads = (mark("Term"), mark("What it asks, in our paraphrase"), mark("Source"), mark("How we know"))
    return table(words, words.say("Terms of the agreement"), heads, rows)


def _tag(tag: str, words: Words) -> Html:
    word = html("$word", word=words.say(TAGS[tag]))
    return html("$word — $text", word=word, text=words.say("not executed")) if tag == "recalled" else word
