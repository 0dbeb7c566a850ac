"""Made-up tables, and what is proposed for them."""

from collections.abc import Callable
from typing import Any

import pytest

from truceline.intake.mapping import read_mapping
from truceline.intake.proposing.drafting import answers_of, mapping_of, proposed
from truceline.intake.proposing.opening import open_any
from truceline.intake.proposing.writing import written
from truceline.intake.reading import read_file, read_rows


@pytest.fixture
def draft_of() -> Callable[..., Any]:
    """The draft of a table given as text or bytes."""

    def draft(content: str | bytes, name: str = "made-up.csv", **more: Any) -> Any:
        how = {key: more.pop(key) for key in ("encoding", "sheet") if key in more}
        return proposed(open_any(name, content.encode() if isinstance(content, str) else content, **how), **more)

    return draft


@pytest.fixture
def mapping_for(draft_of: Callable[..., Any]) -> Callable[..., Any]:
    """The proposed mapping of a table as plain values."""

    def mapping(content: str | bytes, **more: Any) -> Any:
        draft = draft_of(content, **more)
        return mapping_of(draft, answers_of(draft), "made_up")

    return mapping


@pytest.fixture
def read_as_proposed(draft_of: Callable[..., Any], context: Any) -> Callable[..., list[Any]]:
    """What the rows of a table become through the mapping that is proposed for it, written and read back."""

    def read(content: str | bytes, **more: Any) -> list[Any]:
        raw = content.encode() if isinstance(content, str) else content
        draft = draft_of(raw, **more)
        mapping = read_mapping("proposed", written(draft, answers_of(draft), "made_up", "made-up.csv").encode())
        return [noun for _, noun in read_rows(read_file("made-up.csv", raw, mapping=mapping), context)]

    return read
