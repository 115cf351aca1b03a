"""``hipatia login``: a Hugging Face token, asked for without showing it, checked, and kept.

result = login(say)
print(result.text())

A token in HF_TOKEN is checked and left where it is. Through a pipe the first line is the token.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from . import i18n
from .hub.credentials import TYPED, TokenError, present_token, token_origin
from .hub.login import Account, check_token, clean_token, store_token
from .redaction import VARIABLES


@dataclass(frozen=True, slots=True)
class Login:
    """Who is signed in, where the token is, and whether this put it there."""

    account: Account
    origin: str
    stored: bool

    def to_json(self) -> dict[str, object]:
        """Never the token itself, only its name."""
        return {**asdict(self.account), "origin": self.origin, "stored": self.stored}

    def text(self) -> str:
        """What a person reads."""
        lines = [i18n.t("hub.login.account", user=self.account.user)]
        if self.stored:
            lines.append(i18n.t("hub.login.stored", path=self.origin))
        elif self.origin in VARIABLES:
            lines.append(i18n.t("hub.login.variable", origin=self.origin))
        if not self.account.reads_gated:
            lines.append(i18n.t("hub.login.no_gated"))
        return "\n".join(lines)


def login(say: Callable[[str], None]) -> Login:
    """Check the token that there is; ask for one where there is none or it is no good, or to replace it.

    Raises HubError for a token that the hub does not accept; it is not stored then.
    """
    origin = token_origin()
    kept = _check_kept(origin, say) if origin else None
    if kept and origin in VARIABLES:
        return Login(kept, origin, stored=False)
    token = _ask(say, replaces=kept is not None)
    if kept and origin and not token.strip():
        return Login(kept, origin, stored=False)
    token = clean_token(token)
    account = check_token(token, TYPED)
    return Login(account, str(store_token(token)), stored=True)


def _check_kept(origin: str, say: Callable[[str], None]) -> Account | None:
    """Whose the present token is. None, with a word why, for one in a file, which another can take the place of."""
    try:
        account = check_token(present_token() or "", origin)
    except TokenError as error:
        if origin in VARIABLES:
            raise
        say(error.message)
        return None
    say(i18n.t("hub.login.kept", origin=origin, user=account.user))
    return account


def _ask(say: Callable[[str], None], *, replaces: bool) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    if not replaces:
        say(i18n.t("hub.login.page"))
    try:
        return getpass.getpass(i18n.t("hub.login.replace" if replaces else "hub.login.prompt"))
    except EOFError:
        return ""
