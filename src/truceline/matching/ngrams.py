"""Words as sets of character trigrams, folded: how much two texts have in common, in Arabic, Cyrillic or Latin letters.

A text is a bitmap of 256 bits, one set for each trigram of its first `MOST_CHARACTERS` folded characters; how alike
two texts are is what their bitmaps share (Jaccard 1901), in thousandths. Two trigrams may meet in a bit: with 160
characters a text of other words comes out at some 300 thousandths where it should be 100 or less.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.vocabulary.columns import Ints
from truceline.vocabulary.spelling import folded
from truceline.vocabulary.texts import coded

Signatures = NDArray[np.uint64]
"""(rows, 4): 256 bits a row; none set where there are no words."""
MOST_CHARACTERS = 160
BITS, WORDS = 256, 4
AT_ONCE = 8_192
"""Texts worked at a time, which bounds the memory."""
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_ALL = (1 << 64) - 1


def signatures(column: Sequence[str]) -> Signatures:
    """The bitmap of each row's text."""
    codes, texts = coded(column)
    made = [np.zeros((0, WORDS), np.uint64)]
    for first in range(0, len(texts), AT_ONCE):
        made.append(_bitmaps([letters(text) for text in texts[first : first + AT_ONCE]]))
    return np.concatenate(made)[codes] if len(texts) else np.zeros((len(codes), WORDS), np.uint64)


def letters(text: str) -> str:
    """The folded words, with a space at either end so that beginnings and ends of words count; "" for no words."""
    words = folded(text)[:MOST_CHARACTERS]
    return f" {words} " if words else ""


def bits_of(text: str) -> frozenset[int]:
    """The bits of one text: the slow rule, which `signatures` equals."""
    said = letters(text)
    return frozenset(_bit(*map(ord, said[at : at + 3])) for at in range(len(said) - 2))


def alike_permille(one: Signatures, other: Signatures) -> Ints:
    """Thousandths of the bits of two rows that both have; 0 where either has none."""
    both = np.bitwise_count(one & other).sum(axis=1, dtype=np.int64)
    either = np.bitwise_count(one | other).sum(axis=1, dtype=np.int64)
    shared: Ints = 1000 * both // np.maximum(either, 1)
    return shared


def _bit(a: int, b: int, c: int) -> int:
    mixed = (a + (b << 21) + (c << 42)) * _MIX[0] & _ALL
    mixed = (mixed ^ (mixed >> 30)) * _MIX[1] & _ALL
    return ((mixed ^ (mixed >> 27)) * _MIX[2] & _ALL) >> 56


def _bitmaps(said: Sequence[str]) -> Signatures:
    """SplitMix64 (Steele, Lea and Flood 2014) of every trigram; its upper eight bits say which bit is set."""
    letter = np.frombuffer("".join(said).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    text = np.repeat(np.arange(len(said)), [len(one) for one in said])
    whole = text[:-2] == text[2:] if len(text) > 2 else np.zeros(0, np.bool_)
    mixed = (letter[:-2] + (letter[1:-1] << np.uint64(21)) + (letter[2:] << np.uint64(42)))[whole] * np.uint64(_MIX[0])
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_MIX[1])
    bit = ((mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX[2])) >> np.uint64(56)
    dense = np.zeros((len(said), BITS), np.bool_)
    dense[text[:-2][whole], bit.astype(np.int64)] = True
    return np.packbits(dense, axis=1, bitorder="little").view("<u8").astype(np.uint64)
