"""Did violence fall? Two periods of whole days, compared with their uncertainty.

Pure NumPy: no file, no clock, no chance but the seed passed in. What each method does and when it is
wrong stands in docs/explanation/did-violence-fall.md.
"""
