"""The picture of steps: states told in words, by colour and by line; read from the start of the line."""

import re
import xml.etree.ElementTree as ET

import pytest

from truceline.compliance.steps import StepState
from truceline.publication.languages import words_for
from truceline.publication.steps_picture import STATES, STYLE, StepDrawn, foot, picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name, state="in_force", column=0, waits=(), **more):
    more = {"title": {"en": f"Step {name}", "ar": f"خطوة {name}"}, **more}
    return StepDrawn(
        name, obliged=({"en": "The North", "ar": "الشمال"},), state=state, column=column, waits=waits, **more
    )


def shown(*steps, language="en", below=()):
    svg = picture(steps, words_for(language), {"en": "Truce", "ar": "هدنة"}, below)
    return ET.fromstring(str(svg))


def texts(tree):
    return ["".join(one.itertext()) for one in tree.iter(f"{SVG}text")]


def boxes(tree):
    found = (one for one in tree.iter(f"{SVG}rect") if one.get("class") == "box")
    return [tuple(int(box.get(name)) for name in ("x", "y", "width", "height")) for box in found]


def test_every_state_has_its_word_in_either_language() -> None:
    assert set(STATES) == {state.value for state in StepState}
    for language in ("en", "ar"):
        told = [texts(shown(drawn("a", state), language=language))[-1] for state in STATES]
        assert len(set(told)) == len(STATES)
        assert language == "en" or not [word for word in told if re.search("[A-Za-z]", word)]


def test_overdue_and_contested_stand_in_the_box_in_words() -> None:
    assert texts(shown(drawn("a", overdue=True, contested=True)))[-1] == "owed, overdue, contested"


def test_without_seeing_it_one_is_told_every_step_and_its_state() -> None:
    tree = shown(drawn("a", "fulfilled"), drawn("b", "conditional", 1, ("a",)))
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "name told"
    assert tree.findtext(f"{SVG}title") == "Steps of Truce: what waits for what"
    assert tree.findtext(f"{SVG}desc") == "Step a (The North): done. Step b (The North): not owed yet."


def test_in_arabic_the_first_column_stands_at_the_right() -> None:
    steps = drawn("a"), drawn("b", column=1, waits=("a",))
    (a_en, b_en), (a_ar, b_ar) = ([box[0] for box in boxes(shown(*steps, language=one))] for one in ("en", "ar"))
    assert a_en < b_en
    assert a_ar > b_ar


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_line_over_columns_between_runs_behind_no_box(language) -> None:
    steps = [drawn("a"), drawn("x"), drawn("b", column=1), drawn("y", column=1), drawn("c", column=2, waits=("a", "x"))]
    tree = shown(*steps, language=language)
    lines = [one.get("d") for one in tree.iter(f"{SVG}path") if one.get("class") == "edge"]
    lanes = [int(re.search(r",(\d+) H", line)[1]) for line in lines]
    assert len(lanes) == 2
    assert not [lane for lane in lanes for _, y, _, height in boxes(tree) if y <= lane <= y + height]


def test_no_two_boxes_overlap_and_all_lie_in_the_picture() -> None:
    tree = shown(*(drawn(f"{row}{column}", column=column) for column in range(3) for row in range(4)))
    places = boxes(tree)
    assert len({(x, y) for x, y, _, _ in places}) == 12
    assert all(x >= 0 and x + w <= int(tree.get("width")) for x, _, w, _ in places)
    assert all(y >= 0 and y + h <= int(tree.get("height")) for _, y, _, h in places)


def test_a_title_of_markup_stays_text() -> None:
    title = {"en": '<script>alert("1")</script> & more'}
    tree = shown(drawn("a", title=title))
    assert not list(tree.iter(f"{SVG}script"))
    assert title["en"] in tree.findtext(f"{SVG}desc")


def test_a_long_title_is_cut_in_the_box_and_whole_in_the_description() -> None:
    title = "The withdrawal of all heavy weapons from both sides of the river to the agreed distances"
    tree = shown(drawn("a", title={"en": title}))
    assert [one for one in texts(tree) if one.endswith("…")]
    assert title in tree.findtext(f"{SVG}desc")


def test_below_it_stand_the_time_the_cut_for_whom_it_is_and_that_it_is_an_exercise() -> None:
    below = foot("2025-05-01T00:00:00+02:00", "log 3:ab", "TLP:RED", words_for("en"), exercise=True)
    assert texts(shown(drawn("a"), below=below))[-3:] == [
        "As of 2025-05-01T00:00:00+02:00; TLP:RED", "Cut log 3:ab", "EXERCISE: all data are invented",
    ]  # fmt: skip


def test_it_is_drawn_for_light_and_dark_and_asks_nothing_of_any_address() -> None:
    assert "prefers-color-scheme: dark" in STYLE
    svg = str(picture([drawn("a")], words_for("en"), {"en": "Truce"}, ()))
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_without_steps_it_is_still_a_picture() -> None:
    assert shown().findtext(f"{SVG}desc") == ""
