"""What a user would write: the baseline that the builds are measured against.

Usage: plain_pydub.py FFMPEG OUT.mp3 TURN…  (ffprobe is not started for each turn, as it would be
on a user's machine: the wheel that brings ffmpeg has none. That spares the baseline some seconds.)
"""

import sys

import pydub.audio_segment
from pydub import AudioSegment
from pydub.effects import normalize

pydub.audio_segment.mediainfo_json = lambda *_args, **_settings: {}

AudioSegment.converter = sys.argv[1]
programme = AudioSegment.empty()
for turn in sys.argv[3:]:
    programme += AudioSegment.from_file(turn)
    programme += AudioSegment.silent(900)
normalize(programme).export(sys.argv[2], format="mp3", bitrate="96k")
