"""`truceline map`: proposes, asks, writes, tries; a mission then takes the table in through what was written."""

import json
import os
import pty
import select
import sys
import time

import pytest

from truceline.cli.asking import converse
from truceline.intake.proposing.by_hand import instead
from truceline.intake.proposing.drafting import proposed
from truceline.intake.proposing.opening import open_any

TOWN = """\
Village log 2025;;;;;;;
No;Date;Time;Village;Position;What happened;Dead;Remarks
1;04/03/2025;9:05;Old Mill;36.2021, 37.1343;Mortar shells;2;Two shells fell near the mill.
2;05/03/2025;;Ford;"36°12'07.6""N 37°08'03.5""E";Air raid;3-5;Heard by all.
3;06/03/2025;N/K;Bridge;;Sniper;;
Total;;;;;;7;
"""


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.csv"
    path.write_text(TOWN, encoding="utf-8")
    return path


def mapping_of(path):
    return path.with_name("town.mapping.yaml")


def test_without_a_terminal_the_questions_are_listed_and_the_exit_code_says_so(office, town):
    ran = office.truceline("map", town)
    assert ran.code == 1
    assert "QUESTION  when: Is the day or the month first in 'Date'?" in ran.out
    assert "4 rows = 0 read + 4 refused" in ran.out
    text = mapping_of(town).read_text(encoding="utf-8")
    assert "# QUESTION, when:" in text and "\ndates:" not in text


def test_yes_accepts_proposals_and_never_answers_what_only_a_person_knows(office, town):
    assert office.truceline("map", town, "--yes").code == 1
    ran = office.truceline("map", town, "--yes", "--force", "--dates", "DD/MM/YYYY", "--zone", "Asia/Damascus")
    assert ran.code == 0
    assert "4 rows = 3 read + 1 refused. Times: Asia/Damascus." in ran.out
    assert "when: 2025-03-04T09:05:00+03:00 to" in ran.out
    assert "killed: at least 3, at most 5" in ran.out


