"""One sentence → how each voice that works here says it, and a page to listen to them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.media.decode import decode
from broadcast.media.write import write
from broadcast.messages import Message
from broadcast.model import Utterance, Voice
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.read_script import lexicon_of, script_of
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.desk.trust import ask_leave
from broadcast.production.desk.work import Work
from broadcast.production.voicing.before import tell_before
from broadcast.production.voicing.voices import engine_named, is_named, voices_of
from broadcast.speech import Engine, VoiceInfo, all_offered
from broadcast.spoken import built_in_lexicon, read_lexicon, say, style_from
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

_MOST = 12
"""So many voices of an engine are heard: a service may have hundreds, and want money for each."""
_SAMPLING = Message("stage.sampling", "speaking")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem;"
    "color-scheme:light dark}audio{width:100%}h2{margin:1.5rem 0 0;font-size:1.1rem}"
    "p{margin:.2rem 0}small{opacity:.8}"
)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A voice of an engine and the file in which it speaks, or why it does not."""

    engine: str
    voice: VoiceInfo
    licence: str
    file: str = ""
    failed: Message | None = None


def sentence_of(workspace: Workspace, station: Station, script: Path | None, language: str) -> str:
    """Give what to say: the longest of a script's first sentences, or the show's title."""
    if script is None:
        lexicon = built_in_lexicon(language)
        if workspace.lexicon_file.is_file():
            lexicon = lexicon.extended(read_lexicon(workspace.lexicon_file))
        text = station.show.title
    else:
        read = script_of(station, script)
        lexicon = lexicon_of(workspace, read)
        text = max((turn.text.split("\n")[0] for turn in read.turns[:6]), key=len, default="")
        text = text or station.show.title
    said = say(text, language=language, lexicon=lexicon, style=style_from(station.spoken)).text
    return said[: said.find(". ") + 1] or said


def sample_voices(
    workspace: Workspace,
    station: Station,
    sentence: str,
    language: str,
    reporter: Reporter,
    told: Callable[[Message], str],
    *,
    offline: bool,
) -> Path:
    """Speak a sentence in each voice for a language, and give the page that plays them.

    What another call left there is taken away. ``told`` puts a message into the user's language.
    """
    folder = workspace.samples
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    work = Work(cache_of(workspace, station), 1, reporter)
    samples = []
    for offered in all_offered():
        engine = engine_named(offered.name, workspace, station)
        try:
            if engine.online and (offline or not is_named(engine, station)):
                continue
            ask_leave(engine, reporter)
            engine.check(language)
            voices = _voices(engine, language)
            settings = voices_of(station, engine)
            asked = [
                Utterance(sentence, Voice(engine.name, one.name, language, settings.rate))
                for one in voices
            ]
            tell_before(engine, asked, settings, workspace, work)
        except BroadcastError as error:
            reporter.say(
                Message(
                    "samples.no-engine",
                    "{engine} is left out: {why}",
                    engine=offered.name,
                    why=error.message,
                )
            )
            continue
        for number, (voice, utterance) in enumerate(zip(voices, asked, strict=True), 1):
            reporter.step(_SAMPLING, number, len(voices), f"{engine.name} {voice.name}")
            samples.append(_sample(engine, voice, utterance, folder))
    page = folder / "index.html"
    write_atomic(page, "\n".join(_page(samples, sentence, language, told)).encode("utf-8"))
    return page


def _voices(engine: Engine, language: str) -> list[VoiceInfo]:
    """Give the voices to hear: those that are here, each speaker of them for itself."""
    found: list[VoiceInfo] = []
    for voice in engine.voices():
        if voice.missing is not None or not voice.speaks(language):
            continue
        several = voice.speakers > 1
        found += (
            [replace(voice, name=f"{voice.name}#{one}") for one in range(voice.speakers)]
            if several
            else [voice]
        )
    return found[:_MOST]


def _sample(engine: Engine, voice: VoiceInfo, utterance: Utterance, folder: Path) -> _Sample:
    licence = voice.licence or engine.declares.licence
    name = "".join(sign if sign.isalnum() else "-" for sign in f"{engine.name}-{voice.name}")
    try:
        spoken = folder / f"{name}.spoken"
        spoken.write_bytes(engine.speak(utterance))
        write(folder / f"{name}.mp3", decode(spoken))
        spoken.unlink()
    except BroadcastError as error:
        return _Sample(engine.name, voice, licence, failed=error.message)
    return _Sample(engine.name, voice, licence, f"{name}.mp3")


def _page(
    samples: list[_Sample], sentence: str, language: str, told: Callable[[Message], str]
) -> Iterator[str]:
    title = escape(told(Message("samples.title", "How the voices here sound")))
    yield "<!doctype html>"
    yield f'<html lang="{escape(language)}"><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(sentence)}</p>"
    for one in samples:
        yield f"<h2>{escape(one.engine)}: {escape(one.voice.name)}</h2>"
        if one.failed is not None:
            yield f"<p>{escape(told(one.failed))}</p>"
            continue
        yield f'<audio controls preload="none" src="{escape(one.file)}"></audio>'
        if one.licence:
            yield f"<p><small>{escape(one.licence)}</small></p>"
        if one.voice.caution is not None:
            yield f"<p><small>{escape(told(one.voice.caution))}</small></p>"
    yield "</html>"
