"""The name of a programme in an address, which can lead nowhere else."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def name_asked(request: Request) -> str:
    """Give the programme that is asked for. Raises HTTPException for what none is called."""
    name: str = request.path_params["name"]
    if not _NAME.fullmatch(name):
        raise HTTPException(404)
    return name
