"""Who said it, the id of a row, names of places and sides, the words and their language, rows of totals."""

import re

import msgspec

from truceline.intake.formats.said import source_id
from truceline.intake.proposing.columns import Column, is_total
from truceline.intake.proposing.opening import Opened
from truceline.intake.proposing.step import Choice, Step, Table, left_out, one_column, ranked
from truceline.intake.proposing.words import bare
from truceline.vocabulary.plain_yaml import Plain

EXPLAINS = {
    "report_id": "The source's own id of a row. A changed row under the same id is a revision; "
    "without an id it is a new row.",
    "source": "Who says it, as an id. Two rows of one source never count as two independent sources.",
    "place": "The name of the place as said.",
    "area": "The area as said: an area's or group's id or one of its names in the agreement.",
    "weapon": "The weapon, in any words.",
    "side_a": "The actors on one side, as the source names them. The order of the sides means nothing.",
    "side_b": "The actors on the other side.",
    "words": "What was said, word for word.",
    "language": "The language of the words, as a BCP 47 tag.",
}
_SCRIPTS = (
    ("ar", re.compile("[\u0621-\u064a]"), re.compile("[پچژگکی]")),
    ("uk", re.compile("[іїєґ]", re.I), re.compile("[ыэъё]", re.I)),
    ("ru", re.compile("[а-я]", re.I), re.compile("[іїєґ]", re.I)),
)
_COMMON = {"en": r"\b(?:the|of|and|in|was|were)\b", "fr": r"\b(?:le|la|les|des|du|et|une)\b"}
_LANGUAGES = ("en", "ar", "ru", "fr", "uk", "fa", "ku", "tr")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


def id_step(table: Table, opened: Opened, field: str = "report_id") -> Step:
    """The step for the id of a row."""
    own: Choice = Choice("made of the row's own cells", "then a changed row is a new one, and two equal rows are one",
                         {field: {"content": True}})  # fmt: skip
    offered, twice = [], ""
    for column in table.free():
        strength, why = column.said("report_id")
        if not column.unique:
            if strength >= 0.85 and not twice:
                twice = (
                    f"{column.name!r} looks like an id, and is empty or stands more than once in some rows: "
                    "rows of one id would be revisions of one another. It is not proposed."
                )
            continue
        short = column.length <= 40 and not any(" " in value for value in column.values)
        if strength < 0.5 and not (short and column.whole == 1 and column.at == 0 and column.rows > 2):
            continue
        reason = f"{why or 'it numbers the rows'}; no value stands twice"
        offered.append((strength + 0.3 * short, one_column(field, column, reason, len(column.filled))))
    choices = [choice for choice in ranked(offered) if _unique(opened, choice.columns[0])]
    question = "" if choices else twice
    return Step(field, EXPLAINS["report_id"], (*choices, own), 0, question)


def _unique(opened: Opened, name: str) -> bool:
    """In all rows, not only in the sample."""
    at = [cell.strip(" ") for cell in opened.header].index(name)
    seen: set[str] = set()
    rows = 0
    for text in opened.column(at):
        rows += bool(text)
        seen.add(text)
    return len(seen - {""}) == rows


