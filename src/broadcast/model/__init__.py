"""Every value an episode passes through, frozen, in the order they are made.

    settings ─ Document ─ Script(Turn, Cue) ─ Utterance ─ Take ─ Segment ─ Slot ─ Timeline ─ Episode

Positions inside the programme are samples at ``RATE_HZ``; milliseconds appear only in output.
"""

from broadcast.model.programme import (
    Caption,
    Chapter,
    Episode,
    Loudness,
    Segment,
    Slot,
    Span,
    Timeline,
)
from broadcast.model.script import (
    Cue,
    Document,
    Dropped,
    FrontMatter,
    Line,
    Paragraph,
    Problem,
    Script,
    Speaker,
    Turn,
)
from broadcast.model.station import (
    EngineVoices,
    Music,
    Pauses,
    Person,
    Show,
    Sound,
)
from broadcast.model.takes import (
    Insert,
    Piece,
    Reading,
    Recording,
    Sentence,
    Stretch,
    Take,
    Utterance,
    Voice,
)
from broadcast.model.units import (
    FRAME,
    RATE_HZ,
    CueKind,
    Level,
    Role,
    TurnKind,
    ms_to_samples,
    samples_to_ms,
)

__all__ = [
    "FRAME",
    "RATE_HZ",
    "Caption",
    "Chapter",
    "Cue",
    "CueKind",
    "Document",
    "Dropped",
    "EngineVoices",
    "Episode",
    "FrontMatter",
    "Insert",
    "Level",
    "Line",
    "Loudness",
    "Music",
    "Paragraph",
    "Pauses",
    "Person",
    "Piece",
    "Problem",
    "Reading",
    "Recording",
    "Role",
    "Script",
    "Segment",
    "Sentence",
    "Show",
    "Slot",
    "Sound",
    "Span",
    "Speaker",
    "Stretch",
    "Take",
    "Timeline",
    "Turn",
    "TurnKind",
    "Utterance",
    "Voice",
    "ms_to_samples",
    "samples_to_ms",
]
