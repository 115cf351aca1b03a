"""A chat template that begins every conversation with a system message, where it has none of its own.

    with_default_system(tokenizer, "Eres Hipatia…")     # the template, or None where it cannot be done

Done in front of the template, so that whatever it does with system messages stays as it is. Checked by rendering
in transformers' sandbox: a conversation without a system message comes out as with it, one with it as before.
"""

from __future__ import annotations

import json
from typing import Any

from ..templates import render_template

_SAMPLES = (
    ("user",),
    ("user", "assistant", "user"),
    ("user", "assistant", "user", "assistant"),
)


def with_default_system(tokenizer: Any, prompt: str) -> str | None:
    """The tokenizer's template with ``prompt`` as its default system message.

    None where the template takes no system message, or changes what stands before it.
    """
    message = f"{{'role': 'system', 'content': {json.dumps(prompt, ensure_ascii=False)}}}"
    template = (
        "{%- if not messages or messages[0]['role'] != 'system' %}"
        f"{{%- set messages = [{message}] + messages %}}"
        "{%- endif %}" + tokenizer.chat_template
    )
    return template if _renders_the_same(tokenizer, template, prompt) else None


def _renders_the_same(tokenizer: Any, template: str, prompt: str) -> bool:
    from jinja2.exceptions import TemplateError

    for roles in _SAMPLES:
        talk = [{"role": role, "content": f"{index}: ¿2 + 2?"} for index, role in enumerate(roles)]
        opened = [{"role": "system", "content": prompt}, *talk]
        answer = roles[-1] == "user"
        try:
            wanted = render_template(tokenizer, opened, answer)
            found = [render_template(tokenizer, messages, answer, template) for messages in (talk, opened)]
        except TemplateError:
            return False
        if prompt.strip() not in wanted or found != [wanted, wanted]:
            return False
    return True
