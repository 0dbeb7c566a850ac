"""What `--json` prints has the names that the page documents, no fewer and no others."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from truceline.cli import run
from truceline.record.audit import Fault

DEMO = "demo/mission.truceline"
AS_OF = ["--as-of", "2025-05-01"]
AUDIENCE = ["--audience", "internal"]
SAID = ["--by", "alpha", "--because", "Agreed.", "--at", "2025-03-21T09:00"]
DRAWN = ["--number", "L1", "--claimant", "north", "--left", "north", "--right", "south", "--precision", "50"]
ASKED = {
    "demo": ["--out", "again", "--no-open"],
    "init": ["new.truceline", "--agreement", "example", "--reading", "strict", "--exercise"],
    "take-in": ["valley.truceline", "bad.csv"],
    "map": ["bad.csv", "--yes"],
    "enter": ["valley.truceline", "demo/files/acts/01-alpha-declaration.yaml"],
    "acts": [DEMO],
    "registers": ["valley.truceline"],
    "list add": ["valley.truceline", "list.xml", "--by", "secretariat", "--at", "2025-03-20"],
    "list show": ["valley.truceline"],
    "screen": ["valley.truceline", "Ridge Men", "--list-file", "list.xml"],
    "excluded": ["valley.truceline", "Ridge Men", "--on", "2025-03-20", "--instrument", "truce_text"],
    "associated": ["valley.truceline", "Valley Guard", "--on", "2025-03-20"],
    "members": ["valley.truceline", "support_group", "--on", "2025-03-20"],
    "instruments": ["valley.truceline", "exclusion_annex"],
    "due": ["valley.truceline"],
    "territory show": ["valley.truceline"],
    "territory side": ["valley.truceline", "L1", "36.02, 38.2"],
    "territory map": ["valley.truceline", *AUDIENCE, "--out", "claims.geojson"],
    "territory flips": ["valley.truceline", "L1"],
    "territory add": ["valley.truceline", "line.geojson", *DRAWN, "--from", "2025-03-20", *SAID],
    "access": ["valley.truceline", "C-1"],
    "notices": ["valley.truceline"],
    "people invite": ["valley.truceline", "desk 2", "analyst"],
    "people list": ["valley.truceline"],
    "steps": ["valley.truceline", "river_road_open", "--as-of", "2025-04-25"],
    "assess": ["valley.truceline", "--obligation", "no_attacks", "--party", "north", *AS_OF],
    "why": ["valley.truceline", "no_attacks/north", *AS_OF],
    "referrals": ["valley.truceline", *AS_OF],
    "flights": ["valley.truceline"],
    "coverage": ["valley.truceline", "--to", "2025-03-17"],
    "refusals": ["refused.truceline"],
    "recalls": ["valley.truceline"],
    "place": [DEMO, "36.2021, 37.1343"],
    "evaluate": [DEMO, *AS_OF],
    "ledger": [DEMO, *AS_OF, "--from", "2025-03-22", "--to", "2025-03-22"],
    "clocks": [DEMO, *AS_OF],
    "compare": [
        DEMO,
        *AS_OF,
        "--from",
        "2025-03-15",
        "--to",
        "2025-04-30",
        "--baseline",
        "2025-03-01/2025-03-11",
        "--indicator",
        "between_parties",
    ],
    "sources": [DEMO, *AS_OF],
    "match": [DEMO],
    "judge": [DEMO, "ngo/N-000004", "ngo/N-000005", "same", *SAID],
    "pairs": [DEMO],
    "findings": [DEMO],
    "alike": [DEMO, "mission/M-000001"],
    "origins": [DEMO, "--incident", "ticker/T-000005"],
    "bursts": [DEMO],
    "grade": ["valley.truceline", "ngo", "B", "--by", "alpha", "--because", "So."],
    "grades": ["valley.truceline"],
    "dossier": [DEMO, "ngo/N-000004"],
    "finding": [DEMO, "ngo/N-000004", "--file", "found.yaml"],
    "exhibit add": [DEMO, "bad.csv", "--title", "T", "--report", "ngo/N-000004", "--by", "alpha", "--because", "So."],
    "exhibit show": [DEMO],
    "case open": [DEMO, "ngo/N-000004", "--title", "Shelling", *SAID],
    "case move": [DEMO, "1", "inquiry", *SAID],
    "case step": [DEMO, "1", "admissibility", "--outcome", "admissible", *SAID],
    "case show": [DEMO, "1", *AS_OF],
    "case list": [DEMO, *AS_OF],
    "procedures": [],
    "measure": [DEMO, "Hold fire", "--says", "asked", "--to", "beta", "--due", "2025-03-23", *SAID],
    "measures": [DEMO, *AS_OF],
    "meeting": [DEMO, "Fourth meeting", "--present", "Alpha", *SAID],
    "meetings": [DEMO, *AS_OF],
    "key new": ["valley.truceline", "--label", "duty-officer-2", "--no-passphrase"],
    "key list": ["valley.truceline"],
    "release": [DEMO, "--all", "--to", "all", "--because", "agreed", "--preview"],
    "clear counts": [DEMO, "all_incidents", "--for", "council", *SAID],
    "releases": [DEMO],
    "destructions": [DEMO],
    "audit": [DEMO],
    "log head": [DEMO],
    "log export": [DEMO, "log"],
    "exchange list": [DEMO],
    "exchange state": [DEMO],
    "rivals": [DEMO],
    "rebuild": [DEMO],
    "lock": ["valley.truceline", "--passphrase-file", "passphrase"],
    "upgrade": [DEMO],
    "check": ["example", "--coverage"],
    "bulletin": [DEMO, *AS_OF, *AUDIENCE, "--out", "page.html"],
    "recall": [DEMO, "mission/M-000001", "--by", "alpha", "--because", "Its author took it back.", *AS_OF],
    "affected": [DEMO, "mission/M-000001", *AS_OF],
    "publications": [DEMO],
    "corrections": [DEMO, "--out", ".", "--record", "--by", "alpha"],
    "export": [DEMO, *AS_OF, *AUDIENCE, "--out", "rows.csv"],
    "simulate": ["--out", "theatre", "--reports", "50"],
    "score": ["played"],
}
BAD = "report_id,source,when,kind,side_a,side_b\n1,x,2025-03-20,,North,\n2,x,yesterday,shelling,,\n"
REGISTERS = """
- {act: acceptance, by: alpha, at: 2025-03-16T11:30, party: Hill Company, says: accepted, because: A form.}
- {act: attestation, by: beta, at: 2025-03-17, party: Hill Company, register: alpha, says: not_attested, because: None.}
"""

LIST = """<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2025-03-01T00:00:00Z"><INDIVIDUALS/><ENTITIES><ENTITY>
<FIRST_NAME>ORDER OF THE RIDGE</FIRST_NAME><UN_LIST_TYPE>Invented</UN_LIST_TYPE><LISTED_ON>2024-01-01</LISTED_ON>
<REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Ridge Men</ALIAS_NAME>
</ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
DESIGNATED = """
- {act: name, by: secretariat, at: 2025-03-18, name: Ridge Men, list: un_sc, version: 2025-03-01, entry: XXe.001,
    says: same, from: 2025-03-15, because: Their own statement.}
- {act: association, by: alpha, at: 2025-03-18, force: Valley Guard, of: Northern Army, says: associated, because: So.}
- {act: membership, by: secretariat, at: 2025-03-18, body: support_group, member: Coast Union, says: member,
    because: By letter.}
"""
CONDUCT = """
- {act: access, by: secretariat, at: 2025-03-16T09:00, number: C-1, says: asked, party: north, area: river_towns,
    people: 10000, due: 2025-03-18, because: A plan.}
- {act: access, by: secretariat, at: 2025-03-19T10:00, number: C-1, says: notified, party: north, because: The route.}
- {act: notice, by: north_command, at: 2025-03-19T09:00, number: N-1, says: given, party: north,
    what: unauthorised_movement, start: 2025-03-20T08:00, to_body: alpha, because: Rotation.}
- {act: notice, by: alpha, at: 2025-03-19T09:20, number: N-1, says: acknowledged, party: north}
- {act: flight, by: secretariat, at: 2025-03-20T13:00, number: F-1, source: hill post, aircraft: fixed_wing,
    means: seen, when: 2025-03-20T12:07, place: {area: river_towns}, delay_hours: 48}
"""

