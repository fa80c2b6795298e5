"""What --help says, and what click says of a command put wrongly, in the user's language."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from typer.core import TyperCommand, TyperGroup

from broadcast.cli.click_words import NUMBERS, PLACES, let_click_speak
from broadcast.cli.interface import language, speak_as_in, text_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message

_messages: dict[str, Message] = {}
_in_english: dict[tuple[object, str], str | None] = {}


def help_text(code: str, template: str) -> str:
    """Give the English of a piece of help, which is said in the user's language when it is shown.

    Typer knows help as text alone, and takes it long before anybody asks for it.
    """
    _messages[template] = Message(code, template)
    return template


class WholeNumber(click.IntRange):
    """A whole number whose bounds are told in words, which click writes as 1<=x<=64."""

    def _describe_range(self) -> str:
        least = int(self.min or 0)
        if self.max is None:
            return text_of(Message("number.from", "{least} or more", least=least))
        most = int(self.max)
        return text_of(Message("number.between", "{least} to {most}", least=least, most=most))


class HelpfulCommand(TyperCommand):
    """A command whose help is in the user's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed."""
        try:
            return super().parse_args(ctx, [*args])
        except click.UsageError:
            # What is wrong is put into words where it is raised: so it is raised again.
            _speak_to_the_user(ctx, self)
            with _what_is_meant(ctx):
                return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _speak_to_the_user(ctx, self)
        super().format_help(ctx, formatter)


class HelpfulGroup(TyperGroup):
    """Several commands whose help is in the user's language."""

    suggest_commands = False  # typer would in English

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed before a command."""
        try:
            return super().parse_args(ctx, [*args])
        except click.UsageError:
            _speak_to_the_user(ctx, self)
            with _what_is_meant(ctx):
                return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed."""
        try:
            return super().resolve_command(ctx, [*args])
        except click.UsageError:
            _speak_to_the_user(ctx, self)
            import difflib  # only where something is wrong

            if close := difflib.get_close_matches(args[0], self.commands):
                told = Message(
                    "usage.command-meant",
                    "No such command {name!r}. Did you mean {possible:or}?",
                    name=args[0],
                    possible=tuple(close),
                )
                raise click.UsageError(text_of(told), ctx) from None
            return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _speak_to_the_user(ctx, self)
        for command in self.commands.values():
            _translate(command)
        super().format_help(ctx, formatter)


@contextmanager
def _what_is_meant(ctx: click.Context) -> Iterator[None]:
    """Let an option that there is not be told in one sentence with those that may be meant."""
    try:
        yield
    except click.NoSuchOption as error:
        if not error.possibilities:
            raise
        begun = [each for each in error.possibilities if each.startswith(error.option_name)]
        told = Message(
            "usage.option-meant",
            "No such option: {name}. Did you mean {possible:or}?",
            name=error.option_name,
            possible=tuple(sorted(begun or error.possibilities)),
        )
        raise click.UsageError(text_of(told), ctx) from None


def _speak_to_the_user(ctx: click.Context, command: click.Command) -> None:
    from broadcast.workspace import find_station

    with suppress(BroadcastError, OSError):
        speak_as_in(find_station(Path.cwd()))
    let_click_speak(language().tag)
    _translate(command)
    if (option := command.get_help_option(ctx)) is not None:
        # Click words it once, which may have been before it spoke to this user.
        option.help = gettext.gettext("Show this message and exit.")


def _translate(command: click.Command) -> None:
    for attribute in ("help", "short_help"):
        _put(command, attribute, _messages)
    for attribute in ("options_metavar", "subcommand_metavar"):
        _put(command, attribute, PLACES)
    for parameter in command.params:
        _put(parameter, "help", _messages)
        _put(parameter, "metavar", PLACES)
        for kind in getattr(parameter.type, "types", [parameter.type]):
            _put(kind, "name", NUMBERS)


def _put(thing: object, attribute: str, known: Mapping[str, Message]) -> None:
    """Put words of a command into the language of this process, whichever they were in before."""
    written = getattr(thing, attribute, None)
    english = _in_english.setdefault((thing, attribute), written)
    if (message := known.get(english or "")) is not None:
        setattr(thing, attribute, text_of(message))
