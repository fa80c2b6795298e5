"""What a web host may have still of what went from feed/ → lines for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from broadcast.cli.console import out
from broadcast.cli.telling import Telling
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from broadcast.workspace import Workspace

_MOST_LINES = 10


def tell_left_on_host(workspace: Workspace) -> None:
    """Say which files went from feed/ lately, to be deleted on the host too; else nothing."""
    from broadcast.production.public.on_host import left_on_host

    left = left_on_host(workspace)
    paths = left.lately
    if not paths:
        return
    console = out()
    if left.by_upload:
        console.say(
            counted(
                "host.left.by-upload",
                "{count} file is no longer in feed/. On the web host it is deleted by: "
                "broadcast upload",
                "{count} files are no longer in feed/. On the web host they are deleted by: "
                "broadcast upload",
                count=len(paths),
            )
        )
        return
    console.say(
        counted(
            "host.left",
            "{count} file is no longer in feed/. Delete it on the web host too:",
            "{count} files are no longer in feed/. Delete them on the web host too:",
            count=len(paths),
        )
    )
    if len(paths) <= _MOST_LINES:
        for path in paths:
            console.write(f"  {path}")
    else:
        for folder, count in sorted(Counter(path.rpartition("/")[0] for path in paths).items()):
            console.say(
                counted(
                    "host.left.in-folder",
                    "{folder}: {count} file",
                    "{folder}: {count} files",
                    folder=f"{folder}/",
                    count=count,
                ),
                indent=2,
            )
    console.say(
        Message(
            "host.left.how",
            "To list them, a path a line: broadcast feed --removed\n"
            "When they are deleted there: broadcast feed --removed --done",
        )
    )


def list_left_on_host(workspace: Workspace) -> None:
    """Print the path below feed/ of each file that a host may have still, and nothing else."""
    from broadcast.production.public.on_host import left_on_host

    console = out()
    for path in left_on_host(workspace).paths:
        console.write(path)


def note_deleted_on_host(workspace: Workspace) -> None:
    """Record that they are deleted there, and say so."""
    from broadcast.production.public.on_host import note_deleted

    with Telling() as telling:
        count = note_deleted(workspace, telling)
    out().say(
        counted(
            "host.deleted",
            "Noted: {count} file is deleted on the web host.",
            "Noted: {count} files are deleted on the web host.",
            count=count,
        )
    )


def write_files_for_host(workspace: Workspace) -> None:
    """Write what web hosts read of types and other sites, and say where each of them goes."""
    from broadcast.production.public.on_host import write_host_files

    folder = write_host_files(workspace)
    out().say(
        Message(
            "host.files",
            "Written into {folder}: .htaccess for Apache and LiteSpeed, _headers for Netlify and "
            "Cloudflare, nginx.conf for nginx.\n"
            "Lay .htaccess into feed/, or _headers at the top of the site; broadcast upload takes "
            "them along. Include nginx.conf in the block of your server.",
            folder=workspace.relative(folder),
        )
    )
