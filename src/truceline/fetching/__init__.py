"""Asking the sources themselves, with the user's own key: the only room that opens a connection.

What comes is kept as it came. Nothing here enters a mission: that is `take-in`, which reads the files.
"""
