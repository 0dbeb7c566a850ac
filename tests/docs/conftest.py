"""The pages, and the code blocks in them."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from truceline.cli import run

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_NAMED = re.compile(r"`([\w-]+\.(?:csv|yaml|xml|geojson))`[^`]*:\s*$")


class Block(NamedTuple):
    """A code block: its language, its text, and the file it is said to be ("" for none)."""

    language: str
    text: str
    file: str

    def commands(self) -> list[list[str]]:
        """The `truceline` commands of a shell block, as words."""
        if self.language not in ("sh", "console", "bash"):
            return []
        lines = [line.removeprefix("$ ").split() for line in self.text.splitlines()]
        return [words[1:] for words in lines if words and words[0] == "truceline"]


def blocks_of(page: Path) -> Iterator[Block]:
    """The code blocks of a page in order; "in `agreed.yaml`:" before a block names its file."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        before = text[: found.start()].rstrip().rpartition("\n\n")[2]
        named = _NAMED.search(before)
        yield Block(found[1], found[2], named[1] if named else "")


def all_pages() -> list[Path]:
    """Every page of the project in Markdown, those inside the packs included."""
    places = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/truceline/agreements/*/*.md")]
    return sorted(places)


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def read_blocks():  # type: ignore[no-untyped-def]
    return blocks_of


@pytest.fixture
def pages() -> list[Path]:
    return all_pages()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder to run commands in."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo was played, once: `demo/`; to be copied."""
    made = tmp_path_factory.mktemp("played")
    assert run(["demo", "--out", str(made / "demo"), "--no-open"]) == 0
    return made


@pytest.fixture
def demo(folder: Path, played: Path) -> Path:
    """An empty folder but for a played demo, to run commands in."""
    shutil.copytree(played / "demo", folder / "demo")
    return folder
