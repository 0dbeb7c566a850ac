"""How well an answer fits a theatre's truth: which reports tell of one incident, and what each area and day was."""

from truceline.theatre.scoring.cells import COLUMNS as CELL_COLUMNS
from truceline.theatre.scoring.cells import COUNTS, Cells, CellScore, cell_answer, known_cells, score_cells
from truceline.theatre.scoring.groups import COLUMNS as GROUP_COLUMNS
from truceline.theatre.scoring.groups import Fit, Groups, GroupScore, group_answer, score_groups
from truceline.theatre.scoring.tables import SEE, header_of
from truceline.theatre.scoring.truth import Truth, read_truth

__all__ = [
    "CELL_COLUMNS",
    "COUNTS",
    "GROUP_COLUMNS",
    "SEE",
    "CellScore",
    "Cells",
    "Fit",
    "GroupScore",
    "Groups",
    "Truth",
    "cell_answer",
    "group_answer",
    "header_of",
    "known_cells",
    "read_truth",
    "score_cells",
    "score_groups",
]
