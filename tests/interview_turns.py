"""Turns of a made-up interview, with ids as scripts have them."""

from __future__ import annotations

import hashlib

from broadcast.model import Paragraph, Role, Turn, TurnKind
from broadcast.text import folded

HOA = "Bà Nguyễn Thị Hoa"
LAN = "Phóng viên Lan"
ASK = "Thưa bà, năm qua phường đã làm gì để giữ sạch bãi biển?"
TREES = "Năm qua phường đã trồng hơn hai nghìn cây dừa dọc bờ biển và đặt thêm thùng rác."
TREES_2 = "Năm qua phường đã trồng hơn ba nghìn cây dừa dọc bờ biển và đặt thêm thùng rác."
SCHOOL = "Các trường học trong phường đều có câu lạc bộ môi trường do học sinh tự điều hành."
THANKS = "Xin cảm ơn bà."


def script(*said: tuple[str, str], lead: str = "", byline: str = "") -> list[Turn]:
    """Turns with ids as scripts have them: from speaker and words, numbered among equal ones."""
    seen: dict[str, int] = {}

    def turn(kind: TurnKind, speaker: str, words: str, n: int | None) -> Turn:
        key = folded(speaker) + "|" + folded(words)
        seen[key] = seen.get(key, -1) + 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:12]
        role: Role = "official" if speaker == HOA else "reporter"
        return Turn(kind, speaker, role, (Paragraph(1, words),), digest, n)

    turns = [turn("turn", who, words, n) for n, (who, words) in enumerate(said, 1)]
    first = [turn("lead", "", lead, None)] if lead else []
    last = [turn("byline", "", byline, None)] if byline else []
    return first + turns + last
