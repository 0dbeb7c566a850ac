"""Figures, made by running the program: each module prints its table, the machine and the versions."""
