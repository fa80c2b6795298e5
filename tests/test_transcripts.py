"""Whole transcripts of commands, put well and put wrongly, in both languages, as they were read.

``TRANSCRIPTS=write pytest tests/test_transcripts.py`` writes them anew; then they are to be read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.pofile import read_po
from click.testing import CliRunner

from broadcast.cli import (
    aligning,  # noqa: F401
    approving,  # noqa: F401
    handing_over,  # noqa: F401
    interface,
    making,  # noqa: F401  they register commands
    publishing,  # noqa: F401
    recording,  # noqa: F401
    renaming,  # noqa: F401
    scripts,  # noqa: F401
    studio,  # noqa: F401
    trusting,  # noqa: F401
    uploading,  # noqa: F401
    voices,  # noqa: F401
    voicing,  # noqa: F401
    watching,  # noqa: F401
    words,  # noqa: F401
)
from broadcast.cli.app import app
from broadcast.messages.rendering import LOCALE
from conftest import made_once
from test_docs import commands

FOLDER = Path(__file__).parent / "transcripts"
PARTS = re.compile(r"\$ broadcast ?(.*)\n-- vi\n(.*)-- en\n(.*)", re.DOTALL)
NAME = "nuoc-sach"
# Words that Vietnamese readers know as they are, names of things, and what is typed.
KEPT = set((Path(__file__).parent / "data" / "kept_in_vietnamese.txt").read_text("utf-8").split())
# A syllable without its marks: what is none is no Vietnamese word.
SYLLABLE = re.compile(
    "(b|ch?|d|gh?|gi|kh?|h|l|m|nh?|ngh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(ch?|m|nh?|ng|p|t)?",
    re.IGNORECASE,
)
ENGLISH_SYLLABLES = {"the", "that", "them", "then", "not", "it", "at", "got", "get", "out", "did"}
# Words of another: quoted, code, names of settings, commands, options, files, addresses.
OTHERS_WORDS = re.compile(
    r"\{[^}]*\}|“[^”]*”|`[^`]*`|\"[^\"]*\"|'[^']*'|https?://\S+|--?[a-z][\w-]*|\[[\w.-]+\]|\S+@\S+"
    r"|\b[a-z]+_[a-z_]+\b|\bbroadcast( [a-z]+){0,2}|[\w./-]*\.[a-z0-9]{2,4}\b|\S*/\S*"
)
SCRIPT = """---
date: 2025-09-05
---
Nước sạch về thôn Đồng Mới

Sau hai năm thi công, 412 hộ dân thôn Đồng Mới đã có nước sạch.

Phóng viên: Thưa ông, công trình đã xong chưa?

Trưởng thôn Đồng Mới Nguyễn Văn Lành: Công trình xong ngày 2/9, chi phí 1,2 tỷ đồng.

Phóng viên: Xin cảm ơn ông.

Thu Trang thực hiện.
"""
# Files that some of the command lines need, made before the first.
OTHERS = {
    "scripts/hai-cham.txt": "---\ntitle: Nước: hai năm\n---\nPV: Xong chưa?\n\nÔng An: Rồi.\n",
    "scripts/bang.txt": "Phóng viên: Xong chưa?\n\n[băng: khong-co.mp3]\n\nÔng An: Xong rồi.\n",
    "tho.txt": "Con trâu gặm cỏ.\n",
    "bai-moi.txt": SCRIPT.replace("Đồng Mới", "Đồng Cũ"),
    "cu.xml": """<rss version="2.0"><channel><title>Đài cũ</title>
