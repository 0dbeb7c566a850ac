"""Finding out whether something happened as reported: who rests on whom, what speaks for and against.

It decides nothing: what it gives are proposals, each with its rule in words, and ranges where something is open.
"""
