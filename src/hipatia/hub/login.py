"""Whose a Hugging Face token is, and keeping it.

account = check_token(token, origin)  # asks the hub; HubError says what is wrong with the token
store_token(token)  # where ``hf auth login`` keeps it, for the owner's eyes only
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import HubError
from .credentials import require_form
from .explain import explained

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is: user, the token's own name, its role (``read``, ``write``, ``fineGrained``).

    ``reads_gated`` is False only for a fine-grained token that may not read gated models.
    """

    user: str
    token: str
    role: str
    reads_gated: bool = True


def clean_token(text: str) -> str:
    """A typed or pasted token without what pasting adds. Raises HubError for none."""
    token = text.strip().strip("\"'")
    if not token:
        raise HubError.of("hub.no_token")
    return token


def check_token(token: str, origin: str) -> Account:
    """Ask the hub whose token it is. Raises HubError: wrong, expired, no connection."""
    from huggingface_hub import HfApi

    require_form(token, origin)
    with explained(origin=origin):
        answer = HfApi().whoami(token)
        details = (answer.get("auth") or {}).get("accessToken") or {}
        scopes = details.get("fineGrained") or {}
        role = details.get("role") or ""
        return Account(
            user=str(answer.get("name")),
            token=str(details.get("displayName") or ""),
            role=role,
            reads_gated=role != "fineGrained" or bool(scopes.get("canReadGatedRepos")),
        )


def store_token(token: str) -> Path:
    """Keep a token as ``hf auth login`` does, readable by its owner alone; the file that holds it."""
    from huggingface_hub import constants, login

    path = Path(constants.HF_TOKEN_PATH)
    try:
        with explained(origin=str(path)):
            login(token=token, add_to_git_credential=False)
        for kept in (path, Path(constants.HF_STORED_TOKENS_PATH)):
            with suppress(FileNotFoundError):
                kept.chmod(_OWNER_ONLY)
    except OSError as error:
        raise HubError.of("hub.not_stored", path=path, reason=error.strerror or error) from error
    return path
