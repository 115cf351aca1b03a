"""What the hub refused, and why, as a sentence that says what to do.

with explained("org/name"):
    HfApi().model_info("org/name")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from typing import TYPE_CHECKING

from .. import i18n
from ..errors import HubError
from ..redaction import VARIABLES, redact
from .cache import cached_models
from .credentials import TokenError, present_token, token_origin, whose

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

# What the hub's own sentence holds → the sentence here. The first that fits counts.
_GATED = {
    "awaiting a review": "hub.gated_pending",
    "has been rejected": "hub.gated_rejected",
    "fine-grained token": "hub.token_scope",
}


@contextmanager
def explained(repo: str = "", *, origin: str | None = None) -> Iterator[None]:
    """Turn what Hugging Face's libraries raise, and a token that is none, into a HubError that says what to do.

    ``repo`` is the model asked for; without one it was about the account. ``origin`` is where the token came
    from: a variable, a file, or ``typed``; by default where the libraries find one.
    """
    from huggingface_hub import errors
    from huggingface_hub.utils import httpx

    if origin is None:
        present_token()  # what cannot be sent is said before it is tried
    try:
        yield
    except errors.HFValidationError as error:
        raise HubError.of("hub.bad_name", repo=repo) from error
    except errors.HfHubHTTPError as error:
        raise refusal(error, repo, origin) from error
    except (errors.LocalEntryNotFoundError, errors.OfflineModeIsEnabled) as error:
        raise offline(repo) from error
    except httpx.HTTPError as error:
        raise no_connection(repo, error) from error
    except JSONDecodeError as error:  # an answer, but no hub's: a hotel's log-in page
        from huggingface_hub import constants

        raise HubError.of("hub.no_hub", endpoint=constants.ENDPOINT) from error


def refusal(error: HfHubHTTPError, repo: str, origin: str | None = None) -> HubError:
    """The hub answered with an error: what that is for a person."""
    origin = origin or token_origin()
    key = _key(error, bool(origin or present_token()))
    kind = TokenError if key in ("hub.bad_token", "hub.token_expired") else HubError
    return kind.of(
        key,
        repo=repo,
        page=f"https://huggingface.co/{repo}",
        whose=whose(origin or VARIABLES[0]),
        status=error.response.status_code,
        wait=error.response.headers.get("Retry-After") or "?",
    )


def _key(error: HfHubHTTPError, has_token: bool) -> str:
    from huggingface_hub import errors

    status, said = error.response.status_code, _said(error)
    if status == 401 and has_token:  # the answer to a token that is none, for public models too
        return "hub.token_expired" if "expired" in said else "hub.bad_token"
    if isinstance(error, errors.GatedRepoError) or "fine-grained token" in said:
        gated = "hub.gated" if has_token else "hub.gated_no_token"
        return next((key for part, key in _GATED.items() if part in said), gated)
    for kind, key in (
        (errors.RevisionNotFoundError, "hub.no_revision"),
        (errors.RemoteEntryNotFoundError, "hub.no_file"),
        (errors.RepositoryNotFoundError, "hub.not_found"),
        (errors.DisabledRepoError, "hub.disabled"),
    ):
        if isinstance(error, kind):
            return key
    return {401: "hub.not_found", 403: "hub.forbidden", 429: "hub.busy"}.get(status, "hub.failed")


def _said(error: HfHubHTTPError) -> str:
    """What the server wrote; the library keeps it in the error, or in the one that this one came from."""
    first = getattr(error.__cause__, "server_message", None)
    parts = (error.response.headers.get("X-Error-Message"), error.server_message, first)
    return " ".join(part for part in parts if part).lower()


def offline(repo: str) -> HubError:
    """The environment forbids the network."""
    if not repo:
        return HubError.of("hub.offline_account")
    return HubError.of("hub.offline", repo=repo, cached=_cached_names())


def no_connection(repo: str, error: Exception) -> HubError:
    """Nobody answered."""
    reason = redact(str(error)) or type(error).__name__
    if not repo:
        return HubError.of("hub.no_connection_account", reason=reason)
    return HubError.of("hub.no_connection", repo=repo, reason=reason, cached=_cached_names())


def _cached_names() -> str:
    return ", ".join(cached_models()) or i18n.t("hub.none_cached")
