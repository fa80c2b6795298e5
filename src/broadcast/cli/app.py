"""The commands, and the one place where an error becomes a line and an exit status."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer

from broadcast import __version__
from broadcast.cli.console import err, nobody_reads_on, print_error
from broadcast.cli.help import HelpfulCommand, HelpfulGroup, help_text
from broadcast.cli.interface import speak_as_in, text_of
from broadcast.cli.interruption import INTERRUPTED
from broadcast.cli.noting import note
from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason

if TYPE_CHECKING:
    from broadcast.workspace import Workspace

P = ParamSpec("P")

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help=help_text("option.name-or-script", "The episode's name, or its script."),
    ),
]
StationOption = Annotated[
    Path | None,
    typer.Option(
        "--station",
        metavar="DIR",
        help=help_text("option.station", "The station's folder, if you are not in it."),
    ),
]
_DebugOption = Annotated[
    bool,
    typer.Option("--debug", help=help_text("option.debug", "Show where in the program it failed.")),
]

app = typer.Typer(
    cls=HelpfulGroup,
    name="broadcast",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(text_of(Message("version", "broadcast {version}", version=__version__)))
        raise typer.Exit


@app.callback(
    help=help_text(
        "command", "Turn a written interview into a finished radio programme and podcast episode."
    )
)
def _every_command(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help=help_text("option.version", "Say which version this is."),
        ),
    ] = False,
) -> None:
    """Take the options that come before a command."""


def command(
    name: str, purpose: str, *, group: typer.Typer = app
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command under ``name``, with errors told to the user and --debug to see them.

    ``purpose`` is a ``help_text``: what --help says of it.
    """

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            if kwargs.pop("debug"):
                function(*args, **kwargs)
                return
            try:
                function(*args, **kwargs)
                sys.stdout.flush()
            except (typer.Exit, typer.Abort):
                raise
            except KeyboardInterrupt:
                err().say(
                    Message(
                        "stopped.by-user",
                        "Stopped. What was done is kept; the same command goes on from there.",
                    )
                )
                raise typer.Exit(INTERRUPTED) from None
            except BrokenPipeError:
                nobody_reads_on(sys.stdout)
                raise typer.Exit(0) from None
            except Exception as error:  # noqa: BLE001  nobody is shown a traceback unasked
                note(error)
                told = told_of(error)
                print_error(told)
                raise typer.Exit(told.exit_status) from None

        signature = inspect.signature(function, eval_str=True)
        debug = inspect.Parameter(
            "debug", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=_DebugOption
        )
        parameters = [*signature.parameters.values(), debug]
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        # Typer would read each of them from its text again, twice.
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        # Given for itself, it is shown whole; left to typer, it is cut off after 45 letters.
        group.command(name, cls=HelpfulCommand, help=purpose, short_help=purpose)(run)
        return function

    return register


def station_here(folder: Path | None) -> Workspace:
    """Find the station named by --station, else the one this folder lies in."""
    from broadcast.workspace import find_station
    from broadcast.workspace.moving import is_half_moved

    workspace = find_station(folder or Path.cwd())
    speak_as_in(workspace)
    if is_half_moved(workspace.root):
        from broadcast.cli.telling import Telling
        from broadcast.production.desk.stopped_work import finish_moves

        with Telling() as telling:
            finish_moves(workspace, telling)
    return workspace


def station_if_any(folder: Path | None) -> Workspace | None:
    """Find the station as ``station_here`` does; None where there is none and none was named."""
    if folder is not None:
        return station_here(folder)
    try:
        return station_here(None)
    except BroadcastError:
        return None


def language_tag(written: str | None) -> str | None:
    """Give the tag of a language that an option names. Raises UsageError for what is none."""
    from broadcast.language import Language
    from broadcast.messages.languages import hint_for, unknown_language

    try:
        return Language.of(written).tag if written is not None else None
    except ValueError as error:
        raise UsageError(unknown_language(written or ""), hint=hint_for(written or "")) from error


def episode_named(name_or_script: str) -> str:
    """Give an episode's name; a script's path stands for its episode."""
    from broadcast.workspace import episode_name

    path = Path(name_or_script)
    return episode_name(path) if path.suffix or len(path.parts) > 1 else name_or_script


def told_of(error: Exception) -> BroadcastError:
    """Give what is told of an error, whatever it is."""
    match error:
        case BroadcastError():
            return error
        case OSError():
            return _outside(error)
    return _own(error)


def _outside(error: OSError) -> OutsideError:
    return OutsideError(
        Message("system.refused", "The system refused: {reason}.", reason=system_reason(error)),
        file=error.filename,
        hint=Message(
            "system.refused.check",
            "Check that the disk is there, has room, and that you may write in this folder.",
        ),
    )


def _own(error: Exception) -> BroadcastError:
    return BroadcastError(
        Message(
            "own-mistake",
            "broadcast itself failed: {kind}: {what}",
            kind=type(error).__name__,
            what=str(error),
        ),
        hint=Message(
            "own-mistake.report",
            "This is a mistake in the program. The same command with --debug shows where; "
            "please report it.",
        ),
    )
