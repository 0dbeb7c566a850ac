"""The pages on the record and on clocks name what the program has."""

import re
from hashlib import sha256, shake_256
from pathlib import Path

from truceline.record.commit import commit
from truceline.record.entry import KINDS
from truceline.store.tables import KEPT_FOR_EVER, READ_TABLES, column_names
from truceline.vocabulary.assessment import ClockState, Outcome


def test_the_page_of_the_record_has_every_read_table_with_its_columns_in_order(root: Path) -> None:
    page = (root / "docs/reference/record-format.md").read_text(encoding="utf-8")
    read = page[page.index("## Read tables") :]
    written = dict(re.findall(r"^\| `(\w+)` \| (\w+, .*) \|$", read, re.M))
    assert written == {table: ", ".join(column_names(table)) for table in READ_TABLES}


def test_the_page_of_the_record_has_every_kind_of_entry_and_guarded_table(root: Path) -> None:
    page = (root / "docs/reference/record-format.md").read_text(encoding="utf-8")
    assert [word for word in (*KINDS, *KEPT_FOR_EVER) if f"`{word}`" not in page] == []


def test_a_payload_is_committed_to_as_the_page_says() -> None:
    def number(value: int) -> bytes:
        return value.to_bytes(4, "big")

    def prefixed(part: bytes) -> bytes:
        return number(len(part)) + part

    secret, fields = bytes(range(32)), [("source", b"mission"), ("when", b"2025-03-16"), ("rest", b"")]
    salts = shake_256(prefixed(b"truceline salt v2") + secret).digest(32 * len(fields))
    made = b""
    for position, (name, content) in enumerate(fields):
        salt = salts[32 * position : 32 * position + 32]
        message = prefixed(b"truceline field v2") + number(position) + prefixed(name.encode()) + content
        made += sha256(salt + message).digest()
    assert commit(secret, fields) == sha256(b"truceline payload v2" + number(len(fields)) + made).digest()


def test_the_page_of_clocks_has_every_state(root: Path) -> None:
    page = (root / "docs/explanation/clocks.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| [\w ,]+ \| `(\w+)` \|$", page, re.M)
    assert written and set(written) == set(ClockState)


def test_the_page_of_outcomes_has_every_outcome_in_the_order_in_which_they_are_asked(root: Path) -> None:
    page = (root / "docs/explanation/outcomes.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| `(\w+)` \|", page, re.M)
    assert written == "not_in_force conflict breached undecided excused not_observed complied".split()
    assert set(written) == set(Outcome)


def test_the_page_of_dependencies_has_every_dependency(root: Path) -> None:
    page = (root / "docs/why/001-dependencies.md").read_text(encoding="utf-8")
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", project, re.M | re.S)
    assert listed
    names = set(re.findall(r'^  "([\w-]+)', listed[1], re.M))
    assert names == set(re.findall(r"^\| ([a-z0-9]+) \| [A-Z]", page, re.M))