def source_step(table: Table, name: str) -> Step:
    """The step for the source: a column of names as ids, or the table itself."""
    own = source_id(name.rpartition(".")[0] or name) or "table"
    alone = Choice(f"the table itself, {own!r}", "the rows say nothing of it, or are all from one source",
                   {"source": {"constant": own}})  # fmt: skip
    out = left_out("named when it is taken in", "truceline take-in --source ID says it for the whole file")
    offered = []
    for strength, why, column in table.said("source", 0.5):
        if (
            column.share(lambda text: any(map(str.isalpha, text[:60]))) < 0.7
            or column.length > 60
            or len(column.values) > max(30, len(column.filled) // 3)
        ):
            continue
        choice = source_choice(column, f"{why}; {len(column.values)} sources", own)
        if choice is not None:
            offered.append((strength, choice))
    sure = ranked([one for one in offered if one[0] >= 0.9])
    others = ranked([one for one in offered if one[0] < 0.9])
    return Step("source", EXPLAINS["source"], (*sure, alone, *others, out), 0)


def source_choice(column: Column, reason: str, own: str) -> Choice | None:
    """A column of sources as ids, numbered where their names give none; None where they are too many for that."""
    made = {value: source_id(value) for value in column.values}
    kept = all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", value) for value in made)
    plain: Plain = {"column": column.name, "default": own}
    if not kept and all(made.values()) and len(set(made.values())) == len(made):
        plain = {"column": column.name, "as": "id", "default": own}
    elif not kept:
        if len(made) > 30:
            return None
        plain = {"column": column.name, "default": own,
                 "values": {value: f"{own[:50]}-{at}" for at, value in enumerate(made, 1)}}  # fmt: skip
    return Choice(f"column {column.name!r}", reason, {"source": plain}, {}, len(column.filled), len(column.filled), (),
                  (column.name,))  # fmt: skip


def text_step(table: Table, field: str, least: float = 0.5) -> Step:
    """The step for a column of names or words."""
    offered = [
        (strength * _fits(field, column), one_column(field, column, why, len(column.filled)))
        for strength, why, column in table.said(field, least)
        if column.letters >= 0.5 and (field == "words" or column.length <= 120)
    ]
    if field == "words":
        offered += [
            (0.2, one_column(field, column, "its cells are the longest texts", len(column.filled)))
            for column in sorted(table.free(), key=lambda one: -one.length)[:1]
            if column.length >= 40 and column.letters > 0.8 and not column.share(lambda text: "://" in text)
        ]
    choices = list({choice.columns: choice for choice in ranked(offered)}.values())
    return Step(field, EXPLAINS[field], (*choices, left_out()), 0)


def _fits(field: str, column: Column) -> float:
    """How well the values fit: filled in most rows, and more than one name where they are to tell areas apart."""
    told = 0.5 + len(column.filled) / column.rows / 2
    return told / 2 if field == "area" and len(column.values) == 1 and column.rows > 10 else told


def side_step(table: Table, field: str) -> Step:
    """The step for one side; where one cell names several actors that others name alone, its parts are actors."""
    step = text_step(table, field)
    return msgspec.structs.replace(step, choices=tuple(_parted(table, field, choice) for choice in step.choices))


def _parted(table: Table, field: str, choice: Choice) -> Choice:
    column = next((one for one in table.columns if (one.name,) == choice.columns), None)
    alone = set(column.values) if column else set()
    for sign in (", ", "; ", " / ", "/", "،"):
        several = [value.split(sign) for value in alone if sign in value]
        known = sum(any(part.strip() in alone for part in parts) for parts in several)
        if column and several and 2 * known >= len(several):
            source: Plain = {"column": column.name, "split": sign}
            reason = f"{choice.reason}; {len(several)} cells name several actors, parted by {sign!r}"
            return msgspec.structs.replace(choice, reason=reason, fields={field: source})
    return choice


def language_step(table: Table, words: str) -> Step:
    """The step for the language: a column of tags, or that of the words' script."""
    out = left_out("not said", "then nothing is said of it")
    offered = [one_column("language", column, why, len(column.filled)) for _, why, column in table.said("language")
               if column.share(_TAG.fullmatch) == 1]  # fmt: skip
    column = next((one for one in table.columns if one.name == words), None)
    ending = bare(words).split()[-1:] if column else []
    tag = ending[0] if column and ending and ending[0] in _LANGUAGES else _script(column) if column else ""
    if tag:
        offered.append(
            Choice(f"always {tag!r}", f"the name, script or words of {words!r}", {"language": {"constant": tag}})
        )
    return Step("language", EXPLAINS["language"], (*offered, out), 0)


def _script(column: Column) -> str:
    for tag, letters, others in _SCRIPTS:
        if column.share(letters.search) > 0.9 and column.share(others.search) < 0.02:
            return tag
    shares = {tag: column.share(re.compile(words, re.I).search) for tag, words in _COMMON.items()}
    best = max(shares, key=lambda tag: shares[tag])
    return best if shares[best] > 0.6 else ""


def totals_step(opened: Opened, columns: list[Column]) -> Step | None:
    """The step for rows that sum up others: refused with that reason. None where there are none."""
    found = {
        column.name: words
        for column in columns
        if (words := {text: many for text, many in column.values.items() if len(text) < 40 and is_total(text)})
    }
    rare = {name: words for name, words in found.items() if sum(words.values()) * 10 <= max(30, len(opened.sample))}
    if not rare:
        return None
    told = "; ".join(
        f"{name!r}: {', '.join(f'{word!r} {many}' for word, many in words.items())}" for name, words in rare.items()
    )
    refuse = Choice("refuse them", f"rows of totals ({told}) are no reports of their own", {}, {
        "refuse": {name: list(words) for name, words in rare.items()}})  # fmt: skip
    return Step(
        "totals", "Rows that sum up other rows.", (refuse, left_out("read them like any row", "they are rows")), 0
    )
