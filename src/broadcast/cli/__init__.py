"""The command line: parse arguments, call production, print. No work is done here."""

from broadcast.cli.console import make_output_legible


def main() -> None:
    """Run the command line with the arguments this process was given."""
    make_output_legible()
    # Each registers its commands, in the order that --help lists them.
    from broadcast.cli import making, scripts, recording, publishing, words  # noqa: F401, I001
    from broadcast.cli.app import app

    app()
