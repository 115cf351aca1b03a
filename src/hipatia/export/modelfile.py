"""Ollama's Modelfile: ``text, has_template = modelfile("model.gguf", tokenizer, system, config.generation)``.

Ollama's templates are Go's, not Jinja. Ours is read off the chat template: what it puts before each message.
"""

from __future__ import annotations

import json
from typing import Any

from ..config import GenerationConfig
from ..errors import ModelError
from ..prompting import end_of_turn_ids, format_conversation
from ..schema import Message

_MARK = "\ue000"


def modelfile(file: str, tokenizer: Any, system: str, options: GenerationConfig) -> tuple[str, bool]:
    """The text; and whether it has a template of its own, without which Ollama goes by the file's."""
    template = go_template(tokenizer)
    lines = [f"FROM ./{file}"]
    if template is not None:
        lines.append(f'TEMPLATE """{template}"""')
    if system:
        lines.append(f'SYSTEM """{system}"""')
    ends = tokenizer.convert_ids_to_tokens(end_of_turn_ids(tokenizer))
    lines += [f"PARAMETER stop {json.dumps(text, ensure_ascii=False)}" for text in [*ends, *options.stop]]
    lines.append(f"PARAMETER temperature {options.temperature:g}")
    lines.append(f"PARAMETER top_p {options.top_p:g}")
    return "\n".join(lines) + "\n", template is not None


def go_template(tokenizer: Any) -> str | None:
    """The chat template in Go's language; None where it is more than a heading before each message."""
    found = _headings(tokenizer)
    if found is None or any(text in "".join(found) for text in ("{{", '"""')):
        return None
    system, user, assistant = found
    return (
        "{{ range .Messages }}"
        f'{{{{ if eq .Role "system" }}}}{system}'
        f'{{{{ else if eq .Role "user" }}}}{user}'
        f"{{{{ else }}}}{assistant}"
        f"{{{{ end }}}}{{{{ .Content }}}}{{{{ end }}}}{assistant}"
    )


def _headings(tokenizer: Any) -> tuple[str, str, str] | None:
    """What stands before a system, a user and an assistant message, the end of the one before included."""
    roles: Any = ("system", "user", "assistant", "user")
    try:
        text = format_conversation([Message(role, _MARK) for role in roles], tokenizer, answer=True)
    except ModelError:
        return None
    pieces = text.split(_MARK)
    if len(pieces) != 5:
        return None
    system, user, assistant, again, opening = pieces
    return (system, user, assistant) if (user, assistant) == (again, opening) else None
