"""The catalogues hold every message of the source, translated, and their compiled form is up to date."""

import gettext
import io
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import catalogues


@pytest.mark.parametrize("language", [*catalogues.LANGUAGES, *catalogues.PARTLY])
def test_the_catalogue_holds_exactly_the_messages_of_the_source(language: str) -> None:
    held = {message.id for message in catalogues.read(language) if message.id}
    assert held == set(catalogues.messages_of(language))


@pytest.mark.parametrize("language", [*catalogues.LANGUAGES, *catalogues.PARTLY])
def test_every_message_is_translated_and_keeps_its_values(language: str) -> None:
    for message in catalogues.read(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"\{(\w+)\}", message.id if isinstance(message.id, str) else message.id[0]))
        for form in forms if message.id else ():
            assert form, f"not translated: {message.id}"
            assert set(re.findall(r"\{(\w+)\}", form)) == wanted, message.id
        assert not message.fuzzy or not message.id


@pytest.mark.parametrize("language", [*catalogues.LANGUAGES, *catalogues.PARTLY])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    fresh = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(catalogues.read(language))))
    with catalogues.path_of(language, "mo").open("rb") as committed:
        kept = gettext.GNUTranslations(committed)
    held = {key: text for key, text in kept._catalog.items() if key}  # type: ignore[attr-defined]
    assert held == {key: text for key, text in fresh._catalog.items() if key}  # type: ignore[attr-defined]
