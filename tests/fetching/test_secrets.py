"""A key is sent where it belongs, and seen nowhere else."""

import copy
import json
import logging
import pickle
import traceback

import pytest

from truceline.errors import FetchError
from truceline.fetching.secret import Secret, read_secrets, without
from truceline.pipeline.fetching import fetch_acled, fetch_ucdp

KEY, PASSWORD, ACCESS = "tok-7f3a-very-secret-9c1d", "pass word/&=+ secret-55", "access-token-8842-of-a-day"
SECRETS = (KEY, PASSWORD, "monitor@example.org", ACCESS)


def nowhere(*texts):
    seen = "".join(map(str, texts))
    return not [secret for secret in SECRETS if secret in seen or secret.replace(" ", "+") in seen]


def test_a_key_does_not_show_itself():
    key = Secret(KEY)
    assert nowhere(repr(key), str(key), f"{key}", f"{key!r:>40}", [key], {"key": key})
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.deepcopy(key)


@pytest.mark.parametrize("service", ["ucdp", "acled_service"])
def test_a_key_is_in_no_file_no_message_no_log_and_no_address(request, person, service, caplog):
    caplog.set_level(logging.DEBUG)
    there = request.getfixturevalue(service)
    given = person.given(there, under="/api" if service == "ucdp" else "")
    receipt = fetch_ucdp(given, "25.1") if service == "ucdp" else fetch_acled(given, ("Northland",), 2025)
    files = [path.read_bytes().decode() for path in person.folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert caplog.records
    assert nowhere(*files, receipt, caplog.text, person.told, person.notices, [path for _, path, _, _ in there.asked])


def test_what_the_other_side_says_is_shown_without_the_key(person, ucdp):
    ucdp.moods = [lambda asked: asked.give(f"bad token\x1b[2J {KEY}!".encode(), 403, "text/plain")]
    with pytest.raises(FetchError) as refused:
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")
    told = "".join(traceback.format_exception(refused.value))
    assert "bad token [2J [key]!" in told
    assert nowhere(told)


def test_no_failure_shows_a_key(person, acled_service):
    for status in (400, 401, 403, 404, 418, 429, 500):
        acled_service.moods = [lambda asked, status=status: asked.give(asked.form.encode(), status)] * 6
        with pytest.raises(FetchError) as refused:
            fetch_acled(person.given(acled_service), ("Northland",), 2025)
        assert nowhere(*traceback.format_exception(refused.value), person.told)


def test_an_answer_that_repeats_the_key_is_not_kept(person, ucdp):
    ucdp.reshape = lambda told, page: {**told, "you": KEY}
    with pytest.raises(FetchError, match="repeats the key"):
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")
    assert nowhere(*[path.read_text() for path in person.folder.rglob("*") if path.is_file()])


def test_a_key_comes_from_a_file_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    path.chmod(0o640)
    with pytest.raises(FetchError, match="can be read by others") as refused:
        read_secrets(("A",), {}, path, None)
    assert nowhere(refused.value)
    path.chmod(0o600)
    assert [one.reveal() for one in read_secrets(("A",), {}, path, None)] == [KEY]
    with pytest.raises(FetchError, match="has 1 lines"):
        read_secrets(("A", "B"), {}, path, None)


def test_a_key_is_asked_for_where_somebody_is_there():
    asked = []
    found = read_secrets(("A", "B"), {"A": "one"}, None, lambda name: asked.append(name) or KEY)
    assert [one.reveal() for one in found] == ["one", KEY]
    assert asked == ["B: "]
    with pytest.raises(FetchError, match="B is not set"):
        read_secrets(("A", "B"), {"A": "one"}, None, None)


@pytest.mark.parametrize("text", [f"{KEY}\r\nX-Other: 1", f" {KEY}", "schlüssel-" + KEY, KEY + "\x00", KEY * 500])
def test_what_cannot_be_a_key_is_refused_and_not_shown(text):
    with pytest.raises(FetchError, match="A cannot be a key") as refused:
        read_secrets(("A",), {"A": text}, None, None)
    assert nowhere(*traceback.format_exception(refused.value))


def test_of_two_keys_the_longer_is_hidden_first():
    assert without("abcdef", (Secret("abcd"), Secret("abcdef"))) == "[key]"


def test_a_command_shows_no_key(office, ucdp, tmp_path, monkeypatch):
    monkeypatch.setenv("TRUCELINE_UCDP_TOKEN", KEY)
    monkeypatch.setattr("truceline.cli.fetching.time.sleep", lambda seconds: None)
    words = ("fetch", "ucdp", "--version", "25.1", "--base", f"{ucdp.base}/api", "--out")
    ran = office.truceline(*words, tmp_path / "a.json", "--json")
    assert ran.json()["rows"] == 10
    assert "CC BY 4.0" in ran.err
    assert office.truceline(*words, tmp_path / "b.json").out.startswith(
        f"Wrote {tmp_path / 'b.json'} (10 rows in 4 pages"
    )
    ucdp.moods = [lambda asked: asked.give(KEY.encode(), 418)]
    wrong = office.truceline(*words, tmp_path / "c.json")
    assert (wrong.code, wrong.out) == (2, "")
    assert nowhere(ran, wrong, *[path.read_text() for path in tmp_path.rglob("*") if path.is_file()])
    assert json.loads((tmp_path / "a.json.receipt.json").read_text())["rows"] == 10
