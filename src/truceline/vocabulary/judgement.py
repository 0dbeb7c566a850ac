"""Judgements: whether two reports tell of one incident: a person's word, or an instrument's where a pack allows it."""

from typing import Literal

from msgspec import UNSET, Struct

from truceline.vocabulary.act_parts import Body, ReportRef, Revises, Short, Words

Says = Literal["same", "different", "unsure"]


class Judgement(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="judgement"):
    """A body holds that two reports tell of the same incident, of different ones, or that it cannot tell.

    instrument: the holder's program said it under a rule of the pack; without it a person did.
    """

    by: Body
    at: Short
    reports: tuple[ReportRef, ReportRef]
    says: Says
    because: Words
    instrument: bool = False
    revises: Revises = UNSET
