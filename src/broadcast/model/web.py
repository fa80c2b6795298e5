"""What somebody wrote → whether it is an address in the web."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def is_web_address(text: str) -> bool:
    """Whether a text is the whole address of something that programs can fetch from the web."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none, brackets that are open
        return False
    return bool(whole) and not re.search(r"\s", text)
