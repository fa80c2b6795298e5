"""One line of text → an audio file: how the presenter would say it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from broadcast.errors import EngineUnavailableError, OutsideError, UsageError
from broadcast.media.decode import decode
from broadcast.media.write import WRITABLE, write
from broadcast.messages import Message
from broadcast.model import Utterance
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.desk.trust import ask_leave
from broadcast.production.desk.work import Work
from broadcast.production.voicing.before import tell_before
from broadcast.production.voicing.voices import engine_named, voices_of
from broadcast.speech import Engine, voice_for, voice_named
from broadcast.spoken import built_in_lexicon, read_lexicon, say, style_from
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic


def say_line(
    workspace: Workspace,
    station: Station,
    text: str,
    file: Path,
    reporter: Reporter,
    *,
    voice: str | None,
    engine: str | None,
    offline: bool,
) -> Utterance:
    """Say a line as the presenter would, into a WAV, MP3 or FLAC file; give what was said.

    ``voice`` is another one, of any language: the line is then read in that. Raises OutsideError
    when no engine can, UsageError for a file that cannot be written or is a recording.
    """
    if file.suffix.lower() not in WRITABLE:
        known = Message("say.endings", "{endings}", endings=tuple(sorted(WRITABLE)))
        if not file.suffix:
            raise UsageError(
                Message("say.no-ending", "Cannot write a file without ending."), hint=known
            )
        raise UsageError(
            Message("say.ending", "No sound is written as {ending}.", ending=file.suffix),
            hint=known,
        )
    if not any(character.isalnum() for character in text):
        raise UsageError(
            Message("say.nothing", "There is nothing in this text that a voice could say.")
        )
    if file.exists() and (workspace.root / "recordings").resolve() in file.resolve().parents:
        raise UsageError(
            Message(
                "say.recording",
                "{file} is a recording, and none is ever overwritten.",
                file=file,
            ),
            hint=Message("say.recording.hint", "Give another name."),
        )
    engines = [
        engine_named(name, workspace, station) for name in ([engine] if engine else station.engines)
    ]
    if not station.fallback:
        engines = ([one for one in engines if not (offline and one.online)] or engines)[:1]
    chosen = _first_that_works(engines, station, voice, reporter, offline=offline)
    language = _language(chosen, station, voice)
    lexicon = built_in_lexicon(language)
    if workspace.lexicon_file.is_file():
        lexicon = lexicon.extended(read_lexicon(workspace.lexicon_file))
    words = say(text, language=language, lexicon=lexicon, style=style_from(station.spoken)).text
    own = voices_of(station, chosen)
    spoken = Utterance(
        words,
        voice_named(voice, chosen, own, language)
        if voice
        else voice_for(chosen, own, "presenter", 0, language),
    )
    work = Work(cache_of(workspace, station), 1, reporter)
    tell_before(chosen, [spoken], own, workspace, work)
    with tempfile.TemporaryDirectory() as folder:
        said, whole = Path(folder) / "said", Path(folder) / f"whole{file.suffix}"
        said.write_bytes(chosen.speak(spoken))
        write(whole, decode(said))
        write_atomic(file, whole.read_bytes())
    return spoken


def _language(engine: Engine, station: Station, voice: str | None) -> str:
    """Give the language of the voice that was asked for; where it speaks any, the show's."""
    spoken = engine.declares.names.language_of(voice) if voice else None
    return spoken or station.show.language


def _first_that_works(
    engines: Sequence[Engine],
    station: Station,
    voice: str | None,
    reporter: Reporter,
    *,
    offline: bool,
) -> Engine:
    failed: EngineUnavailableError | None = None
    for engine in engines:
        if failed and not offline:
            reporter.say(
                Message(
                    "build.next-engine",
                    "{why} Going on with {engine}.",
                    why=failed.message,
                    engine=engine.name,
                )
            )
        try:
            if offline and engine.online:
                raise EngineUnavailableError(
                    Message(
                        "say.offline",
                        "{engine} needs the network, which is not to be used.",
                        engine=engine.name,
                    ),
                    hint=Message("say.offline.hint", "Use espeak."),
                )
            ask_leave(engine, reporter)
            engine.check(_language(engine, station, voice))
        except EngineUnavailableError as error:
            failed = error
        else:
            return engine
    raise failed or OutsideError(
        Message("say.no-engine", "The station names no voice engine."), file="station.toml"
    )
