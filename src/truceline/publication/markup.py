"""Markup that cannot be forgotten to be escaped.

`html` fills a template and escapes every value that is not `Html` already. Text of others may hold
direction overrides (U+202A to U+202E, U+2066 to U+2069) that make a name read as another one, and
control characters: they are shown as U+FFFD, never obeyed (Unicode Technical Report 36, 2.6).
"""

import re
from collections.abc import Iterable
from html import escape
from string import Template

ISOLATE, POP = "\u2068", "\u2069"
"""First strong isolate and its end: how `Words.say` sets off a value inside a sentence (UAX 9)."""

_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_TEMPLATES: dict[str, Template] = {}


class Html(str):
    """Markup: escaped already, or written by us."""

    __slots__ = ()


class Said(str):
    """A sentence of ours whose values are cleaned and stand between `ISOLATE` and `POP`."""

    __slots__ = ()


def shown(text: str) -> str:
    """The text with control characters and direction overrides replaced by U+FFFD."""
    return _UNSHOWN.sub("\ufffd", text)


def escaped(value: object) -> Html:
    """A value as markup: `Html` as it is, sentences with their values in <bdi>, all else escaped."""
    if isinstance(value, Html):
        return value
    if isinstance(value, Said):
        return Html(escape(str(value)).replace(ISOLATE, "<bdi>").replace(POP, "</bdi>"))
    if isinstance(value, int):
        return Html(figure(value))
    assert isinstance(value, str), f"nothing else belongs on a page: {value!r}"
    return Html(escape(shown(value)))


def html(template: str, **values: object) -> Html:
    """The template with each `$name` filled, escaped."""
    made = _TEMPLATES.get(template)
    if made is None:
        made = _TEMPLATES[template] = Template(template)
    return Html(made.substitute({name: escaped(value) for name, value in values.items()}))


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """Pieces of markup one after the other."""
    return Html(between.join(parts))


def attribute(text: str) -> Html:
    """A text for an attribute in double quotes, where no <bdi> can stand."""
    plain = text.replace(ISOLATE, "").replace(POP, "") if isinstance(text, Said) else text
    return Html(escape(shown(plain)))


def name(text: str) -> Html:
    """A name, code or word of others, kept apart from the direction of the text around it."""
    return html("<bdi>$text</bdi>", text=text)


def left_to_right(text: str) -> Html:
    """A file name, a coordinate, a range of figures: left to right in every language."""
    return html('<bdi dir="ltr">$text</bdi>', text=text)


def code(text: str) -> Html:
    """A code or a fingerprint: left to right in every language."""
    return html('<code dir="ltr">$text</code>', text=text)


def figure(number: int) -> str:
    """A whole number in Latin digits, thousands set apart by a narrow no-break space from 10,000 on."""
    if abs(number) < 10_000:
        return str(number)
    return f"{number:,}".replace(",", "\u202f")
