"""What a person's body says of a case, in the room: a finding, a category, a move, a new case. Each is an act like any.

A body has one finding and one category of a case in force: saying it again takes the place of what it said before.
"""

from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct

from truceline.errors import NotAccepted, ValueNotRead
from truceline.pipeline.acts_of_reports import name_for_act
from truceline.pipeline.cases import Saying, move_case, open_case
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import acts, open_mission, registered
from truceline.pipeline.report_refs import resolve
from truceline.pipeline.spoken_acts import entered_as, spoken_now
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.verification.standards import NAMES_SOMEBODY
from truceline.vocabulary.act import Act, Determination, Finding, Withdrawal
from truceline.vocabulary.clearance import Clearance, Marking
from truceline.vocabulary.codes import codes
from truceline.vocabulary.counts_released import CountsReleased
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.retraction import RecallHeld
from truceline.vocabulary.role import CLEARS, Person

Named = tuple[str, str]
ASKED_BY = ("author", "source", "mission")
"""Who wants a report taken out of what counts."""
HELD = ("happened", "did_not_happen", "undetermined")


class Found(Struct, frozen=True):
    """A finding as a form says it; "" for what was left open."""

    held: str
    what: str
    because: str
    when: str = ""
    where: str = ""
    standard: str = ""
    attribution: str = ""
    attributed_to: str = ""
    rests_on: tuple[str, ...] = ()


class Category(Struct, frozen=True):
    """A category as a form says it. when: of the matter. clock: on which it bears, "" for none."""

    category: str
    because: str
    when: str = ""
    clock: str = ""


class Choices(Struct, frozen=True):
    """What the forms let one choose from: each by its code and its name."""

    held: tuple[str, ...]
    categories: tuple[Named, ...]
    standards: tuple[Named, ...]
    attributions: tuple[Named, ...]
    clocks: tuple[Named, ...]


def choices(path: Path, language: str = "en") -> Choices:
    """All that a form may say."""
    with open_mission(path) as mission:
        clocks = registered(mission).pack.agreement.clocks
    lists = ("determination_categories", "standards_of_proof", "attribution_levels")
    categories, standards, attributions = (
        tuple((one.code, one.label.get(language) or one.label["en"]) for one in codes(name).values()) for name in lists
    )
    named = tuple((one.id, one.title.get(language) or one.title["en"]) for one in clocks)
    return Choices(HELD, categories, standards, attributions, named)


def find_as(path: Path, person: Person, case: str, found: Found, *, now_us: int, chance: Chance) -> str:
    """Enter the finding of the person's body on a case; the id of the act. Raises `ActError`, `ValueNotRead`."""
    if found.held not in HELD:
        raise ValueNotRead(f"{found.held[:40]!r} is nothing that is held.", f"One of: {', '.join(HELD)}.")
    with open_mission(path, write=True) as mission:
        said = spoken_now(mission, person.body, found.because, now_us)
        older = _older(mission, person.body, Finding, case)
        act = Finding(
            by=said.by, at=said.at, about=case, held=found.held, what=found.what, because=found.because,  # type: ignore[arg-type]
            when=found.when or None, where=found.where or None, standard=found.standard or None,
            attribution=found.attribution or None,  # type: ignore[arg-type]
            attributed_to=(found.attributed_to or None) if found.attribution in NAMES_SOMEBODY else None,
            case=case, rests_on=found.rests_on or UNSET, revises=older or UNSET,
        )  # fmt: skip
        return entered_as(mission, act, sign=person.key or None, now_us=now_us, chance=chance)


def enter_for(path: Path, person: Person, act: Act, *, now_us: int, chance: Chance) -> Entered:
    """Enter an act that was written elsewhere, if the person's body says it. Raises `ActError`, `NotAccepted`."""
    if not person.body or getattr(act, "by", None) != person.body:
        raise NotAccepted("An act is entered by somebody who speaks for the body that says it.", "Set `by` to yours.")
    with open_mission(path, write=True) as mission:
        _refuse_clearing(mission, person, act)
        return enter_act(mission, act, sign=person.key or None, now_us=now_us, chance=chance)


def _refuse_clearing(mission: MissionFile, person: Person, act: Act) -> None:
    """Who may see what is settled by those roles alone, also where a word about it is taken back."""
    about = [one.act for one in acts(mission, INTERNAL) if isinstance(act, Withdrawal) and one.id.startswith(act.of)]
    if person.role not in CLEARS and any(
        isinstance(one, Marking | Clearance | CountsReleased) for one in (act, *about)
    ):
        raise NotAccepted("Clearing is not for this role.", "Ask a duty officer who speaks for a body.")


def determine_as(path: Path, person: Person, case: str, said: Category, *, now_us: int, chance: Chance) -> str:
    """Enter the category that the person's body gives a case; the id of the act. Raises `ActError`."""
    with open_mission(path, write=True) as mission:
        words = spoken_now(mission, person.body, said.because, now_us)
        older = _older(mission, person.body, Determination, case)
        act = Determination(
            by=words.by, at=words.at, about=case, category=said.category, because=said.because,
            when=said.when or None, clock=said.clock or None, revises=older or UNSET,
        )  # fmt: skip
        return entered_as(mission, act, sign=person.key or None, now_us=now_us, chance=chance)


def move_as(
    path: Path, person: Person, case: str, to: str, outcome: str, because: str, *, now_us: int, chance: Chance
) -> str:
    """Move a case, or say the word that a joint move needs; the id of the act. Raises `ActError`."""
    with open_mission(path, write=True) as mission:
        entered, _ = move_case(
            mission, case, to, _saying(mission, person, because, now_us, chance), outcome=outcome or None
        )
        return entered.id


def recall_as(
    path: Path, person: Person, report: str, asked_by: str, because: str, *, now_us: int, chance: Chance
) -> str:
    """Take a report out of what counts; the id of the act. Raises `ActError`, `ValueNotRead` for a name of none."""
    if asked_by not in ASKED_BY:
        raise ValueNotRead(f"{asked_by[:40]!r} asks for no recall.", f"One of: {', '.join(ASKED_BY)}.")
    with open_mission(path, write=True) as mission:
        words = spoken_now(mission, person.body, because, now_us)
        named = name_for_act(resolve(mission, INTERNAL, [report])[report])
        act = RecallHeld(words.by, words.at, named, words.because, asked_by)  # type: ignore[arg-type]
        return entered_as(mission, act, sign=person.key or None, now_us=now_us, chance=chance)


def open_as(
    path: Path, person: Person, reports: tuple[str, ...], title: str, because: str, *, now_us: int, chance: Chance
) -> str:
    """Open a case on reports, the first of which founds it; its handle. Raises `ActError`."""
    with open_mission(path, write=True) as mission:
        handle, _ = open_case(mission, reports, _saying(mission, person, because, now_us, chance), title=title)
        return handle


def _saying(mission: MissionFile, person: Person, because: str, now_us: int, chance: Chance) -> Saying:
    said = spoken_now(mission, person.body, because, now_us)
    return Saying(said.by, said.at, because, person.key or None, now_us, chance)


def _older(mission: MissionFile, body: str, kind: Any, case: str) -> tuple[str, ...]:
    """What the body said of this case before, and is in force."""
    held = acts(mission, INTERNAL)
    return tuple(
        one.id for one in held
        if isinstance(one.act, kind) and one.act.by == body and case in (one.act.about, getattr(one.act, "case", None))
    )  # fmt: skip
