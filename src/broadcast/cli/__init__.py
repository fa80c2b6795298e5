"""The command line: parse arguments, call production, print. No work is done here."""

from broadcast.cli.console import make_output_legible


def main() -> None:
    """Run the command line with the arguments this process was given."""
    make_output_legible()
    from broadcast.cli import making, publishing, words  # noqa: F401 - they register their commands
    from broadcast.cli.app import app

    app()
