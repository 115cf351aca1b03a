"""The Hugging Face token that requests carry: from HF_TOKEN or from the hub's own file, never from a setting."""

from __future__ import annotations

import os
from pathlib import Path

from .. import i18n
from ..errors import HubError
from ..redaction import VARIABLES

TYPED = "typed"  # where a token came from that nobody has kept yet


class TokenError(HubError):
    """A token that the hub does not accept: wrong, revoked, expired."""


def present_token() -> str | None:
    """The token, if there is one. Raises HubError for one that cannot be read or cannot be a token."""
    from huggingface_hub import constants, get_token

    try:
        token = get_token()
    except OSError as error:
        reason = error.strerror or error
        raise HubError.of("hub.unreadable_token", path=constants.HF_TOKEN_PATH, reason=reason) from error
    if token:
        require_form(token, token_origin() or VARIABLES[0])
    return token


def require_form(token: str, origin: str) -> None:
    """Raise TokenError for what cannot be a token, and could not be sent as one."""
    if not token.isascii() or not token.isprintable() or " " in token or token.startswith("api_org"):
        raise TokenError.of("hub.malformed_token", whose=whose(origin))


def whose(origin: str) -> str:
    """The origin of a token, as it is said in a sentence."""
    return i18n.t("hub.token_typed") if origin == TYPED else i18n.t("hub.token_in", origin=origin)


def token_origin() -> str | None:
    """Where it comes from: the name of a variable or the path of a file; None without one."""
    from huggingface_hub import constants

    variable = next((name for name in VARIABLES if os.environ.get(name, "").strip()), None)
    if variable:
        return variable
    path = Path(constants.HF_TOKEN_PATH)
    return str(path) if path.is_file() and path.stat().st_size else None
