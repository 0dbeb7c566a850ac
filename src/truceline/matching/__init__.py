"""Which reports may tell of one incident: candidates, signals with their reasons, a score, guarded groups.

It proposes and never decides: incidents come from people's judgements. Everything is a pure function of the
reports, of a window and of a model; the one chance there is, which pairs a model is estimated from, is a seed
passed in. What decides is whole numbers.
"""
