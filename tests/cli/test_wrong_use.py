"""Wrong use and wrong files: a clear sentence with a mend, exit 2, nothing half-written."""

from importlib import resources

import pytest

EXAMPLE = {
    file.name: file.read_bytes()
    for file in (resources.files("truceline") / "agreements" / "example").iterdir()
    if file.is_file()
}


def refused(ran, *words):
    """Exit 2, a sentence and a mend on stderr, nothing on stdout."""
    assert ran.code == 2, (ran.code, ran.out, ran.err)
    assert ran.out == ""
    assert any(line.startswith("truceline: ") for line in ran.err.splitlines())  # progress may stand before it
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err, (word, ran.err)
    return ran


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",), ("ledger",), ("ledger", "{m}", "--colour", "red"), ("init", "{new}"),
        ("ledger", "{m}", "--from"),
        ("bulletin", "{m}", "--audience", "internal"), ("simulate", "--out", "{new}", "--seed", "x"),
        ("export", "{m}", "--out", "{new}", "--format", "xml", "--audience", "internal"),
        ("bulletin", "{m}", "--out", "{new}", "--audience", "internal", "--language", "tlh"),
        ("take-in", "{m}", "--source"),
    ],
)  # fmt: skip
def test_wrong_use_is_refused(desk, words):
    desk.init()
    new = desk.folder / "new"
    refused(desk.run(*(word.format(m=desk.mission, new=new) for word in words)))
    assert not new.exists()


def test_an_unknown_command_points_to_the_help(desk):
    refused(desk.run("nonsense"), "nonsense", "--help")


def test_an_unknown_pack_names_those_there_are(desk):
    refused(desk.run("init", desk.mission, "--agreement", "atlantis"), "'atlantis'", "example", "syria-2016")
    assert list(desk.folder.iterdir()) == []
    refused(desk.run("check", "atlantis"), "'atlantis'", "example", "syria-2016")


def test_an_unknown_reading_names_those_there_are(desk):
    words = ("init", desk.mission, "--agreement", "example", "--exercise", "--reading", "lax")
    refused(desk.run(*words), "'lax'", "strict", "lenient", "shifted")
    assert list(desk.folder.iterdir()) == []
    desk.init()
    for command in ("ledger", "clocks", "evaluate"):
        refused(desk.run(command, desk.mission, "--reading", "lax"), "'lax'", "strict, lenient, shifted")


def test_without_a_reading_the_ledger_refuses_and_names_the_choices(desk):
    desk.init("example", None)
    out = desk.folder / "b.html"
    for words in (
        ("ledger", desk.mission), ("clocks", desk.mission), ("evaluate", desk.mission),
        ("bulletin", desk.mission, "--out", out, "--audience", "internal"),
    ):  # fmt: skip
        refused(desk.run(*words), "No reading is chosen", "--reading", "strict, lenient, shifted")
    assert not out.exists()


@pytest.mark.parametrize(
    "choice", "day_boundary zone exclusions umbrella threshold counting coverage unknown_day".split()
)
def test_a_reading_that_leaves_a_choice_open_is_refused_and_the_choice_named(desk, choice):
    desk.init()
    lines = [
        'id: open', 'title: {en: Open}', 'author: a test', 'dated: "2025-01-01"', 'note: {en: None.}',
        'day_boundary: "00:00"',
        'zone: Etc/GMT-2', 'exclusions: truce_text', 'umbrella: presumed_bound', 'threshold: 0',
        'counting: each_report_unless_it_repeats', 'coverage: {sources: 1, hours: 1}', 'unknown_day: undecided',
    ]  # fmt: skip
    written = desk.file("open.yaml", "\n".join(line for line in lines if not line.startswith(f"{choice}:")) + "\n")
    refused(desk.run("ledger", desk.mission, "--reading", written), "'open'", f"leaves open: {choice}")
    whole = desk.file("whole.yaml", "\n".join(lines) + "\n")
    assert desk.told("ledger", "--reading", whole)["registered"] is False


