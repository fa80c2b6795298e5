"""An episode into its page: a player, chapters, and a transcript to read and to listen from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import FEED, INDEX, media_path, page_path, url
from broadcast.feed.figures import size_in
from broadcast.feed.page_frame import (
    Look,
    cover_image,
    facts_of,
    head,
    look_at,
    page,
    paragraphs,
)
from broadcast.feed.page_player import player
from broadcast.feed.page_share import elsewhere, share_section
from broadcast.feed.page_timeline import timeline_section
from broadcast.feed.page_transcript import start_of, transcript_section
from broadcast.feed.published import FileKind, PublishedEpisode
from broadcast.feed.shelves import NOBODY, Neighbours
from broadcast.feed.show_notes import credit_lines
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Show, TranscriptSentence
from broadcast.model.units import clock_at
from broadcast.text import xml_text


def episode_page(
    show: Show,
    episode: PublishedEpisode,
    sentences: Sequence[TranscriptSentence],
    look: Look,
    beside: Neighbours = NOBODY,
) -> bytes:
    """Give an episode's page: player, chapters, and a transcript to read and to listen from."""
    words = words_for(episode.language, show.language)
    up = "../"
    look = look_at(look, episode)
    to_show = E.a({"href": up + INDEX, "lang": show.language}, "‹ " + xml_text(show.title))
    audio = up + quote(media_path(episode.files["audio"].name))
    text = episode.files.get("transcript_text")
    chapters = _chapters(episode, words, audio)
    transcript = transcript_section(
        sentences,
        episode.language,
        words,
        audio,
        up + quote(media_path(text.name)) if text else None,
    )
    canonical = url(show, page_path(episode))
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
        _jump(words, transcript=bool(transcript), chapters=bool(chapters)),
        *player(show, episode, words, look, audio, up),
        *_notice(episode, words),
        *_about(episode),
        *chapters,
        *timeline_section(episode, sentences, words, up),
        *transcript,
        _downloads(episode, words, up),
        share_section(canonical, xml_text(episode.title), words),
        *elsewhere(look, words),
        *_beside(beside, words),
        E.p({"class": "up"}, E.a({"href": up + INDEX}, "‹ " + words.pages.all_episodes)),
        E.p({"class": "source"}, canonical),
    )
    title = f"{xml_text(episode.title)} · {xml_text(show.title)}"
    page_head = head(show, look, up, title, episode.about or title, canonical, "article")
    page_head.append(_json_ld(show, episode, look))
    return page(page_head, words, main)


def _jump(words: ListenerWords, *, transcript: bool, chapters: bool) -> Any:
    """Give the row that leads past everything to what somebody came for."""
    places = {
        "transcript": words.pages.transcript if transcript else "",
        "chapters": words.pages.chapters if chapters else "",
        "downloads": words.pages.downloads,
    }
    links = [E.li(E.a({"href": f"#{place}"}, name)) for place, name in places.items() if name]
    return E.nav({"class": "jump", "aria-label": words.pages.jump}, E.ul(*links))


def _beside(beside: Neighbours, words: ListenerWords) -> list[Any]:
    told = (
        (beside.earlier, "prev", words.pages.earlier, "‹ "),
        (beside.later, "next", words.pages.later, "› "),
    )
    links = [
        E.p(
            E.span(sign + label + ": "),
            E.a(
                {
                    "href": quote(page_path(one).rpartition("/")[2]),
                    "rel": rel,
                    "lang": one.language,
                },
                xml_text(one.title),
            ),
        )
        for one, rel, label, sign in told
        if one
    ]
    return [E.nav({"class": "beside", "aria-label": words.pages.episodes}, *links)] if links else []


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
                {
                    "href": f"{audio}#t={start_of(chapter.start_ms)}",
                    "data-start": start_of(chapter.start_ms),
                },
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
