"""The sections of a dossier's page: tables with a caption, every text of others kept apart and escaped."""

from truceline.publication.dossier_parts import drawn_line, drawn_number, drawn_ref, drawn_row, drawn_table
from truceline.publication.dossier_words import (
    ACCESS,
    CHAIN,
    DID,
    PLACES,
    SEEN,
    STATUS,
    WAYS,
    WEIGHS,
)
from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, code, html, joined, name
from truceline.publication.times import moment, span
from truceline.vocabulary.dossier import Dossier
from truceline.vocabulary.exhibits_shown import ExhibitShown


def for_and_against(told: Dossier, words: Words) -> Html:
    """What speaks for it, then what speaks against it, each with who says so."""
    rows = [
        drawn_row(
            words.say(WAYS[one.way]), words.say(WEIGHS[one.kind]), drawn_ref(one.ref), name(one.by), name(one.says)
        )
        for one in told.weighs
    ]
    heads = (mark("Speaks"), mark("What"), mark("Which"), mark("By"), mark("Says"))
    return drawn_table(words, words.say("What speaks for it, then what speaks against it"), heads, rows)


def reports(told: Dossier, words: Words) -> Html:
    """The reports word for word, each with its source and what it counts as."""
    rows = [
        drawn_row(
            drawn_ref(one.report), name(one.when), name(one.place or one.area), name(one.kind),
            words.say(ACCESS[one.access]), name(one.origin), name(one.words),
        )
        for one in told.reports
    ]  # fmt: skip
    heads = (mark("Report"), mark("When"), mark("Place"), mark("Kind"), mark("Access"), mark("Origin"), mark("Words"))
    return drawn_table(words, words.say("Reports in force, as their sources gave them"), heads, rows)


def chronology(told: Dossier, words: Words) -> Html:
    """What was said to happen and what was done about it, in order of time."""
    rows = [
        drawn_row(
            span(words, one.start, one.end, told.zone) if one.end > one.start else moment(words, one.start, told.zone),
            name(one.what.replace("_", " ")), name(one.by), name(one.says), drawn_ref(one.ref),
        )
        for one in told.chronology
    ]  # fmt: skip
    heads = (mark("When"), mark("What"), mark("By"), mark("Says"), mark("Which"))
    return drawn_table(words, words.say("In order of time"), heads, rows)


def where(told: Dossier, words: Words) -> Html:
    """Whether the points agree, pair by pair."""
    place = told.geolocation
    said = drawn_line(words.say(PLACES[place.state]))
    areas = drawn_line(words.markup("Areas it may have been in: {areas}.", areas=words.listed(map(name, place.areas))))
    rows = [
        drawn_row(
            drawn_ref(one.one), drawn_ref(one.other), one.apart_m, words.say("yes") if one.touch else words.say("no")
        )
        for one in place.pairs
    ]
    heads = (mark("Report"), mark("Other report"), mark("Metres apart, at least"), mark("Circles touch"))
    pairs = drawn_table(words, words.say("Points two by two"), heads, rows) if rows else Html("")
    return joined([said, areas if place.areas else Html(""), pairs])


def seen(told: Dossier, words: Words) -> Html:
    """Who watched, there and then."""
    rows = [
        drawn_row(
            name(one.source), name(one.area), span(words, one.start, one.end, told.zone),
            words.say(STATUS[one.status]) if one.status in STATUS else name(one.status),
            words.say("yes") if one.told else words.say("no"),
        )
        for one in told.seen.rows
    ]  # fmt: skip
    heads = (mark("Source"), mark("Area"), mark("When"), mark("Status"), mark("Told of it"))
    drawn = drawn_table(words, words.say("Who watched there and then"), heads, rows) if rows else Html("")
    return joined([drawn_line(words.say(SEEN[told.seen.state])), drawn])


def exhibits(told: Dossier, words: Words) -> Html:
    """Each exhibit with its fingerprint, time-stamp and chain of custody."""
    if not told.exhibits:
        return drawn_line(words.say("No exhibit."))
    return joined(_exhibit(one, told.zone, words) for one in told.exhibits)


def _exhibit(one: ExhibitShown, zone: str, words: Words) -> Html:
    stamp = Html("")
    if one.stamp is not None and one.stamp.at is not None:
        stamp = drawn_line(
            words.markup("Time-stamp: {when} (signature not checked here).", when=moment(words, one.stamp.at, zone))
        )
    rows = [
        drawn_row(
            moment(words, step.at, zone), name(step.holder), words.say(DID[step.did]), name(step.to), name(step.by)
        )
        for step in one.custody
    ]
    heads = (mark("When"), mark("Holder"), mark("Did"), mark("To"), mark("By"))
    chain = words.markup("Chain of custody: {state}.", state=words.say(CHAIN[one.state]))
    gaps = joined(html('<li lang="en" dir="ltr">$gap</li>', gap=gap) for gap in one.breaks)
    return joined(
        [
            html("<h3>$title</h3>", title=name(one.title)),
            drawn_line(html("$id · SHA-256 $hash", id=drawn_ref(one.id), hash=code(one.sha256))),
            stamp,
            drawn_line(chain),
            html("<ul>$gaps</ul>", gaps=gaps) if one.breaks else Html(""),
            drawn_table(words, words.say("Who held it"), heads, rows) if rows else Html(""),
        ]
    )


def killed(told: Dossier, words: Words) -> Html:
    """Figures source by source; never added."""
    rows = [
        drawn_row(
            drawn_ref(one.report), words.say(ACCESS[one.access]), name(one.origin),
            drawn_number(one.low), drawn_number(one.best), drawn_number(one.high),
        )
        for one in told.casualties.figures
    ]  # fmt: skip
    heads = (mark("Report"), mark("Access"), mark("Origin"), mark("Low"), mark("Best"), mark("High"))
    note = drawn_line(words.say("Each figure is its source's own. They are never added up."))
    if not rows:
        return joined([note, drawn_line(words.say("No report gives a number of killed."))])
    return joined([note, drawn_table(words, words.say("Killed, source by source"), heads, rows)])
