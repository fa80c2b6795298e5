"""Writes the Vietnamese pages of all commands and of all messages from the program's own catalogue.

Run by `make messages`, after the catalogue has what is new.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import typer
from babel.messages.pofile import read_po

from broadcast.cli import help as help_
from broadcast.cli.commands import app
from broadcast.cli.interface import language
from broadcast.messages.rendering import LOCALE

PAGES = Path(__file__).parent / "vi"
_COMMANDS = """# Mọi lệnh

Sau tên lệnh, chữ HOA là chỗ phải thay bằng chữ của mình; trong ngoặc [ ] là không bắt buộc. Gõ
`--help` sau một lệnh thì máy hiện những điều này. Lệnh nào cũng có `--station THƯ-MỤC` (trừ `init`
và `trust`), `--debug` và `--help`. Cách dùng từng lệnh, kèm ví dụ:
[hướng dẫn đầu tiên](README.md), và đầy đủ hơn [bằng tiếng Anh](../commands.md).
"""
_MESSAGES = """# Mọi lời máy nói, theo mã

Mỗi lời có một mã, không đổi khi câu chữ đổi. Người hỗ trợ hỏi “mã gì” thì tìm câu ấy ở đây; các
lệnh có `--json` in mã bên cạnh lời. {…} là chỗ máy điền vào.

| mã | lời |
|---|---|
"""
_OF_EVERY_COMMAND = {"--station", "--debug", "--help"}


def commands_page() -> str:
    """Give docs/vi/lenh.md."""
    before = os.environ.get("BROADCAST_LANG")
    os.environ["BROADCAST_LANG"] = "vi"
    language.cache_clear()
    try:
        program = typer.main.get_command(app)
        sections = [_section(path, command) for path, command in _commands(program, "")]
    finally:
        os.environ.pop("BROADCAST_LANG")
        if before is not None:
            os.environ["BROADCAST_LANG"] = before
        language.cache_clear()
    return "\n".join([_COMMANDS, *sections])


def messages_page() -> str:
    """Give docs/vi/thong-bao.md."""
    with (LOCALE / "vi" / "LC_MESSAGES" / "broadcast.po").open("rb") as file:
        catalogue = read_po(file)
    rows = [
        f"| `{entry.context}` | {_cell(text)} |\n"
        for entry in catalogue
        if entry.context
        for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    return _MESSAGES + "".join(rows)


def _commands(group: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def _section(path: str, command: click.Command) -> str:
    help_._translate(command)
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    needed = [one for one in command.params if isinstance(one, click.Option) and one.required]
    typed = [one.make_metavar() for one in arguments]
    typed += [f"{one.opts[0]} {one.metavar}" for one in needed]
    rows = [
        f"| `{' '.join([option.opts[0], option.metavar or '']).strip()}` | {_cell(option.help)} |"
        for option in command.params
        if isinstance(option, click.Option) and option.opts[0] not in _OF_EVERY_COMMAND
    ]
    table = ["", "| tùy chọn | là |", "|---|---|", *rows] if rows else []
    heading = " ".join(["broadcast", path, *typed])
    return "\n".join([f"## `{heading}`", "", str(command.help), *table, ""])


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write the pages."""
    (PAGES / "lenh.md").write_text(commands_page(), "utf-8")
    (PAGES / "thong-bao.md").write_text(messages_page(), "utf-8")
    sys.stdout.write("docs/vi/lenh.md, docs/vi/thong-bao.md\n")


if __name__ == "__main__":
    main()
