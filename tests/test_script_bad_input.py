"""Files that are damaged, hostile or absurd: refused in words, or read right, and soon."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.read import read_document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TALK = "PV: Xin hỏi ông?\nÔng An: Vâng.\n"


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    begun = time.process_time()  # what else the machine does is none of the reader's fault
    yield
    # A second or two on any machine; what was gone over again for each letter would take hours.
    assert time.process_time() - begun < 30


def script_of(file: Path) -> Script:
    return parse(read_document(file), language="vi")


def refusal(file: Path) -> BroadcastError:
    with pytest.raises(BroadcastError) as refused:
        read_document(file)
    assert refused.value.file == file
    return refused.value


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(folder: Path, body: str, *, before: str = "", styles: str = "") -> Path:
    file = folder / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml",
            f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        if styles:
            package.writestr("word/styles.xml", styles)
    return file


# ── containers ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:t>" + "a" * 100_000_000 + "</w:t></w:r></w:p>",
        "<w:p/>" * 5_000_000,
    ],
    ids=["one endless word", "endless paragraphs"],
)
def test_a_word_file_that_expands_without_end_is_refused(tmp_path: Path, body: str) -> None:
    assert "expands" in str(refusal(word(tmp_path, body)).message)


def test_endless_styles_are_refused(tmp_path: Path) -> None:
    styles = f'<w:styles xmlns:w="{WORD}">' + "<w:style/>" * 1_500_000 + "</w:styles>"
    assert "expands" in str(refusal(word(tmp_path, paragraph("PV: Sao?"), styles=styles)).message)


def test_entities_are_never_expanded_or_fetched(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    refusal(word(tmp_path, paragraph("PV: &e11;"), before=laughs))
    secret = saved(tmp_path, "secret.txt", "the secret")
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    error = refusal(word(tmp_path, paragraph("PV: &e;"), before=outside))
    assert "DTD" in str(error.message)


def test_tables_in_tables_are_read_and_endless_nesting_is_refused(tmp_path: Path) -> None:
    def nested(depth: int) -> Path:
        opened, closed = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
        talk = paragraph("PV: Xin hỏi ông?") + paragraph("Ông An: Vâng.")
        return word(tmp_path, opened + talk + closed)

    assert len(script_of(nested(40)).turns) == 2
    assert "damaged" in str(refusal(nested(5_000)).message)


def test_damaged_and_protected_office_files_are_told_apart(tmp_path: Path) -> None:
    whole = word(tmp_path, paragraph("PV: Xin hỏi ông?") * 2_000).read_bytes()
    assert "damaged" in str(refusal(saved(tmp_path, "cut.docx", whole[: len(whole) // 2])).message)
    assert "damaged" in str(refusal(saved(tmp_path, "text.docx", TALK)).message)
    locked = bytearray(whole)
    locked[whole.index(b"PK\x03\x04") + 6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in str(refusal(saved(tmp_path, "locked.docx", bytes(locked))).message)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    assert "password" in str(refusal(saved(tmp_path, "old.docx", old)).message)


def test_another_office_file_is_not_taken_for_word(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "not a Word" in str(refusal(saved(tmp_path, "table.docx", content.getvalue())).message)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7\n1 0 obj\n", "PDF"), (b"{\\rtf1\\ansi PV: Sao?\\par}", "rich text")],
)
def test_what_a_file_is_counts_more_than_its_name(
    tmp_path: Path, content: bytes, says: str
) -> None:
    assert says in str(refusal(saved(tmp_path, "a.txt", content)).message)


# ── pages ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "piece",
    ["</p>", "<!--", '<a href="', "&", "&#", "<![CDATA[", "<?", '<p class="', "<p x=1 y=2>a "],
)
def test_a_page_broken_off_a_million_times_is_read(tmp_path: Path, piece: str) -> None:
    page = "<p>PV: Xin hỏi ông?</p>\n<p>Ông An: Vâng.</p>\n" + piece * (1_000_000 // len(piece))
    assert len(script_of(saved(tmp_path, "a.html", page)).turns) == 2


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>"])
def test_a_page_nested_without_end_is_refused(tmp_path: Path, tag: str) -> None:
    page = tag * 5_000 + "PV: Xin hỏi ông?"
    assert "nested" in str(refusal(saved(tmp_path, "a.html", page)).message)


def test_impossible_characters_of_a_page_are_left_out(tmp_path: Path) -> None:
    page = "<p>PV: Xin &#xD800;&#55357;hỏi ông?</p><p>Ông An: V&#0;&#x110000;âng.</p>"
    turns = script_of(saved(tmp_path, "a.html", page)).turns
    assert all(turn.text.encode() for turn in turns)
    assert "Xin" in turns[0].text


# ── text ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("piece", "ending"),
    [
        *((piece, "txt") for piece in ("Thưa ông, ", "(", "[", "- ", "1. ", "a: ")),
        *((piece, "md") for piece in ("**a**:", "<b>", "[a](b ")),
    ],
)
def test_a_line_of_two_megabytes_is_read(tmp_path: Path, piece: str, ending: str) -> None:
    line = "PV: " + piece * (2_000_000 // len(piece.encode())) + "?\nÔng An: Vâng.\n"
    assert script_of(saved(tmp_path, f"a.{ending}", line)).of_kind("turn")


def test_twenty_thousand_turns_are_read(tmp_path: Path) -> None:
    text = "".join(f"PV: Câu {at}, thưa ông?\nÔng Lê An: Lời {at}.\n" for at in range(10_000))
    turns = script_of(saved(tmp_path, "a.txt", text)).turns
    assert len(turns) == 20_000
    assert [turns[-1].n, turns[-1].line, turns[-1].text] == [20_000, 20_000, "Lời 9999."]


def test_a_thousand_speakers_are_read(tmp_path: Path) -> None:
    names = [
        f"{one}{two}{three}"
        for one in "BCDGHKLMNP"
        for two in "abcdefghik"
        for three in "abcdefghik"
    ]
    text = "".join(f"PV: Sao, thưa ông?\nÔng Lê {name}: Vậy.\n" for name in names)
    assert len(script_of(saved(tmp_path, "a.txt", text)).speakers) == 1_001


@pytest.mark.parametrize("text", ["\n" * 2_000_000 + TALK, "a\n" * 1_000_000, "x" * 9_000_000])
def test_what_is_longer_than_any_interview_is_refused(tmp_path: Path, text: str) -> None:
    assert "too long" in str(refusal(saved(tmp_path, "a.txt", text)).message)


def test_labels_without_words_are_errors_with_their_lines(tmp_path: Path) -> None:
    script = script_of(saved(tmp_path, "a.txt", "PV:\nÔng An:\nPV:\n"))
    errors = [one.line for one in script.problems if one.level == "error"]
    assert errors == [None, 1, 2, 3]


def test_control_and_direction_marks_are_not_spoken(tmp_path: Path) -> None:
    text = "PV: Xin\x07 ch\u202eào\u2066 ông?\n\u200bÔng An\ufeff: V\u00adâng.\n"
    script = script_of(saved(tmp_path, "a.txt", text))
    assert [(turn.speaker, turn.text) for turn in script.turns] == [
        ("PV", "Xin chào ông?"),
        ("Ông An", "Vâng."),
    ]


def test_half_a_character_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refusal(saved(tmp_path, "a.txt", b"PV: Sao?\nXin \xed\xa0\x80 ch\n"))
    assert error.line == 2
    assert error.hint


# ── places ─────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_or_nothing_is_no_script(tmp_path: Path) -> None:
    assert "not a file" in str(refusal(tmp_path).message)
    assert "no such file" in str(refusal(tmp_path / "none.txt").message)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
def test_devices_pipes_and_links_to_themselves_are_no_scripts(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for name in ("pipe.txt", "zero.txt", "loop.txt"):
        refusal(tmp_path / name)


# ── front matter ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("front", "line", "says"),
    [
        ("a: &a [x, x]\nb: [*a, *a]", 3, "aliases"),
        ('title: !!python/object/apply:os.system ["touch pwned"]', 2, "single value"),
        ("a: " + "[" * 5_000, 2, "nested too deeply"),
        ("title: " + "x" * 100_000, 2, "too long"),
        ("title: [1, 2", 2, "YAML"),
        ("title: một\ntitle: hai", 3, "given twice"),
        ("season: 99999999999", 2, "whole number"),
        ("people:\n  - name: Ông An\n    role: king", 4, "king"),
        ('title: "\\ud800"', 2, "half of a character"),
        ("<<: {title: x}", 2, "unknown key"),
        ("- a\n- b", 2, "key: value"),
    ],
)
def test_tricks_in_the_front_matter_are_problems_with_a_line(
    tmp_path: Path, front: str, line: int, says: str
) -> None:
    script = script_of(saved(tmp_path, "a.txt", f"---\n{front}\n---\n{TALK}"))
    assert [problem.line for problem in script.problems if says in str(problem.message)] == [line]
    assert len(script.turns) == 2
    assert not Path("pwned").exists()


def test_a_link_to_a_script_is_read_as_the_script(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("PV: Sao ạ?\nÔng An: Vậy đó.\n", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert read_document(tmp_path / "b.txt").lines == read_document(tmp_path / "a.txt").lines


def test_styles_that_inherit_without_end_are_followed_only_so_far(tmp_path: Path) -> None:
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(5_000)
    )
    styles = f'<w:styles xmlns:w="{WORD}">{chain}</w:styles>'
    body = "".join(paragraph(line) for line in TALK.splitlines())
    assert len(script_of(word(tmp_path, body, styles=styles)).of_kind("turn")) == 2


def test_a_row_of_thousands_of_cells_is_read(tmp_path: Path) -> None:
    row = "<table><tr>" + "<td>một hai</td>" * 5_000 + "</tr></table>"
    page = saved(tmp_path, "row.html", f"{row}<p>PV: Xin hỏi ông?</p><p>Ông An: Vâng.</p>")
    assert len(script_of(page).of_kind("turn")) == 2


def test_a_word_in_the_middle_of_a_sentence_stays_whatever_its_element_is_called(
    tmp_path: Path,
) -> None:
    words = (
        '<p>PV: Giá <span class="tags">lúa</span> <a class="share" href="x">có</a> tăng không?</p>'
    )
    page = saved(tmp_path, "named.html", f"{words}<p>Ông An: Có.</p>")
    assert script_of(page).of_kind("turn")[0].text == "Giá lúa có tăng không?"