@pytest.mark.parametrize("content", ["", "id: [", "just words", "id: x\n", "\x00", "a: &x 1\nb: *x\n"])
def test_a_reading_file_that_is_none_is_refused(desk, content):
    desk.init()
    refused(desk.run("ledger", desk.mission, "--reading", desk.file("r.yaml", content)))


@pytest.mark.parametrize("command", ["bulletin", "export"])
def test_nothing_leaves_without_an_audience(desk, command):
    desk.init()
    out = desk.folder / "out"
    refused(desk.run(command, desk.mission, "--out", out), "Who is to read it?", "--audience internal")
    assert not out.exists()


@pytest.mark.parametrize("audience", ["public", "council", "task_force", "co_chairs"])
@pytest.mark.parametrize("command", ["bulletin", "export"])
def test_nothing_has_been_released_to_anybody(desk, command, audience):
    desk.init()
    out = desk.folder / "out"
    refused(desk.run(command, desk.mission, "--out", out, "--audience", audience), "Nothing", f"'{audience}'")
    assert not out.exists()


def test_an_audience_that_is_none_is_refused(desk):
    desk.init()
    refused(
        desk.run("bulletin", desk.mission, "--out", desk.folder / "o", "--audience", "friends"), "'friends'", "internal"
    )


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--indicator", "peace"), "between_parties"), (("--area", "moon"), "river_towns"),
        (("--from", "2025-13-01"), "calendar"),
        (("--to", "2025-03"), "YYYY-MM-DD"), (("--from", "03/04/2025"), "YYYY-MM-DD"),
        (("--as-of", "soon"), "2016-02-27"),
    ],
)  # fmt: skip
def test_what_the_agreement_does_not_have_is_refused_with_what_it_has(desk, options, word):
    desk.init()
    refused(desk.run("ledger", desk.mission, *options), word)


def test_an_invented_pack_needs_the_exercise_flag(desk):
    refused(desk.run("init", desk.mission, "--agreement", "example"), "--exercise")


# --- packs ---------------------------------------------------------------------------------------

BAD_PACKS = {
    "a reference to nothing": ("agreement.yaml", "party: north", "party: nowhere", "nowhere"),
    "a time that is none": (
        "agreement.yaml",
        'start: "2025-03-15T00:00"',
        'start: "2025-03-35T00:00"',
        "clocks[0].start",
    ),
    "an unknown key": ("agreement.yaml", "exercise_only: true", "exercise_only: true\ncolour: red", "colour"),
    "a key twice": ("agreement.yaml", 'version: "1"', 'version: "1"\nversion: "2"', "version"),
    "an anchor": ("agreement.yaml", "title:", "title: &t", "anchor"),
    "a tab": ("agreement.yaml", "  en: Truce", "\ten: Truce", "line"),
    "an unknown zone": ("agreement.yaml", "zone: Etc/GMT-2\nperiod", "zone: Mars/Olympus\nperiod", "Mars/Olympus"),
    "both days and hours": ("agreement.yaml", "    days: 7\n", "    days: 7\n    hours: 4\n", "days and hours"),
    "an open ring": ("areas.geojson", "[-40.29, 20.14]]]", "[-40.29, 20.15]]]", "open ring"),
    "broken JSON": ("areas.geojson", '"features": [', '"features": [,', "areas.geojson"),
    "an area not drawn": ("areas.geojson", '"id": "river_towns"', '"id": "sea_towns"', "sea_towns"),
    "an example of nothing": ("examples.yaml", "area: river_towns", "area: moon", "moon"),
}


