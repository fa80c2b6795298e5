"""Scripts with anything in them, as text, page and Word file: read or refused, no word lost."""

from __future__ import annotations

import random
import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Script
from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_document
from word_files import word_file

ROUNDS = 120
HEADS = (
    *("PV: ", "Phóng viên: ", "Ông Lê Văn Bình: ", "Bà Hoa - Trưởng thôn: ", "MC: ", "- ", "1. "),
    *("# ", "Ảnh: ", "Theo ", "Đồng chí Ðặng Hòa: ", "Lời dẫn: ", "Hỏi: ", "Tin liên quan", "\t"),
    *("[nhạc: a.mp3] ", "(cười) ", "-->", "00:01 --> 00:02", "WEBVTT", "---", "~~", "", "", "", ""),
)
TAILS = ("?", ".", "!", ":", "", "", "…", " thực hiện", "\u0336", "\uf0e0", "²", "\u00ad", "{{a}}")
NUMBERED = re.compile(r"từ\d+x")


def accounted(script: Script) -> set[str]:
    """The numbered words that are in a title, a turn, a label, or told as left out."""
    told = [
        script.title or "",
        *(turn.text for turn in script.turns),
        *(turn.speaker for turn in script.turns),
        *(one.text for one in script.dropped),
        *(label for speaker in script.speakers for label in speaker.labels),
        *(str(problem.message) for problem in script.problems),
    ]
    return set(NUMBERED.findall(" ".join(told)))


def held(content: bytes, name: str, folder: Path) -> Script | None:
    """Read a script, None where it is refused in words."""
    file = folder / name
    file.write_bytes(content)
    try:
        script = parse(read_document(file), language="vi")
    except BroadcastError as refused:
        assert refused.file == file
        return None
    assert all(one.line >= 0 and one.why for one in script.dropped)
    if script.of_kind("turn"):
        assert canonical_text(script)
    return script


class Words:
    """Numbered words, so that each can be looked for."""

    def __init__(self, seed: int) -> None:
        self.by = random.Random(seed)
        self.count = 0

    def some(self) -> str:
        words = []
        for _ in range(self.by.randint(1, 6)):
            self.count += 1
            words.append(f"từ{self.count}x")
        return " ".join(words)

    def line(self) -> str:
        return self.by.choice(HEADS) + self.some() + self.by.choice(TAILS)

    def all(self) -> set[str]:
        return {f"từ{at}x" for at in range(1, self.count + 1)}


# ── text ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["txt", "md", "srt", "vtt"])
def test_no_word_of_a_text_is_lost(tmp_path: Path, ending: str) -> None:
    for seed in range(ROUNDS):
        words = Words(seed)
        lines = [words.line() for _ in range(words.by.randint(1, 12))]
        text = "".join(line + words.by.choice(["\n", "\n\n", "\r\n"]) for line in lines)
        script = held(text.encode(), f"a.{ending}", tmp_path)
        assert script is None or accounted(script) >= words.all(), (seed, text)


# ── pages ──────────────────────────────────────────────────────────────────────────────────────

TAGS = (
    *("p", "p", "p", "div", "span", "b", "s", "del", "h1", "h2", "li", "td", "td", "tr", "table"),
    *("sup", "sub", "a", "blockquote", "strike", "article", "aside", "figure", "em", "nav", "pre"),
)
ATTRIBUTES = (
    *("class='a'", "{{x}}", "@click='a'", ":foo", "«»", "style='text-decoration: line-through'"),
    *("hidden", "style=", "a\x01=1", "class='share'", "colspan='9999999999'", "id=x y", "", "", ""),
)


def page(words: Words, depth: int = 0) -> str:
    pieces = []
    for _ in range(words.by.randint(1, 4)):
        if depth < 4 and words.by.random() < 0.6:
            tag, attribute = words.by.choice(TAGS), words.by.choice(ATTRIBUTES)
            end = f"</{tag}>" if words.by.random() < 0.9 else ""
            pieces.append(f"<{tag} {attribute}>{page(words, depth + 1)}{end}")
        elif words.by.random() < 0.1:
            over, under = words.some(), words.some()
            pieces.append(f"<math><mfrac><mn>{over}</mn><mi>{under}</mi></mfrac></math>")
        else:
            pieces.append(escape(words.line()) + " ")
    return "".join(pieces)


def test_no_word_of_a_page_is_lost(tmp_path: Path) -> None:
    for seed in range(ROUNDS):
        words = Words(seed)
        text = f"<html><body>{page(words)}{page(words)}</body></html>"
        script = held(text.encode(), "a.html", tmp_path)
        assert script is None or accounted(script) >= words.all(), (seed, text)


# ── Word ───────────────────────────────────────────────────────────────────────────────────────

LOOKS = (
    *("<w:b/>", "<w:strike/>", "<w:dstrike/>", "<w:vanish/>", "<w:caps/>", '<w:strike w:val="0"/>'),
    *('<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="s"/>', "", "", "", ""),
)


def run(words: Words) -> str:
    kind = words.by.random()
    if kind < 0.08:
        return (
            f"<m:oMath><m:f><m:num><m:r><m:t>{words.some()}</m:t></m:r></m:num>"
            f"<m:den><m:r><m:t>{words.some()}</m:t></m:r></m:den></m:f></m:oMath>"
        )
    if kind < 0.12:
        return '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    if kind < 0.18:
        return f"<w:del><w:r><w:delText>{words.some()}</w:delText></w:r></w:del>"
    text = f'<w:t xml:space="preserve">{escape(words.line())} </w:t>'
    text += words.by.choice(["", "<w:br/>"])
    return f"<w:r><w:rPr>{words.by.choice(LOOKS)}</w:rPr>{text}</w:r>"


def block(words: Words, depth: int = 0) -> str:
    if depth < 3 and words.by.random() < 0.25:
        cells = [block(words, depth + 1) for _ in range(words.by.randint(1, 4))]
        cells.append(block(words, depth + 1) + block(words, depth + 1))
        return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
    style = words.by.choice(["", '<w:pPr><w:pStyle w:val="s"/></w:pPr>'])
    return f"<w:p>{style}{''.join(run(words) for _ in range(words.by.randint(0, 3)))}</w:p>"


def package(body: str) -> bytes:
    return word_file(body, styles='<w:style w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>')


def test_no_word_of_a_word_file_is_lost(tmp_path: Path) -> None:
    for seed in range(ROUNDS):
        words = Words(seed)
        body = "".join(block(words) for _ in range(words.by.randint(1, 8)))
        script = held(package(body.replace("\x01", "")), "a.docx", tmp_path)
        assert script is None or accounted(script) >= words.all(), (seed, body)


def test_a_word_file_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    by = random.Random(7)
    whole = package(block(Words(1)) + "<w:p><w:r><w:t>PV: Sao ạ?</w:t></w:r></w:p>")
    for _ in range(6 * ROUNDS):
        content = bytearray(whole)
        for _ in range(by.randint(1, 4)):
            content[by.randrange(len(content))] = by.randrange(256)
        held(bytes(content), "a.docx", tmp_path)


def test_a_page_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    by = random.Random(8)
    whole = f"<html><body>{page(Words(3))}<p a='b'>PV: Sao ạ?</p></body></html>".encode()
    for _ in range(3 * ROUNDS):
        content = bytearray(whole)
        for _ in range(by.randint(1, 6)):
            content[by.randrange(len(content))] = by.choice(b"<>&{}'\"=/@: \x00\x01\xc3\xb0")
        held(bytes(content), "a.html", tmp_path)
