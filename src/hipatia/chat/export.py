"""A conversation as a file for people or programs: ``export(saved, "md", "", stem)``."""

from __future__ import annotations

from pathlib import Path

from .. import i18n
from ..errors import DataError
from ..runs import write_atomically
from .saved import Saved

_KINDS = {"md": ".md", "markdown": ".md", "json": ".json"}


def export(saved: Saved, kind: str, target: str, stem: str) -> Path:
    """Write the conversation as ``md`` or ``json`` and return where.

    ``target`` is a file or a folder, by default the folder one works in; what is there already stays, and a
    number is added to the name. Raises DataError for another kind, RunError where it cannot be written.
    """
    if kind.lower() not in _KINDS:
        raise DataError.of("chat.export_what", kind=kind)
    suffix = _KINDS[kind.lower()]
    path = Path(target).expanduser() if target else Path()
    if path.is_dir():
        path = path / f"{stem}{suffix}"
    path = _free(path if path.suffix else path.with_suffix(suffix))
    write_atomically(path, markdown(saved) if suffix == ".md" else saved.text(), mode=0o600)
    return path.resolve()


def markdown(saved: Saved) -> str:
    """The conversation as Markdown, formulas as the model wrote them."""
    about = [saved.model_name, saved.created[:10]]
    parts = [f"# {saved.title}", "*" + " · ".join(filter(None, about)) + "*"]
    if saved.system:
        parts.append(f"**{i18n.t('chat.export.system')}**\n\n{saved.system}")
    for turn in saved.turns:
        parts.append(f"## {i18n.t('chat.export.question')}\n\n{turn.question}")
        parts.append(f"## {i18n.t('chat.export.answer')}\n\n{turn.answer}")
    return "\n\n".join(parts) + "\n"


def _free(path: Path) -> Path:
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 100_000))
    return path if not path.exists() else next(one for one in numbered if not one.exists())
