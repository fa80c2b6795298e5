"""A folder with a model's files → what sherpa-onnx is told of it, and what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Literal

ABOUT_FILE = "voice.json"
"""What `voices get` notes of what it downloaded: {"sha256": …}, a digest of all of it."""

Kind = Literal["vits", "matcha", "kokoro", "supertonic"]

_SUPERTONIC = {
    "duration_predictor": "duration_predictor*.onnx",
    "text_encoder": "text_encoder*.onnx",
    "vector_estimator": "vector_estimator*.onnx",
    "vocoder": "vocoder*.onnx",
    "tts_json": "tts.json",
    "unicode_indexer": "unicode_indexer.bin",
    "voice_style": "voice.bin",
}
_ESPEAK_DATA = "espeak-ng-data"


@dataclass(frozen=True, slots=True)
class Model:
    """A model in a folder: ``files`` are named as in sherpa-onnx's configuration of its kind."""

    name: str
    folder: Path
    kind: Kind
    files: Mapping[str, str]

    @property
    def needs_espeak(self) -> bool:
        """Whether words become sounds by eSpeak NG, whose data the folder does not bring."""
        return self.kind != "supertonic" and not self.files.keys() & {"data_dir", "lexicon"}

    def language(self) -> str:
        """Give the language that a Piper voice says of itself; "": nobody says."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            facts = Path(f"{self.files['model']}.json").read_text("utf-8")
            return str(json.loads(facts)["espeak"]["voice"])
        return ""

    def version(self) -> str:
        """Name the contents of the model's files, by what was downloaded or by the files."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            return str(json.loads((self.folder / ABOUT_FILE).read_text("utf-8"))["sha256"])[:16]
        digest = sha256()
        for file in sorted(map(Path, self.files.values())):
            if file.is_file():
                with file.open("rb") as opened:
                    digest.update(file_digest(opened, "sha256").digest())
        return digest.hexdigest()[:16]


def models_in(place: Path) -> Iterator[Model]:
    """Give the models in the folders of ``place``, by name; what is none is passed over."""
    try:
        folders = sorted(one for one in place.iterdir() if one.is_dir())
    except OSError:
        return
    for folder in folders:
        if not folder.name.startswith(".") and (model := model_in(folder)):
            yield model


def model_in(folder: Path) -> Model | None:
    """Give the model whose files lie in ``folder``; None: there is none that is whole."""
    for kind, files in _candidates(folder):
        if all(files.values()):
            found = {name: str(file) for name, file in files.items() if file}
            return Model(folder.name, folder, kind, found | _words(folder, kind))
    return None


def _candidates(folder: Path) -> Iterator[tuple[Kind, dict[str, Path | None]]]:
    yield "supertonic", {name: _one(folder, like) for name, like in _SUPERTONIC.items()}
    tokens = _one(folder, "tokens.txt")
    voices = _one(folder, "voices.bin")
    yield "kokoro", {"model": _one(folder, "*.onnx"), "voices": voices, "tokens": tokens}
    vocoder = _one(folder, "*vocos*.onnx") or _one(folder, "*hifigan*.onnx")
    acoustic = _one(folder, "model-steps*.onnx")
    yield "matcha", {"acoustic_model": acoustic, "vocoder": vocoder, "tokens": tokens}
    yield "vits", {"model": _one(folder, "*.onnx"), "tokens": tokens}


def _words(folder: Path, kind: Kind) -> dict[str, str]:
    """Give what turns words into the model's own sounds, where the folder brings it."""
    if kind == "supertonic":
        return {}
    found = {}
    if (data := folder / _ESPEAK_DATA).is_dir():
        found["data_dir"] = str(data)
    if lexicons := sorted(folder.glob("lexicon*.txt")):
        found["lexicon"] = ",".join(map(str, lexicons))
    return found


def _one(folder: Path, like: str) -> Path | None:
    """Give the file of that kind; the smaller one of a model that is there in two sizes."""
    found = [file for file in folder.glob(like) if file.is_file()]
    return min(found, key=lambda file: (file.stat().st_size, file.name), default=None)