def bad_pack(desk, case):
    file, old, new, word = BAD_PACKS[case]
    folder = desk.folder / "example"
    folder.mkdir()
    for name, content in EXAMPLE.items():
        text = content.decode()
        assert name != file or old in text, case
        (folder / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    return folder, file, word


@pytest.mark.parametrize("case", BAD_PACKS)
def test_a_bad_pack_is_refused_with_file_and_line(desk, case):
    folder, file, word = bad_pack(desk, case)
    for words in (
        ("check", folder),
        ("init", desk.mission, "--agreement", folder, "--exercise", "--reading", "strict"),
    ):
        ran = refused(desk.run(*words), f"{file}, line ", word)
        line = ran.err.partition(f"{file}, line ")[2].split(":")[0].split(",")[0]
        assert line.isdigit() and int(line) >= 1
    assert not desk.mission.exists()


def test_a_pack_without_a_file_is_refused(desk):
    (desk.folder / "example").mkdir()
    (desk.folder / "example" / "agreement.yaml").write_bytes(EXAMPLE["agreement.yaml"])
    refused(desk.run("check", desk.folder / "example"), "areas.geojson")


def test_a_wrong_example_fails_the_check_and_is_named(desk):
    folder = desk.folder / "example"
    folder.mkdir()
    for name, content in EXAMPLE.items():
        text = content.decode()
        if name == "examples.yaml":
            text = text.replace(
                "expect: {verdict: not_quiet, low: 1, high: 1}", "expect: {verdict: quiet, low: 1, high: 1}", 1
            )
        (folder / name).write_text(text, encoding="utf-8")
    ran = desk.run("check", folder)
    assert ran.code == 1
    assert (
        "Shelling between the two sides makes the day not quiet: expected verdict quiet, got verdict not_quiet"
        in ran.out
    )
    assert "1 disagree" in ran.out
    told = desk.run("check", folder, "--json")
    assert (told.code, len(told.json()["disagreements"])) == (1, 1)


# --- files to take in ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.csv", b"", "empty"), ("blank.csv", b"\n\n", "blank"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
        ("sheet.xlsx", b"PK\x03\x04" + bytes(99), "spreadsheet"), ("noise.csv", bytes(range(256)) * 9, "noise.csv"),
        ("other.csv", b"colour,shape\nred,round\n", "no known form"),
        ("old.csv", b"\xff\xfe\x00\x00" + bytes(8), "UTF-32"),
        ("base.csv", b"SQLite format 3\x00" + bytes(90), "database"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_and_nothing_entered(desk, name, content, word):
    desk.init()
    before = desk.mission.read_bytes()
    refused(desk.run("take-in", desk.mission, desk.file(name, content)), name, word)
    assert desk.stored("SELECT count(*) FROM entry") == [(1,)]
    assert desk.mission.read_bytes() == before


def test_a_file_that_is_not_there_or_a_folder_is_refused(desk):
    desk.init()
    refused(desk.run("take-in", desk.mission, desk.folder / "none.csv"), "none.csv", "No such file")
    refused(desk.run("take-in", desk.mission, desk.folder), "directory")
    refused(desk.run("take-in", desk.mission), "No file was given")
    assert desk.stored("SELECT count(*) FROM entry") == [(1,)]


def test_refused_rows_are_no_failure(desk):
    desk.init()
    ran = desk.run(
        "take-in", desk.mission, desk.file("r.csv", "report_id,source,when,kind,side_a,side_b\n1,ngo,soon,,,\n")
    )
    assert ran.code == 0
    assert "Refused and kept as received: 1" in ran.out
    assert "row 2, column when" in ran.out
    assert "truceline refusals" in ran.out


def test_a_header_without_rows_is_a_table_of_no_rows(desk):
    desk.init()
    [file] = desk.take_in(desk.file("r.csv", "report_id,source,when,kind,side_a,side_b\n"))["files"]
    assert (file["rows"], file["reports"]) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-9", "rot13", "base64"])
def test_an_encoding_that_is_none_is_refused(desk, encoding):
    desk.init()
    path = desk.file("r.csv", "report_id,source,when,kind,side_a,side_b\n1,ngo,2025-03-20,,,\n")
    refused(desk.run("take-in", desk.mission, path, "--encoding", encoding), encoding)


@pytest.mark.parametrize("content", ["", "format: [", "columns: {}\n", "\x00"])
def test_a_mapping_that_is_none_is_refused(desk, content):
    desk.init()
    path = desk.file("r.csv", "a,b\n1,2\n")
    refused(desk.run("take-in", desk.mission, path, "--mapping", desk.file("m.yaml", content)), "m.yaml")


# --- acts ----------------------------------------------------------------------------------------

DECLARED = {
    "act": "declaration",
    "by": "alpha",
    "at": "2025-03-20T10:00",
    "clock": "seven_quiet_days",
    "says": "met",
    "because": "So.",
}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"by": "gamma"}, "by"), ({"at": "soon"}, "at"), ({"clock": "cuckoo"}, "clock"),
        ({"says": "perhaps"}, "perhaps"),
        ({"says": "extended"}, "until"), ({"until": "2025-04-01"}, "until"), ({"says": "condition_met"}, "condition"),
        ({"act": "wish"}, "wish"), ({"colour": "red"}, "colour"), ({"because": None}, "null"),
        ({"at": "03/04/2025"}, "at"),
        ({"act": "withdrawal", "of": "0123456789ab", "clock": None, "says": None}, "of"),
    ],
)  # fmt: skip
def test_a_wrong_act_is_refused_with_file_and_line(desk, change, word):
    desk.init()
    fields = {key: value for key, value in (DECLARED | change).items() if value is not None or key == "because"}
    path = desk.file(
        "act.yaml", "".join(f"{key}: {'null' if value is None else value}\n" for key, value in fields.items())
    )
    refused(desk.run("enter", desk.mission, path), f"{path}, line ", word)
    assert desk.stored("SELECT count(*) FROM act") == [(0,)]


