"""The command about voices: which there are, how they sound, and how to get one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, language_tag, station_here, station_if_any
from broadcast.cli.console import agreed, make_table, out
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import OfflineOption
from broadcast.cli.telling import Telling
from broadcast.errors import OutsideError, UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from rich.table import Table

    from broadcast.production.voicing.voices import EngineHere
    from broadcast.speech import VoiceInfo

_WORKS = Message("voices.works", "works here")
_ONLINE = Message("voices.online", "online")
_OFFLINE = Message("voices.offline", "offline")
_NONE = Message("voices.nothing", "–")
_GENDERS = {
    "female": Message("voices.female", "female"),
    "male": Message("voices.male", "male"),
    "": _NONE,
}
_MANY = Message("voices.many-languages", "several")
_NO_LICENCE = Message("voices.no-licence", "not told")
_HERE = Message("voices.here", "here")
_NOT_HERE = Message("voices.not-here", "not here")
_WIDTH = 74


@command("voices", help_text("command.voices", "List the engines and voices that work here."))
def voices_(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help=help_text(
                "option.voices",
                "get NAME downloads that voice for all your stations; SCRIPT gives the sentence "
                "for --sample.",
            ),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help=help_text("option.lang", "Another language: en, fr, …")
        ),
    ] = None,
    sample: Annotated[
        bool,
        typer.Option(
            "--sample",
            help=help_text(
                "option.sample", "Speak a sentence in each voice that works, to listen to."
            ),
        ),
    ] = False,
    given: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=help_text("option.from", "Do not download: take this file, loaded elsewhere."),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=help_text("option.yes", "Do not ask."))
    ] = False,
    offline: OfflineOption = False,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.read_station import station_of
    from broadcast.production.voicing.voices import engines_here

    words = what or []
    if words[:1] == ["get"] and len(words) == 2 and not sample:
        station_if_any(station)  # voices are for all stations; its people speak its language
        _get(words[1], tuple(given or ()), yes=yes)
        return
    if len(words) > int(sample) or given:
        raise UsageError(
            Message("voices.unclear", "It is not clear what is wanted of `voices`."),
            hint=Message(
                "voices.unclear.hint",
                "broadcast voices, broadcast voices get NAME, or broadcast voices --sample SCRIPT",
            ),
        )
    workspace = station_here(station)
    settings = station_of(workspace)
    wanted = language_tag(language) or settings.show.language
    offline = offline or settings.offline
    if sample:
        from broadcast.production.voicing.samples import sample_voices, sentence_of

        script = Path(words[0]) if words else None
        with Telling() as telling:
            sentence = sentence_of(workspace, settings, script, wanted)
            page = sample_voices(
                workspace, settings, sentence, wanted, telling, text_of, offline=offline
            )
        out().say(Message("voices.sampled", "Listen to them: {page}", page=page))
        return
    here = engines_here(workspace, settings, wanted, offline=offline)
    _show(here, wanted)
    if all(engine.unavailable for engine in here):
        raise typer.Exit(OutsideError.exit_status)


def _show(here: Sequence[EngineHere], wanted: str) -> None:
    from broadcast.speech import passed_over
    from broadcast.speech.known_voices import place_of_voices

    console = out()
    for engine in here:
        state = _WORKS if engine.unavailable is None else engine.unavailable
        where = _ONLINE if engine.online else _OFFLINE
        told = Message(
            "voices.engine",
            "{engine} ({where}): {state}",
            engine=engine.name,
            where=where,
            state=state,
        )
        console.say(told)
        if engine.hint is not None:
            console.say(engine.hint, indent=2)
        voices = [voice for voice in engine.voices if voice.speaks(wanted)]
        if voices:
            console.show(_table(voices, engine))
        if any(voice.missing for voice in voices):
            console.say(Message("voices.get", "To get one: broadcast voices get NAME"), indent=2)
        for why, names in _cautions(voices):
            console.write(_wrapped(text_of(_caution(names, why))))
        variants = (voice for voice in engine.voices if not voice.language)
        for description, alike in groupby(variants, key=lambda voice: voice.description):
            console.say(
                Message("voices.alike", "{description}:", description=description), indent=2
            )
            listed = textwrap.wrap(", ".join(voice.name for voice in alike), _WIDTH)
            console.write(textwrap.indent("\n".join(listed), " " * 4))
    for warning in passed_over():
        console.say(warning)
    console.say(
        Message(
            "voices.how",
            "A voice is chosen in station.toml, under [voices.ENGINE], or with --voice.",
        )
    )
    console.say(
        Message("voices.place", "Downloaded voices are in {folder}.", folder=place_of_voices())
    )


def _cautions(voices: Sequence[VoiceInfo]) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Give each reason for caution, with the voices that it concerns."""
    reasons: list[Message] = []
    for voice in voices:
        if voice.caution is not None and voice.caution not in reasons:
            reasons.append(voice.caution)
    for why in reasons:
        yield why, tuple(voice.name for voice in voices if voice.caution == why)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _caution(names: tuple[str, ...], why: Message) -> Message:
    return Message(
        "voices.caution",
        "Look into this before they go on air ({names}): {why}.",
        names=names,
        why=why,
    )


