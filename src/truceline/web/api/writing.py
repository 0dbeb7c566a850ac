"""What the API enters, with a token that may write: acts, through the same door as every other."""

from litestar import post
from litestar.params import JSONBody
from msgspec import Struct

from truceline.errors import NotAccepted
from truceline.pipeline.entering import MOST_BYTES, Entered
from truceline.pipeline.room.judged import judge_as
from truceline.pipeline.room.said import enter_for
from truceline.vocabulary.act import Act
from truceline.vocabulary.judgement import Says
from truceline.web.room import AtRoom, Who


class WordOnPair(Struct, frozen=True, forbid_unknown_fields=True):
    """What the caller's body says of two reports."""

    one: str
    other: str
    says: Says
    because: str


class EnteredId(Struct, frozen=True):
    """The id of the act in the record."""

    act: str


@post("/acts", sync_to_thread=True, request_max_body_size=MOST_BYTES)
def enter(room: AtRoom, person: Who, data: JSONBody[Act]) -> Entered:
    """Enter one act in the name of the body for which the caller speaks, signed with the caller's key."""
    return enter_for(room.path, person, data, now_us=room.exactly_us(), chance=room.chance)


@post("/pairs/judgement", sync_to_thread=True, request_max_body_size=MOST_BYTES)
def judge(room: AtRoom, person: Who, data: JSONBody[WordOnPair]) -> EnteredId:
    """Say of two reports that they are the same, different, or that one cannot tell."""
    if not person.body:
        raise NotAccepted("You speak for no body.", "Somebody who speaks for one judges pairs.")
    said = (data.one, data.other)
    return EnteredId(
        judge_as(room.path, person, said, data.says, data.because, now_us=room.exactly_us(), chance=room.chance)
    )


HANDLERS = [enter, judge]
"""What is written."""
