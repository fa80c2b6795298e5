"""Any audio file ↔ samples: decoded with whitelists, brought to mono at 48 kHz, and written."""

from broadcast.media.decode import decode, read_blocks
from broadcast.media.libsndfile import InOrder
from broadcast.media.mono import mono_48k
from broadcast.media.samples import Audio, Samples
from broadcast.media.unreadable import NO_SOUND
from broadcast.media.write import WRITABLE, write, write_wav

__all__ = [
    "NO_SOUND",
    "WRITABLE",
    "Audio",
    "InOrder",
    "Samples",
    "decode",
    "mono_48k",
    "read_blocks",
    "write",
    "write_wav",
]
