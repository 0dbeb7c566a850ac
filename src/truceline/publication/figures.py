"""Figures of which any may be absent: what a source does not give is said so, and is never nought."""

from truceline.publication.languages import Words
from truceline.publication.markup import Html, figure, html, joined, left_to_right


def low_best_high(low: int | None, best: int | None, high: int | None, words: Words) -> Html:
    """Low, best and high, "not given" for those that are absent; one figure where all are the same."""
    given = (low, best, high)
    absent = html("<bdi>$text</bdi>", text=words.say("not given"))
    if given == (None, None, None):
        return absent
    if best is not None and low == best == high:
        return left_to_right(figure(best))
    parts = [absent if number is None else left_to_right(figure(number)) for number in given]
    return html('<bdi dir="ltr">$parts</bdi>', parts=joined(parts, " – "))
