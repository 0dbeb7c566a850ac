"""Acts made from the words of a short verb: who says it, when, why; then entered as any other act."""

from msgspec import Struct

from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import registered
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import Act
from truceline.vocabulary.when import MINUTE, iso


class AboutAct(Struct, frozen=True):
    """Who says it, when (local to the agreement's zone unless it carries an offset), and why."""

    by: str
    at: str
    because: str


def spoken(mission: MissionFile, by: str, at: str | None, because: str, now_us: int) -> AboutAct:
    """The same with now in the agreement's zone where no time was given."""
    return AboutAct(by, at or iso(now_us, registered(mission).pack.agreement.zone), because)


def spoken_now(mission: MissionFile, by: str, because: str, now_us: int) -> AboutAct:
    """Said in the room: at the minute that has begun, so that a page as of this minute has heard it."""
    return spoken(mission, by, None, because, now_us // MINUTE * MINUTE)


def entered_as(mission: MissionFile, act: Act, *, sign: str | None, now_us: int, chance: Chance) -> str:
    """Enter an act; its id. Raises as `entering.enter_act`."""
    entered: Entered = enter_act(mission, act, sign=sign, now_us=now_us, chance=chance)
    return entered.id
