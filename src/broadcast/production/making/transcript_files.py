"""What is said in an episode → its transcript in every form that listeners get."""

from __future__ import annotations

from broadcast.feed.published import FileKind
from broadcast.metadata.captions import subrip, webvtt
from broadcast.metadata.transcript_texts import plain_text, transcript_html, transcript_json
from broadcast.model import Episode


def transcript_texts(episode: Episode) -> dict[FileKind, str]:
    """Give the transcript by what each form of it is: all are made from the same sentences."""
    said, language = episode.sentences, episode.language
    return {
        "transcript": webvtt(said, language),
        "transcript_srt": subrip(said, language),
        "transcript_json": transcript_json(said),
        "transcript_html": transcript_html(said, episode.title, language),
        "transcript_text": plain_text(said, language),
    }
