"""Changes to XML: its texts, attributes, elements, entities and document type."""

import re
from random import Random
from xml.sax.saxutils import escape, quoteattr

from fuzz.mutate.text import Change, changed, word

_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
_HOSTILE = (
    '<!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '<!DOCTYPE k SYSTEM "file:///etc/hostname">', "&b;",
    '<!ENTITY x SYSTEM "http://127.0.0.1:9/">', "<![CDATA[<a>&b;]]>", "<?xml-stylesheet href='x'?>", "<!-- -- -->",
    '<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.0" encoding="cp037"?>', "&#0;", "&#xD800;",
    '<x xmlns:a="b" a:c="d">', "<rPh><t>x</t></rPh>", "<a>" * 70, '<mergeCell ref="A1:XFD1048576"/>',
    '<c r="XFD1048576"><v>1</v></c>', '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', '<c r="A0"/>',
    "<f>1+1</f>",
    '<c t="s"><v>999999999</v></c>', '<c t="s"><v>-1</v></c>', '<c t="e"><v>#REF!</v></c>', '<c t="b"><v>2</v></c>',
    '<c s="1"><v>42795.75</v></c>', '<c s="1"><v>1e300</v></c>', '<c s="1"><v>60</v></c>', '<c s="99"><v>-1</v></c>',
    '<numFmt numFmtId="200" formatCode="[h]:mm"/>', '<numFmt numFmtId="14" formatCode="yyyy"/>', '<xf numFmtId="x"/>',
    "<Placemark>", "</Placemark>", "<coordinates>37,36,0 38,37</coordinates>", "<coordinates>nan,inf</coordinates>",
    '<Data name="lat"><value>1</value></Data>', '<SimpleData name="">x</SimpleData>', "<when>2016-02-27</when>",
)  # fmt: skip


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change to the XML that these bytes are."""
    tokens = _TOKEN.findall(content.decode("utf-8", "replace"))
    if not tokens:
        return change.flip(content, most)
    at = rng.randrange(len(tokens))
    how = rng.randrange(8)
    if how < 3:
        tokens[at] = _token(tokens[at], rng, change)
    elif how == 3:
        tokens.insert(at, rng.choice(_HOSTILE))
    elif how == 4:
        del tokens[at : at + rng.choice((1, 1, 2, 5))]
    elif how == 5:
        tokens[at:at] = tokens[at : at + rng.choice((1, 3, 10))]
    elif how == 6:
        other = rng.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    else:
        tokens[at] = rng.choice(tokens)
    made = "".join(tokens)
    if rng.random() < 0.02:
        return made.encode(rng.choice(("utf-16", "utf-8-sig", "latin-1")), "replace")
    return made.encode("utf-8", "replace")


def _token(token: str, rng: Random, change: Change) -> str:
    attributes = list(_ATTRIBUTE.finditer(token)) if token.startswith("<") else []
    if attributes:
        one = rng.choice(attributes)
        value = rng.choice((changed(one[2], 500, rng, change), word(rng, change), str(rng.randrange(-2, 2**21))))
        return token[: one.start()] + f"{one[1]}={quoteattr(value)}" + token[one.end() :]
    if token.startswith("<"):
        return changed(token, 500, rng, change)
    text = changed(token, 4_096, rng, change)
    return escape(text) if rng.random() < 0.8 else text
