"""Counts that may be released: blocks whose numbers give back no small count, however they are subtracted.

The argument is in `docs/why/022-counts-that-may-be-released.md`. Nothing here reads a clock, a file or chance.
"""

from truceline.publication.released_counts.blocks import LEAST, Block, Incidents, blocks
from truceline.publication.released_counts.margins import Margin, margins
from truceline.publication.released_counts.release import Given, Release, released

__all__ = ["LEAST", "Block", "Given", "Incidents", "Margin", "Release", "blocks", "margins", "released"]
