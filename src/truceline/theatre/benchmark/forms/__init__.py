"""One module for each kind of file: what a source said, written in a form that others use.

Every row is invented; of ACLED's, UCDP's and Airwars' tables only the columns and codes are theirs.
"""

from truceline.theatre.benchmark.forms.form import Form
from truceline.theatre.benchmark.forms.registry import form_of

__all__ = ["Form", "form_of"]
