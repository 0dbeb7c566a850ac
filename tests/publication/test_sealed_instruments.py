"""An instrument whose existence is sealed, and its terms, stand on no page for anybody but the holders themselves."""

import sys
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import msgspec

from truceline.publication import rules
from truceline.publication.languages import Words
from truceline.vocabulary.marking import INTERNAL, Audience, Reader

sys.path.insert(0, str(Path(__file__).parent))

import made_up


def told(audience: Audience) -> str:
    page = made_up.page()
    agreement = page.agreement
    [term, *_] = agreement.terms
    sealed = tuple(msgspec.structs.replace(one, sealed=one.id == term.instrument) for one in agreement.instruments)
    reader = INTERNAL if audience is Audience.INTERNAL else Reader(audience)
    page = replace(page, agreement=msgspec.structs.replace(agreement, instruments=sealed), reader=reader)
    words = Words("en", NullTranslations())
    return str(rules.agreement(page, words)) + str(rules.terms(page, words))


def test_only_the_holders_themselves_are_shown_it():
    agreement = made_up.page().agreement
    [term, *_] = agreement.terms
    title = next(one.title["en"] for one in agreement.instruments if one.id == term.instrument)
    internal = told(Audience.INTERNAL)
    assert title in internal and term.paraphrase["en"] in internal
    for audience in set(Audience) - {Audience.INTERNAL}:
        assert title not in told(audience)
        assert term.paraphrase["en"] not in told(audience)
