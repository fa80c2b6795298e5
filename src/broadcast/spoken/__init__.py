"""Written text → the words a newsreader says, sentence by sentence, with a list of all changes."""

from broadcast.spoken.grammar import Spoken
from broadcast.spoken.lexicon import Entry, Lexicon
from broadcast.spoken.lexicon_table import built_in_lexicon, read_lexicon
from broadcast.spoken.reading import limits_of, say
from broadcast.spoken.sentences import UnknownWord, doubts, sentences, split, unknown_words
from broadcast.spoken.style import PRESETS, Style, northern, southern, style_from
from broadcast.spoken.taught import Taught, taught_by, taught_lexicon

__all__ = [
    "PRESETS",
    "Entry",
    "Lexicon",
    "Spoken",
    "Style",
    "Taught",
    "UnknownWord",
    "built_in_lexicon",
    "doubts",
    "limits_of",
    "northern",
    "read_lexicon",
    "say",
    "sentences",
    "southern",
    "split",
    "style_from",
    "taught_by",
    "taught_lexicon",
    "unknown_words",
]
