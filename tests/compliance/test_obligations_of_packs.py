"""What can be wrong with the obligations of a pack: each is said with file, line and path."""

from importlib import resources

import pytest

from truceline.compliance.pack import PACK_FILES, read_pack
from truceline.errors import PackError

FOLDER = resources.files("truceline") / "agreements" / "example"
EXAMPLE = {name: (FOLDER / name).read_bytes() for name in PACK_FILES if (FOLDER / name).is_file()}
OBLIGATION = """  - id: made_for_a_test
    title: {en: No fire}
    instrument: truce_text
    terms: [E2]
    obliged: [north]
    kind: prohibition
    rule: {kinds: [shelling]}
    unless:
      - id: self_defence
        paraphrase: {en: In self-defence.}
        shown: [{id: threat, paraphrase: {en: A threat.}}]
        cited: {source: Written for a test, tag: invented}
    cited: {source: Written for a test, tag: invented}
"""


def _with(block: str, more: str = "") -> dict[str, bytes]:
    text = EXAMPLE["agreement.yaml"].decode()
    if "\nobligations:\n" in text:
        text = text.replace("\nobligations:\n", f"\nobligations:\n{block}", 1)
    else:
        text += f"\nobligations:\n{block}"
    return {**EXAMPLE, "agreement.yaml": (text + more).encode()}


def _refusal(files: dict[str, bytes]) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(files, "example")
    return caught.value.message


def test_an_obligation_that_names_what_is_there_is_read() -> None:
    obligations = read_pack(_with(OBLIGATION), "example").agreement.obligations
    assert obligations[0].id == "made_for_a_test"
    assert obligations[0].unless[0].shown[0].id == "threat"


CASES = [
    ("instrument: truce_text", "instrument: lost_text", "instrument", "'lost_text' is no instrument"),
    ("terms: [E2]", "terms: [E99]", "terms[0]", "'E99' is no term"),
    ("obliged: [north]", "obliged: [east]", "obliged[0]", "'east' is no party or body"),
    ("kind: prohibition", "kind: prohibiton", "kind", "is no clause kind; there are: "),
    ("rule: {kinds: [shelling]}", "rule: {kinds: [shellling]}", "rule.kinds[0]", "is no incident kind"),
    ("rule: {kinds: [shelling]}", "rule: {kind: [shelling]}", "rule", "unknown field `kind` (a rule of the kind"),
    ("rule: {kinds: [shelling]}", "rule: {weapons: [trebuchet]}", "rule.weapons[0]", "is no weapon of the code list"),
    ("rule: {kinds: [shelling]}", "rule: {against: [east]}", "rule.against[0]", "'east' is no party"),
    ("rule: {kinds: [shelling]}", "rule: {kinds: [shelling]}\n    areas: [moon]", "areas[0]", "'moon' is no area"),
    ("rule: {kinds: [shelling]}", "rule: {kinds: [shelling]}\n    yields_to: [made_for_a_test]", "yields_to[0]",
     "is no other obligation"),
    ("        cited: {source: Written for a test, tag: invented}", "        by: [south]\n"
     "        cited: {source: Written for a test, tag: invented}", "unless[0].by[0]", "no party that this obliges"),
    ("\n    cited: {source: Written for a test, tag: invented}", "\n    cited: {source: Memory, tag: recalled}",
     "cited.tag", "recalled is not executed"),
    ("        cited: {source: Written for a test, tag: invented}", "        cited: {source: Memory, tag: recalled}",
     "unless[0].cited.tag", "excuses nothing"),
    ("kind: prohibition", "kind: prohibition\n    from: \"2025-04-02\"\n    to: \"2025-04-01\"", "to", "is not after"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "sentence"), CASES)
def test_what_is_wrong_with_an_obligation_is_named_with_its_line(old: str, new: str, path: str, sentence: str) -> None:
    assert old in OBLIGATION
    files = _with(OBLIGATION.replace(old, new, 1))
    said = _refusal(files)
    assert f"obligations[0].{path}" in said
    assert sentence in said
    line = int(said.split("line ")[1].split(":")[0])
    first, last = new.splitlines()[0].strip(), new.strip().splitlines()[-1].strip()
    assert files["agreement.yaml"].decode().splitlines()[line - 1].strip() in (first, last)


def test_a_term_that_is_only_recalled_is_not_executed() -> None:
    files = _with(OBLIGATION)
    text = files["agreement.yaml"].decode()
    at = text.index("- id: E2")
    text = text[:at] + text[at:].replace("tag: invented", "tag: recalled", 1)
    assert "'E2' is recalled and is not executed until it is confirmed" in _refusal(
        {**files, "agreement.yaml": text.encode()}
    )


NOT_RUN = [
    ("{term: E99, rule: never, because: {en: Text only.}}", "'E99' is no term"),
    ("{term: E2, rule: never, because: {en: Text only.}}", "'E2' is run by an obligation"),
    ("{term: E7, rule: whim, because: {en: Text only.}}", "Invalid enum value 'whim'"),
]


@pytest.mark.parametrize(("line", "sentence"), NOT_RUN)
def test_what_does_not_run_is_a_term_that_nothing_runs(line: str, sentence: str) -> None:
    assert sentence in _refusal(_with(OBLIGATION, f"\nnot_run:\n  - {line}\n"))


def test_a_line_has_parties_on_its_sides_and_is_not_recalled() -> None:
    line = "  - {id: river, name: {en: River}, precision_m: 100, left: %s, cited: {source: A map, tag: %s}}\n"
    assert "lines[0].left: 'east' is no party" in _refusal(_with(OBLIGATION, "\nlines:\n" + line % ("east", "cited")))
    assert "lines[0].cited.tag: nothing is measured" in _refusal(
        _with(OBLIGATION, "\nlines:\n" + line % ("north", "recalled"))
    )


def test_a_watcher_watches_areas_of_the_pack() -> None:
    watcher = "\nwatchers:\n  - {source: patrol, kind: patrol, areas: [moon], every_hours: 24}\n"
    assert "watchers[0].areas[0]: 'moon' is no area" in _refusal(_with(OBLIGATION, watcher))
