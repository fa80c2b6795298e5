"""A written interview in, a finished radio programme and podcast episode out."""

__version__ = "0.1.0"
