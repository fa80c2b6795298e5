"""Words → speech by any program of the user's: a text file in, a sound file out, and no shell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from time import monotonic

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason
from broadcast.model import Declaration, Utterance
from broadcast.speech.engine import VOICES_HINT, VoiceInfo, quoted, sayable, silence
from broadcast.speech.settings import command, sounding, text, texts, whole
from broadcast.speech.voice_names import PlainNames

_TEXT, _OUT = "{text_file}", "{out_wav}"
_LARGEST_MB = 200
"""What is larger is no sentence: an hour of speech at 22,050 Hz is 159 MB."""
_TOLD = 2_000
"""So much of the end of what the program says is kept, in bytes, to tell why it failed."""
_LOOKS_S = 0.05
# Windows runs these by its shell, which takes words of the arguments for commands.
_BY_A_SHELL = {".bat", ".cmd"}
_HINT = Message(
    "own-program.hint", "Run it by hand in a terminal, as [voices.command] has it, to see why."
)


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """What a station may write under [voices.command]; the first voice is the usual one."""

    command: tuple[str, ...] = command()
    voices: tuple[str, ...] = texts(("default",), sounds=False)
    seconds: int = whole(120, 1, 3_600, sounds=False)
    version: str = text("")
    licence: str = text("", sounds=False)


class Command:
    """A program that the user has, run once for every sentence.

    In its arguments ``{text_file}`` stands for a file with the words (UTF-8), ``{out_wav}`` for the
    one to write, ``{voice}`` and ``{language}`` for what was chosen.
    """

    name = "command"
    online = False
    jobs = 2
    service: str | None = None
    declares = Declaration(names=PlainNames("default"), settings=CommandSettings)

    def __init__(self, settings: CommandSettings | None = None) -> None:
        self._settings = settings or CommandSettings()
        self._voices = self._settings.voices or ("default",)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._starting = threading.Lock()
        self._stopped = False

    def version(self) -> str:
        """Name what the station says its version is, the program's contents and the settings."""
        settings = sha256(sounding(self._settings).encode()).hexdigest()[:8]
        told = f"{self._settings.version}, " if self._settings.version else ""
        return f"{told}program {self._digest}, settings {settings}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError if there is no such program; it is not run."""
        words = self._settings.command
        if not words:
            raise EngineUnavailableError(
                Message("own-program.none", "No command is named under [voices.command]."),
                hint=Message(
                    "own-program.none.hint",
                    'Write one: command = ["/usr/bin/prog", "{text}", "{out}"]',
                    text=_TEXT,
                    out=_OUT,
                ),
            )
        for needed in (_TEXT, _OUT):
            if not any(needed in word for word in words[1:]):
                raise EngineUnavailableError(
                    Message(
                        "own-program.without",
                        "The command under [voices.command] has no {needed} in it.",
                        needed=needed,
                    ),
                    hint=Message(
                        "own-program.without.hint",
                        "{text} stands for the file with the words, {out} for the sound file that "
                        "the program is to write.",
                        text=_TEXT,
                        out=_OUT,
                    ),
                )
        program = Path(words[0])
        if not program.is_file() or not os.access(program, os.X_OK):
            raise EngineUnavailableError(
                Message(
                    "own-program.no-program", "There is no program {program}.", program=program
                ),
                hint=Message("own-program.no-program.hint", "Install it, or correct its path."),
            )
        if program.suffix.lower() in _BY_A_SHELL:
            raise EngineUnavailableError(
                Message(
                    "own-program.by-a-shell",
                    "{program} would be run by a shell, which is not done.",
                    program=program,
                ),
                hint=Message(
                    "own-program.by-a-shell.hint", "Name the program that it runs itself."
                ),
            )

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the voices that the station names."""
        return tuple(map(self.about, self._voices))

    def about(self, voice: str) -> VoiceInfo:
        """Give what the station says of its program's voices."""
        told = Message("own-program.voice", "by your own program")
        return VoiceInfo(voice, "mul", told, licence=self._settings.licence)

    def speak(self, utterance: Utterance) -> bytes:
        """Give what the program wrote. It is stopped when it takes too long or writes too much."""
        self.check(utterance.voice.language)
        words = sayable(utterance.words)
        if not words:
            return silence()
        name = utterance.voice.name
        voice = self._voices[0] if name == "default" else name
        if voice not in self._voices:
            raise BroadcastError(
                Message(
                    "own-program.no-voice", "[voices.command] has no voice “{name}”.", name=name
                ),
                hint=VOICES_HINT,
            )
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            # A program may say much, and none shall wait for anybody to read it.
            (Path(folder) / "told").open("w+b") as told,
        ):
            meant = {"{voice}": voice, "{language}": utterance.voice.language}
            return self._output(Path(folder), words, meant, told.fileno())

    def stop(self) -> None:
        """End the programs that run."""
        with self._starting:
            self._stopped = True
            for program in self._running:
                _end(program)

    @cached_property
    def _digest(self) -> str:
        try:
            with Path(self._settings.command[0]).open("rb") as program:
                return file_digest(program, "sha256").hexdigest()[:16]
        except (LookupError, OSError):
            return "no program"

    def _output(self, folder: Path, words: str, meant: dict[str, str], told: int) -> bytes:
        text_file, out_wav = folder / "words.txt", folder / "speech.wav"
        text_file.write_text(words + "\n", encoding="utf-8", newline="\n")
        meant |= {_TEXT: str(text_file), _OUT: str(out_wav)}
        status = self._run([_filled(word, meant) for word in self._settings.command], out_wav, told)
        if status != 0:
            raise _failed(
                words,
                Message(
                    "own-program.status",
                    "it ended with status {status}, saying: {told}",
                    status=status,
                    told=others_words(_last_words(folder / "told")),
                ),
            )
        if out_wav.is_symlink() or not out_wav.is_file() or not out_wav.stat().st_size:
            raise _failed(words, Message("own-program.nothing", "it wrote no sound"))
        return out_wav.read_bytes()

    def _run(self, command: list[str], out_wav: Path, told: int) -> int:
        """Run the program to its end, or end it; give its status."""
        with self._starting:
            if self._stopped:
                raise OutsideError(Message("own-program.stopped", "The command was stopped."))
            try:
                program = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=told,
                    stderr=told,
                    cwd=out_wav.parent,
                    # What it starts itself ends with it.
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise EngineUnavailableError(
                    Message(
                        "own-program.cannot-start",
                        "{program} cannot be started: {why}.",
                        program=command[0],
                        why=system_reason(error),
                    ),
                    hint=Message("own-program.no-program.hint", "Install it, or correct its path."),
                ) from error
            self._running.add(program)
        try:
            return self._watched(program, out_wav)
        finally:
            _end(program)
            program.wait()
            self._running.discard(program)

    def _watched(self, program: subprocess.Popen[bytes], out_wav: Path) -> int:
        until = monotonic() + self._settings.seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                return program.wait(_LOOKS_S)
            if monotonic() > until:
                raise OutsideError(
                    Message(
                        "own-program.late",
                        "The command under [voices.command] did not finish in {seconds} seconds.",
                        seconds=self._settings.seconds,
                    ),
                    hint=_HINT,
                )
            if sum(_sizes(out_wav.parent)) > _LARGEST_MB * 1_000_000:
                raise OutsideError(
                    Message(
                        "own-program.too-much",
                        "The command under [voices.command] writes more than {mb} MB.",
                        mb=_LARGEST_MB,
                    ),
                    hint=_HINT,
                )


def _filled(word: str, meant: dict[str, str]) -> str:
    for name, value in meant.items():
        word = word.replace(name, value)
    return word


def _sizes(folder: Path) -> Iterator[int]:
    for file in folder.iterdir():
        with suppress(OSError):  # it is gone by now
            yield file.lstat().st_size


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with all that it started."""
    if program.poll() is not None:
        return
    with suppress(OSError):
        if sys.platform == "win32":
            program.kill()
        else:
            os.killpg(program.pid, signal.SIGKILL)


def _last_words(file: Path) -> str:
    with file.open("rb") as told:
        told.seek(max(0, file.stat().st_size - _TOLD))
        lines = told.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "…")


def _failed(words: str, why: Message) -> OutsideError:
    return OutsideError(
        Message(
            "own-program.failed",
            "The command under [voices.command] did not speak {words}: {why}.",
            words=quoted(words),
            why=why,
        ),
        hint=_HINT,
    )
