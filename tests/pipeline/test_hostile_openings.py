"""Another holder enters and opens anything, under honest commitments: it is read for what it is worth, and no more.

Whatever it is, taking it in neither fails nor hangs, alters nothing that the own entries say, and a rebuild gives the
same. Kinds by hand first; then what chance makes of them ($TRUCELINE_HOSTILE tries; a few in every run).
"""

import itertools
import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from truceline.exchange.releases import Release
from truceline.pipeline.releasing import enter_release
from truceline.record.commit import MOST_FIELDS, SECRET_BYTES, packed
from truceline.record.entry import entry_of
from truceline.record.merkle import leaf_hash
from truceline.store.mission_file import MissionFile
from truceline.store.tables import FIRST_PLACE, READ_TABLES

TRIES = int(os.environ.get("TRUCELINE_HOSTILE", "40"))
DAY = "2025-03-20"
HUGE = (1 << 53) - 1
DEEP = b"[" * 50_000 + b"]" * 50_000
SECONDS = 20
ASKED = (
    ("evaluate",), ("evaluate", "--view", "shared"), ("ledger", "--view", "shared"), ("clocks",), ("acts",),
    ("refusals",), ("recalls",), ("sources",), ("registers",), ("rivals",), ("releases",), ("destructions",),
    ("exchange", "state"), ("exchange", "list"), ("key", "list"), ("audit",), ("rebuild",),
)  # fmt: skip
WHO = {"act": "finding", "by": "alpha", "at": f"{DAY}T09:00"}
MATTER = {"about": "The bridge", "held": "happened", "what": "Shells."}
ABOUT = {"file": "a.csv", "sheet": "", "format": "truceline_reports", "version": "1", "encoding": "utf-8",
         "source": ""}  # fmt: skip
COUNTS = {"rows": 1, "already_held": 0, "killed": [0, 0, 0]}


@pytest.fixture
def two(holders, office):
    """North has rows, coverage, a recall's worth of acts; south is the hostile one, and has an honest layout."""
    made = holders(north="north", south="south")
    for name in made.sides:
        made.desks[name].reports({"when": DAY, "area": "river_towns"}, {"when": DAY, "area": "hill_villages"})
        made.desks[name].watched("2025-03-15", "2025-03-22")
        made.finding = made.act(name, because="Craters.", **WHO, **MATTER)
    made.finding = next(one["id"] for one in made.told("north", "acts")["acts"])
    made.release("north")
    made.meet()
    made.before = own_words(made)
    return made


def own_words(two: Any) -> dict[str, list[Any]]:
    """All that the read tables of north say of its own entries."""
    tables = {name: columns for name, columns in READ_TABLES.items() if name not in ("release", "opened")}
    asked = {name: f'SELECT * FROM "{name}" WHERE seq < {FIRST_PLACE} ORDER BY 1, 2, 3' for name in tables}
    return {name: two.desks["north"].stored(question) for name, question in asked.items()}


def opened_to(two: Any) -> int:
    """Of how many entries of south something was opened to north."""
    [(entries,)] = two.desks["north"].stored("SELECT count(DISTINCT seq) FROM given WHERE log = 2")
    return int(entries)


