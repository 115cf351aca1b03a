"""Is this answer right?  ``validate_math_response("Son 12,5 m.", "25/2")`` is a Grade.

The claim is found in the response (extract), both sides are read into values (reader), and compared by
type, cheapest layer first (compare). A subprocess decides what needs high precision (symbolic).
"""

from __future__ import annotations

from .api import validate_many, validate_math_response
from .steps import check_steps
from .symbolic import release

__all__ = ["check_steps", "release", "validate_many", "validate_math_response"]
