"""Who may see a thing. By default nobody, and for now only the holder."""

import pytest

from truceline.errors import NotReleased
from truceline.vocabulary.marking import INTERNAL, TLP, Audience, Reader, admit


def test_only_the_holder_reads():
    assert admit(INTERNAL) is INTERNAL
    assert admit(Reader(Audience.INTERNAL, "duty officer")).name == "duty officer"


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.INTERNAL])
def test_nothing_is_released_to_anybody_else(audience):
    with pytest.raises(NotReleased) as caught:
        admit(Reader(audience))
    assert audience.value in caught.value.message


def test_audiences_go_from_narrow_to_wide_and_each_has_its_tlp():
    assert [TLP[audience] for audience in Audience] == [
        "TLP:RED",
        "TLP:AMBER+STRICT",
        "TLP:AMBER",
        "TLP:GREEN",
        "TLP:CLEAR",
    ]