def test_acts_are_entered_all_or_none(desk):
    desk.init()
    good = desk.file("good.yaml", "".join(f"{key}: {value}\n" for key, value in DECLARED.items()))
    bad = desk.file("bad.yaml", "".join(f"{key}: {value}\n" for key, value in (DECLARED | {"by": "gamma"}).items()))
    refused(desk.run("enter", desk.mission, good, bad), "bad.yaml, line 2", "alpha, beta, secretariat")
    assert desk.stored("SELECT count(*) FROM act") == [(0,)]


@pytest.mark.parametrize("content", ["", "[]", "- 1", "!!python/object/apply:os.system [ls]", "a: &x 1\nb: *x", "\xff"])
def test_a_file_that_is_no_act_is_refused_or_empty(desk, content):
    desk.init()
    ran = desk.run("enter", desk.mission, desk.file("a.yaml", content))
    assert ran.code in (0, 2)
    assert "Traceback" not in ran.err
    assert desk.stored("SELECT count(*) FROM act") == [(0,)]


def test_only_the_body_that_acted_can_withdraw(desk):
    desk.init()
    entered = desk.act(**DECLARED)
    fields = {"act": "withdrawal", "by": "beta", "at": "2025-03-21T10:00", "of": entered["id"], "because": "No."}
    path = desk.file("w.yaml", "".join(f"{key}: {value!r}\n" for key, value in fields.items()))
    refused(desk.run("enter", desk.mission, path), "the act is alpha's", "Only the body that acted")


# --- the theatre ---------------------------------------------------------------------------------


def test_simulate_and_demo_overwrite_nothing(desk):
    kept = desk.file("kept.txt", "mine")
    refused(desk.run("simulate", "--out", desk.folder), "not an empty folder")
    refused(desk.run("demo", "--out", desk.folder, "--no-open"), "not an empty folder")
    assert [path.name for path in desk.folder.iterdir()] == ["kept.txt"]
    assert kept.read_text() == "mine"


@pytest.mark.parametrize("reports", ["0", "-1", "99999999999"])
def test_a_theatre_of_no_size_is_refused(desk, reports):
    refused(desk.run("simulate", "--out", desk.folder / "s", f"--reports={reports}"), "cannot be simulated")
    assert not (desk.folder / "s").exists()
