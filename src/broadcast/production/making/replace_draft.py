"""A draft's prepared files → in the place of those of the draft before, what is not ours kept."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.messages import Message
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.progress import Reporter
from broadcast.workspace.writing import bring_in


def replace_draft(
    before: Draft | None, draft: Draft, untouched: Collection[str], reporter: Reporter
) -> None:
    """Put the files that were prepared for ``draft`` in the place of those of ``before``.

    Files with a draft's names that are not what the program wrote there are kept aside;
    ``untouched`` are the names of those that are known to be. The station is held meanwhile.
    """
    digests = before.record.digests if before else {}
    folder = draft.folder

    def is_ours(name: str) -> bool:
        return name in untouched or (
            name in digests
            and (folder / name).is_file()
            and file_digest(folder / name) == digests[name]
        )

    for name in draft.record.digests:
        if (folder / name).exists() and not is_ours(name):
            kept = _free_name(folder / name)
            (folder / name).rename(kept)
            reporter.say(
                Message(
                    "draft.file-kept",
                    "{file} was not as broadcast wrote it; it is kept as {kept}.",
                    file=name,
                    kept=kept.name,
                )
            )
    bring_in(folder)
    for name in digests.keys() - draft.record.digests.keys():
        if (folder / name).is_file() and is_ours(name):
            (folder / name).unlink()


def _free_name(file: Path) -> Path:
    names = (f"{file.stem} (changed {number}){file.suffix}" for number in count(1))
    return next(kept for name in names if not (kept := file.with_name(name)).exists())
