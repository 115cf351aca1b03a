"""Exact arithmetic: the value of each expression that an answer computes, in the answer's own notation.

value_after("Paga: 12 × 3 =")       # an Edit that adds " 36"
ExactArithmetic(question)           # follows an answer while it is written
would_change(answer, question)      # whether it would have changed a whole answer
"""

from .editor import ExactArithmetic, value_after, would_change

__all__ = ["ExactArithmetic", "value_after", "would_change"]