def _table(voices: Sequence[VoiceInfo], engine: EngineHere) -> Table:
    table = make_table(
        Message("column.voice", "voice"),
        Message("column.language", "language"),
        Message("column.gender", "gender"),
        Message("column.licence", "licence"),
        Message("column.state", "state"),
        Message("column.description", "what it is"),
    )
    table.columns[0].no_wrap = True  # it is what one has to write
    for voice in voices:
        table.add_row(*_cells(voice, engine))
    return table


def _cells(voice: VoiceInfo, engine: EngineHere) -> Iterator[str]:
    yield voice.name
    yield text_of(_MANY) if voice.language == "mul" else voice.language.partition("-")[0]
    yield text_of(_GENDERS[voice.gender])
    yield voice.licence or engine.licence or text_of(_NO_LICENCE)
    yield text_of(_NOT_HERE if voice.missing else _HERE if engine.unavailable is None else _NONE)
    yield voice.description if isinstance(voice.description, str) else text_of(voice.description)


def _get(name: str, given: tuple[Path, ...], *, yes: bool) -> None:
    from broadcast.production.voicing.get_voice import get_voice, is_here, voice_to_get
    from broadcast.speech.known_voices import CAUTIONS

    voice = voice_to_get(name)
    console = out()
    console.say(
        Message(
            "get.about",
            "{name}: {bytes:bytes} to download, {rate_hz} Hz, speakers: {speakers}, "
            "languages: {languages}",
            name=name,
            bytes=voice.bytes,
            rate_hz=voice.rate_hz,
            speakers=voice.speakers,
            languages=voice.languages,
        )
    )
    console.say(
        Message(
            "get.licence",
            "Licence of the model: {model}; of what it was made from: {data}",
            model=voice.model_licence or _NO_LICENCE,
            data=voice.data_licence or _NO_LICENCE,
        )
    )
    for source in voice.sources:
        console.write(source)
    if voice.caution:
        console.say(_caution((name,), CAUTIONS[voice.caution]))
    if is_here(voice):
        console.say(Message("get.here", "It is here already."))
        return
    if voice.caution and not yes and not _wanted():
        return
    with Telling() as telling:
        gotten = get_voice(voice, telling, given)
    if gotten.verified:
        console.say(
            Message(
                "get.verified",
                "Verified: its SHA-256 is the one told at {pages}.",
                pages=tuple(dict.fromkeys(file.sha256_read_at for file in voice.files)),
            )
        )
    else:
        console.say(
            Message(
                "get.not-verified",
                "Not verified: no public page tells its hash. That of this download is remembered, "
                "and a later one is held against it: {sha256}",
                sha256=gotten.sha256,
            )
        )
    console.say(Message("get.done", "It is in {folder}.", folder=gotten.folder))


def _wanted() -> bool:
    answer = agreed(Message("get.so", "Download it all the same?"))
    if answer is None:
        raise UsageError(
            Message("get.nobody-answered", "Nothing was downloaded: nobody answered."),
            hint=Message("get.nobody-answered.hint", "To download it unasked, add --yes."),
        )
    if not answer:
        out().say(Message("get.nothing", "Nothing was downloaded."))
    return answer
