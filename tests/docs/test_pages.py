"""Links resolve, and no page names a machine or a registry."""

import re
from pathlib import Path

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.M | re.S)
_MACHINE = re.compile(
    r"/work\b|/tmp/|/root/|/home/|(?<!\.\./)\bshared/|pypi\.org|pythonhosted|registry\.npmjs|localhost", re.I
)
_ADDRESS = re.compile(r"https?://|--index-url|--extra-index-url|--find-links")


def anchors_of(page: Path) -> set[str]:
    """The anchors that headings make, as forges make them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


def test_every_link_leads_to_a_file_and_a_heading_that_are_there(pages: list[Path]) -> None:
    broken = []
    for page in pages:
        for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"https?:|mailto:", target):
                continue
            name, _, anchor = target.partition("#")
            there = (page.parent / name).resolve() if name else page
            if not there.exists() or (anchor and anchor not in anchors_of(there)):
                broken.append(f"{page.name}: {target}")
    assert not broken


def test_every_page_of_the_docs_is_reached_from_their_front_page(root: Path) -> None:
    front = (root / "docs" / "README.md").read_text(encoding="utf-8")
    reached = set(_LINK.findall(front))
    docs = root / "docs"
    pages = {str(page.relative_to(docs)) for page in docs.glob("**/*.md")} - {"README.md"}
    assert pages <= reached


def test_no_page_names_this_machine_or_a_registry(root: Path, pages: list[Path]) -> None:
    others = [root / "NOTICE", root / "constraints.txt", root / ".ci" / "run", root / "pyproject.toml"]
    named = [
        f"{file.name}: {found[0]}"
        for file in [*pages, *others]
        for found in _MACHINE.finditer(file.read_text(encoding="utf-8"))
    ]
    assert not named


def test_the_constraints_hold_a_hash_for_every_package_and_no_address(root: Path) -> None:
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert not _ADDRESS.search(text)
    pinned = [line for line in lines if not line.startswith(" ")]
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert all(line.strip().startswith("--hash=sha256:") for line in lines if line.startswith(" "))


def test_every_picture_is_small_enough_to_clone(root: Path) -> None:
    assert all(picture.stat().st_size < 400_000 for picture in (root / "docs" / "images").glob("*"))


def test_the_notes_on_why_have_their_four_parts(root: Path) -> None:
    for note in sorted((root / "docs" / "why").glob("*.md")):
        headings = re.findall(r"^## (.*)$", note.read_text(encoding="utf-8"), re.M)
        assert headings == ["Context", "Decision", "What it costs", "What would change our mind"], note.name
