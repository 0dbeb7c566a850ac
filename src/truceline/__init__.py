"""Truceline: the monitoring and implementation of a cessation of hostilities, as a record anyone can recompute."""

__version__ = "0.1.0"
