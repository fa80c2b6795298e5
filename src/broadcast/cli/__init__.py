"""The command line: parse, call production, print."""


def main() -> None:
    """Run the command line."""
