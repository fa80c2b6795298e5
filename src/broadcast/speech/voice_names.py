"""A voice's name → whether it can be one, and which voice it means in a script's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.errors import BroadcastError
from broadcast.language import Language
from broadcast.messages import Message


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """Voices named by their language (``vi``, ``vi-vn-x-south``) with what ``marks`` them after it.

    With ``variants`` a name may be a variant alone (``+f2``), of whatever language is spoken. A
    bare word is neither.
    """

    marks: str
    variants: bool = False

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError for what is neither a language's voice nor a variant."""
        variant = self.variants and re.fullmatch(r"\+.+", name)
        if variant and language is not None:
            raise BroadcastError(
                Message(
                    "voice.only-variant",
                    "{name!r} is a variant, not a language's voice.",
                    name=name,
                ),
                hint=Message(
                    "voice.only-variant.hint",
                    'Write the language first: {language} = "{language}{name}".',
                    language=language,
                    name=name,
                ),
            )
        if variant or re.fullmatch(rf"[A-Za-z]{{2,3}}([-_{self.marks}].+)?", name):
            return
        if self.variants:
            hint = Message(
                "voice.unreadable.hint",
                'Write "+{variant}" for a variant, or a language first, such as "vi"; '
                "`broadcast voices` lists them.",
                variant=name or "Alex",
            )
        else:
            hint = Message(
                "voice.no-language.hint",
                'Write a language first, such as "vi"; `broadcast voices` lists them.',
            )
        raise BroadcastError(
            Message("voice.unreadable", "{voice!r} is not a voice.", voice=name), hint=hint
        )

    def of_language(self, language: str) -> str:
        """Give the voice that is named as the language is."""
        return language

    def meant(self, name: str, language: str, otherwise: str) -> str:
        """Give the voice: a variant joins the language's, another language's gives way to it."""
        if self.variants and name.startswith("+"):
            return otherwise.partition("+")[0] + name
        return name if _primary(name) == _primary(language) else otherwise

    def language_of(self, name: str) -> str | None:
        """Give the language a name begins with: ``vi`` of ``vi-vn-x-south+f2`` or ``vi@com.vn``."""
        return None if name.startswith("+") else _primary(name)


@dataclass(frozen=True, slots=True)
class OwnNames:
    """Voices with names of their own (``alloy``), each of which speaks any language.

    ``first`` is the one that speaks where none was chosen. Whether a name is one of the service's
    is known to the service alone.
    """

    first: str

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError for a name with nothing in it."""
        if not name.strip():
            raise self._unreadable(name)

    def _unreadable(self, name: str) -> BroadcastError:
        return BroadcastError(
            Message("voice.unreadable", "{voice!r} is not a voice.", voice=name),
            hint=Message(
                "voice.no-name.hint",
                'Write the name of a voice, such as "{voice}"; `broadcast voices` lists them.',
                voice=self.first,
            ),
        )

    def of_language(self, language: str) -> str:
        """Give the first voice."""
        return self.first

    def meant(self, name: str, language: str, otherwise: str) -> str:
        """Give the voice as it is named."""
        return name or otherwise

    def language_of(self, name: str) -> str | None:
        """Give None: any language."""
        return None


@dataclass(frozen=True, slots=True)
class PlainNames(OwnNames):
    """Names that may stand among a program's arguments: none is taken for an option."""

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError for what begins as an option does, or has other signs in it."""
        if not re.fullmatch(r"\w[\w .+@#-]*", name):
            raise self._unreadable(name)


@dataclass(frozen=True, slots=True)
class ModelNames:
    """Voices named by the folder of their model (``vi-vais1000``) or by a language (``vi``).

    The number of one of its speakers may stand after it (``supertonic-3#2``), or alone (``#2``).
    """

    @staticmethod
    def is_model(name: str) -> bool:
        """Whether it is a model's name: a language alone is two or three letters."""
        return not re.fullmatch("[A-Za-z]{2,3}", name)

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError for what is neither a folder's name nor a speaker's number."""
        if re.fullmatch(r"\w[\w.+-]*(#\d{1,4})?" + ("" if language else r"|#\d{1,4}"), name):
            return
        raise BroadcastError(
            Message("voice.unreadable", "{voice!r} is not a voice.", voice=name),
            hint=Message(
                "voice.no-model.hint",
                'Write the name of a voice that `broadcast voices` lists, such as "{voice}", and '
                'after it the number of a speaker if wanted: "{voice}#2".',
                voice="supertonic-3",
            ),
        )

    def of_language(self, language: str) -> str:
        """Give the language: what is here and speaks it is known to the engine alone."""
        return Language.tagged(language).primary

    def meant(self, name: str, language: str, otherwise: str) -> str:
        """Give the voice: a number joins the language's, another language's gives way to it."""
        if name.startswith("#"):
            return otherwise.partition("#")[0] + name
        spoken = self.language_of(name)
        return name if name and spoken in (None, _primary(language)) else otherwise

    def language_of(self, name: str) -> str | None:
        """Give the language that a name is, or the only one that a voice we know speaks."""
        model = name.partition("#")[0]
        if not self.is_model(model):
            return _primary(model)
        from broadcast.speech.known_voices import known_voices  # few stations name any

        known = known_voices().get(model)
        return known.languages[0] if known and len(known.languages) == 1 else None


def _primary(tag: str) -> str:
    return Language.tagged(re.split("[@+]", tag)[0]).primary


_WHERE = {
    message.template: message
    for message in (
        Message("voice.northern", "Northern"),
        Message("voice.central", "Central"),
        Message("voice.southern", "Southern"),
        Message("voice.great-britain", "Great Britain"),
        Message("voice.america", "America"),
        Message("voice.france", "France"),
        Message("voice.brazil", "Brazil"),
    )
}


def described(tag: str, words: str) -> str | Message:
    """Give what an engine says of a voice, "Vietnamese (Northern)", with its language by our names.

    In the engine's words where it says something else than the language and, in brackets, where.
    """
    name, bracket, where = words.rstrip(")").partition(" (")
    if Language.tagged(tag).name != name:
        return words
    if not bracket:
        return Message("voice.language", "{language:language}", language=tag)
    return Message(
        "voice.language-of",
        "{language:language} ({where})",
        language=tag,
        where=_WHERE.get(where, where),
    )
