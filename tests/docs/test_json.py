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
ASKED = {
    "demo": ["--out", "again", "--no-open"],
    "init": ["new.truceline", "--agreement", "example", "--reading", "strict", "--exercise"],
    "take-in": ["valley.truceline", "bad.csv"],
    "map": ["bad.csv", "--yes"],
    "enter": ["valley.truceline", "demo/files/acts/01-alpha-declaration.yaml"],
    "acts": [DEMO],
    "registers": ["valley.truceline"],
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
    "check": ["example"],
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


@pytest.mark.parametrize("command", ASKED)
def test_the_page_shows_the_names_that_are_printed(
    root: Path, folder: Path, capsysbinary: pytest.CaptureFixture[bytes], command: str
) -> None:
    page = (root / "docs/reference/json.md").read_text(encoding="utf-8")
    found = re.search(rf"^## `{command} --json`\n\n```json\n(.*?)^```$", page, re.M | re.S)
    assert found, "there is no example"
    Path("bad.csv").write_text(BAD, encoding="utf-8")
    assert run(["demo", "--out", "demo", "--no-open"]) == 0
    for mission in ("valley.truceline", "refused.truceline"):
        assert run(["init", mission, "--agreement", "example", "--reading", "strict", "--exercise"]) == 0
    assert run(["take-in", "refused.truceline", "bad.csv"]) == 0
    if command == "lock":
        Path("passphrase").touch(mode=0o600)
        Path("passphrase").write_text("six words drawn by lot today", encoding="utf-8")
    if command == "registers":
        Path("registers.yaml").write_text(REGISTERS, encoding="utf-8")
        assert run(["enter", "valley.truceline", "registers.yaml"]) == 0
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
    capsysbinary.readouterr()
    assert run([*command.split(), *ASKED[command], "--json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert fits(shape(printed), shape(json.loads(found[1])))


def test_the_page_names_the_parts_of_a_fault(root: Path) -> None:
    page = (root / "docs/reference/json.md").read_text(encoding="utf-8")
    found = re.search(r'`(\{"seq".*?\})`', page, re.S)
    assert found
    assert tuple(json.loads(found[1])) == Fault._fields
