"""What is seen in a script is what is read: struck-out words, equations, signs, fonts, tables."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.read import read_document
from word_files import in_font, paragraph, run, sign, word_file

ASKED = "Phóng viên: Thưa bà, năm nay được mùa không?"


def read(folder: Path, name: str, content: bytes | str) -> Script:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return parse(read_document(file), language="vi")


def answer(script: Script) -> str:
    """The second turn's words: the official's."""
    return script.of_kind("turn")[1].text


def word(folder: Path, *runs: str, styles: str = "") -> Script:
    body = paragraph(run(ASKED)) + paragraph(run("Bà Trịnh Thị Lựu: "), *runs)
    return read(folder, "a.docx", word_file(body, styles=styles))


def page(folder: Path, words: str, head: str = "") -> Script:
    body = f"<p>{ASKED}</p>\n<p>Bà Trịnh Thị Lựu: {words}</p>"
    return read(folder, "a.html", f"<html><head>{head}</head><body>\n{body}</body></html>")


def dropped(script: Script) -> list[tuple[int, str, str]]:
    return [(one.line, one.text, str(one.why)) for one in script.dropped]


# ── struck out ─────────────────────────────────────────────────────────────────────────────────

STRUCK_STYLE = (
    '<w:style w:styleId="gach"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="con"><w:basedOn w:val="gach"/></w:style>'
)


@pytest.mark.parametrize(
    "look",
    [
        "<w:strike/>",
        "<w:dstrike/>",
        '<w:strike w:val="true"/>',
        '<w:rStyle w:val="gach"/>',
        '<w:rStyle w:val="con"/>',
    ],
)
def test_words_struck_out_in_word_are_not_spoken(tmp_path: Path, look: str) -> None:
    script = word(
        tmp_path,
        run("Được "),
        run("ba", look),
        run("mươi", look),
        run(" bốn tạ."),
        styles=STRUCK_STYLE,
    )
    assert answer(script) == "Được bốn tạ."
    assert dropped(script) == [(2, "bamươi", "struck out in Word")]


@pytest.mark.parametrize("look", ['<w:strike w:val="0"/>', '<w:dstrike w:val="false"/>'])
def test_a_stroke_that_is_turned_off_strikes_nothing_out(tmp_path: Path, look: str) -> None:
    look = f'<w:rStyle w:val="gach"/>{look}'
    assert answer(word(tmp_path, run("Ba tạ.", look), styles=STRUCK_STYLE)) == "Ba tạ."


def test_a_struck_out_paragraph_and_a_struck_out_cell_are_dropped(tmp_path: Path) -> None:
    cells = [paragraph(run(one, "<w:strike/>")) for one in ("Thôn Hạ", "12")]
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    body = (
        paragraph(run(ASKED))
        + paragraph(run("Bà Lựu: Có."))
        + paragraph(run("Bỏ đi."), style="gach")
        + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    )
    script = read(tmp_path, "a.docx", word_file(body, styles=STRUCK_STYLE))
    assert answer(script) == "Có."
    assert [text for _, text, _ in dropped(script)] == ["Bỏ đi.", "Thôn Hạ", "12"]


@pytest.mark.parametrize(
    ("struck", "head"),
    [
        ("<s>ba</s>", ""),
        ("<del>ba</del>", ""),
        ("<strike>ba</strike>", ""),
        ('<span style="color:red; text-decoration: underline line-through">ba</span>', ""),
        ('<span style="text-decoration-line:line-through">ba</span>', ""),
        ('<span class="x c7">ba</span>', "<style>.c7{text-decoration:line-through}</style>"),
    ],
)
def test_words_struck_out_on_a_page_are_not_spoken(tmp_path: Path, struck: str, head: str) -> None:
    script = page(tmp_path, f"Được {struck} bốn tạ.", head)
    assert answer(script) == "Được bốn tạ."
    assert (3, "ba", "struck out on the page") in dropped(script)


@pytest.mark.parametrize(
    ("name", "struck"),
    [
        ("a.md", "~~ba~~"),
        ("a.md", "<s>ba</s>"),
        ("a.txt", "b\u0336a\u0336"),
        ("a.md", "b\u0336a\u0336"),
    ],
)
def test_words_struck_out_in_markdown_and_in_chats_are_not_spoken(
    tmp_path: Path, name: str, struck: str
) -> None:
    script = read(tmp_path, name, f"{ASKED}\n\nBà Lựu: Được {struck} bốn tạ.\n")
    assert answer(script) == "Được bốn tạ."
    assert dropped(script) == [(3, "ba", "struck out")]


def test_a_tilde_strikes_nothing_out(tmp_path: Path) -> None:
    script = read(tmp_path, "a.md", f"{ASKED}\n\nBà Lựu: Được ~ 4 tạ, ~~ 5 tạ, ~~6.\n")
    assert answer(script) == "Được ~ 4 tạ, ~~ 5 tạ, ~~6."


def test_capitals_by_format_are_read_as_they_stand(tmp_path: Path) -> None:
    body = paragraph(run(ASKED, "<w:caps/>")) + paragraph(run("Bà Lựu: Có.", "<w:smallCaps/>"))
    script = read(tmp_path, "a.docx", word_file(body))
    assert [(one.speaker, one.text) for one in script.turns] == [
        ("Phóng viên", "Thưa bà, năm nay được mùa không?"),
        ("Bà Lựu", "Có."),
    ]
    shown = '<span style="text-transform:uppercase">được mùa</span>'
    assert answer(page(tmp_path, f"Có, {shown}.")) == "Có, được mùa."


# ── equations and raised figures ───────────────────────────────────────────────────────────────


def oml(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def part(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


@pytest.mark.parametrize(
    ("equation", "read_as", "told"),
    [
        (f"<m:f>{part('num', '2')}{part('den', '3')}</m:f>", "2/3", False),
        (
            f"<m:r><m:t>1</m:t></m:r><m:f>{part('num', '1')}{part('den', '2')}</m:f>",
            "1 1/2",
            False,
        ),
        (f"<m:sSup>{part('e', 'm')}{part('sup', '2')}</m:sSup>", "m²", False),
        (f"<m:sSup>{part('e', '10')}{part('sup', '6')}</m:sSup>", "10⁶", True),
        (f"<m:sSub>{part('e', 'CO')}{part('sub', '2')}</m:sSub>", "CO2", False),
        (f"<m:rad><m:deg/>{part('e', '9')}</m:rad>", "√9", True),
        (f"<m:f>{part('num', 'a+b')}{part('den', 'c')}</m:f>", "(a+b)/c", True),
    ],
)
def test_an_equation_of_word_reads_as_it_looks(
    tmp_path: Path, equation: str, read_as: str, told: bool
) -> None:
    script = word(tmp_path, run("Là "), oml(equation), run(" đấy."))
    assert answer(script) == f"Là {read_as} đấy."
    assert [one.line for one in script.problems if read_as in str(one.message)] == [2] * told


def test_an_equation_is_not_glued_to_the_figures_beside_it(tmp_path: Path) -> None:
    third = oml(f"<m:f>{part('num', '1')}{part('den', '3')}</m:f>")
    assert answer(word(tmp_path, run("Là 2"), third, run("số hộ."))) == "Là 2 1/3 số hộ."


@pytest.mark.parametrize(
    ("mathml", "read_as"),
    [
        ("<mfrac><mn>3</mn><mn>4</mn></mfrac>", "3/4"),
        ("<mrow><mn>2</mn><mfrac><mn>3</mn><mn>4</mn></mfrac></mrow>", "2 3/4"),
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10⁶"),
        ("<msqrt><mn>9</mn></msqrt>", "√9"),
        ("<semantics><mn>7</mn><annotation>\\seven</annotation></semantics>", "7"),
    ],
)
def test_an_equation_of_a_page_reads_as_it_looks(tmp_path: Path, mathml: str, read_as: str) -> None:
    assert answer(page(tmp_path, f"Là <math>{mathml}</math> đấy.")) == f"Là {read_as} đấy."


def test_a_raised_figure_is_no_further_digit(tmp_path: Path) -> None:
    raised = run("6", '<w:vertAlign w:val="superscript"/>')
    script = word(tmp_path, run("Có 10"), raised, run(" con."))
    assert answer(script) == "Có 10⁶ con."
    assert any("10⁶" in str(one.message) and one.line == 2 for one in script.problems)
    written = "Có 10<sup>6</sup> con, 5 m<sup>2</sup>."
    assert answer(page(tmp_path, written)) == "Có 10⁶ con, 5 m2."
    script = read(tmp_path, "a.md", f"{ASKED}\n\nBà Lựu: {written}\n")
    assert answer(script) == "Có 10⁶ con, 5 m2."


# ── signs ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("font", "place", "seen"),
    [
        ("Wingdings", "F0E0", "→"),
        ("wingdings", "E0", "→"),
        ("Symbol", "F0AE", "→"),
        ("Symbol", "F0B0", "°"),
        ("Symbol", "F062", "β"),
        ("Times New Roman", "00B1", "±"),
    ],
)
def test_a_sign_of_word_is_what_it_shows(tmp_path: Path, font: str, place: str, seen: str) -> None:
    script = word(tmp_path, run("Kết quả"), sign(font, place), run("tốt."))
    assert answer(script).replace(" ", "") == f"Kếtquả{seen}tốt."
    assert (seen == "→") == (f" {seen} " in answer(script))
    assert not script.problems


def test_a_sign_that_nobody_knows_parts_words_and_is_told(tmp_path: Path) -> None:
    script = word(tmp_path, run("Kết quả"), sign("Webdings", "F09B"), run("tốt."))
    assert answer(script) == "Kết quả tốt."
    assert [one.line for one in script.problems if "Webdings" in str(one.message)] == [2]


@pytest.mark.parametrize("written", ["\uf0e0", "→"])
def test_an_arrow_pasted_as_text_parts_words(tmp_path: Path, written: str) -> None:
    script = read(tmp_path, "a.txt", f"{ASKED}\n\nBà Lựu: Kết quả {written} tốt.\n")
    assert answer(script).split() == ["Kết", "quả", "→", "tốt."]


# ── old fonts ──────────────────────────────────────────────────────────────────────────────────

TCVN3 = "Bµ con ®\u00adîc mïa, §¶ng bé x· mõng."
VNI = "Baø con ñöôïc muøa, Ñaûng boä xaõ möøng."
UNICODE = "Bà con được mùa, Đảng bộ xã mừng."


@pytest.mark.parametrize(
    ("font", "typed"),
    [(".VnTime", TCVN3), (".VnArial", TCVN3), ("VNI-Times", VNI), ("VNI-Helve", VNI)],
)
def test_a_font_says_which_letters_are_seen(tmp_path: Path, font: str, typed: str) -> None:
    script = word(tmp_path, run(typed, in_font(font)))
    assert answer(script) == UNICODE
    assert [one.level for one in script.problems] == ["note"]


@pytest.mark.parametrize(
    "styles",
    [
        "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>{}</w:rPr></w:style>',
    ],
)
def test_the_font_may_be_said_by_the_style_alone(tmp_path: Path, styles: str) -> None:
    body = paragraph(run("Phãng viªn: V× sao?")) + paragraph(run(f"Bµ Lùu: {TCVN3}"))
    styles = styles.format(in_font(".VnTime"))
    script = read(tmp_path, "a.docx", word_file(body, styles=styles))
    assert [(one.speaker, one.text) for one in script.turns] == [
        ("Phóng viên", "Vì sao?"),
        ("Bà Lựu", UNICODE),
    ]


def test_runs_in_several_fonts_are_read_each_by_its_own(tmp_path: Path) -> None:
    script = word(
        tmp_path,
        run("¸", in_font(".VnTimeH")),
        run("nh s¸ng, ", in_font(".VnTime")),
        run("tho", in_font("VNI-Times")),
        run("âng tin, ", in_font("VNI-Times")),
        run("đầy đủ.", in_font("Times New Roman")),
    )
    assert answer(script) == "Ánh sáng, thông tin, đầy đủ."


def test_words_that_are_unicode_in_such_a_font_stay(tmp_path: Path) -> None:
    look = in_font(".VnTime")
    script = word(tmp_path, run("Không. ", look), run("Được mùa.", look), run(" Đủ ăn.", look))
    assert answer(script) == "Không. Được mùa. Đủ ăn."


@pytest.mark.parametrize(
    ("element", "head"),
    [
        ("<font face='.VnTime'>{}</font>", ""),
        ("<span style='color:red;font-family:\".VnTime\",serif'>{}</span>", ""),
        ("<i class='x MsoNormal'>{}</i>", "<style>p.Mso, i.MsoNormal{font-family:.VnTime}</style>"),
    ],
)
def test_a_font_of_a_page_says_which_letters_are_seen(
    tmp_path: Path, element: str, head: str
) -> None:
    script = page(tmp_path, element.format(TCVN3), head)
    assert answer(script) == UNICODE
    assert [one.level for one in script.problems] == ["note"]
    kept = page(tmp_path, element.format("Không có gì."), head)
    assert answer(kept) == "Không có gì."


def test_an_arrow_in_a_font_of_signs_is_one_on_a_page(tmp_path: Path) -> None:
    script = page(tmp_path, "Tốt<span style='font-family:Wingdings'>à</span>hơn.")
    assert answer(script) == "Tốt → hơn."


@pytest.mark.parametrize("typed", [TCVN3, VNI])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx"])
def test_old_letters_without_their_font_are_refused(tmp_path: Path, name: str, typed: str) -> None:
    lines = ["PV: Sao?", f"Ba Luu: {typed}"]
    content = {
        "a.txt": "\n".join(lines).encode(),
        "a.html": "".join(f"<p>{line}</p>" for line in lines).encode(),
        "a.docx": word_file("".join(paragraph(run(line)) for line in lines)),
    }[name]
    with pytest.raises(BroadcastError, match="not in Unicode") as refused:
        read(tmp_path, name, content)
    assert refused.value.file == tmp_path / name


@pytest.mark.parametrize(
    "text",
    [
        "Hoà Khánh có quả xoài, khoá học và toà nhà.",
        "Noël et Loïc: où est le goût du maïs que nous avons semé dans le jardin?",
        "Für Jürgen ist die Größe schön.",
        "Coca-Cola® và Pepsi® của ©VTV.",
    ],
)
def test_other_languages_and_old_spellings_are_none(tmp_path: Path, text: str) -> None:
    assert answer(read(tmp_path, "a.txt", f"PV: Sao?\nÔng An: {text}\n")) == text


# ── letters like đ ─────────────────────────────────────────────────────────────────────────────


def test_letters_that_look_like_d_are_read_as_it(tmp_path: Path) -> None:
    text = "PV: Sao?\nÐồng chí Trần Văn Ðiệp - Bí thư Ðảng ủy xã: HÐND xã ở Ɖà Lạt, ðủ cả.\n"
    turn = read(tmp_path, "a.txt", text).of_kind("turn")[1]
    assert (turn.role, turn.text) == ("official", "HĐND xã ở Đà Lạt, đủ cả.")


def test_an_icelandic_name_keeps_its_letter(tmp_path: Path) -> None:
    script = read(tmp_path, "a.txt", "PV: Sao?\nÔng An: Cô Guðrún Sigurðardóttir hát.\n")
    assert answer(script) == "Cô Guðrún Sigurðardóttir hát."


# ── embedded ───────────────────────────────────────────────────────────────────────────────────

INSIDE = f"<html><body><p>{ASKED}</p>\n<p>Bà Lựu: Được <s>ba</s> bốn tạ.</p></body></html>"
MAIL = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
)


@pytest.mark.parametrize("name", ["a.htm", "a.mht", "a.docx", "a.txt"])
def test_text_embedded_in_a_word_file_is_read(tmp_path: Path, name: str) -> None:
    content = {
        "a.htm": INSIDE.encode(),
        "a.mht": f"{MAIL}{base64.encodebytes(INSIDE.encode()).decode()}\n--x--\n".encode(),
        "a.docx": word_file(paragraph(run(ASKED)) + paragraph(run("Bà Lựu: Được bốn tạ."))),
        "a.txt": f"{ASKED}\nBà Lựu: Được bốn tạ.\n".encode(),
    }[name]
    body = paragraph(run("Chuyện đồng")) + f'<w:altChunk r:id="{name}"/>'
    script = read(tmp_path, "b.docx", word_file(body, parts={name: content}))
    assert answer(script) == "Được bốn tạ."
    assert [turn.line for turn in script.of_kind("turn")] == [2, 3]


def test_what_is_embedded_and_no_text_is_refused(tmp_path: Path) -> None:
    body = '<w:altChunk r:id="a.rtf"/>'
    with pytest.raises(BroadcastError, match="embedded"):
        read(tmp_path, "a.docx", word_file(body, parts={"a.rtf": b"{\\rtf1 PV: Sao?}"}))


def test_what_is_embedded_and_missing_is_an_error_with_its_line(tmp_path: Path) -> None:
    body = paragraph(run(ASKED)) + '<w:altChunk r:id="x"/>'
    script = read(tmp_path, "a.docx", word_file(body))
    assert [one.line for one in script.problems if "missing" in str(one.message)] == [2]


def test_words_drawn_as_a_picture_are_told(tmp_path: Path) -> None:
    drawn = '<w:r><w:pict><v:shape><v:textpath string="Chuyện đồng"/></v:shape></w:pict></w:r>'
    script = word(tmp_path, run("Có."), drawn)
    assert [text for _, text, _ in dropped(script)] == ["Chuyện đồng"]


# ── tables ─────────────────────────────────────────────────────────────────────────────────────


def test_the_cells_of_a_row_are_apart(tmp_path: Path) -> None:
    row = "".join(f"<w:tc>{paragraph(run(one))}</w:tc>" for one in ("Thôn Hạ", "420", "14"))
    body = (
        paragraph(run(ASKED))
        + paragraph(run("Bà Lựu: Đây ạ."))
        + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    )
    assert answer(read(tmp_path, "a.docx", word_file(body))) == "Đây ạ.\nThôn Hạ, 420, 14"
    table = "<table><tr><td>Thôn Hạ</td><td>420</td><td>14</td></tr></table>"
    lines = f"<p>{ASKED}</p><p>Bà Lựu: Đây ạ.</p>{table}"
    assert answer(read(tmp_path, "a.html", lines)) == "Đây ạ.\nThôn Hạ, 420, 14"
    text = f"{ASKED}\n\nBà Lựu: Đây ạ.\nThôn Hạ\t420\t14\n"
    assert answer(read(tmp_path, "a.txt", text)) == "Đây ạ.\nThôn Hạ, 420, 14"


# ── what no writer means ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "attribute", ["{{x}}", "{khung}", "@click='a'", ":foo", "«»", "a\x01='1'", "=", "v-on:x.y=3"]
)
def test_attributes_that_no_xml_can_have_are_passed_over(tmp_path: Path, attribute: str) -> None:
    text = f"<p>{ASKED}</p><div {attribute}>Bà Lựu: Có.</div>"
    assert answer(read(tmp_path, "a.html", text)) == "Có."


def test_attributes_without_end_are_refused(tmp_path: Path) -> None:
    many = " ".join(f'a{at}="<"' for at in range(200_000))
    with pytest.raises(BroadcastError, match="too many attributes") as refused:
        read(tmp_path, "a.html", f"<p>{ASKED}</p>\n<div {many}>Bà Lựu: Có.</div>")
    assert refused.value.line == 2


def test_figures_without_end_are_dropped(tmp_path: Path) -> None:
    script = read(tmp_path, "a.txt", f"{ASKED}\n\nBà Lựu: Có {'7' * 4_301} tạ.\n")
    assert answer(script).split() == ["Có", "tạ."]
    assert [(line, why) for line, _, why in dropped(script)] == [(3, "4301 figures in a row")]


def test_a_heading_like_a_label_is_left_out_and_told(tmp_path: Path) -> None:
    heading = "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI"
    text = (
        f"PV: Việc ra sao?\nÔng Cao An: Sắp xong.\n{heading}\nPhóng viên: Còn gì?\n"
        "Ông Cao An: Vậy thôi.\n"
    )
    script = read(tmp_path, "a.txt", text)
    assert [one.line for one in script.dropped if one.text == heading] == [3]
    assert all(heading not in turn.text for turn in script.turns)
