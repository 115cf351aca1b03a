"""The symbolic layer's own process: ``python -m hipatia.grading.worker``, one JSON request a line.

It reads trees, never text, and answers ``{"answer": true | false | null}``. The parent kills it when it
takes too long; it also ends by itself when the parent is gone. Started by ``symbolic.py`` alone.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import Any

from ..killable import serve

MEMORY = 700 * 2**20
PATIENCE = 10.0  # seconds after which a request that nobody killed ends the process


def decode(tree: Any) -> Any:
    """A tree as JSON carries it (fractions as text, tuples as lists) back to nested tuples."""
    if tree[0] == "n":
        return ("n", Fraction(tree[1]))
    return tuple(decode(part) if isinstance(part, list) else part for part in tree)


def prepare() -> None:
    from . import proofs

    sys.setrecursionlimit(5000)
    proofs.warm_up()


def answer(request: dict[str, Any]) -> dict[str, bool | None]:
    from . import proofs

    try:
        return {"answer": proofs.TASKS[request["task"]](*[decode(tree) for tree in request["trees"]])}
    except MemoryError:
        raise
    except Exception:  # an answer that cannot be had is "undecided", whatever the library raised
        return {"answer": None}


if __name__ == "__main__":
    serve(prepare, answer, memory=MEMORY, patience=PATIENCE)
