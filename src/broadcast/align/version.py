"""Which aligning it is: part of the key of all that is kept of what was heard."""

VERSION = 3
"""Raised whenever something else is found in the same recording."""
