"""Renders chat templates in transformers' sandbox: ``python -m hipatia.template_worker``, one JSON request a line.

Started by ``templates`` alone, which kills it when it takes too long; killable.py bounds the rest.
"""

from __future__ import annotations

from typing import Any

from .killable import serve
from .templates import LIMIT, MAX_TEXT

_MEMORY = 3 * 2**30  # of addresses; the libraries take half a gigabyte of them


def _prepare() -> None:
    import transformers.utils.chat_template_utils  # noqa: F401, its time is not the template's


def _render(request: dict[str, Any]) -> dict[str, str]:
    from transformers.utils.chat_template_utils import render_jinja_template

    try:
        rendered: Any = render_jinja_template(
            conversations=[request["messages"]],
            chat_template=request["template"],
            add_generation_prompt=request["answer"],
            **request["special"],
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever the template brings about
        return {"error": str(error)[:500]}
    text: str = rendered[0][0]
    return {"text": text} if len(text) <= MAX_TEXT else {"error": f"{len(text)} characters"}


if __name__ == "__main__":
    serve(_prepare, _render, memory=_MEMORY, patience=2 * LIMIT)