STEPS = """
- {act: performance, by: alpha, at: 2025-04-20T09:00, about: river_road_open, party: north, says: done, level: 3,
    because: The road is open.}
- {act: performance, by: beta, at: 2025-04-20T10:00, about: river_road_open, party: north, says: not_done, level: 1,
    because: Trucks were turned back.}
"""


def shape(value: Any) -> Any:
    """Names and kinds of value, without the values. The names of a cut are origins of logs."""
    if isinstance(value, dict):
        return {name: "cut" if name == "cut" else shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int) and not isinstance(value, bool) else type(value).__name__


def fits(printed: Any, written: Any) -> bool:
    """The two shapes are the same, as far as neither has an empty list where the other is filled."""
    if isinstance(printed, dict) and isinstance(written, dict):
        return printed.keys() == written.keys() and all(fits(printed[name], written[name]) for name in printed)
    if isinstance(printed, list) and isinstance(written, list):
        return not printed or not written or fits(printed[0], written[0])
    return bool(printed == written) or "NoneType" in (printed, written)


def prepare(command: str) -> None:
    """What has to lie in this folder, beside the demo, before the command is asked."""
    Path("bad.csv").write_text(BAD, encoding="utf-8")
    for mission in ("valley.truceline", "refused.truceline"):
        assert run(["init", mission, "--agreement", "example", "--reading", "strict", "--exercise"]) == 0
    assert run(["take-in", "refused.truceline", "bad.csv"]) == 0
    if command == "lock":
        Path("passphrase").touch(mode=0o600)
        Path("passphrase").write_text("six words drawn by lot today", encoding="utf-8")
    if command == "registers":
        Path("registers.yaml").write_text(REGISTERS, encoding="utf-8")
        assert run(["enter", "valley.truceline", "registers.yaml"]) == 0
    if command in ("access", "notices", "flights"):
        Path("conduct.yaml").write_text(CONDUCT, encoding="utf-8")
        assert run(["enter", "valley.truceline", "conduct.yaml"]) == 0
    if command == "people list":
        assert run(["people", "invite", *ASKED["people invite"]]) == 0
    if command == "steps":
        Path("steps.yaml").write_text(STEPS, encoding="utf-8")
        assert run(["enter", "valley.truceline", "steps.yaml"]) == 0
    if command in ("list add", "list show", "screen"):
        Path("list.xml").write_text(LIST, encoding="utf-8")
    if command in ("list show", "screen"):
        assert run(["list", "add", *ASKED["list add"]]) == 0
    if command in ("screen", "excluded", "associated", "members"):
        Path("designated.yaml").write_text(DESIGNATED, encoding="utf-8")
        assert run(["enter", "valley.truceline", "designated.yaml"]) == 0
    if command.startswith("territory "):
        draw_twice()
    if command == "finding":
        Path("found.yaml").write_text("by: alpha\nheld: undetermined\nwhat: A shell.\nbecause: So.\n", encoding="utf-8")
    if command in ("dossier", "exhibit show"):
        assert run(["exhibit", "add", *ASKED["exhibit add"]]) == 0
    if command == "pairs":
        assert run(["judge", *ASKED["judge"]]) == 0
    if command == "grades":
        assert run(["grade", *ASKED["grade"]]) == 0
    if command.startswith("case ") and command != "case open":
        assert run(["case", "open", *ASKED["case open"]]) == 0
    if command in ("measures", "meetings"):
        assert run([command.removesuffix("s"), *ASKED[command.removesuffix("s")]]) == 0
    if command in ("affected", "recall", "publications", "corrections"):
        number = ["--record", "--by", "alpha", "--number", "2025-04/1", "--to", "press office"]
        assert run(["bulletin", *ASKED["bulletin"], *number]) == 0
    if command in ("publications", "corrections"):
        assert run(["recall", *ASKED["recall"]]) == 0
    if command == "key list":
        assert run(["key", "new", *ASKED["key new"]]) == 0
        [entered] = Path("valley.truceline.keys").glob("*.key")
        assert run(["key", "revoke", "valley.truceline", entered.stem, "--because", "compromised"]) == 0
    if command == "score":
        assert run(["simulate", "--out", "played", "--reports", "60"]) == 0


