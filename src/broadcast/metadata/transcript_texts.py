"""A transcript's sentences into what is read: plain text, HTML, and JSON for programs."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from broadcast.messages.listeners import words_for
from broadcast.model import TranscriptSentence
from broadcast.model.units import clock_at


def plain_text(sentences: Sequence[TranscriptSentence], language: str = "vi") -> str:
    """Give the words for reading: a paragraph for each turn, after its speaker's name.

    A turn that a synthetic voice speaks is marked so beside the name.
    """
    paragraphs = [f"{speaker} {said}" for speaker, said, _ in _turns(sentences, language)]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def transcript_html(sentences: Sequence[TranscriptSentence], title: str, language: str) -> str:
    """Give a page of the words: for each turn its speaker, its time, and what is said.

    It begins with a comment because one reader of transcripts takes nothing else for HTML but that
    and a bare ``<html>``. Source: Podcast Namespace, transcripts, HTML (cite, time, p).
    """
    turns = [
        f"<cite>{html.escape(speaker)}</cite>\n"
        f'<time datetime="PT{ms / 1000:g}S">{clock_at(ms)}</time>\n'
        f"<p>{html.escape(said, quote=False)}</p>\n"
        for speaker, said, ms in _turns(sentences, language)
    ]
    return (
        "<!-- podcast:transcript -->\n<!DOCTYPE html>\n"
        f'<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title, quote=False)}</title>\n</head>\n<body>\n"
        + "".join(turns)
        + "</body>\n</html>\n"
    )


def transcript_json(sentences: Sequence[TranscriptSentence]) -> str:
    """Give a segment for each sentence, times in seconds.

    Beyond what the format has, each says ``timing`` (exact, aligned, estimated) and ``synthetic``.
    Source: Podcast Namespace, transcripts, JSON 1.0.0.
    """
    segments = [
        {
            "speaker": one.speaker,
            "startTime": one.start_ms / 1000,
            "endTime": one.end_ms / 1000,
            "body": one.text,
            "timing": one.timing,
            "synthetic": one.synthetic,
        }
        for one in sentences
        if one.end_ms > one.start_ms
    ]
    document = {"version": "1.0.0", "segments": segments}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _turns(
    sentences: Sequence[TranscriptSentence], language: str
) -> Iterator[tuple[str, str, int]]:
    """Give who speaks each uninterrupted speech, with a colon, the words, and the start in ms."""
    mark = f" ({words_for(language).transcript.synthetic_voice})"
    for (speaker, synthetic), said in groupby(
        sentences, lambda each: (each.speaker, each.synthetic)
    ):
        heard = list(said)
        words = " ".join(one.text for one in heard)
        yield f"{speaker}{mark if synthetic else ''}:", words, heard[0].start_ms
