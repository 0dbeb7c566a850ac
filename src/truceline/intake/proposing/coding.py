"""What: the kind of incident by the words of the table; whose words no one knows stay empty and are listed."""

from truceline.intake.proposing.columns import Column
from truceline.intake.proposing.step import Choice, Step, Table, left_out, ranked
from truceline.intake.proposing.words import kind_of
from truceline.vocabulary.codes import codes
from truceline.vocabulary.plain_yaml import Plain

EXPLAINS = (
    "What kind of incident it was, as a code of the list incident_kinds. A word without a code becomes an empty "
    "kind: an indicator may count such a report and never surely."
)
MOST_WORDS, MOST_CODES, MOST_LENGTH = 80, 12, 80


def kind_step(table: Table) -> Step:
    """The step for the kind, with a code proposed for each word that the table uses."""
    offered = []
    for column in table.free():
        strength, why = column.said("kind")
        if len(column.values) > MOST_WORDS or column.length > MOST_LENGTH:
            continue
        known = column.many(kind_of)
        share = known / len(column.filled)
        coded = column.whole > 0.5 and (strength < 0.9 or len(column.values) > MOST_CODES)
        if (share < 0.25 and strength < 0.5) or coded or (not known and strength < 0.9):
            continue
        reason = f"{why or 'its words are kinds of incidents'}; {known} of {len(column.filled)} cells have a code"
        offered.append((strength * 0.8 + share, kind_choice(column, reason, known)))
    out = left_out("no kind", "then all kinds stay empty")
    choices = ranked(offered)
    if not choices:
        return Step("kind", EXPLAINS, (out,), 0)
    lost = choices[0].of - choices[0].read
    question = (
        f"{lost} of {choices[0].of} cells have words without a code and stay empty: add codes under values."
        if lost
        else ""
    )
    return Step("kind", EXPLAINS, (*choices, out), 0, question)


def kind_choice(column: Column, reason: str, known: int) -> Choice:
    """A column of kinds, with the code proposed for each of its words."""
    if all(value in codes("incident_kinds") for value in column.values):
        return Choice(f"column {column.name!r}", f"{reason}: they are our own codes", {"kind": column.name}, {},
                      len(column.filled), len(column.filled), (), (column.name,))  # fmt: skip
    values: dict[str, Plain] = {word: kind_of(word) for word, _ in column.values.most_common()}
    notes = tuple(f"{word!r} ({many} of {len(column.filled)} cells): no code proposed" for word, many in
                  column.values.most_common() if not kind_of(word))  # fmt: skip
    source: Plain = {"column": column.name, "values": values}
    return Choice(
        f"column {column.name!r}", reason, {"kind": source}, {}, known, len(column.filled), notes, (column.name,)
    )
