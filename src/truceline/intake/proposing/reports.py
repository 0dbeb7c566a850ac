"""The steps for a table of reports, in the order in which they are asked."""

from truceline.intake.proposing.coding import kind_step
from truceline.intake.proposing.columns import columns_of
from truceline.intake.proposing.counting import killed_step
from truceline.intake.proposing.dating import when_step
from truceline.intake.proposing.naming import id_step, language_step, side_step, source_step, text_step, totals_step
from truceline.intake.proposing.opening import Opened
from truceline.intake.proposing.placing import where_step
from truceline.intake.proposing.step import Step, Table

ASKED = (
    "report_id", "source", "when", "where", "place", "area", "kind", "weapon", "side_a", "side_b", "killed", "words",
    "language", "totals",
)  # fmt: skip


def report_steps(opened: Opened) -> list[Step]:
    """What is to be decided about a table of reports. What is surest in a table takes its columns first."""
    columns = columns_of(opened.header, opened.tags, opened.sample)
    table = Table(opened.name, columns)
    made: dict[str, Step] = {}
    made["where"] = table.take(where_step(table))
    made["when"] = table.take(when_step(table))
    made["report_id"] = table.take(id_step(table, opened))
    made["killed"] = table.take(killed_step(table))
    made["kind"] = table.take(kind_step(table))
    for field in ("side_a", "side_b"):
        made[field] = table.take(side_step(table, field))
    for field in ("area", "place", "weapon"):
        made[field] = table.take(text_step(table, field))
    made["source"] = table.take(source_step(table, opened.name))
    made["words"] = table.take(text_step(table, "words"))
    words = made["words"].choices[0].columns
    made["language"] = table.take(language_step(table, words[0] if words else ""))
    totals = totals_step(opened, columns)
    if totals is not None:
        made["totals"] = totals
    return [made[field] for field in ASKED if field in made]
