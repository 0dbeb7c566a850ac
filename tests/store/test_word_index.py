"""The index in memory finds what a look through the texts finds, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.store.word_index import FIELDS, WordIndex
from truceline.vocabulary.searching import fits, terms_of

WORDS = st.one_of(
    st.sampled_from(["mill", "old", "milling", "قرية", "القريه", "ab", "ß", "ıi", "3", "٣"]), st.text(max_size=6)
)
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), TEXTS, st.booleans())
def test_the_index_finds_what_a_look_through_the_texts_finds(
    rows: list[tuple[str, str]], asked: str, quoted: bool
) -> None:
    bare = asked.replace('"', "")
    terms = terms_of(f'"{bare}"' if quoted else bare)
    whole = [(*texts, *[""] * (FIELDS - 2)) for texts in rows]
    index = WordIndex()
    index.add(enumerate(whole))
    wanted = [place for place, texts in enumerate(whole) if terms and fits(terms, texts)]
    assert index.places(terms, 10) == wanted[::-1]


def test_so_many_are_found_at_most_the_last_first() -> None:
    index = WordIndex()
    index.add((place, ["mill", *[""] * (FIELDS - 1)]) for place in range(30))
    assert index.places(terms_of("mill"), 3) == [29, 28, 27]