class South:
    """The hostile holder's hand: enters what it likes, and opens it to all."""

    def __init__(self, two: Any, name: str = "south") -> None:
        self.two, self.path = two, two.desks[name].mission
        with MissionFile.open(self.path) as mission:
            kinds = {kind: (seq, mission.ids(seq, seq + 1)[0], fields) for seq, kind, _, fields in mission.payloads()}
        self.layout, self.layout_fields = kinds["layout"][1], kinds["layout"][2]
        self.row, self.act_id = kinds["row"][2], kinds["act"][1]

    def enter(self, *entries: tuple[str, Any, Any]) -> None:
        """(kind, fields, links); of `rows`: (payloads, layout id, the submission's fields, its links)."""
        with MissionFile.open(self.path, write=True) as mission, mission.pen(time.time_ns() // 1000, os.urandom) as pen:
            first = pen.size
            for kind, *said in entries:
                if kind == "rows":
                    payloads, layout, fields, links = said
                    began = pen.size
                    pen.rows(payloads, layout)
                    pen.submission(began, fields, links)
                else:
                    pen.enter(kind, *said)
            opened = Release(pen.size, "opened", "", ((first, pen.size - first),), ("*",), ("*",), "Here.")
            enter_release(mission, pen, opened)

    def forge(self, *entries: tuple[str, Any, Any]) -> None:
        """Enter (kind, fields, links) past all that looks at them, and open it to all."""
        with MissionFile.open(self.path, write=True) as mission, mission.pen(time.time_ns() // 1000, os.urandom) as pen:
            first = pen.size
            for kind, fields, links in entries:
                secret = os.urandom(SECRET_BYTES)
                form = entry_of(pen._key, kind, links, secret, fields)
                pen._keep([form], [leaf_hash(form)], [secret], [packed(fields)])
            opened = Release(pen.size, "opened", "", ((first, pen.size - first),), ("*",), ("*",), "Here.")
            enter_release(mission, pen, opened)


def survived(two: Any) -> None:
    """North takes it in, is asked everything, says of itself what it said before, and rebuilds to the same."""
    north, began = two.desks["north"], time.process_time()
    had = opened_to(two)
    two.meet("south", "north")
    assert opened_to(two) > had + 20, "what was entered has come"
    assert own_words(two) == two.before
    for words in ASKED:
        group = 2 if words[0] in ("exchange", "key") else 1
        ran = north.run(*words[:group], north.mission, *words[group:], "--json")
        assert ran.code == 0, (words, ran.out[-600:], ran.err)
    assert json.loads(north.run("rebuild", north.mission, "--json").out)["same"]
    for view in ("own", "shared"):
        out = north.folder / "page.html"
        ran = north.run("bulletin", north.mission, "--out", out, "--audience", "internal", "--view", view)
        assert ran.code == 0, ran.err
    assert time.process_time() - began < SECONDS


def js(value: Any) -> bytes:
    return msgspec.json.encode(value)


def act(who: Any = None, matter: Any = None, because: bytes = b'"So."', links: Any = None) -> tuple[str, Any, Any]:
    who, matter = WHO if who is None else who, MATTER if matter is None else matter
    parts = [("who", who), ("matter", matter)]
    fields = [(name, part if isinstance(part, bytes) else js(part)) for name, part in parts]
    return "act", [*fields, ("because", because), ("words", b"")], links or {}


def strange_acts(south: South, finding: str) -> list[Any]:
    """Acts of our own body and others, with what no `enter` would let pass."""
    by = {**WHO, "by": "nobody_known"}
    return [
        act(who=b"\xff\xfe\x00"), act(who=DEEP), act(matter=DEEP), act(because=DEEP), act(because=b"1"), act(who=b"[]"),
        act(who={**WHO, "at": "99999-99-99"}), act(who={**WHO, "at": "-0001-01-01"}),
        act(who={**WHO, "at": "9999-12-31"}),
        act(who={**WHO, "at": "0001-01-01T00:00+14:00"}), act(who=by), act(matter={**MATTER, "clock": "no_such_clock"}),
        act(matter={**MATTER, "when": "nonsense"}), act(matter={**MATTER, "when": "9999-12-31T23:59Z"}),
        act(who={**WHO, "act": "withdrawal"}, matter={"of": finding}, links={"supersedes": [finding]}),
        act(matter={**MATTER, "revises": [finding]}, links={"supersedes": [finding]}),
        act(links={"supersedes": finding}), act(links={"supersedes": [[1], -5, None, HUGE, finding]}),
        act(links={"supersedes": 7}), act(links={"supersedes": {"a": 1}}), act(links={"seen": [1, 2]}),
        act(who={**WHO, "act": "declaration"}, matter={"clock": "no_such_clock", "says": "met"}),
        act(who={**WHO, "act": "declaration"}, matter={"clock": "seven_quiet_days", "says": "extended"}),
        act(who={**WHO, "act": "declaration"}, matter={"clock": "seven_quiet_days", "says": "extended", "until": "x"}),
        act(who={**WHO, "act": "declaration"}, matter={"clock": "seven_quiet_days", "says": "condition_met"}),
        act(who={**WHO, "act": "reading"}, matter={"reading": "no_such_reading"}),
        act(who={**WHO, "act": "reading"}, matter={"reading": 7}), act(matter=b'["reading"]'),
        act(who={**WHO, "act": "comparison"}, matter={"comparison": "c", "window": "x", "baseline": "y"}),
        act(who={**WHO, "act": "comparison"}, matter={
            "comparison": "d", "window": "0001-01-01/9999-12-31", "baseline": "0001-01-01/9999-12-31"}),
        act(who={**WHO, "act": "comparison"}, matter={
            "comparison": "e", "window": "2025-03-20/2025-03-25", "baseline": "2025-01-01/2025-03-01",
            "indicators": ["none"]}),
        act(who={**WHO, "act": "determination"}, matter={"about": "x", "category": "no_such_category"}),
        act(who={**WHO, "act": "acceptance"}, matter={"party": "nobody", "says": "accepted", "to": "nobody_known"}),
        act(who={**WHO, "act": "acceptance"}, matter={"party": "nobody", "says": "accepted", "when": "whenever"}),
        act(who={**WHO, "act": "attestation"}, matter={"says": "attested"}),
        act(who={**WHO, "act": "attestation"}, matter={"says": "attested", "of": finding}),
        act(who={**WHO, "act": "coverage"}, matter={
            "source": "patrol", "area": "no_such_area", "from": DAY, "to": DAY, "status": "reported"}),
        act(who={**WHO, "act": "coverage"}, matter={
            "source": "patrol", "area": "river_towns", "from": "0001-01-01", "to": "9999-12-31", "status": "stopped"}),
        act(who={**WHO, "act": "coverage"}, matter={
            "source": "patrol", "area": "river_towns", "from": DAY, "to": "2020-01-01", "status": "silent"}),
        act(who={**WHO, "act": "reinstatement"}, matter={"of": "patrol/0-0"}),
        ("act", [], {}), ("act", [("who", b"{}"), ("who", b"{}"), ("matter", b"{}")], {}),
        ("act", [(f"f{n}", b"x") for n in range(MOST_FIELDS)], {}),
    ]  # fmt: skip


def test_acts_of_any_shape_and_of_our_own_body(two):
    south = South(two)
    south.enter(*strange_acts(south, two.finding))
    survived(two)


def layouts(south: South) -> list[bytes]:
    """The honest layout with one thing in it changed."""
    [(_, content), *_] = south.layout_fields
    plain = msgspec.json.decode(content)
    changes = [
        {"format": "no_such_format"}, {"reader": "x"}, {"encoding": "zip"}, {"encoding": "utf-7"}, {"delimiter": ""},
        {"delimiter": "ab"}, {"delimiter": "json"}, {"delimiter": "sheet"}, {"header": []}, {"header": ["source"] * 20},
        {"groups": []}, {"groups": [[name, [HUGE]] for name, _ in plain["groups"]]}, {"groups": [["what", [-1, 0]]]},
        {"mapping": "- &a [1, *a]"}, {"mapping": "[" * 5000}, {"format": "mapped", "mapping": "format: 1"},
    ]  # fmt: skip
    return [js({**plain, **one}) for one in changes] + [b"", b"null", DEEP, b"\xff"]


def submissions(south: South) -> list[tuple[Any, Any]]:
    """Fields of a submission and its links, as no take-in writes them; Pen.submission puts the true span into links."""
    about, counts = ("about", js(ABOUT)), ("counts", js(COUNTS))
    return [
        ([about, counts, ("numbers", js([[1, 1 << 60]]))], {}),
        ([about, counts, ("numbers", js([[1, -5], [1, 6]]))], {}),
        ([about, counts, ("numbers", js([[HUGE, 1]]))], {}), ([about, counts, ("numbers", DEEP)], {}),
        ([("about", DEEP), ("counts", DEEP)], {}), ([("about", js({"file": 1}))], {}), ([("about", b"\xff")], {}),
        ([about, ("counts", js({**COUNTS, "rows": 1 << 70}))], {}),
        ([about, ("counts", js({**COUNTS, "rows": -1}))], {}),
        ([about, ("counts", js({**COUNTS, "killed": [HUGE] * 3}))], {}), ([("about", js({}))], {}),
        ([about, counts], {"layout": [1], "reader": {}, "seen": "all", "supersedes": -1}),
    ]  # fmt: skip


def rows(south: South) -> list[list[tuple[str, bytes]]]:
    """Payloads of rows."""
    names = [name for name, _ in south.row]
    return [
        [(name, b"[]") for name in names], [(name, b"\xff") for name in names], [(name, DEEP) for name in names],
        [(name, js(["9" * 5_000] * 4)) for name in names], [*reversed(south.row)], [*south.row, *south.row],
        [("raw", b"")], [("raw", os.urandom(300))], [("raw", b'"' * 10_000)], [("raw", DEEP)], [("", b"")],
        [(name, content.replace(b"patrol", b"\\u0000\\u202e")) for name, content in south.row],
        [(name, content.replace(DAY.encode(), b"999999-01-01")) for name, content in south.row],
    ]  # fmt: skip


def test_rows_layouts_and_submissions_of_any_shape(two):
    south = South(two)
    for links in ([layout_id(south, form) for form in layouts(south)], [south.layout, "f" * 64]):
        south.enter(*(("rows", rows(south), layout, *submissions(south)[0]) for layout in links))
    south.enter(*(("rows", [south.row, *rows(south)], south.layout, *said) for said in submissions(south)))
    survived(two)


def layout_id(south: South, form: bytes) -> str:
    with MissionFile.open(south.path, write=True) as mission, mission.pen(time.time_ns() // 1000, os.urandom) as pen:
        return pen.enter("layout", [("layout", form)], {})[1]


def agreements(south: South) -> list[Any]:
    """Agreement packs that do not parse, or would be large."""
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 9) for n in range(98, 110)
    )
    about = ("about", js({"pack": "example", "reading": "none_such", "software": "x"}))
    return [
        ("agreement", fields, {})
        for fields in (
            [], [about], [about, ("agreement.yaml", bomb)], [about, ("agreement.yaml", DEEP)], [("about", DEEP)],
            [about, ("agreement.yaml", b"\xff")], [("about", b"[]")],
        )
    ]  # fmt: skip


def test_agreements_notes_keys_releases_and_destructions_of_any_shape(two):
    south, end = South(two), (1 << 40) - 1
    who, because = ("who", js({"by": "", "what": "opened"})), ("because", b"x")
    matters = [
        {"entries": [[0, end]], "fields": ["*"], "to": ["*"]}, {"entries": [[-1, 2]], "fields": ["*"], "to": ["*"]},
        {"entries": [[0, HUGE]], "fields": ["*"], "to": ["*"]}, {"entries": [], "fields": [], "to": []}, {"entries": 1},
        {"entries": [[0, HUGE]], "fields": ["where"], "of": "own", "files": {"x": {"rows": 1, "already_held": 1}}},
        {"entries": [[0, HUGE]], "fields": ["*"], "of": two.told("south", "log", "head")["origin"]},
        {"entries": [[0, 1]], "fields": ["*"], "of": two.told("north", "log", "head")["origin"]},
    ]  # fmt: skip
    parts = [*(("matter", js(one)) for one in matters), ("matter", DEEP), ("matter", b"\xff")]
    entered = [(kind, [who, part, because], {}) for kind in ("release", "destruction") for part in parts]
    notes = [DEEP, b"\xff", b"[]", js({"what": "peer", "side": "own", "key": 1}), js({"what": "received"}),
             js({"what": "policy", "policy": {}}), js({"what": "state", "cut": {"x": [HUGE, "0"]}, "fingerprint": "0",
             "pack": "", "software": "truceline"})]  # fmt: skip
    south.enter(*entered, *(("note", [("exchange", one)], {}) for one in notes), *agreements(south))
    survived(two)


ODD: tuple[Any, ...] = (
    None, True, "", "x", "f" * 64, -1, 0, HUGE, [], {}, [[]], [-1], [HUGE], ["f" * 64], [[0, HUGE]], {"": {}},
    {"what": "new", "public": "00", "key": "x"}, {"what": "revoked", "since": -1}, {"what": 1, "was": []},
)  # fmt: skip
LINKED = ("first", "count", "root", "layout", "reader", "supersedes", "submission", "x")
SPEAKS = ("act", "layout", "agreement", "note", "release", "destruction")
"""Kinds whose links an audit by a stranger does not read."""


def linked(south: South, kinds: Sequence[str], names: Sequence[str]) -> list[Any]:
    """Entries of these kinds, with each of these links as each odd value, and with all of them."""
    honest: dict[str, Any] = {"act": act()[1], "layout": south.layout_fields,
        "submission": [("about", js(ABOUT)), ("counts", js(COUNTS)), ("numbers", js([[1, 1]]))]}  # fmt: skip
    links = [{name: odd} for name in names for odd in ODD] + [dict.fromkeys(names, odd) for odd in ODD]
    return [(kind, honest.get(kind, [("matter", b"{}")]), one) for kind in kinds for one in links]


def test_links_of_any_shape(two):
    south = South(two)
    south.forge(*linked(south, SPEAKS, LINKED))
    survived(two)


REFUSABLE = [
    *((kind, {name: odd}) for kind in ("act", "note") for name in ("seen", "key") for odd in ODD),
    *(("key", {"key": odd}) for odd in ODD), *(("row", {"layout": odd}) for odd in ODD[:4]),
    *(("submission", {"first": odd, "count": many, "root": "0" * 64}) for odd in ODD for many in (1, -1, HUGE, "x")),
    *(("submission", {"first": 0, "count": 1, "root": odd}) for odd in ODD), ("submission", {}),
]  # fmt: skip


def test_links_that_an_audit_reads_are_refused_with_a_sentence_or_harm_nothing(two, tmp_path, office):
    """Each in a log of its own; some of them are harmless, so both may be, but nothing else."""
    answers = Counter[str]()
    for number, (kind, links) in enumerate(REFUSABLE[:: 1 if TRIES > 40 else 4]):
        north, south = (office.Desk(tmp_path / f"{number}-{name}") for name in two.sides)
        for name, desk in zip(two.sides, (north, south), strict=True):
            shutil.copytree(two.desks[name].folder, desk.folder)
        two.desks["copy"], stick = south, south.folder / "stick"
        South(two, "copy").forge((kind, [("who", b"{}")], links))
        given = south.run("exchange", "bundle", south.mission, stick, "--for", "north")
        ran = north.run("exchange", "accept", north.mission, stick) if given.code == 0 else given
        answers[f"{'taken' if ran.code == 0 else 'refused'}{' by its author' if given.code else ''}"] += 1
        assert ran.code == 0 or ("broken: " in ran.out and "ntry 15" in ran.out), (kind, links, ran.out, ran.err)
        assert north.run("audit", north.mission).code == 0, (kind, links)
        for desk in (north, south):
            shutil.rmtree(desk.folder)
    print(dict(answers))


def test_what_chance_makes_of_honest_entries(two):
    """Bytes of honest fields changed, cut and repeated; the seed is printed."""
    seed = int(os.environ.get("TRUCELINE_SEED", "7"))
    chance, south = random.Random(seed), South(two)
    honest = [act(), act(who={**WHO, "act": "coverage"}, matter={
        "source": "ngo", "area": "river_towns", "from": DAY, "to": DAY, "status": "reported"})]  # fmt: skip
    made: list[Any] = []
    for kind, fields, _ in itertools.islice(itertools.cycle(honest), TRIES):
        links = {"supersedes": [two.finding], "layout": chance.choice((1, "x", [DAY], None))}
        made.append((kind, [(name, spoilt(chance, content)) for name, content in fields], links))
    for _ in range(TRIES):
        payload = [(name, spoilt(chance, content)) for name, content in south.row]
        made.append(("rows", [payload], south.layout, [("about", spoilt(chance, js(ABOUT))), ("counts", b"{}")], {}))
    south.enter(*made)
    survived(two)
    print(f"hostile openings: {len(made)} entries, seed {seed}")


def spoilt(chance: random.Random, content: bytes) -> bytes:
    """The same, or with one place of it changed."""
    at = chance.randrange(len(content) + 1)
    return chance.choice([
        content, content, content[:at], content[:at] + chance.randbytes(3) + content[at:], content * 2,
        content[:at] + chance.choice([b"9" * 30, b"null", b"-", b"[", b'"', b"\\u0000"]) + content[at + 1 :],
    ])  # fmt: skip
