"""What listeners are told in English."""

from __future__ import annotations

from broadcast.messages.listeners import (
    Chapters,
    Credits,
    Dates,
    Disclosure,
    Figures,
    ListenerWords,
    ListingWords,
    Pages,
    Parts,
    People,
    RecordSheet,
    Transcript,
)

WORDS = ListenerWords(
    language="en",
    people=People(
        presenter="Presenter",
        reporter="Reporter",
        official="Guest",
    ),
    parts=Parts(
        reporter="Reporter",
        contributor="Contributor",
        editor="Editor",
        host="Host",
        announcer="Presenter",
    ),
    credits=Credits(
        producer="Producer",
        reporter="Reporter",
        author="Author",
        editor="Editor",
        translator="Translator",
        engineer="Sound engineer",
        sound_editor="Sound editor",
        director="Director",
        narrator="Narrator",
    ),
    listing=ListingWords(
        funding="Support the programme",
        daily="Every day",
        weekdays="Monday to Friday",
        weekly="Every week",
        fortnightly="Every two weeks",
        monthly="Every month",
    ),
    disclosure=Disclosure(
        notice_all=(
            "In this programme the answers of {guests} are spoken by a computer-generated voice. "
            "It is not the real voice of the person interviewed."
        ),
        notice_some=(
            "In this programme some of the answers of {guests} are spoken by a computer-generated "
            "voice. It is not the real voice of the person interviewed."
        ),
        line_of_one=(
            "Synthetic voice: the words of {guests} (turn {turns}) are spoken by a "
            "computer-generated voice, not the real one."
        ),
        line_of_several=(
            "Synthetic voice: the words of {guests} (turns {turns}) are spoken by a "
            "computer-generated voice, not the real one."
        ),
        says_so=(
            "synthetic voice",
            "synthetic voices",
            "synthetic speech",
            "synthesised voice",
            "synthesised voices",
            "synthesized voice",
            "synthesized voices",
            "synthesised speech",
            "synthesized speech",
            "artificial voice",
            "artificial voices",
            "artificial intelligence",
            "computer voice",
            "computer voices",
            "computer-generated",
            "computer's voice",
            "machine voice",
            "machine voices",
            "machine-generated",
            "robot voice",
            "AI voice",
            "AI voices",
            "AI-generated",
            "by AI",
            "automated voice",
            "automated voices",
            "is synthetic",
            "are synthetic",
            "is artificial",
            "are artificial",
            "by software",
            "computer reads",
            "computer speaks",
            "machine reads",
            "machine speaks",
            "by a computer",
            "by computer",
            "by a machine",
            "by machine",
            "text-to-speech",
        ),
        denies=("not", "no", "never", "none", "without", "don't", "isn't", "aren't", "nor"),
        real=("real", "own", "human", "person's", "recorded", "recording"),
        turns=("but", "so", "because", "since", "and"),
        and_last="{others} and {last}",
    ),
    chapters=Chapters(
        introduction="Introduction",
        thanks=("thank",),
    ),
    transcript=Transcript(
        synthetic_voices="Synthetic (computer) voices: {speakers}",
        synthetic_voice="synthetic voice",
    ),
    record_sheet=RecordSheet(
        sheet="Record sheet",
        total="{recorded} of {all} turns are real",
        turn="Turn {n} · about {length}",
        nothing="Every turn has its recording.",
    ),
    dates=Dates(
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        read="{day} {month} {year}",
        said="{day} {month} {year}",
    ),
    figures=Figures(
        minutes="{n} min",
        seconds="{n} s",
        megabytes="{size} MB",
        decimal_mark=".",
    ),
    pages=Pages(
        skip="Skip to the content",
        episodes="Episodes",
        no_episodes="There is no episode yet. Please come back later.",
        subscribe="Subscribe",
        subscribe_how="Paste this address into your podcast app to get every new episode.",
        feed_address="Podcast address",
        copy="Copy",
        copied="Copied",
        open_in_app="Open in a podcast app",
        feed="RSS feed",
        chapters="Chapters",
        transcript="Transcript",
        seek_hint="Choose a sentence to listen from there.",
        downloads="Download",
        download_audio="Audio",
        download_small="Audio, small file",
        download_transcript="Timed transcript",
        all_episodes="All episodes",
        years="By year",
        year="Episodes of {year}",
        withdrawn="This episode was withdrawn",
        withdrawn_on="The station withdrew this episode on {date}. Please listen to the others.",
        expired="This episode has expired",
        expired_on="This episode expired on {date}. Please listen to the others.",
        moved="This episode has a new address",
        show_moved="This show has a new address",
        synthetic="Synthetic voice",
        synthetic_title="Computer-generated voice",
        synthetic_notice=(
            "This episode has computer-generated voices; the transcript marks where they speak."
        ),
        player="Listen to the episode",
        captions="Captions",
        year_episode="No. {episode} of {season}",
        season_episode="Season {season}, episode {episode}",
        episode="Episode {episode}",
        people="People",
    ),
)
