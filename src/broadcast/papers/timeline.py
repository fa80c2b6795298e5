"""A programme's facts → its timeline as a drawing: who speaks when, music, chapters, loudness.

It is drawn in the colour of the words around it and says nothing by colour alone: a synthetic voice
is hatched, a real one full, music dotted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadcast.messages import Message, counted
from broadcast.model.units import clock_at
from broadcast.papers.facts import SHORT_TERM_MS, PlayedPart, SpokenPart, StudioFacts
from broadcast.papers.markup import escaped
from broadcast.papers.words import (
    CHAPTERS,
    LOUDNESS,
    MUSIC,
    RECORDED,
    SYNTHETIC,
    Say,
    part_name,
    voice_kind,
    who,
)

_WIDTH, LEFT, RIGHT = 1000, 200, 985
_TOP, LANE, _GAP = 8, 22, 6
LOUD_HEIGHT = 80
LOUDEST_LUFS, SOFTEST_LUFS = -5.0, -45.0
DOTTED = "url(#tl-dotted)"
"""How music and clips are filled."""
_MOST_POINTS = 400
_NAME_CHARACTERS = 24
_MOST_TICKS = 10
_STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400)

# Its own picture has no page around it, so it follows the light by itself.
_STYLE = (
    "svg{color:#1a1a1a;background:#fff}"
    "@media(prefers-color-scheme:dark){svg{color:#eee;background:#16181b}}"
)
_PATTERNS = (
    '<defs><pattern id="tl-hatched" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M0 0V7" stroke="currentColor" stroke-width="3"/>'
    '</pattern><pattern id="tl-dotted" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<circle cx="3.5" cy="3.5" r="1.4" fill="currentColor"/></pattern></defs>'
)


def timeline_file(facts: StudioFacts, say: Say, language: str) -> str:
    """Give the drawing as a file by itself; ``language`` is that of what ``say`` says."""
    drawn = timeline_svg(facts, say, language)
    at = drawn.index("<defs>")
    return f"{drawn[:at]}<style>{_STYLE}</style>{drawn[at:]}\n"


def timeline_svg(facts: StudioFacts, say: Say, language: str) -> str:
    """Give the drawing to stand in a page: no style, no script, its names begin with "tl-".

    Read aloud it is its title and a description: who speaks how long, and in which voice.
    """
    drawing = _Drawing(facts, say)
    body = "".join(drawing.parts())
    height = drawing.bottom
    title = say(Message("timeline.title", "Timeline of “{title}”", title=facts.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="tl-title tl-desc" '
        f'xml:lang="{escaped(language)}" lang="{escaped(language)}" '
        'font-family="system-ui, Segoe UI, Arial, sans-serif" font-size="13" fill="currentColor">'
        f'<title id="tl-title">{escaped(title)}</title>'
        f'<desc id="tl-desc">{escaped(" ".join(_described(facts, say)))}</desc>'
        f"{_PATTERNS}{body}</svg>"
    )


def _described(facts: StudioFacts, say: Say) -> Iterator[str]:
    """Say in sentences what the drawing shows."""
    yield say(Message("timeline.long", "It is {length:clock} long.", length=facts.duration_ms))
    for name, parts in _lanes(facts.spoken):
        for voice in (RECORDED, SYNTHETIC):
            heard = [part for part in parts if voice_kind(part) is voice]
            if heard:
                yield say(
                    counted(
                        "timeline.speaks",
                        "{name} speaks once, {length:clock} in all ({voice}).",
                        "{name} speaks {count} times, {length:clock} in all ({voice}).",
                        count=len(heard),
                        name=name,
                        length=sum(part.end_ms - part.start_ms for part in heard),
                        voice=voice,
                    )
                )
    if facts.played:
        length_ms = sum(part.end_ms - part.start_ms for part in facts.played)
        yield say(
            Message("timeline.played", "Music and clips: {length:clock} in all.", length=length_ms)
        )
    if facts.chapters:
        marks = tuple(f"{clock_at(mark.start_ms)} {mark.title}" for mark in facts.chapters)
        yield say(Message("timeline.chapters", "Chapters: {chapters}.", chapters=marks))


def _lanes(spoken: Iterable[SpokenPart]) -> list[tuple[str, list[SpokenPart]]]:
    """Give everybody who speaks, in the order in which they are first heard."""
    lanes: dict[str, list[SpokenPart]] = {}
    for part in spoken:
        lanes.setdefault(part.speaker, []).append(part)
    return list(lanes.items())


class _Drawing:
    """A drawing from top to bottom; ``bottom`` is where the next of it goes."""

    def __init__(self, facts: StudioFacts, say: Say) -> None:
        self._facts, self._say = facts, say
        self._per_ms = (RIGHT - LEFT) / max(1, facts.duration_ms)
        self.bottom = _TOP

    def parts(self) -> Iterator[str]:
        """Give all of it."""
        facts, say = self._facts, self._say
        if facts.chapters:
            yield self._named(say(CHAPTERS))
            yield from self._chapters()
            self._next_lane()
        for name, spoken in _lanes(facts.spoken):
            yield self._named(name)
            yield from map(self._bar, spoken)
            self._next_lane()
        if facts.played:
            yield self._named(say(MUSIC))
            yield from map(self._bar, facts.played)
            self._next_lane()
        yield from self._loudness()
        yield from self._clocks()
        yield from self._legend()

    def _x(self, ms: float) -> str:
        return f"{LEFT + ms * self._per_ms:.1f}".removesuffix(".0")

    def _next_lane(self) -> None:
        self.bottom += LANE + _GAP

    def _named(self, name: str) -> str:
        shown = (
            name if len(name) <= _NAME_CHARACTERS else name[: _NAME_CHARACTERS - 1].rstrip() + "…"
        )
        return _text(LEFT - 8, self.bottom + 16, shown, 'text-anchor="end"')

    def _bar(self, part: SpokenPart | PlayedPart) -> str:
        synthetic = isinstance(part, SpokenPart) and part.is_synthetic
        fill = "url(#tl-hatched)" if synthetic else "currentColor"
        told = [who(part)]
        if isinstance(part, SpokenPart):
            told.append(self._say(voice_kind(part)))
        else:
            fill = DOTTED
        times = f"{clock_at(part.start_ms)}–{clock_at(part.end_ms)}"
        name = f"{self._say(part_name(part))} {times}: {', '.join(told)}"
        width = max(1.0, (part.end_ms - part.start_ms) * self._per_ms)
        return (
            f'<rect x="{self._x(part.start_ms)}" y="{self.bottom}" width="{width:.1f}" '
            f'height="{LANE}" fill="{fill}" stroke="currentColor" stroke-width="1">'
            f"<title>{escaped(name)}</title></rect>"
        )

    def _chapters(self) -> Iterator[str]:
        for number, mark in enumerate(self._facts.chapters, 1):
            x = self._x(mark.start_ms)
            name = f"{number}. {clock_at(mark.start_ms)} {mark.title}"
            yield (
                f'<g><title>{escaped(name)}</title><path d="M{x} {self.bottom}v{LANE}" '
                'stroke="currentColor" stroke-width="2"/>'
                f"{_text(float(x) + 4, self.bottom + 15, str(number))}</g>"
            )

    def _loudness(self) -> Iterator[str]:
        facts, top = self._facts, self.bottom
        if not facts.short_term_lufs:
            return
        yield self._named(self._say(LOUDNESS))
        yield (
            f'<path d="M{LEFT} {top}V{top + LOUD_HEIGHT}H{RIGHT}" fill="none" '
            'stroke="currentColor" stroke-width="1"/>'
        )
        step = -(-len(facts.short_term_lufs) // _MOST_POINTS)
        points = " ".join(
            f"{self._x(at * 1000 + SHORT_TERM_MS / 2)},{self._y(lufs)}"
            for at, lufs in list(enumerate(facts.short_term_lufs))[::step]
        )
        yield f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        for target in facts.targets[:1]:
            y = self._y(target.lufs)
            told = self._say(Message("timeline.lufs", "{lufs:.0f} LUFS", lufs=float(target.lufs)))
            yield f'<path d="M{LEFT} {y}H{RIGHT}" stroke="currentColor" stroke-dasharray="5 4"/>'
            yield _text(LEFT - 8, float(y) + 16, told, 'text-anchor="end" font-size="11"')
        self.bottom += LOUD_HEIGHT + _GAP

    def _y(self, lufs: float) -> str:
        held = min(max(lufs, SOFTEST_LUFS), LOUDEST_LUFS)
        down = (LOUDEST_LUFS - held) / (LOUDEST_LUFS - SOFTEST_LUFS)
        return f"{self.bottom + down * LOUD_HEIGHT:.1f}"

    def _clocks(self) -> Iterator[str]:
        whole_s = self._facts.duration_ms / 1000
        step_s = next((s for s in _STEPS_S if whole_s / s <= _MOST_TICKS), _STEPS_S[-1])
        for second in range(0, int(whole_s) + 1, step_s):
            x = self._x(second * 1000)
            yield f'<path d="M{x} {self.bottom}v5" stroke="currentColor"/>'
            place = 'text-anchor="middle" font-size="11"'
            yield _text(float(x), self.bottom + 17, clock_at(second * 1000), place)
        self.bottom += 26

    def _legend(self) -> Iterator[str]:
        kinds = (
            (RECORDED, "currentColor"),
            (SYNTHETIC, "url(#tl-hatched)"),
            (MUSIC, DOTTED),
        )
        x = LEFT
        for kind, fill in kinds[: 3 if self._facts.played else 2]:
            yield (
                f'<rect x="{x}" y="{self.bottom}" width="28" height="14" fill="{fill}" '
                'stroke="currentColor"/>'
            )
            yield _text(x + 36, self.bottom + 12, self._say(kind))
            x += 190
        self.bottom += 24


def _text(x: float, y: float, words: str, more: str = "") -> str:
    # Each is a paragraph of its own, so no direction of one turns another.
    return f'<text x="{x:g}" y="{y:g}" {more}>{escaped(words)}</text>'
