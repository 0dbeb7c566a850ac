"""Every code of a trace has its sentence in every language, and the compiled catalogues are the written ones."""

import gettext
import io
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import catalogues
import trace_catalogues

from truceline.compliance.kinds import KINDS
from truceline.compliance.lines.sides import DIRECTIONS
from truceline.compliance.trace_words import SHARED, sentence_for
from truceline.publication.traces import OUTCOMES, VALUES, outcome_in, said_in
from truceline.vocabulary.assessment import Outcome

CODES = [(code, "prohibition") for code in SHARED] + [
    (code, name) for name, kind in KINDS.items() for code in kind.sentences
]


@pytest.mark.parametrize(("code", "kind"), CODES, ids=lambda one: one)
def test_no_code_of_a_trace_lacks_its_arabic(code, kind):
    sentence = sentence_for(code, kind)
    values = dict.fromkeys(re.findall(r"\{(\w+)\}", sentence), "X")
    said = said_in("ar", sentence, values)
    assert re.search("[\u0600-\u06ff]", said), code
    assert said.count("X") == len(values)
    assert said_in("en", sentence, values).replace("\u2068", "").replace("\u2069", "") == sentence.format(**values)


@pytest.mark.parametrize("language", trace_catalogues.LANGUAGES)
def test_the_catalogue_holds_exactly_what_traces_say_and_keeps_their_values(language):
    catalogue = trace_catalogues.read(language)
    assert {message.id for message in catalogue if message.id} == set(trace_catalogues.messages())
    for message in catalogue:
        if message.id:
            assert message.string and not message.fuzzy, message.id
            assert set(re.findall(r"\{(\w+)\}", message.string)) == set(re.findall(r"\{(\w+)\}", message.id)), (
                message.id
            )


@pytest.mark.parametrize("language", trace_catalogues.LANGUAGES)
def test_the_compiled_catalogue_of_traces_is_the_written_one(language):
    fresh = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(trace_catalogues.read(language))))
    with trace_catalogues.path_of(language, "mo").open("rb") as committed:
        kept = gettext.GNUTranslations(committed)
    assert {k: v for k, v in kept._catalog.items() if k} == {k: v for k, v in fresh._catalog.items() if k}


def test_every_outcome_and_every_direction_has_its_word():
    assert set(OUTCOMES) == {one.value for one in Outcome}
    assert set(DIRECTIONS) - {""} <= set(VALUES["lies"])
    assert all(outcome_in("ar", one) != one and outcome_in("en", one) == one for one in OUTCOMES)


def test_a_party_that_is_called_like_a_direction_keeps_its_name():
    sentence = SHARED["not_in_force"]
    assert "north" in said_in("ar", sentence, {"party": "north"})
