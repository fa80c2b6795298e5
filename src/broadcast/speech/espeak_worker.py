"""Words on stdin, eSpeak NG's 16-bit samples on stdout: one utterance, one process.

    python -I -S espeak_worker.py LIBRARY voices
    python -I -S espeak_worker.py LIBRARY speak LANGUAGES VARIANT RATE   < words in UTF-8

LANGUAGES are tags joined by commas, the best first; VARIANT is as in ``+f2``, or empty; RATE is
in words per minute, or empty. ``voices`` prints a line for each tag a voice has: tag, identifier,
description, separated by tabs.

What eSpeak NG says depends on what its process said before, hence a process for each utterance. A
build starts hundreds, so this imports next to nothing. It runs in the directory that holds
``espeak-ng-data``, and names that relative to it: the library keeps 160 bytes for the path and, on
Windows, reads it in the local code page.
"""

from __future__ import annotations

import ctypes
import sys

TYPE_CHECKING = False  # typing alone would take as long to import as a sentence to say
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

RATE_HZ = 22_050
CANNOT_START, NO_SUCH_VOICE, CANNOT_SPEAK = 3, 4, 5

# About four Vietnamese syllables a second, pauses within the sentence counted: a newsreader's pace.
DEFAULT_RATE_WPM = 175
# At 100 the loud syllables of several voices run into the synthesizer's own gain reducer.
VOLUME = 60

# From speak_lib.h of eSpeak NG 1.52. Of the text flags only the encoding is set: without espeakSSML
# and espeakPHONEMES, <tags> and [[phonemes]] are text like any other.
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
PARAMETER_RATE, PARAMETER_VOLUME = 1, 2
CHARS_UTF8 = 1
OK = 0


class EspeakVoice(ctypes.Structure):
    """espeak_VOICE; ``languages`` points to entries of a rank byte, a tag and a NUL."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


def stop(status: int, reason: str) -> NoReturn:
    """End the process, telling the parent why."""
    sys.stderr.write(reason)
    raise SystemExit(status)


def started(library: str) -> ctypes.CDLL:
    """Load and initialise eSpeak NG, with the types of what is called."""
    try:
        espeak = ctypes.CDLL(library)
    except OSError as error:
        stop(CANNOT_START, str(error))
    espeak.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(EspeakVoice))
    espeak.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    espeak.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    rate_hz = espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, b".", INITIALIZE_DONT_EXIT)
    if rate_hz != RATE_HZ:
        stop(CANNOT_START, f"espeak_Initialize gave {rate_hz}")
    # The noise of breathy variants (+f2, +whisper) is seeded with the time of day.
    espeak.espeak_ng_SetRandSeed(ctypes.c_long(1))
    return espeak


def voices(espeak: ctypes.CDLL) -> Iterator[tuple[int, str, str, str]]:
    """Give rank, tag, identifier and description of every voice's every language."""
    listed = espeak.espeak_ListVoices(None)
    index = 0
    while listed[index]:
        voice = listed[index].contents
        index += 1
        entry = voice.languages
        while rank := ctypes.string_at(entry, 1)[0]:
            tag = ctypes.string_at(entry + 1)
            entry += len(tag) + 2
            yield rank, tag.decode(), voice.identifier.decode(), voice.name.decode().strip()


def select_voice(espeak: ctypes.CDLL, languages: list[str], variant: str) -> None:
    """Make the first of ``languages`` that eSpeak NG has the voice, in ``variant``."""
    for language in languages:
        if espeak.espeak_SetVoiceByName((language + variant).encode()) == OK:
            return
        # A voice is found by its own name only; "zh" and "no" are further tags of others.
        for _, _, identifier, _ in sorted(row for row in voices(espeak) if row[1] == language):
            if espeak.espeak_SetVoiceByName((identifier + variant).encode()) == OK:
                return
    stop(NO_SUCH_VOICE, languages[0] + variant)


def speech(espeak: ctypes.CDLL, words: bytes) -> bytes:
    """Say ``words``: 16-bit mono samples at RATE_HZ."""
    pieces: list[bytes] = []

    def keep(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count:
            pieces.append(ctypes.string_at(samples, 2 * count))
        return OK

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(keep)
    espeak.espeak_SetSynthCallback(callback)
    status = espeak.espeak_Synth(words, len(words) + 1, 0, 0, 0, CHARS_UTF8, None, None)
    if status != OK or espeak.espeak_Synchronize() != OK:
        stop(CANNOT_SPEAK, f"espeak_Synth gave {status}")
    return b"".join(pieces)


def main(library: str, task: str, languages: str = "", variant: str = "", rate: str = "") -> None:
    """Do what the command line says."""
    espeak = started(library)
    if task == "voices":
        lines = ("\t".join(row[1:]) + "\n" for row in voices(espeak))
        sys.stdout.buffer.write("".join(lines).encode())
        return
    select_voice(espeak, languages.split(","), variant)
    espeak.espeak_SetParameter(PARAMETER_RATE, int(rate or DEFAULT_RATE_WPM), 0)
    espeak.espeak_SetParameter(PARAMETER_VOLUME, VOLUME, 0)
    sys.stdout.buffer.write(speech(espeak, sys.stdin.buffer.read()))


if __name__ == "__main__":
    main(*sys.argv[1:])
