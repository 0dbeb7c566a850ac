"""Of whom no list speaks: who is excluded, did not accept, or is said to be somebody's force.

Such an act is a record of what was said, and stays one: whoever asks for that party, actor or area by name is
answered (`registers --party`, `excluded`, `territory NUMBER`). A list that puts them side by side would be a list of
who may be struck, and no command prints one.
"""

from truceline.vocabulary.act import Acceptance, Act, Attestation
from truceline.vocabulary.designation import Association, ExclusionHeld, NameDecided
from truceline.vocabulary.territory import Claim

BY_NAME_ONLY = "(told by name only)"
"""What a list shows in place of the name."""
NOT_YET = "(told after its delay)"
"""What a list shows in place of a flight whose declared delay is not over."""
EXCLUDED_AREA = "excluded_area"
"""The kind of a claim that says where an excluded group is."""


def by_name_only(act: Act) -> bool:
    """Whether lists leave out whom or what the act is about."""
    if isinstance(act, Acceptance):
        return act.says != "accepted"
    if isinstance(act, Attestation):
        return act.says != "attested"
    if isinstance(act, Claim):
        return act.kind == EXCLUDED_AREA
    return isinstance(act, ExclusionHeld | Association | NameDecided)


def about_listed(act: Act, about: str) -> str:
    """What a list shows of whom an act is about."""
    return BY_NAME_ONLY if by_name_only(act) else about
