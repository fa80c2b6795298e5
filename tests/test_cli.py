"""The command line as scripts and people meet it: exit status, errors, encodings, two at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from text_unidecode import unidecode

from conftest import StationFolder, new_station
from killed_at import run_to
from loopback_google import LoopbackGoogle

NAME = "bien-sach-van-hai"
SCRIPT = f"scripts/{NAME}.txt"
SETTINGS = b"""\
[show]
title = "A"
language = "vi"
author = "B"
email = "a@b.vn"
base_url = "http://127.0.0.1/"
voices = 0
""".replace(b"voices = 0", b'[voices]\nengines = ["espeak"]')


def test_init_makes_nothing_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    here = StationFolder(tmp_path)
    (tmp_path / "notes").touch()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "scripts").touch()
    for wanted, file in [("notes", "notes"), ("notes/a", "notes"), ("old", "old/scripts")]:
        told = here.run("init", wanted, status=1).stderr
        assert f"{Path(file)}: This is a file" in told
    assert [path.name for path in tmp_path.rglob("*.toml")] == []


def test_init_says_what_to_type_next_and_it_works(tmp_path: Path) -> None:
    told = StationFolder(tmp_path).run("init", "đài phường 1").stdout
    assert '\n  cd "đài phường 1"\n  broadcast build scripts/bien-sach-van-hai.txt\n' in told
    assert "\n  broadcast studio\n" in told
    made = StationFolder(tmp_path / "đài phường 1")
    made.run("build", "scripts/bien-sach-van-hai.txt", "--offline")
    assert made.episode(NAME)["files"]["audio"] == f"{NAME}.mp3"


def test_init_makes_a_station_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    here = StationFolder(tmp_path)
    here.run("init", "đài mới")
    made = tmp_path / "đài mới"
    settings = made / "station.toml"
    base_url = [line for line in settings.read_text("utf-8").splitlines() if "base_url" in line]
    assert base_url[0].startswith('base_url = "http')
    settings.write_bytes(settings.read_bytes() + b"# mine\n")
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    told = here.run("init", "đài mới")
    assert "nothing was changed" in told.stdout
    assert before == {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["build", "scripts/no-such.txt"], 2, "There is no script"),
        (["publish", "no-such"], 2, "There is no draft"),
        (["withdraw", "no-such"], 2, "never published"),
        (["build", SCRIPT, "--engine", "siri"], 2, "There is no engine 'siri'"),
        (["say", "Xin chào", "-o", "hello.doc"], 2, "No sound is written as .doc"),
        (["takes", NAME, "--use", "99", "1"], 2, "There is no turn “99”"),
        (["swap", NAME, "2", "no-such.wav"], 2, "There is no file"),
        (["swap", NAME, "2"], 2, "Say which turn and which recordings"),
        (["serve"], 2, "There is no feed yet"),
        (["buidl"], 2, "No such command"),
        (["build", SCRIPT, "--engine", "gtts", "--offline"], 3, "needs the network"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_status(
    station: StationFolder, arguments: list[str], status: int, words: str
) -> None:
    told = station.run(*arguments, status=status)
    assert words in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize(
    ("file", "content", "where", "words"),
    [
        ("station.toml", b"[show\n", "station.toml:1", "Not valid TOML"),
        ("station.toml", b'[show]\ntitle = "A"\n', "station.toml:1", "has no author"),
        ("station.toml", SETTINGS + b"[spoken]\nranges = 5\n", "station.toml:10", "ranges"),
        (
            *("station.toml", SETTINGS + b'[voices.espeak]\nreporter = ["+nobody"]\n'),
            *("station.toml:10", "no voice “vi+nobody”"),
        ),
        ("lexicon.tsv", b"written\tspoken\nUBND\n", "lexicon.tsv:2", "its spoken form"),
        (SCRIPT, b"", f"{NAME}.txt", "empty"),
        (SCRIPT, b"\x00\x01\x02\xff" * 400, f"{NAME}.txt", "no turns were found"),
        (SCRIPT, "Một dòng chữ.\n".encode(), f"{NAME}.txt", "no turns were found"),
        (f"episodes/{NAME}/episode.json", b"{", "episode.json", "ends too early"),
        (f"recordings/{NAME}/takes.json", b"{", "takes.json", "ends too early"),
        (f"recordings/{NAME}/02.wav", b"RIFF", f"recordings/{NAME}", "not an audio file"),
    ],
)
def test_bad_input_names_its_file(
    station: StationFolder, file: str, content: bytes, where: str, words: str
) -> None:
    path = station.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    told = station.run("build", SCRIPT, status=1)
    assert where in told.stderr
    assert words in told.stderr
    assert not list((station.root / "episodes").glob("*/*.mp3"))
    assert path.read_bytes() == content


def test_check_prints_one_json_document_with_the_keys_of_the_contract(
    station: StationFolder,
) -> None:
    told = station.run("check", SCRIPT, "--json")
    document = json.loads(told.stdout)
    assert list(document) == [
        *("file", "title", "lead", "byline", "turns", "cues", "dropped", "problems"),
        "estimated_ms",
    ]
    assert [turn["n"] for turn in document["turns"]] == list(range(1, 8))
    assert {*document["turns"][0]} == {"n", "id", "kind", "speaker", "role", "line", "text"}
    lines = (station.root / SCRIPT).read_text("utf-8").splitlines()
    for turn in document["turns"]:
        assert turn["text"].split("\n")[0].split()[0] in lines[turn["line"] - 1]


def test_check_names_what_is_left_out_and_every_problem_with_a_code(
    station: StationFolder,
) -> None:
    script = "PV: Sao?\n\nÔng An: Vậy <b>đấy</b>.\n\nNguồn: Báo An Giang\n"
    (station.root / SCRIPT).write_text(script, encoding="utf-8")
    document = json.loads(station.run("check", SCRIPT, "--json").stdout)
    assert document["dropped"] == [
        {
            "line": 5,
            "text": "Nguồn: Báo An Giang",
            "code": "dropped.source",
            "why": "a source or photo credit",
        }
    ]
    assert document["problems"] == [
        {
            "line": 3,
            "level": "warning",
            "code": "script.markup",
            "message": "leftover markup “<b>” would be spoken",
            "turn": 2,
        }
    ]


def test_status_shows_the_others_beside_a_damaged_draft(
    copy_of_built_station: StationFolder,
) -> None:
    broken = copy_of_built_station.root / "episodes" / "hong" / "episode.json"
    broken.parent.mkdir()
    broken.write_text("{", "utf-8")
    told = copy_of_built_station.run("status", status=1)
    assert NAME in told.stdout
    assert re.search(r"^ *hong +– +– +damaged", told.stdout, re.MULTILINE)
    assert "hong/episode.json" in told.stderr.replace("\\", "/")
    document = json.loads(copy_of_built_station.run("status", "--json", status=1).stdout)
    damage = {episode["name"]: episode["damage"] for episode in document["episodes"]}
    assert damage[NAME] is None
    assert "ends too early" in damage["hong"]


def test_check_of_a_script_with_errors_prints_json_and_fails(station: StationFolder) -> None:
    (station.root / SCRIPT).write_text("Chỉ có một dòng.\n", encoding="utf-8")
    document = json.loads(station.run("check", SCRIPT, "--json", status=1).stdout)
    assert document["turns"] == []
    assert "error" in {problem["level"] for problem in document["problems"]}


def test_json_loses_no_letter_in_any_encoding(station: StationFolder) -> None:
    plain = station.run("check", SCRIPT, "--json").stdout
    ascii_only = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    told = station.run("check", SCRIPT, "--json", environment=ascii_only).stdout
    assert told.isascii()
    assert json.loads(told) == json.loads(plain)


@pytest.mark.skipif(os.name == "nt", reason="a shell's way of closing streams and pipes")
def test_a_reader_who_stops_reading_stops_nothing(station: StationFolder) -> None:
    def shell(line: str, place: int = 0) -> str:
        """Give the exit status of the program that stands at a place in a pipe."""
        command = ["bash", "-c", f"{line}; echo ${{PIPESTATUS[{place}]}}"]
        environment = {**os.environ, "PYTHONUTF8": "1", "B": f"{sys.executable} -m broadcast"}
        done = subprocess.run(
            command, cwd=station.root, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return done.stdout.splitlines()[-1]

    assert shell("$B voices --offline | head -1") == "0"
    assert shell(f"$B check {SCRIPT} --json | true") == "0"
    assert shell(f"$B check {SCRIPT} --json >&-") == "0"
    assert shell("yes 5% | $B spoken | head -1", 1) == "0"
    assert shell(f"$B build {SCRIPT} 2>&1 | true") == "0"
    assert station.episode(NAME)["engine"] == "espeak"


def test_the_list_of_commands_tells_every_one_whole(tmp_path: Path) -> None:
    here = StationFolder(tmp_path)
    told = here.run("--help", environment={"COLUMNS": "80"}).stdout
    listed = told.partition("Commands:")[2]
    assert re.findall(r"^  (build|swap|publish|lexicon) +\S", listed, re.MULTILINE) == [
        *("build", "swap", "publish", "lexicon"),
    ]
    assert "..." not in listed
    assert here.run("build", "-h").stdout == here.run("build", "--help").stdout
    assert here.run("--version").stdout.startswith("broadcast ")


def test_a_script_without_end_is_estimated_as_its_first_hours_are(station: StationFolder) -> None:
    asked, told = "Thưa ông, việc ở thôn ra sao?", "Bà con làm xong con đường trước mùa mưa."
    lengths = {}
    for turns in (500, 1_500):
        script = "\n".join(f"PV: {asked}\nÔng An: {told}" for _ in range(turns))
        (station.root / SCRIPT).write_text(script + "\n", encoding="utf-8")
        lengths[turns] = json.loads(station.run("check", SCRIPT, "--json").stdout)["estimated_ms"]
    assert lengths[1_500] == pytest.approx(3 * lengths[500], rel=0.05)
    listed = station.run("check", SCRIPT).stdout
    assert "\n3000  3000  official  Ông An  Bà con" in listed


def test_a_pipe_is_refused_in_words(station: StationFolder) -> None:
    os.mkfifo(station.root / "scripts" / "pipe.txt")
    assert "this is not a file" in station.run("check", "scripts/pipe.txt", status=1).stderr


def test_a_script_may_come_from_standard_input(station: StationFolder) -> None:
    command = [sys.executable, "-m", "broadcast", "check", "-", "--json"]
    text = (station.root / SCRIPT).read_bytes()
    done = subprocess.run(command, cwd=station.root, input=text, capture_output=True, check=True)
    assert len(json.loads(done.stdout)["turns"]) == 7


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp1258"])
def test_vietnamese_is_legible_on_any_terminal(station: StationFolder, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "broadcast", "check", SCRIPT],
        cwd=station.root,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "COLUMNS": "200"},
        capture_output=True,
        check=True,
    )

    def words(told: str) -> list[str]:
        return re.findall(r"\w+|[?%]", unidecode(told))

    whole = station.run("check", SCRIPT).stdout
    assert "Bãi Xanh" in whole
    assert words(done.stdout.decode(encoding)) == words(whole)


def test_one_line_can_be_heard(station: StationFolder) -> None:
    import soundfile

    for name in ("a.wav", "a.mp3", "a.flac"):
        told = station.run("say", "Ngày 2/9, 85% hộ dân treo cờ.", "-o", name, "--offline")
        assert "tám mươi lăm phần trăm" in told.stdout
        assert 1 < soundfile.info(station.root / name).duration < 10


def test_a_voice_of_another_language_reads_in_that(station: StationFolder) -> None:
    told = station.run("say", "It is 5%.", "-o", "a.wav", "--offline", "--voice", "en-gb")
    assert "It is five percent. (espeak, en-gb)" in told.stdout
    told = station.run("say", "A", "-o", "b.wav", "--offline", "--voice", "Alex", status=3)
    assert "does not speak the language “alex”" in told.stderr


def test_say_overwrites_no_recording_and_says_nothing_for_nothing(station: StationFolder) -> None:
    recording = station.root / "recordings" / NAME / "02.wav"
    recording.parent.mkdir()
    recording.write_bytes(b"RIFF")
    told = station.run("say", "Vâng", "-o", recording, "--offline", status=2)
    assert "none is ever overwritten" in told.stderr
    assert recording.read_bytes() == b"RIFF"
    told = station.run("say", "…", "-o", "a.wav", "--offline", status=2)
    assert "nothing in this text" in told.stderr
    assert not (station.root / "a.wav").exists()


def test_spoken_gives_a_line_for_each_line(station: StationFolder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "broadcast", "spoken"],
        cwd=station.root,
        env={**os.environ, "PYTHONUTF8": "1"},
        input="Đạt 98,7%.\n\nNăm 2024\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == [
        "Đạt chín mươi tám phẩy bảy phần trăm.",
        "",
        "Năm hai nghìn không trăm hai mươi tư",
    ]


def test_spoken_says_what_it_does_not_read_in_a_language(station: StationFolder) -> None:
    done = station.run("spoken", "Il a 64 ans.", "--lang", "fr")
    assert done.stdout == "Il a soixante-quatre ans.\n"
    assert "“fr”" in done.stderr
    assert not station.run("spoken", "He is 64.", "--lang", "en").stderr
    assert station.run("spoken", "He is 64.", "--lang", "tiếng Anh").stdout == "He is sixty-four.\n"
    assert "Did you mean" in station.run("spoken", "A", "--lang", "Englisch", status=2).stderr


def test_every_reading_is_shown_where_it_stands(station: StationFolder) -> None:
    (station.root / "scripts" / "xyz.txt").write_text(
        "Phóng viên: Phố xanh - sạch đạt 98%?\n\nÔng Đỗ Văn Lâm: Đạt 3/5, do XQZ lo 👍.\n\n"
        "Phóng viên: Mọi nhà ko lo?\n",
        encoding="utf-8",
    )
    told = station.run("check", "xyz", "--spoken").stdout
    assert "1, line 1: xanh - sạch → (a pause)  [dash]" in told
    assert "98% → chín mươi tám phần trăm" in told
    assert 'xyz.txt:3: warning: "👍" is left out: a sign that is not said.' in told
    assert "👍 (lo 👍.) → (silent)" in told
    unknown = station.run("lexicon", "unknown", "xyz").stdout
    assert "XQZ  (line 3), now said “" in unknown
    assert "ko  (line 5), now said “không”" in unknown


def test_the_lexicon_is_heard_in_the_next_build(station: StationFolder) -> None:
    (station.root / "scripts" / "xyz.txt").write_text(
        "Phóng viên: XQZ là gì?\n\nÔng Đỗ Văn Lâm: Là dự án trồng cây.\n", encoding="utf-8"
    )
    assert "XQZ" in station.run("lexicon", "unknown", "xyz").stdout
    station.run("lexicon", "add", "XQZ", "dự án xanh")
    assert "known" in station.run("lexicon", "unknown", "xyz").stdout
    station.run("build", "xyz")
    assert "dự án xanh là gì?" in [turn["spoken"] for turn in station.episode("xyz")["turns"]]


def test_two_scripts_with_one_name_are_an_error(station: StationFolder) -> None:
    (station.root / "scripts" / "Biển sạch Vạn Hải.md").write_text("Hỏi: A?\n\nĐáp: B.\n", "utf-8")
    told = station.run("build", SCRIPT, status=1)
    assert "Two scripts would make one episode" in told.stderr


def test_a_second_command_waits_for_the_first(station: StationFolder) -> None:
    (station.root / ".broadcast").mkdir()
    lock = FileLock(station.root / ".broadcast" / "lock")
    lock.acquire()
    with station.started("build", SCRIPT) as one, station.started("build", SCRIPT) as other:
        for each in (one, other):
            assert each.stderr
            assert "waiting" in each.stderr.readline()
        lock.release()
        told = [each.communicate(timeout=300) for each in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0]
    assert sum("up to date" in said for said, _ in told) == 1
    assert sum("speaking" in progress for _, progress in told) == 1


def spoken_in(progress: str) -> int:
    """How many sentences a build had to speak."""
    return max(int(count) for count in re.findall(r"speaking: \d+ of (\d+)", progress))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal, which Windows has not")
def test_ctrl_c_stops_with_a_sentence_and_the_work_goes_on(station: StationFolder) -> None:
    other = station.copied_to(station.root.with_name("other"))
    whole = run_to("0", other.root, "build", SCRIPT)
    speech = [
        point
        for point, what in whole.points.items()
        if point.startswith("cache") and what.startswith("rename") and _is_sound(other, what)
    ]
    stopped = run_to(speech[7], station.root, "build", SCRIPT, number=signal.SIGINT)
    assert stopped.status == 130
    assert "Stopped" in stopped.told
    assert 1 < spoken_in(station.run("build", SCRIPT).stderr) < spoken_in(whole.told)


def _is_sound(station: StationFolder, renamed: str) -> bool:
    kept = station.root / re.sub(r"\.[0-9a-f]+\.part$", "", renamed.removeprefix("rename "))
    return kept.read_bytes()[:4] == b"RIFF"


def online_station(folder: Path) -> StationFolder:
    """A station that tries the online voice first, with a script of two sentences."""
    station = new_station(folder)
    settings = station.root / "station.toml"
    both = settings.read_text("utf-8").replace('["espeak"]', '["gtts", "espeak"]', 1)
    settings.write_text(both, encoding="utf-8")
    write_answer(station, "Có.")
    return station


def write_answer(station: StationFolder, answer: str) -> None:
    script = station.root / "scripts" / "ngan.txt"
    script.write_text(f"Phóng viên: Có khoẻ không?\n\nBà Hà: {answer}\n", encoding="utf-8")


def test_without_internet_the_offline_voice_takes_over_within_3_seconds(tmp_path: Path) -> None:
    station = online_station(tmp_path / "station")
    nobody = {"BROADCAST_GTTS_URL": "http://127.0.0.1:9/", "NO_PROXY": "*"}

    def seconds_of(*arguments: str) -> float:
        shutil.rmtree(station.root / "episodes" / "ngan", ignore_errors=True)
        began = time.monotonic()
        told = station.run("build", "ngan", *arguments, environment=nobody)
        seconds = time.monotonic() - began
        said = [line for line in told.stderr.splitlines() if "Going on with" in line]
        assert len(said) == (0 if arguments else 1)
        assert station.episode("ngan")["engine"] == "espeak"
        return seconds

    # Of three tries, lest what else the machine does should count.
    assert any(seconds_of() < seconds_of("--offline") + 3 for _ in range(3))


def test_an_online_voice_is_told_of_and_what_it_said_is_kept(tmp_path: Path) -> None:
    station = online_station(tmp_path / "station")
    with LoopbackGoogle() as google:
        told = station.run("build", "ngan", environment=google.environment)
        assert "characters go to http://127.0.0.1" in told.stderr
        asked = len(google.requests)
        assert asked > 0
        write_answer(station, "Có, rất khoẻ.")
        told = station.run("build", "ngan", environment=google.environment)
        assert len(google.requests) == asked + 1
        assert "13 characters go to http://127.0.0.1" in told.stderr
    assert station.episode("ngan")["engine"] == "gtts"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal, which Windows has not")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_service_that_hangs_does_not_keep_a_stopped_command(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    station = online_station(tmp_path / "station")
    with LoopbackGoogle() as google:
        google.faults.extend(["429 in 25 s"] * 8)
        with station.started("build", "ngan", environment=google.environment) as process:
            assert google.asked.wait(60)
            process.send_signal(number)
            began = time.monotonic()
            _, told = process.communicate(timeout=60)
            assert time.monotonic() - began < 15
    assert process.returncode == status
    assert "Traceback" not in told


def test_a_script_that_is_wrong_does_not_hold_up_the_others(station: StationFolder) -> None:
    for name in ("mot", "ba"):
        text = "Phóng viên: Có khoẻ không?\n\nBà Hà: Có.\n"
        (station.root / "scripts" / f"{name}.txt").write_text(text, encoding="utf-8")
    (station.root / "scripts" / "hai.txt").write_text("Một dòng.\n", encoding="utf-8")
    told = station.run("build", "mot", "hai", "ba", status=1)
    assert "hai.txt: Not built" in told.stderr
    assert station.episode("mot")["name"] == "mot"
    assert station.episode("ba")["name"] == "ba"
    assert "There is no script" in station.run("build", "mot", "khong", status=2).stderr


def test_an_engine_that_is_broken_is_told_of_beside_the_others(
    station: StationFolder, tmp_path: Path
) -> None:
    broken = tmp_path / "espeakng_loader"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('gone')", encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path)}
    told = {
        command: station.run(command, "--offline", status=3, environment=environment).stdout
        for command in ("doctor", "voices")
    }
    for one in told.values():
        assert "The offline voice (eSpeak NG) is not installed completely" in one
    assert "gtts" in told["voices"]


def test_doctor_and_voices_say_what_works(station: StationFolder) -> None:
    told = station.run("doctor", "--offline").stdout
    assert "ok      voice engine espeak" in told
    assert "ok      sound" in told
    voices = station.run("voices", "--offline", environment={"COLUMNS": "80"}).stdout
    assert "espeak (offline): works here" in voices
    assert "gtts (online): not asked: offline" in voices
    assert max(map(len, voices.splitlines())) <= 80


def test_a_build_with_nothing_to_do_loads_nothing_that_others_need(
    copy_of_built_station: StationFolder,
) -> None:
    code = """
import sys
from broadcast.cli import main
sys.argv = ["broadcast", "build", *sys.argv[1:]]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
    copy_of_built_station.run("build", SCRIPT)  # notes how the copied files stand
    done = subprocess.run(
        [sys.executable, "-c", code, SCRIPT],
        cwd=copy_of_built_station.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing has changed" in done.stdout
    loaded = {name.removeprefix("broadcast.").split(".")[0] for name in done.stderr.split()}
    others = {"speech", "station", "script", "spoken", "recordings", "audio", "media", "metadata"}
    others |= {"numpy", "av", "lxml", "PIL", "feedgen", "mutagen", "yaml"}
    assert loaded & others == set()
