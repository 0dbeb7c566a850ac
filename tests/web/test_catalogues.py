"""The room's catalogues hold every message of its templates, translated with its values, and their compiled form."""

import gettext
import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest


def beside(name: str) -> ModuleType:
    """Another module has the plain name `catalogues` too, so this one is loaded by its path."""
    spec = importlib.util.spec_from_file_location(f"room_{name}", Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


catalogues = beside("catalogues")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_catalogue_holds_exactly_the_messages_of_the_room(language: str) -> None:
    held = {message.id for message in catalogues.read(language) if message.id}
    assert held == set(catalogues.messages())


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_is_translated_and_keeps_its_values(language: str) -> None:
    for message in catalogues.read(language):
        if message.id:
            assert message.string, f"not translated: {message.id}"
            assert set(re.findall(r"\{(\w+)\}", message.string)) == set(re.findall(r"\{(\w+)\}", message.id)), (
                message.id
            )
            assert not message.fuzzy


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    fresh = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(catalogues.read(language))))
    with catalogues.path_of(language, "mo").open("rb") as committed:
        kept = gettext.GNUTranslations(committed)
    assert {k: v for k, v in kept._catalog.items() if k} == {k: v for k, v in fresh._catalog.items() if k}  # type: ignore[attr-defined]


def test_dates_stand_from_left_to_right_in_arabic_sentences() -> None:
    bare = re.compile(r"(?<!\u2066)\b\d{4}-\d\d-\d\d")
    assert [message.id for message in catalogues.read("ar") if message.id and bare.search(message.string)] == []
