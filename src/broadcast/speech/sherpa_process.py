"""A model → a process of its own that says sentences by it, bounded in time and size."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason
from broadcast.speech import sherpa_worker
from broadcast.speech.engine import quoted
from broadcast.speech.sherpa_models import Model

_LOADING_S = 120.0
_SAYING_S = 60.0
_CHARACTER_S = 1.0
"""A slow laptop loads 130 MB in a few seconds, and says a character in a tenth of one."""
_LARGEST = 200_000_000
_HINT = Message("sherpa.broken.hint", "Get it anew, or take another voice: broadcast voices")


class ModelProcess:
    """One model in memory; one sentence at a time."""

    def __init__(self, model: Model, variation: float) -> None:
        self.model = model
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  as long as the process
        try:
            self._process = subprocess.Popen(
                # Without -P, the modules beside it would be taken for those of the same names.
                [sys.executable, "-P", sherpa_worker.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._told,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise EngineUnavailableError(
                Message(
                    "sherpa.cannot-start",
                    "The voice {name} cannot be started: {why}.",
                    name=model.name,
                    why=system_reason(error),
                )
            ) from error
        self.end = weakref.finalize(self, _end, self._process, self._told)
        files = dict(model.files)
        if model.needs_espeak:
            files["data_dir"] = _espeak_data()
        self._loading = threading.Thread(
            target=self._load, args=({"kind": model.kind, "files": files, "noise": variation},)
        )
        self._loading.daemon = True
        self._failed: OutsideError | EngineUnavailableError | None = None
        self._loading.start()

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._failed is None and self._process.poll() is None

    def ready(self, seconds: float) -> None:
        """Wait until the model is loaded, at most so long. Raises EngineUnavailableError."""
        self._loading.join(seconds)
        if self._failed is not None:
            self.end()
            raise self._failed

    def say(self, words: str, speaker: int, speed: float, language: str) -> tuple[int, bytes]:
        """Say a sentence: its rate in hertz, and its samples (16 bits, one channel)."""
        self.ready(_LOADING_S)
        asked = {"words": words, "speaker": speaker, "speed": speed, "language": language}
        try:
            return self._asked(asked, _SAYING_S + _CHARACTER_S * len(words))
        except _BrokeOffError as error:
            self.end()
            raise OutsideError(
                Message(
                    "sherpa.broke-off",
                    "The voice {name} stopped while it said {words}: {why}.",
                    name=self.model.name,
                    words=quoted(words),
                    why=others_words(str(error)),
                ),
                hint=Message("sherpa.no-speech.hint", "Write the sentence differently."),
            ) from error

    def _load(self, asked: dict[str, object]) -> None:
        try:
            self._asked(asked, _LOADING_S)
        except _BrokeOffError as error:
            self._failed = EngineUnavailableError(
                Message(
                    "sherpa.broken",
                    "The voice {name} in {folder} cannot be loaded: {why}.",
                    name=self.model.name,
                    folder=self.model.folder,
                    why=others_words(str(error)),
                ),
                hint=_HINT,
            )

    def _asked(self, question: dict[str, object], seconds: float) -> tuple[int, bytes]:
        """Ask, and wait for the answer. Raises _BrokeOffError for none, or a bad one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = threading.Timer(seconds, self._process.kill)
        late.daemon = True
        late.start()
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
            header = self._process.stdout.read(sherpa_worker.HEADER.size)
            if len(header) < sherpa_worker.HEADER.size:
                raise _BrokeOffError(self._last_words())
            status, rate_hz, length = sherpa_worker.HEADER.unpack(header)
            if length > _LARGEST:
                raise _BrokeOffError(f"{length} bytes")
            body = self._process.stdout.read(length)
        except (OSError, ValueError) as error:  # it has ended, or was ended
            raise _BrokeOffError(self._last_words()) from error
        finally:
            late.cancel()
        if status != sherpa_worker.OK or len(body) < length:
            raise _BrokeOffError(body.decode("utf-8", "replace") or self._last_words())
        return rate_hz, body

    def _last_words(self) -> str:
        """Give the last line that it wrote as an error."""
        try:
            self._told.seek(0)
            lines = self._told.read()[-4_000:].decode("utf-8", "replace").splitlines()
        except ValueError:  # it was ended, and the file is closed
            return "…"
        return next((line.strip() for line in reversed(lines) if line.strip()), "…")


class _BrokeOffError(Exception):
    """The process gave no answer; never leaves this file."""


def _espeak_data() -> str:
    import espeakng_loader

    return str(Path(espeakng_loader.get_data_path()))


def _end(process: subprocess.Popen[bytes], *files: IO[bytes]) -> None:
    """End the process, and close what leads to it."""
    process.kill()
    process.wait()
    for file in filter(None, (process.stdin, process.stdout, *files)):
        with suppress(OSError):  # what was not yet sent goes nowhere
            file.close()
