"""Hugging Face: its token, its models, and errors that say what to do.

    snapshot = fetch("org/name", revision, say=print)      # in the cache, whole, checked; HubError says why not
    look_up("org/name")                                    # parameters, bytes to download
    cached_models()

The token comes from HF_TOKEN or the hub's own token file; no setting and no flag holds it.
"""

from __future__ import annotations

from .cache import cached_models, is_cached, is_commit, is_offline
from .contents import refuse_pickles
from .credentials import present_token, token_origin
from .models import HubModel, Snapshot, fetch, look_up

__all__ = [
    "HubModel",
    "Snapshot",
    "cached_models",
    "fetch",
    "is_cached",
    "is_commit",
    "is_offline",
    "look_up",
    "present_token",
    "refuse_pickles",
    "token_origin",
]
