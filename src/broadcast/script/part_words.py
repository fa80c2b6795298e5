"""What is written before a lead, a byline or a title to say that it is one."""

from __future__ import annotations

from collections.abc import Mapping

PART_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {"title": "Tiêu đề", "lead": "Lời dẫn", "byline": "Ký tên"},
    "en": {"title": "Title", "lead": "Lead", "byline": "By"},
}
"""By the language of the script."""
