"""A site of three interviews and a year of short ones, whose every sentence has a known time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from msgspec.structs import replace as changed

from broadcast.feed.published import PublishedEpisode, PublishedFile
from broadcast.messages.rendering import ENGLISH
from broadcast.model import ChapterMark, TranscriptSentence
from broadcast.papers.timeline import timeline_file
from feeds_by_hand import SENTENCES, SHOW, Shelf, withdrawn
from papers_by_hand import facts_with
from timelines_by_hand import mp3

LONG = ("cau-moi", "cho-que", "lop-boi")
GONE = "da-go"
SHORT = 30
SENTENCE_MS = 4_000
TURNS = 10
IN_A_TURN = 6
SECONDS = SENTENCE_MS * TURNS * IN_A_TURN // 1000


@dataclass(frozen=True)
class Site:
    """The site in a folder, what is said in its long episodes, and where it is served."""

    folder: Path
    said: dict[str, tuple[TranscriptSentence, ...]]
    address: str = ""

    def at(self, address: str) -> Site:
        return replace(self, address=address)

    def page(self, name: str) -> str:
        return f"{self.address}episodes/{name}.html"

    @property
    def pages(self) -> dict[str, str]:
        """One page of each kind."""
        (year,) = (self.folder / "years").glob("*.html")
        return {
            "index": f"{self.address}index.html",
            "year": f"{self.address}years/{year.name}",
            "episode": self.page(next(iter(self.said))),
            "gone": self.page(GONE),
        }


def sentences_of(name: str) -> tuple[TranscriptSentence, ...]:
    """Ten turns of six sentences, four seconds each; some answers were recorded.

    Of "cho-que" no time is known within answers, of "lop-boi" those of their first half are.
    """
    guessed = {"cau-moi": (), "cho-que": range(IN_A_TURN), "lop-boi": range(3, IN_A_TURN)}[name]
    said = []
    for n in range(TURNS * IN_A_TURN):
        turn, within = divmod(n, IN_A_TURN)
        answer = turn % 2 == 1
        estimated = answer and within in guessed
        recorded = answer and name != "cau-moi"
        said.append(
            TranscriptSentence(
                turn=f"turn-{turn}",
                speaker="Ông Đỗ Văn Lâm" if answer else "PV Hồng Tú",
                text=f"Câu thứ {n} nói về cây cầu mới bắc qua sông Vân, bà con thôn Đoài mong từ "
                f"lâu; đến nay việc đã xong phần số {n}.",
                start_ms=n * SENTENCE_MS,
                end_ms=(n + 1) * SENTENCE_MS - 300,
                timing="estimated" if estimated else "aligned" if recorded else "exact",
                synthetic=not recorded,
            )
        )
    return tuple(said)


def made_site(folder: Path) -> Site:
    """Write the site below a folder."""
    shelf, site = Shelf(folder / "shelf"), folder / "feed"
    sound, small = mp3(SECONDS), mp3(SECONDS)[: 4_000 * SECONDS]
    said = {name: sentences_of(name) for name in LONG}
    episodes = [withdrawn(shelf.episode(GONE, "Chương trình đã gỡ"))]
    for day, name in enumerate(LONG, 1):
        made = shelf.episode(
            name, f"Cầu mới qua sông Vân, kỳ {day}", day=day, audio=sound, sentences=said[name]
        )
        episodes.append(_with_chapters(made, shelf, small))
    episodes += [
        shelf.episode(f"tin-{n}", f"Tin ngắn số {n}", day=10 + n, sentences=SENTENCES)
        for n in range(SHORT)
    ]
    shelf.write(site, *episodes)
    return Site(site, said)


def english_site(folder: Path) -> Site:
    """Write a small site whose show and episodes are in English."""
    shelf, site = Shelf(folder / "shelf"), folder / "feed"
    show = replace(SHOW, language="en", title="Voices of Bay Ward")
    sound, small = mp3(SECONDS), mp3(SECONDS)[: 4_000 * SECONDS]
    said = sentences_of(LONG[2])
    made = shelf.episode(LONG[2], "A new bridge", audio=sound, sentences=said)
    long = changed(_with_chapters(made, shelf, small), language="en")
    gone = changed(withdrawn(shelf.episode(GONE, "Taken down")), language="en")
    short = [
        changed(shelf.episode(f"news-{n}", f"News {n}", day=10 + n), language="en")
        for n in range(SHORT + 1)
    ]
    shelf.write(site, long, gone, *short, show=show)
    return Site(site, {LONG[2]: said})


def _with_chapters(episode: PublishedEpisode, shelf: Shelf, small: bytes) -> PublishedEpisode:
    marks = tuple(
        ChapterMark(turn * IN_A_TURN * SENTENCE_MS, f"Câu hỏi {turn // 2 + 1}")
        for turn in range(0, TURNS, 2)
    )
    light = f"{episode.name}-nhe.mp3"
    (shelf.of(episode.name) / light).write_bytes(small)
    file = PublishedFile(light, len(small), "audio/mpeg")
    drawn = timeline_file(replace(facts_with(episode.title), chapters=marks), ENGLISH.text, "en")
    drawing = f"{episode.name}-0123.svg"
    (shelf.of(episode.name) / drawing).write_text(drawn, "utf-8")
    timeline = PublishedFile(drawing, len(drawn.encode()), "image/svg+xml")
    return changed(
        episode,
        duration_ms=SECONDS * 1000,
        chapters=marks,
        files={**episode.files, "small": file, "timeline": timeline},
    )
