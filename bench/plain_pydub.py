"""What a user would write: the baseline that the builds are measured against.

Usage: plain_pydub.py OUT.mp3 TURN…

With the machine's own ffmpeg and ffprobe where it has both, as a user's has; else with the ffmpeg
of a wheel, which brings no ffprobe: then none is started, and the baseline is spared that time.
"""

import shutil
import sys

import imageio_ffmpeg
import pydub.audio_segment
from pydub import AudioSegment
from pydub.effects import normalize


def main() -> None:
    if not has_own_ffmpeg():
        AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
        pydub.audio_segment.mediainfo_json = lambda *_args, **_settings: {}
    programme = AudioSegment.empty()
    for turn in sys.argv[2:]:
        programme += AudioSegment.from_file(turn)
        programme += AudioSegment.silent(900)
    normalize(programme).export(sys.argv[1], format="mp3", bitrate="96k")


def has_own_ffmpeg() -> bool:
    return all(map(shutil.which, ("ffmpeg", "ffprobe")))


def about_baseline() -> str:
    """Say what the baseline was run with, which its time depends on."""
    if has_own_ffmpeg():
        return "plain pydub: with this machine's ffmpeg and ffprobe"
    return "plain pydub: no ffprobe on this machine; the baseline is spared starting it"


if __name__ == "__main__":
    main()