def draw_twice() -> None:
    """A line that north draws twice, south once, with a report of a place between; and a zone of each that overlap."""
    for name, lat in (("line", 36.0), ("moved", 36.04)):
        drawn = {"type": "LineString", "coordinates": [[38.0, lat], [38.5, lat]]}
        Path(f"{name}.geojson").write_text(json.dumps(drawn), encoding="utf-8")
    for name, west in (("west", 38.0), ("east", 38.4), ("far", 39.0)):
        ring = [[west, 36.0], [west + 0.5, 36.0], [west + 0.5, 36.5], [west, 36.5], [west, 36.0]]
        Path(f"{name}.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    said = ["--because", "Drawn.", "--at", "2025-03-16T09:00"]
    south = ["--number", "L1", "--claimant", "south", "--by", "beta", *said]
    add = ["territory", "add", "valley.truceline"]
    assert run([*add, "line.geojson", *DRAWN, "--by", "alpha", *said]) == 0
    assert run([*add, "moved.geojson", *DRAWN, *SAID, "--from", "2025-03-17"]) == 0
    assert run([*add, "line.geojson", *south, "--left", "north", "--right", "south"]) == 0
    for name, number, claimant in (("west", "N", "north"), ("east", "S", "south"), ("far", "F", "south")):
        zone = ["--number", number, "--claimant", claimant, "--by", "alpha", "--kind", "declared_control", *said]
        assert run([*add, f"{name}.geojson", *zone]) == 0
    header, row = "report_id,source,when,kind,side_a,side_b,lat,lon", "9,ngo,2025-03-19,shelling,,,36.02,38.2"
    Path("between.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert run(["take-in", "valley.truceline", "between.csv"]) == 0


@pytest.mark.parametrize("command", ASKED)
def test_the_page_shows_the_names_that_are_printed(
    root: Path, demo: Path, capsysbinary: pytest.CaptureFixture[bytes], command: str
) -> None:
    page = (root / "docs/reference/json.md").read_text(encoding="utf-8")
    found = re.search(rf"^## `{command} --json`\n\n```json\n(.*?)^```$", page, re.M | re.S)
    assert found, "there is no example"
    prepare(command)
    capsysbinary.readouterr()
    assert run([*command.split(), *ASKED[command], "--json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert fits(shape(printed), shape(json.loads(found[1])))


def test_the_page_names_the_parts_of_a_fault(root: Path) -> None:
    page = (root / "docs/reference/json.md").read_text(encoding="utf-8")
    found = re.search(r'`(\{"seq".*?\})`', page, re.S)
    assert found
    assert tuple(json.loads(found[1])) == Fault._fields
