"""Words → speech by the embedded eSpeak NG: offline, instant, and the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.language import same_language
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.model import Declaration, NoSettings, Utterance
from broadcast.speech import espeak_worker
from broadcast.speech.engine import (
    LANGUAGES_HINT,
    VOICES_HINT,
    VoiceInfo,
    parent_languages,
    quoted,
    sayable,
    silence,
    wav_file,
)
from broadcast.speech.voice_names import LanguageNames, described

RATES_WPM = range(80, 451)
"""Speaking rates eSpeak NG takes (espeakRATE in speak_lib.h)."""

_SECONDS = 60
"""A worker that has not ended by then hangs: an hour of speech takes it five."""
# The letter's name in English, which eSpeak NG takes for the article: seven a m, the A one.
_LETTER_A = re.compile(r"(?<=\w )(?:a(?= m\b)|A(?= ))")
_INSTALL_AGAIN = Message(
    "install-again",
    "Install broadcast again: python -m pip install --force-reinstall broadcast",
)
_VARIANT = Message("voice.variant", "variants, written after any voice")


class Espeak:
    """eSpeak NG from the espeakng-loader package, one clean process for each utterance.

    A voice is a language, and after it a variant if wanted: ``vi``, ``vi-vn-x-south+f2``.
    """

    name = "espeak"
    online = False
    # Each utterance keeps one processor busy, and two threads are what a small laptop spares.
    jobs = 2
    service: str | None = None
    declares = Declaration(
        names=LanguageNames("+", variants=True),
        # Apart by pitch (99, 165; 77, 206, 75, 187 Hz in Vietnamese) and timbre. None of them has
        # an echo, which eSpeak NG would cut off where the sentence ends.
        by_role={
            "presenter": ("+Alex",),
            "reporter": ("+Annie",),
            "official": ("+robert", "+belinda", "+m4", "+aunty"),
        },
        repeats=True,
        by_gender={
            "woman": ("+Annie", "+belinda", "+aunty"),
            "man": ("+robert", "+m4", "+Alex"),
        },
        rates_wpm=RATES_WPM,
        licence="GPL-3.0-or-later",
    )

    def __init__(self, settings: NoSettings | None = None) -> None:
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._starting = threading.Lock()

    def version(self) -> str:
        """Name the library's release and the settings, which are the worker's text."""
        return self._version

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError if the library does not load or lacks ``language``."""
        try:
            if self._is_variant(language):
                raise _NoSuchVoiceError
            self._samples(language)
        except _NoSuchVoiceError as error:
            raise EngineUnavailableError(
                Message(
                    "espeak.no-language",
                    "The offline voice (eSpeak NG) does not speak the language “{language}”.",
                    language=language,
                ),
                hint=LANGUAGES_HINT,
            ) from error

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List a voice for each of eSpeak NG's languages, then the variants."""
        lines = self._worker_output("voices").decode().splitlines()
        found: dict[str, VoiceInfo] = {}
        for line in lines:
            tag, _, description = line.split("\t")
            if len(tag.partition("-")[0]) > 3:  # Klingon's: a word of four letters is no language
                continue
            found.setdefault(tag, VoiceInfo(tag, tag, described(tag, description)))
        variants = (
            VoiceInfo(f"+{name}", "", _VARIANT) for name in sorted(self._variants, key=str.casefold)
        )
        return (*sorted(found.values(), key=lambda voice: voice.name), *variants)

    def speak(self, utterance: Utterance) -> bytes:
        """Give a WAV file (22,050 Hz, mono, 16 bits) of the words; equal utterances, equal bytes.

        Measured at the default rate: 0 to 67 ms of silence before the words, about 7 ms after them.
        """
        voice, words = utterance.voice, sayable(utterance.words)
        language, plus, variant = voice.name.partition("+")
        if self._is_variant(language) or (plus and variant not in self._variants):
            raise _unknown(voice.name)
        if voice.rate is not None and voice.rate not in RATES_WPM:
            raise BroadcastError(
                Message(
                    "espeak.rate",
                    "The offline voice cannot speak at {rate} words per minute.",
                    rate=voice.rate,
                ),
                hint=Message(
                    "espeak.rate.hint",
                    "Choose a rate from {low} to {high}.",
                    low=RATES_WPM.start,
                    high=RATES_WPM.stop - 1,
                ),
            )
        if not words:
            return silence()
        if same_language(language, "en"):
            words = _LETTER_A.sub("eh", words)
        try:
            pcm = self._samples(language, plus + variant, voice.rate, words)
        except _NoSuchVoiceError as error:
            raise _unknown(voice.name) from error
        return wav_file(pcm, espeak_worker.RATE_HZ)

    def stop(self) -> None:
        """End the workers."""
        with self._starting:
            self._stopped = True
            for worker in self._workers:
                worker.kill()

    @cached_property
    def _library(self) -> Path:
        """The shared library; its directory holds espeak-ng-data too."""
        try:
            import espeakng_loader

            espeakng_loader.get_data_path()
            return Path(espeakng_loader.get_library_path()).resolve(strict=True)
        except (ImportError, RuntimeError, OSError) as error:
            raise _incomplete() from error

    @cached_property
    def _variants(self) -> frozenset[str]:
        """Variants by name. eSpeak NG itself passes over one it does not have."""
        folder = self._library.parent / "espeak-ng-data" / "voices" / "!v"
        try:
            return frozenset(file.name for file in folder.iterdir())
        except OSError as error:
            raise _incomplete() from error

    def _is_variant(self, language: str) -> bool:
        """Say whether this is no language: eSpeak NG takes it for one, and then has no sounds."""
        folder = self._library.parent / "espeak-ng-data" / "voices" / "!v"
        return folder.is_dir() and language.casefold() in map(str.casefold, self._variants)

    def _samples(
        self, language: str, variant: str = "", rate: int | None = None, words: str = ""
    ) -> bytes:
        """Give the words as 16-bit samples."""
        # eSpeak NG takes a path for a name too, and an argument cannot hold every character.
        if not re.fullmatch(r"[A-Za-z0-9_-]+", language):
            raise _NoSuchVoiceError
        languages = ",".join(parent_languages(language))
        return self._worker_output(
            "speak", languages, variant, "" if rate is None else str(rate), words=words
        )

    def _worker_output(self, *task: str, words: str = "") -> bytes:
        """Run one worker and give what it wrote."""
        try:
            output, told, status = self._run(task, words.encode("utf-8"))
        except subprocess.TimeoutExpired as error:
            raise OutsideError(
                _late(words),
                hint=Message("espeak.late.hint", "Make the sentence shorter, or record it."),
            ) from error
        except OSError as error:
            raise EngineUnavailableError(
                Message(
                    "espeak.cannot-start",
                    "The offline voice (eSpeak NG) cannot be started: {why}.",
                    why=system_reason(error),
                ),
                hint=_INSTALL_AGAIN,
            ) from error
        reason = told.decode("utf-8", "replace").strip()
        if status == espeak_worker.NO_SUCH_VOICE:
            raise _NoSuchVoiceError
        if status == espeak_worker.CANNOT_START:
            raise EngineUnavailableError(
                Message(
                    "espeak.cannot-load",
                    "The offline voice (eSpeak NG) cannot be loaded: {why}.",
                    why=" ".join(reason.split()),
                ),
                hint=_INSTALL_AGAIN,
            )
        if status != 0:
            last = reason.splitlines()[-1:] or [f"status {status}"]
            raise OutsideError(
                _broke_off(words, last[0]),
                hint=Message(
                    "espeak.broke-off.hint", "Write the sentence differently, or record it."
                ),
            )
        return output

    @cached_property
    def _version(self) -> str:
        try:
            release = version("espeakng-loader")
        except PackageNotFoundError as error:
            raise EngineUnavailableError(
                Message("espeak.not-installed", "The offline voice (eSpeak NG) is not installed."),
                hint=_INSTALL_AGAIN,
            ) from error
        settings = Path(espeak_worker.__file__).read_text("utf-8") + _LETTER_A.pattern
        return f"espeakng-loader {release}, settings {sha256(settings.encode()).hexdigest()[:8]}"

    def _run(self, task: Sequence[str], words: bytes) -> tuple[bytes, bytes, int]:
        """Run one worker to its end: what it wrote on stdout and on stderr, and its status."""
        with self._starting:
            if self._stopped:
                raise OutsideError(
                    Message("espeak.stopped", "The offline voice (eSpeak NG) was stopped.")
                )
            worker = subprocess.Popen(
                [sys.executable, "-I", "-S", espeak_worker.__file__, str(self._library), *task],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._library.parent,
                # No console window flashes up on Windows for every sentence.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._workers.add(worker)
        with worker:
            try:
                output, told = worker.communicate(words, _SECONDS)
            except BaseException:
                worker.kill()
                raise
            finally:
                self._workers.discard(worker)
        return output, told, worker.returncode


class _NoSuchVoiceError(Exception):
    """The worker has no voice of that name; never leaves this file."""


def _late(words: str) -> Message:
    if not words:
        return Message(
            "espeak.late",
            "The offline voice (eSpeak NG) did not finish in {seconds} seconds.",
            seconds=_SECONDS,
        )
    return Message(
        "espeak.late-saying",
        "The offline voice (eSpeak NG) did not finish in {seconds} seconds while it said {words}.",
        seconds=_SECONDS,
        words=quoted(words),
    )


def _broke_off(words: str, why: str) -> Message:
    if not words:
        return Message(
            "espeak.broke-off", "The offline voice (eSpeak NG) stopped ({why}).", why=why
        )
    return Message(
        "espeak.broke-off-saying",
        "The offline voice (eSpeak NG) stopped while it said {words} ({why}).",
        words=quoted(words),
        why=why,
    )


def _incomplete() -> EngineUnavailableError:
    return EngineUnavailableError(
        Message("espeak.incomplete", "The offline voice (eSpeak NG) is not installed completely."),
        hint=_INSTALL_AGAIN,
    )


def _unknown(name: str) -> BroadcastError:
    return BroadcastError(
        Message(
            "espeak.no-voice", "The offline voice (eSpeak NG) has no voice “{name}”.", name=name
        ),
        hint=VOICES_HINT,
    )
