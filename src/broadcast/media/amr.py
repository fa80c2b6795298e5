"""AMR, as phones record speech → a decoder that keeps its pauses, and what a packet's head says.

In a pause an encoder sends what the silence sounds like (SID), or nothing (no data); each is a
packet of 20 ms nevertheless. Sources: RFC 4867, section 5.3; 3GPP TS 26.101 and 26.201, table 1a.
"""

from __future__ import annotations

from typing import Any

SAMPLES = {
    "amrnb": 160,
    "libopencore_amrnb": 160,
    "amrwb": 320,
    "libopencore_amrwb": 320,
}
"""How many samples a packet has, by the name of a decoder."""
_WITH_PAUSES = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}
_SPEECH = {160: range(8), 320: range(9)}
_SILENT = {160: (8, 15), 320: (9, 14, 15)}
_PADDING = 0b1000_0011


def decoder_of(context: Any) -> Any:
    """Give a decoder that knows of pauses, as FFmpeg's own does not; that one where it must."""
    import av

    name = _WITH_PAUSES.get(context.name, context.name)
    if name not in av.codecs_available:
        return context
    decoder = av.CodecContext.create(name, "r")
    decoder.sample_rate, decoder.layout = context.sample_rate, "mono"
    return decoder


def is_no_amr(packet: Any, samples: int) -> bool:
    """Whether a packet begins as none of AMR does: noise in a file, or another kind of file."""
    (head,) = bytes(packet)[:1]
    return bool(head & _PADDING) or not (
        _kind(head) in _SPEECH[samples] or is_silence(packet, samples)
    )


def is_silence(packet: Any, samples: int) -> bool:
    """Whether a packet says that nobody speaks."""
    return _kind(bytes(packet)[0]) in _SILENT[samples]


def _kind(head: int) -> int:
    return head >> 3 & 15
