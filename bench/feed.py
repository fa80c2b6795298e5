"""A station with many episodes: publishing one more, writing the feed again, and `status`.

Usage: feed.py [EPISODES] (1,000 unless told). The
sample is built and published once; the others are the same under other names and dates, with a
few seconds of its audio, so that what is measured is what the number of episodes costs.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import xxhash

from measure import Run, run

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "scripts" / "bien-sach-van-hai.txt"
BROADCAST = Path(sys.executable).with_name("broadcast")
NAME = SAMPLE.stem
AUDIO_BYTES = 20_000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        station = station_of(Path(folder) / "station", count)
        steps = {
            "feed, first": ["feed"],
            "publish one more": ["publish", NAME],
            "nothing to publish": ["publish", NAME],
            "feed, again": ["feed"],
            "status": ["status"],
            "withdraw one": ["withdraw", f"{NAME}-{count // 2}"],
        }
        print(f"{count:,} episodes")
        for name, arguments in steps.items():
            told(name, run([BROADCAST, *arguments], cwd=station))
        public = station / "feed"
        for page in ("feed.xml", "index.html"):
            print(f"{page:20}{(public / page).stat().st_size / 1e6:9.2f} MB")


def told(name: str, one: Run) -> None:
    """Print what a step took."""
    print(f"{name:20}{one.seconds:9.2f} s{one.peak_bytes / 1e6:9.0f} MB", flush=True)


def station_of(place: Path, count: int) -> Path:
    """Make a station of ``count`` published episodes, and a draft that waits to be."""
    run([BROADCAST, "init", place])
    settings = place / "station.toml"
    own = settings.read_text("utf-8").replace("http://127.0.0.1:8000/", "https://radio.example/")
    settings.write_text(own, "utf-8")
    shutil.copy(SAMPLE, place / "scripts")
    run([BROADCAST, "build", f"scripts/{SAMPLE.name}", "--offline"], cwd=place)
    run([BROADCAST, "publish", NAME], cwd=place)
    draft, first = place / "episodes" / NAME, place / "episodes" / NAME / "published"
    published = json.loads((first / "published.json").read_bytes())
    record = json.loads((draft / "episode.json").read_bytes())
    began = datetime.fromisoformat(published["published"]) - timedelta(days=count)
    for n in range(count):
        name, guid = f"{NAME}-{n}", str(uuid.UUID(int=n + 1))
        folder = place / "episodes" / name / "published"
        folder.mkdir(parents=True)
        files = {}
        for kind, file in published["files"].items():
            data = (first / file["file"]).read_bytes()[:AUDIO_BYTES]
            given = file["file"].replace(NAME, name)
            (folder / given).write_bytes(data)
            digest = xxhash.xxh3_128_hexdigest(data)
            files[kind] = {**file, "file": given, "bytes": len(data), "digest": digest}
        time = (began + timedelta(days=n)).isoformat()
        own_facts = {"name": name, "guid": guid, "title": f"{published['title']} {n}"}
        dates = {"published": time, "updated": time}
        _write(folder / "published.json", {**published, **own_facts, **dates, "files": files})
        shutil.copy(first / "sentences.json", folder)
        _write(folder.parent / "episode.json", {**record, **own_facts})
    shutil.rmtree(first)
    return place


def _write(file: Path, document: dict[str, object]) -> None:
    file.write_text(json.dumps(document, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    main()
