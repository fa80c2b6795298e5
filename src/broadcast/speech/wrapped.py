"""An engine → the same engine with something done before or beside what it does."""

from __future__ import annotations

from broadcast.model import Utterance
from broadcast.speech.engine import Engine, VoiceInfo, about


class WrappedEngine:
    """Does all as another engine does it; a subclass says where it does not."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.online = engine.online
        self.jobs = engine.jobs
        self.service = engine.service
        self.declares = engine.declares

    def version(self) -> str:
        """Give the engine's version."""
        return self._engine.version()

    def check(self, language: str) -> None:
        """Check the engine."""
        self._engine.check(language)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the engine's voices."""
        return self._engine.voices()

    def about(self, voice: str) -> VoiceInfo:
        """Give what the engine knows of a voice."""
        return about(self._engine, voice)

    def speak(self, utterance: Utterance) -> bytes:
        """Let the engine speak."""
        return self._engine.speak(utterance)

    def stop(self) -> None:
        """Stop the engine."""
        self._engine.stop()
