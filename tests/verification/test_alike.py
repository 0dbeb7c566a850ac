"""Reports told in nearly the same words at nearly the same time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching.ngrams import alike_permille, signatures
from truceline.verification import alike
from truceline.verification.alike import ALIKE, NEAR_US, Worded, first_told
from truceline.vocabulary.when import DAY, HOUR

STORY = "Four shells fell on the covered market of the eastern quarter at ten and wounded nine people, residents said"
OTHER = (
    "A convoy of eleven lorries was held at the northern checkpoint until night and then turned back, its office said"
)
ARABIC = "سقطت أربع قذائف على السوق المسقوف في الحي الشرقي عند العاشرة صباحا وأصيب تسعة أشخاص بجروح كما قال السكان"


def worded(*texts, start=(), point=(), rank=()):
    number, zero = len(texts), np.zeros(len(texts), np.int64)
    lat = np.array([one or 0 for one in point] or zero, np.int64)
    return Worded(
        signatures(texts), np.array(start or zero, np.int64), np.array(rank or range(number), np.int64),
        np.array([one is not None for one in point] or [False] * number, np.bool_), lat, zero, zero,
    )  # fmt: skip


def firsts(*texts, **more):
    return first_told(worded(*texts, **more))[0].tolist()


def test_the_first_received_is_what_others_nearly_repeat():
    assert firsts(STORY, OTHER, f"{STORY}.", STORY.upper()) == [0, 1, 0, 0]
    assert firsts(STORY, OTHER, f"{STORY}.", rank=(3, 2, 1)) == [2, 1, 2]


def test_arabic_is_known_again_without_its_spellings():
    assert firsts(ARABIC, ARABIC.replace("أ", "ا")) == [0, 0]


def test_another_day_another_story():
    assert firsts(STORY, STORY, start=(0, NEAR_US)) == [0, 0]
    assert firsts(STORY, STORY, start=(0, NEAR_US + HOUR)) == [0, 1]


def test_a_story_of_every_day_does_not_become_one_chain():
    found = firsts(*[STORY] * 9, start=tuple(n * DAY for n in range(9)))
    assert found == [0, 0, 0, 0, 4, 4, 4, 4, 8]


def test_the_same_form_from_two_places_is_no_repetition():
    assert firsts(STORY, STORY, point=(360_000_000, 361_000_000)) == [0, 0]
    assert firsts(STORY, STORY, point=(360_000_000, 369_000_000)) == [0, 1]
    assert firsts(STORY, STORY, point=(360_000_000, None)) == [0, 0]


def test_few_words_say_too_little():
    assert firsts("Shelling.", "Shelling.", "", "") == [0, 1, 2, 3]


def test_no_report_at_all():
    assert firsts() == []


def test_there_are_as_many_permutations_as_rows_and_no_two_are_alike():
    made = {tuple(one) for one in alike._permutations()}
    assert len(made) == alike.BANDS * alike.ROWS
    assert all(sorted(one) == list(range(256)) for one in made)


@pytest.mark.parametrize(("flipped", "most"), [(0.03, 0.002), (0.06, 0.01)])
def test_few_of_those_that_are_near_are_passed_over(flipped, most):
    draw = np.random.default_rng(20)
    one = draw.random((4000, 256)) < 0.4
    packed = [np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)
              for bits in (one, one ^ (draw.random(one.shape) < flipped))]  # fmt: skip
    near = alike_permille(*packed) >= ALIKE
    met = (alike._bands(packed[0]) == alike._bands(packed[1])).any(axis=1)
    assert near.sum() > 300
    assert 1 - met[near].mean() <= most


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([STORY, STORY[:-4], OTHER, ARABIC]), st.integers(0, 12)), max_size=12))
def test_it_says_what_a_comparison_of_all_pairs_says(told):
    texts, start = [text for text, _ in told], [days * DAY for _, days in told]
    bits, slow = signatures(texts), []
    for at in range(len(texts)):
        near = [
            one for one in range(at)
            if slow[one] == one and abs(start[at] - start[one]) <= NEAR_US
            and alike_permille(bits[[one]], bits[[at]])[0] >= ALIKE
        ]  # fmt: skip
        slow.append(near[0] if near else at)
    assert firsts(*texts, start=tuple(start)) == slow
