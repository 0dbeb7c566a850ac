"""The names by which a page calls ids, in its language."""

from collections.abc import Mapping

from truceline.publication.languages import Words, mark
from truceline.vocabulary.agreement import Agreement

FIGURES = mark("the figures")


def names_of(agreement: Agreement, words: Words) -> Mapping[str, str]:
    """Id -> name of every area, group, body, party and actor of the pack, and of its clocks' conditions."""
    kinds = (agreement.actors, agreement.parties, agreement.bodies, agreement.area_groups, agreement.areas)
    found = {one.id: words.text(one.name) for kind in kinds for one in kind}
    for clock in agreement.clocks:
        found.update({condition.id: words.text(condition.title) for condition in clock.conditions})
    return found | {"figures": words.plain(FIGURES)}
