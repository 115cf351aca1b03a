"""Exact arithmetic: the value of each expression that an answer computes, in the answer's own notation.

value_after("Paga: 12 × 3 =")       # an Edit that adds " 36"
ExactArithmetic(question)           # follows an answer while it is written
"""

from .editor import ExactArithmetic, value_after

__all__ = ["ExactArithmetic", "value_after"]
