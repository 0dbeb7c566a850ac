"""The page: self-contained, the same bytes for the same matter, and safe whatever others wrote."""

import base64
import re
import sys
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from truceline.errors import NotReleased
from truceline.publication.bulletin import SECTIONS, asset, render
from truceline.publication.tables import export_csv, export_ledger_csv
from truceline.vocabulary.marking import Audience, Reader

sys.path.insert(0, str(Path(__file__).parent))

import made_up

VOID = {"meta", "link", "img", "br", "input", "hr"}


class Tree(HTMLParser):
    """Elements, ids and headings in order; an element that is closed without being open is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def tree_of(page: bytes) -> Tree:
    tree = Tree()
    tree.feed(page.decode())
    assert not tree.open
    return tree


@pytest.fixture(scope="module", params=["en", "ar"])
def drawn(request: pytest.FixtureRequest) -> bytes:
    return render(made_up.page(), request.param)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render(made_up.page(), "en") == render(made_up.page(), "en")


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.INTERNAL])
def test_a_page_is_drawn_for_nobody_the_gate_does_not_admit(audience: Audience) -> None:
    page = replace(made_up.page(n=5), reader=Reader(audience))
    for out in (lambda: render(page, "en"), lambda: export_csv(page, page.reader)):
        with pytest.raises(NotReleased, match=audience.value):
            out()
    with pytest.raises(NotReleased):
        export_ledger_csv(made_up.page(n=5), Reader(audience))


def test_exercise_and_audience_are_stamped(drawn: bytes) -> None:
    assert b'class="stamp exercise"' in drawn
    assert b"TLP:RED" in drawn
    real = render(replace(made_up.page(n=5), exercise=False), "en")
    assert b'class="stamp exercise"' not in real


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(drawn: bytes) -> None:
    text = drawn.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    for kind, name in (("style", "bulletin.css"), ("script", "bulletin.js")):
        digest = base64.b64encode(sha256(asset(name).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy[1]
        assert f"<{kind}>{asset(name)}</{kind}>" in text
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]


def test_nothing_remote_and_no_inline_style_or_handler(drawn: bytes) -> None:
    for tag, attributes in tree_of(drawn).seen:
        assert not {"src", "style", "action", "srcset"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(
        rb"(?:https?:)?//(?!\s)[a-z0-9.-]+\.[a-z]{2}", drawn.split(b"<script>")[0].split(b"</style>")[1]
    )


def test_elements_are_balanced_ids_are_unique_and_headings_do_not_skip(drawn: bytes) -> None:
    seen = tree_of(drawn).seen
    ids = [attributes["id"] for _, attributes in seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for tag, _ in seen if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    named = {attributes["id"] for _, attributes in seen if "id" in attributes}
    assert {*SECTIONS, "answer"} <= named


def test_every_table_has_a_caption_and_every_head_a_scope(drawn: bytes) -> None:
    seen = tree_of(drawn.split(b"<dialog")[0] + drawn.split(b"</dialog>")[1]).seen
    assert sum(tag == "table" for tag, _ in seen) == sum(tag == "caption" for tag, _ in seen) > 10
    assert all("scope" in attributes for tag, attributes in seen if tag == "th")
    assert all(attributes.get("aria-label") for tag, attributes in seen if attributes.get("role") == "img")


def test_arabic_runs_right_to_left_and_says_that_it_is_not_reviewed() -> None:
    text = render(made_up.page(), "ar").decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert "لم يراجع بعدُ متحدثٌ أصلي" in text
    assert "Latn" not in text
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", text), "digits are Latin in every language"
    assert "native speaker" not in render(made_up.page(), "en").decode()


def test_hostile_texts_stay_text() -> None:
    for language in ("en", "ar"):
        text = render(made_up.hostile(), language).decode()
        assert "<img" not in text
        assert text.count("<script") == 3
        assert "alert(1)" in text, "what was said is still shown"
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
        tree_of(text.encode())


def test_the_first_sentence_answers_and_every_number_can_be_asked() -> None:
    text = render(made_up.page(), "en").decode()
    answer = text[text.index('id="answer"') : text.index("</ol>")]
    assert (
        "<bdi>Seven quiet days</bdi>: <strong>contested</strong>; on the figures <strong>cannot tell</strong>" in answer
    )
    assert 'data-q="0 ' in answer
    assert text.index('id="answer"') < text.index('id="ledger"')


def test_rival_views_are_drawn_alike() -> None:
    text = render(made_up.page(), "en").decode()
    text = text[text.index('<section id="clocks"') :]
    views = re.findall(r'<div class="view">(.*?)</div>', text[: text.index("</section>")], re.S)
    assert len(views) == 3
    drawn_alike = {re.sub(r">[^<]+<|datetime=\"[^\"]*\"", "><", view.split("<ul")[0]) for view in views}
    assert len(drawn_alike) == 1


def test_a_year_of_fourteen_areas_is_drawn() -> None:
    text = render(made_up.page(areas=14, days=366, n=400), "en")
    assert text.count(b"<td class=") > 2 * 14 * 366
    assert len(text) < 8_000_000


def test_an_empty_mission_says_so_everywhere() -> None:
    page = made_up.page(n=0)
    bare = replace(
        page, clocks=(), compared=(), falling=(), awaited=(), refusals=(), unresolved=made_up.Unresolved(),
        tallies=(), submissions=(), restrictions=(), geometry={}, dated=None, registered=False,
    )  # fmt: skip
    text = render(bare, "en").decode()
    for sentence in (
        "The agreement pack has no clocks.",
        "No comparison stands in the record",
        "No source says that monitors were stopped.",
        "No source gave a total of its own.",
        "Every row could be read.",
        "Everything resolved.",
        "No file has been taken in.",
        "there is no map",
        "No head of the record has been dated yet.",
        "Not shown to have been entered in the record before the clocks started.",
    ):
        assert sentence in text
