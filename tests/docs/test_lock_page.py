"""The page on locking does what it says, asked at a terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from truceline.cli import run
from truceline.store.locked import COST, MOST_LANES, MOST_MEMORY_KIB, MOST_PASSES
from truceline.store.unlocking import SHORTEST

Blocks = Callable[[Path], Iterator[Any]]


def test_the_page_on_locking_runs_from_the_first_line_to_the_last(
    root: Path, folder: Path, read_blocks: Blocks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'truceline[encrypted]'")
    monkeypatch.setattr("truceline.cli.passphrase.getpass", lambda prompt: "six words drawn by lot today")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert run(["init", "truce.truceline", "--agreement", "example", "--reading", "strict", "--exercise"]) == 0
    played = [
        (words, run(words))
        for block in read_blocks(root / "docs/how-to/lock-a-mission.md")
        for words in block.commands()
        if block.language == "sh"
    ]
    capsys.readouterr()
    assert len(played) == 5
    assert [words for words, code in played if code] == []
    assert Path("truce.truceline").read_bytes().startswith(b"SQLite")
    assert not Path("second.truceline").read_bytes().startswith(b"SQLite")


def test_the_pages_say_what_a_passphrase_costs_and_has_to_be(root: Path) -> None:
    form = (root / "docs/reference/record-format.md").read_text(encoding="utf-8")
    assert f"{COST.memory_kib}, {COST.passes}, {COST.lanes}; at most {MOST_MEMORY_KIB}, {MOST_PASSES}" in form
    assert f"and {MOST_LANES} are read" in form
    page = (root / "docs/how-to/lock-a-mission.md").read_text(encoding="utf-8")
    assert SHORTEST == 15
    assert "At least fifteen signs" in page
