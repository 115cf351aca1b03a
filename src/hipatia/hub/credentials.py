"""The Hugging Face token that requests carry: from HF_TOKEN or from the hub's own file, never from a setting."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import HubError
from ..redaction import VARIABLES

TYPED = "typed"  # where a token came from that nobody has kept yet


class TokenError(HubError):
    """A token that the hub does not accept: wrong, revoked, expired."""


def present_token() -> str | None:
    """The token, if there is one."""
    from huggingface_hub import get_token

    return get_token()


def token_origin() -> str | None:
    """Where it comes from: the name of a variable or the path of a file; None without one."""
    from huggingface_hub import constants

    variable = next((name for name in VARIABLES if os.environ.get(name, "").strip()), None)
    if variable:
        return variable
    path = Path(constants.HF_TOKEN_PATH)
    return str(path) if path.is_file() and path.stat().st_size else None
