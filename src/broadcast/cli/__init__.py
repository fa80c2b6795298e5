"""The command line: parse arguments, call production, print. No work is done here."""

import os

from broadcast.cli.console import make_output_legible


def main() -> None:
    """Run the command line with the arguments this process was given."""
    make_output_legible()
    # A build's own workers fill the cores: more threads under each would only be in the way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Each registers its commands, in the order that --help lists them.
    from broadcast.cli import making, scripts, recording, publishing, words  # noqa: F401, I001
    from broadcast.cli.app import app

    app()
