"""What a user would write: the baseline that the builds are measured against.

Usage: plain_pydub.py FFMPEG OUT.mp3 TURN.wav…
"""

import sys

from pydub import AudioSegment
from pydub.effects import normalize

AudioSegment.converter = sys.argv[1]
programme = AudioSegment.empty()
for turn in sys.argv[3:]:
    programme += AudioSegment.from_file(turn)
    programme += AudioSegment.silent(900)
normalize(programme).export(sys.argv[2], format="mp3", bitrate="96k")
