"""No command, option, page or file lists who is unprotected, where an excluded group is, or a list of settlements.

Names are planted in missions: a group that accepted nowhere, one that took its acceptance back, one that is excluded,
a force said to be its, its area, and the places that an acceptance declares. Every command of the app is then run,
with every switch and every choice it has, and all that it prints and writes is searched. Only who asks for one of them
by name is answered.
"""

import shutil
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from cyclopts import App

from truceline.cli.app import app

REFUSED, LEFT, EXCLUDED, FORCE, PLACE = "Zarqa Column", "Wadi Tigers", "Samra Fighters", "Dune Scouts", "Tell Qubba"
ZONE, CORNER = "samra-zone", "19.9871234"
PLANTED = [one.encode() for one in (REFUSED, LEFT, EXCLUDED, FORCE, PLACE, ZONE, CORNER)]
RING = f"[[-40.01, {CORNER}], [-39.99, {CORNER}], [-39.99, 20.01], [-40.01, {CORNER}]]"
ACTS = f"""
- {{act: acceptance, by: alpha, at: 2025-03-16T10:00, party: {REFUSED}, says: declined, because: By letter.}}
- {{act: acceptance, by: beta, at: 2025-03-17T10:00, party: {LEFT}, says: withdrawn, because: By letter.}}
- {{act: acceptance, by: beta, at: 2025-03-17T11:00, party: Hill Company, says: accepted, because: A form.,
    places: [{PLACE} One, {PLACE} Two]}}
- {{act: exclusion, by: alpha, at: 2025-03-17T12:00, actor: {EXCLUDED}, instrument: exclusion_annex, says: excluded,
    because: By the annex.}}
- {{act: association, by: beta, at: 2025-03-17T12:30, force: {FORCE}, of: {EXCLUDED}, says: associated, because: So.}}
- {{act: name, by: alpha, at: 2025-03-17T12:40, name: {EXCLUDED}, list: un_sc, version: "2025-03-01", entry: QDe.137,
    says: same, because: So.}}
- {{act: claim, by: alpha, at: 2025-03-17T13:00, number: {ZONE}, claimant: alpha, says: claimed, kind: excluded_area,
    because: Drawn., geometry: '{{"type": "Polygon", "coordinates": [{RING}]}}'}}
"""
DEMO = "demo/mission.truceline"
ASKED_HERE: dict[str, list[str]] = {
    "assess": [DEMO],
    "referrals": [DEMO],
    "why": [DEMO, "no_attacks/north"],
}
"""Commands that the page of JSON does not show."""
NO_QUESTIONS = {
    "case undo", "destroy", "exchange accept", "exchange add", "exchange bundle", "exchange policy", "exchange proofs",
    "exchange pull", "exchange push", "exchange serve", "exhibit check", "exhibit custody", "fetch acled", "fetch hdx",
    "fetch ucdp", "key revoke", "key rotate", "log open", "log proof", "people end", "serve", "unlock",
}  # fmt: skip
"""Commands that need a named entry or key, or another machine: what passes between holders is searched below."""
NO_MISSION = {"check", "demo", "log verifier", "map", "procedures", "score", "simulate"}
"""Commands that read no mission."""
WORDS_OF_STRIKES = ("unprotected", "not-accepted", "unaccepted", "excluded", "targets", "strike", "settlements")
"""Words of which no option is to be made; `excluded ACTOR` answers of one actor, and needs it."""
ASKS_BY_NAME = {"excluded": "actor", "screen": "name"}


