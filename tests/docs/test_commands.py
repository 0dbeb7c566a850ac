"""Commands in the pages are those of the program, and do what the pages say."""

import re
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

from truceline.cli import run
from truceline.cli.app import app

Blocks = Callable[[Path], Iterator[Any]]


def names_of(group: App, before: str = "") -> Iterator[str]:
    """The commands, those of a group by both words."""
    for name in group:
        if not name.startswith("-"):
            below = list(names_of(group[name], f"{before}{name} "))
            yield from below or [before + name]


NAMES = sorted(names_of(app))
HOW_TO = (
    "start-a-mission", "enter-an-act", "read-the-ledger", "write-a-reading", "audit-a-mission", "publish-a-bulletin",
    "correct-what-was-published", "compare-two-periods", "map-any-table", "compare-sources", "match-reports",
    "judge-pairs", "compare-by-words", "grade-sources", "write-a-finding", "exchange-with-another-holder",
    "keys-of-people", "after-a-crash", "release-and-withhold", "see-what-the-other-side-sees", "run-a-case",
    "screen-a-name", "compare-lines", "follow-steps", "watch-the-sky",
)  # fmt: skip
OTHER_RECORD = "990:1ce4092e"
"""A cut of another record, in the page that says it is refused."""


def options_of(command: str) -> set[str]:
    """The options of a command; arguments that are given by position are left out."""
    return {
        name
        for argument in reduce(App.__getitem__, command.split(), app).assemble_argument_collection()
        if argument.index is None
        for name in argument.names
    }


def section(page: str, heading: str) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    assert found, f"there is no section {heading}"
    return found[1]


def test_the_page_of_commands_has_every_command_and_no_other(root: Path) -> None:
    page = (root / "docs/reference/commands.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## ([a-z]\S*(?: [a-z]+)?)$", page, re.M)
    assert sorted(headings) == NAMES


@pytest.mark.parametrize("command", NAMES)
def test_the_page_of_commands_has_every_option_and_no_other(root: Path, command: str) -> None:
    page = (root / "docs/reference/commands.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (`-[^|]*) \|", section(page, command), re.M)
    written = {name for cell in first_cells for name in re.findall(r"`(--[\w-]+)", cell)}
    assert written == options_of(command)


@pytest.mark.parametrize("command", NAMES)
def test_every_command_says_its_exit_codes(root: Path, command: str) -> None:
    page = (root / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert re.search(r"^Exit 0", section(page, command), re.M)


def test_every_command_in_the_pages_can_be_parsed(pages: list[Path], read_blocks: Blocks) -> None:
    parsed = 0
    for page in pages:
        for block in read_blocks(page):
            for words in block.commands():
                app.parse_args(words, exit_on_error=False, print_error=False)
                parsed += 1
    assert parsed > 40


def play(page: Path, read_blocks: Blocks, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[list[str], int, str]]:
    """Go through a page: write the files it names, run its commands in order; words, exit code and stdout of each."""
    for block in read_blocks(page):
        if block.file:
            Path(block.file).write_text(block.text, encoding="utf-8")
        for words in block.commands():
            code = run(words)
            yield words, code, capsys.readouterr().out


def test_the_tutorial_runs_from_the_first_line_to_the_last(
    root: Path, folder: Path, read_blocks: Blocks, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/tutorial/first-ceasefire.md"
    played = list(play(page, read_blocks, capsys))
    assert [words for words, code, _ in played if code] == []
    shown = [block.text for block in read_blocks(page) if block.language == "text"]
    told = "".join(out for _, _, out in played)
    assert [text for text in shown if text not in told] == []


def test_the_tutorial_says_what_the_ledger_says(
    root: Path, folder: Path, read_blocks: Blocks, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        out
        for words, _, out in play(root / "docs/tutorial/first-ceasefire.md", read_blocks, capsys)
        if words[0] == "ledger"
    ]
    first, after, before = asked[1:]
    assert "2025-03-16  southern_plain  between_parties: not quiet (1 incident)" in first
    assert "2025-03-17  river_towns  between_parties: cannot tell (0 to 1 incidents)" in first
    assert "2025-03-18  river_towns  between_parties: cannot tell (0 to 1 incidents)" in first
    assert "2025-03-17  northern_valley  between_parties: cannot tell (0 incidents)" in first
    assert first.count(": quiet (0 incidents)") == 11
    assert "2025-03-17  river_towns  between_parties: not quiet (1 incident)" in after
    assert "2025-03-18  river_towns  between_parties: quiet (0 incidents)" in after
    assert before.count("cannot tell (0 to 1 incidents)") == 2


@pytest.mark.parametrize("name", HOW_TO)
def test_the_how_to_pages_run_on_a_demo(
    root: Path, demo: Path, read_blocks: Blocks, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name != "start-a-mission":
        assert run(["init", "truce.truceline", "--agreement", "example", "--reading", "strict", "--exercise"]) == 0
    capsys.readouterr()
    for words, code, _ in play(root / "docs/how-to" / f"{name}.md", read_blocks, capsys):
        assert code == (2 if any(OTHER_RECORD in word for word in words) else 0), words


def test_the_act_that_changes_the_reading_can_be_entered(
    root: Path, folder: Path, read_blocks: Blocks, capsys: pytest.CaptureFixture[str]
) -> None:
    list(play(root / "docs/how-to/start-a-mission.md", read_blocks, capsys))
    block = next(b for b in read_blocks(root / "docs/how-to/start-a-mission.md") if b.language == "yaml")
    Path("reading.yaml").write_text(block.text, encoding="utf-8")
    assert run(["enter", "truce.truceline", "reading.yaml"]) == 0
    assert run(["ledger", "truce.truceline", "--as-of", "2025-03-21"]) == 0
    assert "reading lenient (registered)" in capsys.readouterr().out


def test_the_two_commands_of_the_readme_are_those_that_ci_runs(root: Path, read_blocks: Blocks) -> None:
    ci = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    ours = [b.text.strip() for b in read_blocks(root / "README.md") if b.text.startswith("python3 -m venv")]
    assert len(ours) == 2
    assert all(command in ci for command in ours)


def test_ci_is_a_script_that_stops_at_nothing_unsaid(root: Path) -> None:
    script = root / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
