"""The tokens of one person as a page lists them: what each is for, until when it holds, whether it still does."""

from pathlib import Path

from msgspec import Struct

from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.room.heading import Moment, moment_of, words_in
from truceline.pipeline.tokens import TokenHeld, tokens_of
from truceline.vocabulary.role import Person


class TokenShown(Struct, frozen=True):
    """A token without the token. writes: it may enter acts. state: `holds`, `ended` by hand, or `too old`."""

    number: int
    label: str
    writes: bool
    state: str
    made: Moment
    until: Moment


def tokens_shown(path: Path, person: Person, language: str, now_us: int) -> tuple[TokenShown, ...]:
    """Every token that this person made, the newest first."""
    with open_mission(path) as mission:
        zone = registered(mission).pack.agreement.zone
    words = words_in(language)
    return tuple(
        TokenShown(
            one.number, one.label, one.writes, _state(one, now_us), moment_of(words, one.made_us, zone),
            moment_of(words, one.until_us, zone),
        )
        for one in tokens_of(path, person)
    )  # fmt: skip


def _state(token: TokenHeld, now_us: int) -> str:
    if token.ended_us is not None:
        return "ended"
    return "holds" if token.until_us > now_us else "too old"
