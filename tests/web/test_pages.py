"""Today, Ledger and Record as people of each role open them, in each language, by the addresses that pages give."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.demo import demo
from truceline.vocabulary.role import INSIDE, Role

NOW = 1_762_000_000_000_000
AS_OF = "as_of=2025-05-03T00:00"
PAGES = (
    "/", "/ledger", "/ledger?boundary=06:00", "/ledger?area=river_towns", "/record",
    "/ledger/cell?area=river_towns&day=2025-04-25",
)  # fmt: skip


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    drawn = iter(range(1, 1 << 30))
    folder = tmp_path_factory.mktemp("room") / "played"
    return Door(Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission), NOW)


def asked(address: str, more: str = AS_OF) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


class Seen(HTMLParser):
    """What a page links to, what it would fetch, and what a strict policy would refuse of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(said.get("href", ""))
        self.fetched += [said[name] for name in ("src", "action") if name in said]
        if tag == "link":
            self.fetched.append(said["href"])
        self.inline += [f"{tag} {name}" for name in said if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in said):
            self.inline.append(tag)


@pytest.mark.parametrize("role", sorted(INSIDE))
@pytest.mark.parametrize("address", PAGES)
def test_whoever_works_inside_opens_the_page_and_it_says_what_it_rests_on(door: Door, role: Role, address: str) -> None:
    answer = door.client(role).get(asked(address))
    assert answer.status_code == 200, answer.text[:2000]
    assert "EXERCISE" in answer.text or address == "/record"
    if address != "/record":
        for word in ("TLP:RED", "strict", "3 May 2025, 00:00", "Etc/GMT-2"):
            assert word in answer.text


@pytest.mark.parametrize("role", [None, Role.READER, Role.REPORTER, Role.AUDITOR])
def test_nobody_else_sees_the_ledger(door: Door, role: Role | None) -> None:
    for address in PAGES:
        if role is Role.AUDITOR and address == "/record":
            continue
        answer = door.client(role).get(asked(address), follow_redirects=False)
        assert answer.status_code in (303, 401, 403), (role, address, answer.status_code)
        for secret in ("River Towns", "strict", "not quiet"):
            assert secret not in answer.text


def test_an_auditor_sees_the_log_and_not_a_word_of_what_it_opens(door: Door) -> None:
    text = door.client(Role.AUDITOR).get("/record").text
    assert "exercise/truceline/" in text
    assert "A bundle for a stick" not in text
    assert door.client(Role.AUDITOR).get("/record/bundle").status_code == 403


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_comes_from_elsewhere_and_nothing_is_written_into_the_page_to_run(
    door: Door, address: str, language: str
) -> None:
    seen = Seen(door.client(Role.ANALYST).get(asked(address, f"{AS_OF}&lang={language}")).text)
    assert seen.inline == []
    assert all(
        one.startswith("/") and not one.startswith("//") for one in [*seen.fetched, *seen.links] if one[:1] != "#"
    )


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_to_a_page_and_keeps_the_question(door: Door, address: str) -> None:
    client = door.client(Role.DUTY_OFFICER)
    links = {one for one in Seen(client.get(asked(address)).text).links if one.startswith("/")}
    kinds: dict[str, str] = {re.sub(r"=[^&]*", "=", one): one for one in sorted(links)}
    for link in kinds.values():
        assert client.get(link).status_code == 200, link
        assert "as_of=2025-05-03T00%3A00" in link, link


@pytest.mark.parametrize("name", ["as_of", "known", "reading", "view", "indicator", "area", "boundary", "last", "skip"])
@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "../../etc/passwd", "%00", "9" * 60, "'; DROP TABLE report; --", "{{7*7}}"]
)
def test_what_stands_in_an_address_is_refused_in_a_sentence_and_never_runs(door: Door, name: str, value: str) -> None:
    answer = door.client(Role.ANALYST).get("/ledger", params={name: value})
    assert answer.status_code in (200, 400), answer.text[:500]
    assert "<script>alert" not in answer.text
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text


def test_arabic_turns_the_page_and_keeps_codes_from_left_to_right(door: Door) -> None:
    text = door.client(Role.ANALYST).get(asked("/ledger", f"{AS_OF}&lang=ar")).text
    assert '<html lang="ar" dir="rtl">' in text
    assert "السجل اليومي" in text
    assert re.search(r'<bdi class="code">00:00</bdi>', text)


def test_the_language_stays_until_another_is_chosen(door: Door) -> None:
    client = door.client(Role.ANALYST)
    client.get(asked("/", "lang=ar"))
    assert 'dir="rtl"' in client.get("/ledger").text
    client.get(asked("/", "lang=en"))
    assert 'dir="ltr"' in client.get("/ledger").text


def test_a_fragment_is_the_main_part_alone(door: Door) -> None:
    answer = door.client(Role.ANALYST).get(asked("/ledger"), headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'class="grid"' in answer.text


def test_an_audit_asked_for_on_the_page_needs_its_token_and_says_that_the_record_holds(door: Door) -> None:
    client = door.client(Role.DUTY_OFFICER)
    assert client.post("/record/audit").status_code == 403
    for token in hidden_in(client.get("/record").text):
        answer = client.post("/record/audit", data={"_csrf_token": token})
    assert answer.status_code == 200, answer.text[:500]
    assert "The record holds." in answer.text


def hidden_in(text: str) -> Iterator[str]:
    yield from re.findall(r'name="_csrf_token" value="([^"]+)"', text)[-1:]
