"""An episode into its page: a player, chapters, and a transcript to read and to listen from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import FEED, INDEX, media_path, page_path, url
from broadcast.feed.figures import size_in
from broadcast.feed.page_frame import Look, badge, cover_image, facts_of, head, page, paragraphs
from broadcast.feed.published import FileKind, PublishedEpisode
from broadcast.feed.show_notes import credit_lines
from broadcast.feed.xml_text import xml_text
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Show, TranscriptSentence
from broadcast.model.units import clock_at


def episode_page(
    show: Show, episode: PublishedEpisode, sentences: Sequence[TranscriptSentence], look: Look
) -> bytes:
    """Give an episode's page: player, chapters, and a transcript to read and to listen from."""
    words = words_for(episode.language, show.language)
    up = "../"
    if "cover" in episode.files:
        look = replace(look, picture=media_path(episode.files["cover"].name))
    to_show = E.a({"href": up + INDEX, "lang": show.language}, "‹ " + xml_text(show.title))
    audio = up + quote(media_path(episode.files["audio"].name))
    tracks = []
    if "transcript" in episode.files:
        tracks.append(
            E.track(
                kind="captions",
                src=up + quote(media_path(episode.files["transcript"].name)),
                srclang=episode.language,
                label=words.pages.captions,
            )
        )
    player = E.audio(
        {
            "controls": "controls",
            "preload": "metadata",
            "src": audio,
            "aria-label": words.pages.player,
            "id": "player",
        },
        *tracks,
    )
    main = E.main(
        {"id": "content"},
        E.p({"class": "up"}, to_show),
        E.section(
            {"class": "hero episode"},
            cover_image(look, up, 200),
            E.div(
                E.p({"class": "facts"}, *facts_of(episode, words)),
                E.h1({"lang": episode.language}, xml_text(episode.title)),
                *_people(episode, words),
            ),
        ),
        E.div({"class": "player"}, player),
        *_notice(episode, words),
        *_about(episode),
        *_chapters(episode, words, audio),
        *_transcript(episode, sentences, words),
        _downloads(episode, words, up),
        E.p({"class": "up"}, E.a({"href": up + INDEX}, "‹ " + words.pages.all_episodes)),
    )
    canonical = url(show, page_path(episode))
    title = f"{xml_text(episode.title)} · {xml_text(show.title)}"
    page_head = head(show, look, up, title, episode.description, canonical, "article")
    page_head.append(_json_ld(show, episode, look))
    return page(page_head, words, main)


def _json_ld(show: Show, episode: PublishedEpisode, look: Look) -> Any:
    audio = episode.files["audio"]
    seconds = round(episode.duration_ms / 1000)
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": episode.description,
        "url": url(show, page_path(episode)),
        "datePublished": episode.published.isoformat(),
        "dateModified": episode.updated.isoformat(),
        "inLanguage": episode.language,
        "timeRequired": f"PT{seconds}S",
        "image": url(show, look.shown),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": url(show, media_path(audio.name)),
            "encodingFormat": audio.type,
            "contentSize": str(audio.length),
            "duration": f"PT{seconds}S",
        },
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": show.title,
            "url": url(show),
            "webFeed": url(show, FEED),
        },
    }
    if episode.episode:
        facts["episodeNumber"] = episode.episode
    # "<" would let a title end the script.
    text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    return E.script({"type": "application/ld+json"}, xml_text(text))


def _people(episode: PublishedEpisode, words: ListenerWords) -> list[Any]:
    lines = (E.li(line) for line in credit_lines(episode, words))
    listed = E.ul({"class": "by", "aria-label": words.pages.people}, *lines)
    return [listed] if len(listed) else []


def _notice(episode: PublishedEpisode, words: ListenerWords) -> list[Any]:
    if not episode.synthetic:
        return []
    attributes = {"class": "notice", "role": "note"}
    if episode.disclosure:
        attributes["lang"] = episode.language
    return [E.p(attributes, xml_text(episode.disclosure) or words.pages.synthetic_notice)]


def _about(episode: PublishedEpisode) -> list[Any]:
    told = paragraphs(episode.about, episode.language)
    return [E.section({"class": "about"}, *told)] if told else []


def _chapters(episode: PublishedEpisode, words: ListenerWords, audio: str) -> list[Any]:
    if not episode.chapters:
        return []
    entries = [
        E.li(
            E.a(
                {"href": f"{audio}#t={chapter.start_ms / 1000:g}", **_start(chapter.start_ms)},
                E.span({"class": "clock"}, clock_at(chapter.start_ms)),
                E.span(xml_text(chapter.title)),
            )
        )
        for chapter in episode.chapters
    ]
    return [
        E.nav(
            {"class": "chapters", "aria-labelledby": "chapters"},
            E.h2({"id": "chapters"}, words.pages.chapters),
            E.ol({"lang": episode.language}, *entries),
        )
    ]


def _transcript(
    episode: PublishedEpisode, sentences: Sequence[TranscriptSentence], words: ListenerWords
) -> list[Any]:
    if not sentences:
        return []
    section = E.section(
        {"class": "transcript", "aria-labelledby": "transcript"},
        E.h2({"id": "transcript"}, words.pages.transcript),
        E.p({"class": "hint", "hidden": "hidden"}, words.pages.seek_hint),
    )
    for (speaker, synthetic), said in groupby(sentences, lambda one: (one.speaker, one.synthetic)):
        section.append(_turn(speaker, synthetic, said, episode.language, words))
    return [section]


def _turn(
    speaker: str,
    synthetic: bool,
    said: Iterable[TranscriptSentence],
    language: str,
    words: ListenerWords,
) -> Any:
    return E.div(
        {"class": "turn synthetic" if synthetic else "turn"},
        E.h3(xml_text(speaker), *([" ", badge(words)] if synthetic else [])),
        E.div(
            {"lang": language},
            *(
                E.button(
                    {"type": "button", "class": "line", **_start(one.start_ms)},
                    xml_text(one.text),
                )
                for one in said
            ),
        ),
    )


def _downloads(episode: PublishedEpisode, words: ListenerWords, up: str) -> Any:
    named: dict[FileKind, str] = {
        "audio": words.pages.download_audio,
        "small": words.pages.download_small,
        "transcript": words.pages.download_transcript,
        "transcript_srt": words.pages.download_transcript,
        "transcript_text": words.pages.transcript,
    }
    links = [
        E.li(
            E.a({"href": up + quote(media_path(file.name)), "download": file.name}, name),
            f" ({file.name.rsplit('.', 1)[-1].upper()}, {size_in(words, file.length)})"
            if kind in ("audio", "small")
            else f" ({file.name.rsplit('.', 1)[-1].upper()})",
        )
        for kind, name in named.items()
        if (file := episode.files.get(kind)) is not None
    ]
    return E.section(
        {"class": "downloads", "aria-labelledby": "downloads"},
        E.h2({"id": "downloads"}, words.pages.downloads),
        E.ul(*links),
    )


def _start(ms: int) -> dict[str, str]:
    return {"data-start": f"{ms / 1000:g}"}
