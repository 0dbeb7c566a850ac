"""The theatre at any size: played in columns, told in many formats, with every row linked to what happened.

See docs/reference/theatre.md. The small theatre (`theatre.play`) stays as it is; this one shares its ground and
weather, and the slow rule of `theatre.knowable`.
"""

from truceline.theatre.benchmark.difficulty import DIFFICULTIES, Difficulty
from truceline.theatre.benchmark.playing import Played, played

__all__ = ["DIFFICULTIES", "Difficulty", "Played", "played"]
