"""The page on checking one entry by hand: its script is run as it stands, with stock tools."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from truceline.cli import run

LINES = (
    "the field is the one committed to",
    "the entry commits to",
    "the entry is in the log",
    "Verified Successfully",
)


@pytest.fixture
def given(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    """An opening in the folder, as somebody gave it; and the key, by another way."""
    if not shutil.which("openssl") or not shutil.which("bash"):
        pytest.skip("bash or openssl is absent")
    assert run(["demo", "--out", "demo", "--no-open"]) == 0
    capsysbinary.readouterr()
    assert run(["acts", "demo/mission.truceline", "--json"]) == 0
    act = json.loads(capsysbinary.readouterr().out)["acts"][0]["id"]
    words = ["--field", "because", "--audience", "internal", "--out", "opening.json"]
    assert run(["log", "open", "demo/mission.truceline", act[:12], *words]) == 0
    capsysbinary.readouterr()
    assert run(["log", "head", "demo/mission.truceline", "--json"]) == 0
    return str(json.loads(capsysbinary.readouterr().out)["key"])


def by_hand(root: Path, key: str) -> str:
    page = (root / "docs/how-to/check-one-entry-by-hand.md").read_text(encoding="utf-8")
    script = re.search(r"^```bash\n(.*?)^```$", page, re.M | re.S)
    assert script
    return subprocess.run(
        ["bash", "-c", script[1]], env={"KEY": key, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    ).stdout


def test_bash_sha256sum_and_openssl_are_enough(root: Path, given: str) -> None:
    said = by_hand(root, given)
    assert [line for line in LINES if line not in said] == []


@pytest.mark.parametrize(
    ("part", "missing"),
    [("content", LINES[0]), ("salt", LINES[0]), ("commitments", LINES[1]), ("entry", LINES[2]), ("proof", LINES[3])],
)
def test_whatever_was_changed_its_line_is_missing(root: Path, given: str, part: str, missing: str) -> None:
    opening = json.loads(Path("opening.json").read_text(encoding="utf-8"))
    if part == "commitments":
        opening[part].append("0" * 64)
    elif part == "entry":
        opening[part] = opening[part][:-8] + "AAAAAAAA"
    elif part == "proof":
        opening[part] = opening[part].replace("\n\n", "\n\nx", 1)
    else:
        opening["opened"][0][part] = {"salt": "00" * 32, "content": "IngiIA=="}[part]
    Path("opening.json").write_text(json.dumps(opening, indent=2), encoding="utf-8")
    assert missing not in by_hand(root, given)
