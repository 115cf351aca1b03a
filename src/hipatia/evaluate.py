"""Evaluation, and the entry of the interactive mode: ``python -m hipatia.evaluate`` opens the chat.

from hipatia.evaluate import evaluate, compare
"""

from __future__ import annotations

import runpy
import sys

from .evaluation import Answered, Comparison, Report, compare, evaluate, load_problems, run

__all__ = ["Answered", "Comparison", "Report", "compare", "evaluate", "load_problems", "run"]

if __name__ == "__main__":
    sys.argv[1:1] = ["chat"]
    runpy.run_module("hipatia", run_name="__main__")
