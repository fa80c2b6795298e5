"""The command line: parse arguments, call production, print. No work is done here."""


def main() -> None:
    """Run the command line with the arguments this process was given."""
    from broadcast.cli.interruption import INTERRUPTED, stop_cleanly

    stop_cleanly()
    try:
        _run()
    except KeyboardInterrupt:  # before the command had begun
        raise SystemExit(INTERRUPTED) from None


def _run() -> None:
    import os

    from broadcast.cli.console import make_output_legible

    make_output_legible()
    # A build's own workers fill the cores: more threads under each would only be in the way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from broadcast.cli.commands import app

    app()
