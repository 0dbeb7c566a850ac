"""The record's page: the head as the log says it, the entries without their words, and an audit that finds harm."""

import csv
import io
import sqlite3
from typing import Any

from truceline.pipeline.questions import Asked
from truceline.pipeline.room.record import LATEST, audit_now, bundle_bytes, record_page
from truceline.vocabulary.marking import INTERNAL

NOW = 1_762_000_000_000_000
ASKED = Asked(INTERNAL, NOW)


def test_the_page_reads_the_same_head_aloud_as_the_log_does(desk: Any) -> None:
    desk.init()
    head, page = desk.run("log", "head", desk.mission, "--json").json(), record_page(desk.mission, ASKED)
    assert list(page.spoken) == head["spoken"]
    assert (page.size, page.root, page.key) == (head["size"], head["root"], head["key"])


def test_entries_are_listed_newest_first_by_kind_page_after_page_down_to_the_agreement(desk: Any) -> None:
    desk.init()
    files = [desk.folder / f"{n}.csv" for n in range(2)]
    rows = [
        {"report_id": str(n), "source": "patrol", "when": "2025-03-04", "kind": "shelling", "side_a": "", "side_b": ""}
        for n in range(40)
    ]
    for n, file in enumerate(files):
        file.write_bytes(as_csv([{**row, "report_id": f"{n}-{row['report_id']}"} for row in rows]))
    assert desk.run("take-in", desk.mission, *files).code == 0
    seen, before = [], None
    while True:
        page = record_page(desk.mission, ASKED, before)
        assert len(page.entries) <= LATEST
        seen += [(one.seq, one.kind) for one in page.entries]
        if not page.older:
            break
        before = page.older
    assert [seq for seq, _ in seen] == list(range(page.size - 1, -1, -1))
    assert seen[-1] == (0, "agreement")
    assert {"row", "submission"} <= {kind for _, kind in seen}


def test_an_audit_from_the_page_holds_and_after_a_changed_key_does_not(desk: Any) -> None:
    desk.init()
    assert audit_now(desk.mission).faults == ()
    with sqlite3.connect(desk.mission) as file:
        file.execute("UPDATE log SET public_key = randomblob(32)")
    file.close()
    assert [one.what for one in audit_now(desk.mission).faults]


def test_a_bundle_from_the_page_is_one_that_another_holder_accepts(holders: Any) -> None:
    nodes = holders(north="north", south="south")
    stick = nodes.folder / "from-the-page.bundle"
    stick.write_bytes(bundle_bytes(nodes.desks["north"].mission, "south"))
    nodes.run("south", "exchange", "accept", "--", str(stick))
    nodes.carry("south", "north")
    (_, other) = record_page(nodes.desks["south"].mission, ASKED).logs
    assert (other.name, other.size) == ("north", record_page(nodes.desks["north"].mission, ASKED).size)
    own = record_page(nodes.desks["north"].mission, ASKED).logs[0]
    assert {(one.by, one.how) for one in own.known} >= {("south", "cosigned")}


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()
