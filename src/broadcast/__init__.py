"""A written interview in, a finished radio programme and podcast episode out."""

from importlib.metadata import version

__version__ = version("broadcast")
