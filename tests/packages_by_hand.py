"""Installed packages as Python sees them: a folder on its path with what `pip install` leaves.

package = installed(tmp_path / "here", "radio-voices", {"tones": "radio_voices:Tones"}, source)
monkeypatch.syspath_prepend(package)        or PYTHONPATH for a command
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def installed(folder: Path, name: str, engines: Mapping[str, str], source: str = "") -> Path:
    """Install a package that offers ``engines``, in a folder of its own, and give that.

    ``source`` is the text of its one module.
    """
    module = name.replace("-", "_")
    facts = folder / f"{module}-1.0.dist-info"
    facts.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    (facts / "METADATA").write_text(metadata, encoding="utf-8")
    points = "".join(f"{engine} = {where}\n" for engine, where in engines.items())
    (facts / "entry_points.txt").write_text(f"[broadcast.engines]\n{points}", encoding="utf-8")
    if source:
        (folder / f"{module}.py").write_text(source, encoding="utf-8")
    return folder
