"""What --help says, and what click says of a command put wrongly, in the user's language."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click
from typer.core import TyperCommand, TyperGroup

from broadcast.cli.click_words import let_click_speak
from broadcast.cli.interface import language, speak_as_in, text_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message

_messages: dict[str, Message] = {}


def help_text(code: str, template: str) -> str:
    """Give the English of a piece of help, which is said in the user's language when it is shown.

    Typer knows help as text alone, and takes it long before anybody asks for it.
    """
    _messages[template] = Message(code, template)
    return template


class HelpfulCommand(TyperCommand):
    """A command whose help is in the user's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed."""
        try:
            return super().parse_args(ctx, [*args])
        except click.UsageError:
            # What is wrong is put into words where it is raised: so it is raised again.
            _speak_to_the_user()
            return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _speak_to_the_user()
        _translate(self)
        super().format_help(ctx, formatter)


class HelpfulGroup(TyperGroup):
    """Several commands whose help is in the user's language."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed."""
        try:
            return super().resolve_command(ctx, [*args])
        except click.UsageError:
            _speak_to_the_user()
            return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _speak_to_the_user()
        _translate(self)
        for command in self.commands.values():
            _translate(command)
        super().format_help(ctx, formatter)


def _speak_to_the_user() -> None:
    from broadcast.workspace import find_station

    with suppress(BroadcastError, OSError):
        speak_as_in(find_station(Path.cwd()))
    let_click_speak(language().tag)


def _translate(command: click.Command) -> None:
    command.help, command.short_help = _shown(command.help), _shown(command.short_help)
    for parameter in command.params:
        if isinstance(parameter, click.Option) or hasattr(parameter, "help"):
            parameter.help = _shown(parameter.help)


def _shown(text: str | None) -> str | None:
    message = _messages.get(text or "")
    return text if message is None else text_of(message)