def commands_of(group: App, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group:
        if not name.startswith("-"):
            below = list(commands_of(group[name], (*before, name)))
            yield from below or [(*before, name)]


COMMANDS = sorted(" ".join(words) for words in commands_of(app))


def arguments_of(command: str) -> list[Any]:
    return list(reduce(App.__getitem__, command.split(), app).assemble_argument_collection())


def variants(command: str) -> Iterator[list[str]]:
    """The command as it is, for machines, with every switch, and with every choice of every option."""
    yield []
    yield ["--json"]
    for argument in arguments_of(command):
        longest = max(argument.names, key=len, default="")
        if argument.index is not None or not longest.startswith("--") or longest == "--json":
            continue
        choices = choices_of(argument.hint)
        if argument.hint is bool:
            yield [next(name for name in argument.names if not name.startswith("--no-"))]
        elif choices:
            yield from ([longest, str(choice)] for choice in choices)


def choices_of(hint: Any) -> list[Any]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return [choice for part in get_args(hint) for choice in choices_of(part)]


@pytest.fixture(scope="module")
def asked() -> Any:
    """The arguments with which the page of JSON shows every command, and what prepares the folder for it."""
    from importlib.util import module_from_spec, spec_from_file_location

    path = Path(__file__).parents[1] / "docs" / "test_json.py"
    spec = spec_from_file_location("truceline_tests_docs_test_json", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def played(office, tmp_path_factory) -> Path:
    """A demo, and a fresh mission, made once, with the names planted in them."""
    folder: Path = tmp_path_factory.mktemp("played")
    assert office.truceline("demo", "--out", folder / "demo", "--no-open").code == 0
    plant(office, folder / "demo" / "mission.truceline")
    (folder / "fresh").mkdir()
    mission = folder / "fresh" / "fresh.truceline"
    assert office.truceline("init", mission, "--agreement", "example", "--reading", "strict", "--exercise").code == 0
    plant(office, mission)
    return folder


def plant(office: Any, mission: Path) -> None:
    acts = mission.with_name("planted.yaml")
    acts.write_text(ACTS, encoding="utf-8")
    ran = office.truceline("enter", mission, acts)
    assert ran.code == 0, ran.err
    acts.unlink()


def prepared(asked: Any, office: Any, played: Path, command: str) -> None:
    """The folder as the page of JSON has it, the names planted in every mission."""

    def run(words: list[str]) -> int:
        if words[0] == "init":
            for part in (played / "fresh").iterdir():
                shutil.copy(part, part.name.replace("fresh.truceline", words[1]))
            return 0
        code: int = office.truceline(*words).code
        return code

    shutil.copytree(played / "demo", "demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asked, "run", run)
        asked.prepare(command)


def written(folder: Path, before: set[Path]) -> dict[str, bytes]:
    """Files that were made, but for missions (their record is theirs) and what lies beside them."""
    made = (path for path in folder.rglob("*") if path.is_file() and path not in before)
    return {str(path): path.read_bytes() for path in made if ".truceline" not in path.name}


@pytest.mark.long
@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in NO_QUESTIONS | NO_MISSION])
def test_no_command_says_one_of_the_names(command, asked, played, office, attack, tmp_path, monkeypatch):
    words = asked.ASKED.get(command) or ASKED_HERE[command]
    (tmp_path / "base").mkdir()
    monkeypatch.chdir(tmp_path / "base")
    prepared(asked, office, played, command)
    told: dict[str, bytes] = {}
    done = 0
    for n, options in enumerate(variants(command)):
        here = shutil.copytree(tmp_path / "base", tmp_path / str(n))
        monkeypatch.chdir(here)
        before = set(here.rglob("*"))
        ran = office.truceline(*command.split(), *words, *options)
        done += ran.code in (0, 1)
        told[f"{command} {options}"] = (ran.out + ran.err).encode() + b"        "
        told |= written(here, before)
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(here)
    assert done, "it was never done"
    said = attack.Haystack(told).says(PLANTED)
    assert said == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_asks_for_a_list_of_the_unprotected(command):
    for argument in arguments_of(command):
        names = {*argument.names, *map(str, choices_of(argument.hint))}
        assert not [name for name in names for word in WORDS_OF_STRIKES if word in name.lower()]
    if command in ASKS_BY_NAME:
        named = (one for one in arguments_of(command) if ASKS_BY_NAME[command] in str(one.names).lower())
        assert next(named).required


@pytest.fixture(scope="module")
def given(office, tmp_path_factory) -> Any:
    """What south holds after north released everything to all and sent it, and what it sent."""
    desks = []
    for name in ("north", "south"):
        desks.append(office.Desk(tmp_path_factory.mktemp(name)).init())
    north, south = desks
    plant(office, north.mission)
    for giver, taker, name in ((north, south, "north"), (south, north, "south")):
        key = giver.run("log", "head", giver.mission, "--json").json()["key"]
        assert taker.run("exchange", "add", taker.mission, name, "--key", key, "--how", "paper").code == 0
    ran = north.run("release", north.mission, "--all", "--to", "all", "--because", "Agreed.", "--json")
    assert ran.code == 0, ran.err
    north.released = ran.json()
    stick = north.folder / "stick.bundle"
    assert north.run("exchange", "bundle", north.mission, stick, "--for", "south").code == 0
    ran = south.run("exchange", "accept", south.mission, stick)
    assert ran.code == 0, ran.err
    return north, south, stick


def test_a_release_of_everything_opens_no_settlement_list_and_no_area(given, attack):
    north, south, stick = given
    told = {"bundle": stick.read_bytes()}
    told |= {path.name: path.read_bytes() for path in south.folder.glob("mission.truceline*")}
    assert attack.Haystack(told).says([PLACE.encode(), CORNER.encode()]) == []
    sealed = {one["field"]: one["sealed"] for one in north.released["fields"]}
    assert (sealed["places"], sealed["geometry"]) == (3, 1)


def test_they_are_opened_by_name_only(given):
    north, _, _ = given
    ran = north.run(
        "release", north.mission, "--all", "--to", "all", "--because", "Delineated.", "--fields", "places", "--preview",
        "--json",
    )  # fmt: skip
    opened = {one["field"]: one["opened"] for one in ran.json()["fields"]}
    assert (opened["places"], opened["geometry"]) == (3, 0)


def test_who_is_asked_for_by_name_is_told_of(played, office):
    mission = played / "demo" / "mission.truceline"
    assert LEFT in office.truceline("registers", mission, "--party", LEFT).out
    assert LEFT not in office.truceline("registers", mission).out


def test_the_acts_are_listed_without_whom_they_are_about(played, office):
    listed = office.truceline("acts", played / "demo" / "mission.truceline", "--json").json()["acts"]
    about = {one["act"]: one["about"] for one in listed if one["about"] == "(told by name only)"}
    assert set(about) == {"acceptance", "exclusion", "association", "name", "claim"}


OF_ACCEPTANCE = """
obligations:
  - id: no_attacks
    title: {en: No attacks, ar: لا هجمات}
    instrument: truce_text
    terms: [E2]
    obliged: [north, south]
    kind: prohibition
    rule: {kinds: [shelling]}
    binds: accepted
    cited: {source: Written for this test, tag: invented}
  - id: told_of
    title: {en: Acceptance is told of, ar: إبلاغ القبول}
    instrument: truce_text
    terms: [E2]
    obliged: [north, south]
    kind: acceptance
    rule: {by: "2025-03-20"}
    cited: {source: Written for this test, tag: invented}
"""


@pytest.fixture
def half(office, tmp_path) -> Any:
    """An agreement that binds those who accept it: North told both co-chairs, South nobody."""
    from truceline.pipeline.packs import find_pack

    pack = tmp_path / "example"
    pack.mkdir()
    for name, content in find_pack("example").sources.items():
        (pack / name).write_bytes(content)
    text = (pack / "agreement.yaml").read_text(encoding="utf-8")
    (pack / "agreement.yaml").write_text(text.partition("\nobligations:")[0] + OF_ACCEPTANCE, encoding="utf-8")
    (pack / "examples.yaml").write_text("[]\n", encoding="utf-8")
    desk = office.Desk(tmp_path)
    assert office.truceline("init", desk.mission, "--agreement", pack, "--reading", "strict", "--exercise").code == 0
    for body in ("alpha", "beta"):
        desk.act(act="acceptance", by=body, at="2025-03-16T10:00", party="north", says="accepted", because="A form.")
    return desk


@pytest.mark.parametrize(
    "options", [(), ("--every", "week"), ("--outcome", "not_in_force"), ("--outcome", "not_observed")]
)
def test_who_accepted_nothing_is_in_no_list_of_outcomes(half, options):
    told = half.told("assess", *options)
    assert {one["party"] for one in told["assessments"]} <= {"north"}
    assert "south" not in half.printed("assess", *options).lower()


def test_who_asks_for_a_party_by_name_is_told_of_it(half):
    told = half.told("assess", "--party", "south")
    assert {one["obligation"]: one["outcome"] for one in told["assessments"]} == {
        "no_attacks": "not_in_force", "told_of": "not_observed",
    }  # fmt: skip
    both = {one["obligation"]: one["outcome"] for one in half.told("assess")["assessments"]}
    assert both == {"no_attacks": "not_observed", "told_of": "complied"}


@pytest.mark.parametrize("command", [("assess",), ("why", "no_attacks/south"), ("instruments",), ("registers",)])
def test_nobody_is_answered_about_tomorrow(half, command):
    ran = half.run(command[0], half.mission, *command[1:], "--as-of", "2199-01-01")
    assert (ran.code, "has not come yet" in ran.err) == (2, True)