def test_a_mapping_that_is_there_is_not_written_over(office, town):
    mapping_of(town).write_text("mine", encoding="utf-8")
    ran = office.truceline("map", town, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "--force" in ran.err
    assert mapping_of(town).read_text(encoding="utf-8") == "mine"


def test_the_next_command_takes_the_table_in_as_the_preview_said(office, town, tmp_path):
    told = office.truceline("map", town, "--yes", "--dates", "DD/MM/YYYY", "--json").json()
    assert (told["preview"]["read"], told["preview"]["refused"], told["questions"]) == (3, 1, [])
    desk = office.Desk(tmp_path).init()
    words = told["next"].split()
    assert words[:2] == ["truceline", "take-in"]
    taken = desk.run(*[desk.mission if word == "MISSION" else word for word in words[1:]], "--json").json()
    assert (taken["totals"]["reports"], taken["totals"]["refused"]) == (3, 1)
    assert taken["totals"]["deaths"] == {"low": 3, "best": 2, "high": 5}
    assert desk.run("rebuild", desk.mission).code == 0
    assert desk.run("audit", desk.mission).code == 0


def test_json_tells_every_choice_and_never_asks(office, town):
    told = office.truceline("map", town, "--json").json()
    when = next(step for step in told["steps"] if step["field"] == "when")
    assert when["open"] and len(when["choices"]) >= 3
    assert told["header"][:3] == ["No", "Date", "Time"]
    assert told["mapping"] == str(mapping_of(town))
    assert told["preview"]["first_refusals"][0]["mend"]


def test_a_table_of_a_known_form_is_said_to_need_no_mapping(office, tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("report_id,source,when,kind,side_a,side_b\n1,x,2025-03-04,shelling,A,B\n", encoding="utf-8")
    ran = office.truceline("map", path, "--yes")
    assert ran.code == 0
    assert "is of the form truceline_reports: it can be taken in without a mapping" in ran.out


def test_a_table_in_which_nothing_is_dated_is_told_so(office, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name,text\nMill,so\n", encoding="utf-8")
    ran = office.truceline("map", path, "--yes")
    assert ran.code == 1
    assert "No row can be read yet" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dates", "DD/MM"], "no order of dates"),
        (["--table", "incidents"], "incidents"),
        (["--sheet", "More"], "no sheet 'More'"),
        (["--encoding", "klingon"], "klingon"),
        (["--zone", "Asia/Atlantis"], "no time zone"),
    ],
)
def test_wrong_use_is_refused_with_its_reason(office, town, words, said):
    ran = office.truceline("map", town, *words)
    assert ran.code == 2
    assert said in ran.err
    assert not mapping_of(town).exists()


def test_hostile_cells_do_not_reach_the_terminal(office, tmp_path):
    bad = "\x1b[2J\u202e\x9b31m\x07=cmd|x"
    path = tmp_path / "bad.json"
    rows = [{"id": str(at), "date": "2025-03-04", f"type{bad}": f"shells{bad}", "notes": bad} for at in range(3)]
    path.write_text(json.dumps([*rows, {"id": "9", "date": bad}]), encoding="utf-8")
    ran = office.truceline("map", path)
    assert not set(ran.out + ran.err) & {"\x1b", "\u202e", "\x9b", "\x07"}
    text = (tmp_path / "bad.mapping.yaml").read_text(encoding="utf-8")
    assert all(char.isprintable() or char == "\n" for char in text)


class Person:
    """Types one answer after another, and keeps what was said."""

    def __init__(self, *answers):
        self.answers, self.heard = list(answers), []

    def type(self, prompt):
        return self.answers.pop(0) if self.answers else ""

    def talk(self, content):
        opened = open_any("town.csv", content.encode())
        return converse(
            proposed(opened).steps, self.type, self.heard.append, lambda step, name: instead(opened, step, name)
        )


def field(talked, name):
    at = next(at for at, step in enumerate(talked.steps) if step.field == name)
    return talked.steps[at].choices[talked.answers[at]]


def test_enter_accepts_a_number_chooses_and_back_goes_back():
    talked = Person("", "b", "2", "", "", "2").talk(TOWN)
    assert field(talked, "report_id").fields == {"report_id": {"content": True}}
    assert field(talked, "when").settings == {"dates": ["MM/DD/YYYY"]}


def test_where_nothing_is_proposed_enter_is_no_answer():
    person = Person("", "", "", "1")
    assert field(person.talk(TOWN), "when").settings == {"dates": ["DD/MM/YYYY"]}
    assert any("there is no proposal: choose one" in line for line in person.heard)


def test_a_question_mark_explains_and_nonsense_says_what_can_be_typed():
    person = Person("?", "99", "-1", "x")
    person.talk(TOWN.replace("04/03/2025", "14/03/2025"))
    assert sum("A number chooses" in line for line in person.heard) == 4
    assert any("own id of a row" in line for line in person.heard)


def test_a_column_can_be_named_where_it_was_not_proposed():
    person = Person("", "=Village", "", "1", "= no such", "", "=Remarks")
    talked = person.talk(TOWN)
    assert field(talked, "source").fields == {"source": {"column": "Village", "as": "id", "default": "source"}}
    assert field(talked, "place").fields == {"place": "Remarks"} or field(talked, "where")
    assert any("'no such' is no column" in line for line in person.heard)


def test_leaving_writes_nothing():
    assert Person("", "q").talk(TOWN) is None


def test_on_a_terminal_it_asks_and_writes(town):
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "truceline", "map", str(town)])
    shown = _until(terminal, b"> ")
    for answer in ("", "", "1", *[""] * 20):
        os.write(terminal, f"{answer}\n".encode())
        shown += _until(terminal, b"> ")
        if b"Next: " in shown:
            break
    shown += _until(terminal, b"\xff")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert b"4 rows = 3 read + 1 refused" in shown
    assert 'dates: ["DD/MM/YYYY"]' in mapping_of(town).read_text(encoding="utf-8")


def _until(terminal, sign, most_s=30):
    shown, over = b"", time.monotonic() + most_s
    while time.monotonic() < over and not shown.endswith(sign) and b"Next: " not in shown:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                part = os.read(terminal, 65_536)
            except OSError:
                break
            if not part:
                break
            shown += part
    return shown