<item><title>Nước sạch về thôn Đồng Mới</title><guid>cu-1</guid>
<pubDate>Fri, 05 Sep 2025 07:00:00 +0700</pubDate></item>
<item><title>Đường mới</title><guid>cu-2</guid>
<pubDate>Sat, 06 Sep 2025 07:00:00 +0700</pubDate></item>
</channel></rss>
""",
    "tieng.wav": "đây không phải là âm thanh",
}
TOML = {
    "hong": "[show\n",
    "sai-ten": "\n[soud]\nformats = []\n",
    "sai-so": "\n[sound]\nair_lufs = 5\n",
}


def transcripts() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def line_of(transcript: Path) -> str:
    return transcript.read_text("utf-8").partition("\n")[0].removeprefix("$ broadcast").strip()


def run(line: str, language: str) -> str:
    """Give all that a command line shows on a terminal of 80 columns."""
    interface._asked_for.clear()
    interface._stations.clear()
    interface.language.cache_clear()
    environment = {"BROADCAST_LANG": language, "COLUMNS": "80", "TERM": "dumb"}
    program = typer.main.get_command(app)
    done = CliRunner().invoke(program, _words(line), env=environment, prog_name="broadcast")
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)
    return done.output + (f"[{done.exit_code}]\n" if done.exit_code else "")


def _words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]


def steady(text: str, root: Path) -> str:
    """Give what is shown without what differs from machine to machine and from day to day."""
    text = text.replace(str(root), "/dai").replace(root.as_posix(), "/dai")
    text = re.sub(r"\d+:\d\d\b(?!:)", "0:00", text)
    text = re.sub(r"-?\d+([.,])\d(?= (?:LUFS|dBTP))", r"-0\g<1>0", text)
    text = re.sub(r"(?<= |\()\d+(?= ?%)|(?<=-)\d+(?= dB\b)|(?<= )\d+(?= LU\b)", "0", text)
    text = re.sub(r"-[0-9a-f]{12}\.", "-0.", text)
    text = re.sub(r"[\d.,]+ (?=GB|MB)", "0 ", text)
    text = re.sub(r"(broadcast|Python|PyAV|libsndfile) \d+(\.\d+)+", r"\1 0.0", text)
    return "".join(f"{one.rstrip()}\n" for one in text.splitlines())


def _station(folder: Path, language: str) -> None:
    folder.mkdir(parents=True)
    os.chdir(folder)
    run("init .", language)
    settings = folder / "station.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('["gtts", "espeak"]', '["espeak"]'), "utf-8"
    )
    for script in (folder / "scripts").iterdir():
        script.unlink()
    for name, text in {f"scripts/{NAME}.txt": SCRIPT, **OTHERS}.items():
        (folder / name).write_text(text, "utf-8")
    for name, wrong in TOML.items():
        (folder / name).mkdir()
        whole = settings.read_text("utf-8")
        broken = re.sub(r"(?m)^\[sound\]$", wrong.strip(), whole) if "[so" in wrong else wrong
        (folder / name / "station.toml").write_text(broken, "utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All command lines, run one after another in one station for each language."""

    def make(folder: Path) -> None:
        before = Path.cwd()
        try:
            for language in ("vi", "en"):
                _station(folder / language / "dai", language)
                outside = folder / language / "ngoai"
                outside.mkdir()
                for one in transcripts():
                    os.chdir(outside if "outside" in one.stem else folder / language / "dai")
                    told = steady(run(line_of(one), language), folder / language)
                    (folder / language / one.name).write_text(told, "utf-8")
        finally:
            os.chdir(before)

    yield made_once(tmp_path_factory, "transcripts", make).root


@pytest.mark.parametrize("transcript", transcripts(), ids=lambda file: file.stem)
def test_a_command_shows_what_was_read(transcript: Path, shown: Path) -> None:
    now = {one: (shown / one / transcript.name).read_text("utf-8") for one in ("vi", "en")}
    text = f"$ broadcast {line_of(transcript)}\n-- vi\n{now['vi']}-- en\n{now['en']}"
    if os.environ.get("TRANSCRIPTS") == "write":
        transcript.write_text(text, "utf-8")
    assert text == transcript.read_text("utf-8")


def english_in(text: str, known: set[str]) -> set[str]:
    """Give the words of a Vietnamese text that are none of Vietnamese, nor of those that stay."""
    tokens = re.findall(r"[^\W\d_]+", OTHERS_WORDS.sub(" ", text))
    return {
        word
        for word in tokens
        if word.isascii()
        and word not in known
        and (not SYLLABLE.fullmatch(word) or word.lower() in ENGLISH_SYLLABLES)
    }


def words_typed() -> set[str]:
    """Give the names of commands and settings, which are the same in every language."""
    template = (LOCALE.parents[1] / "new_station" / "station.toml").read_text("utf-8")
    names = {part for path, _ in commands() for part in path.split()}
    return names | set(re.findall(r"[a-z]+", template))


@pytest.mark.parametrize("transcript", transcripts(), ids=lambda file: file.stem)
def test_what_is_shown_in_vietnamese_has_no_english_word(transcript: Path) -> None:
    parts = PARTS.fullmatch(transcript.read_text("utf-8"))
    assert parts
    assert english_in(parts[2], KEPT | words_typed()) == set()


def test_the_vietnamese_catalogue_has_no_english_word() -> None:
    with (LOCALE / "vi" / "LC_MESSAGES" / "broadcast.po").open("rb") as file:
        catalogue = read_po(file)
    known, found = KEPT | words_typed(), {}
    for entry in catalogue:
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        for form in forms if entry.id else ():
            if english := english_in(form, known):
                found[entry.context or str(entry.id)] = english
    assert found == {}


@pytest.mark.parametrize(
    "english", ["Permission denied", "There is no such file", "mapping values are not allowed here"]
)
def test_a_sentence_of_english_is_found(english: str) -> None:
    assert english_in(f"Không đọc được tệp: {english}.", KEPT)


@pytest.mark.parametrize("transcript", transcripts(), ids=lambda file: file.stem)
def test_tables_fit_a_terminal_of_80_columns(transcript: Path) -> None:
    for line in transcript.read_text("utf-8").splitlines():
        assert len(line) <= 80 or not line.startswith(" ") or "   " not in line.strip(), line


def test_there_are_transcripts_of_commands_put_well_and_put_wrongly() -> None:
    texts = [one.read_text("utf-8") for one in transcripts()]
    wrong = [text for text in texts if re.search(r"^\[\d\]$", text, re.MULTILINE)]
    assert len(wrong) >= 15
    assert len(texts) - len(wrong) >= 15
