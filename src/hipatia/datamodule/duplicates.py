"""Texts that say the same but for numerals, case and punctuation, or nearly so.

    skeleton("¿Cuánto es 1,5 + 2?")         # "cuánto es # + #"
    groups = near_duplicate_groups(texts)   # a group number for each text

Near-duplicates are texts whose skeletons share at least ``THRESHOLD`` of their five-letter pieces (Jaccard
similarity). Candidates come from MinHash signatures in bands (Broder, 1997), so that 100,000 texts do not
need five thousand million comparisons; each candidate is then compared exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLD = 0.85
_PIECE = 5
_HASHES, _BANDS = 96, 16
_MAX_LETTERS = 4000
_BUCKET_NEIGHBOURS = 16
_NUMERAL = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d+)*")
_SAME = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", "∙": "*", "÷": "/", ":": " "})
_KEPT_SIGNS = frozenset("#+-*/%^=<>√π")


def skeleton(text: str) -> str:
    """The text in NFC and lower case, each numeral as ``#``, without punctuation; signs of sums stay."""
    text = unicodedata.normalize("NFC", text).lower().translate(_SAME)
    return squeeze(_NUMERAL.sub("#", text))


def squeeze(text: str) -> str:
    """The text with everything but letters, digits and mathematical signs as one space."""
    kept = (char if char.isalnum() or char in _KEPT_SIGNS or _is_math(char) else " " for char in text)
    return " ".join("".join(kept).split())


def _is_math(char: str) -> bool:
    return char > "\x7f" and unicodedata.category(char) == "Sm"


def near_duplicate_groups(texts: Sequence[str], threshold: float = THRESHOLD) -> list[int]:
    """A number for each text, the same for near-duplicates (directly or by a chain of them).

    The grouping depends on the set of texts, not on their order; numbers go by first appearance. Among very
    many candidates for one another each text is compared with its nearest neighbours only.
    """
    skeletons = [skeleton(text) for text in texts]
    distinct = sorted(set(skeletons))
    groups = _join_similar(distinct, threshold)
    place = {text: index for index, text in enumerate(distinct)}
    numbers: dict[int, int] = {}
    return [numbers.setdefault(groups.root(place[text]), len(numbers)) for text in skeletons]


class _Groups:
    """Disjoint sets of the numbers below ``size``."""

    def __init__(self, size: int):
        self._parent = list(range(size))

    def root(self, node: int) -> int:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(self, left: int, right: int) -> None:
        self._parent[self.root(right)] = self.root(left)


def _join_similar(skeletons: Sequence[str], threshold: float) -> _Groups:
    """The indices of distinct, sorted skeletons, with near-duplicates joined."""
    pieces = [_pieces(text) for text in skeletons]
    signatures = _signatures(pieces)
    groups = _Groups(len(skeletons))
    seen: set[int] = set()
    for bucket in _buckets(signatures):
        for place, left in enumerate(bucket):
            for right in bucket[place + 1 : place + 1 + _BUCKET_NEIGHBOURS]:
                pair = left * len(skeletons) + right
                if pair in seen or groups.root(left) == groups.root(right):
                    continue
                seen.add(pair)
                # The share of equal hashes estimates the similarity, with an error of 0.04.
                estimate = (signatures[left] == signatures[right]).mean()
                if estimate > threshold - 0.15 and _jaccard(pieces[left], pieces[right]) >= threshold:
                    groups.join(left, right)
    return groups


def _pieces(text: str) -> NDArray[np.uint64]:
    """The distinct hashes of the text's five-letter pieces, sorted."""
    import numpy as np

    letters = np.frombuffer(text[:_MAX_LETTERS].ljust(_PIECE).encode("utf-32-le", "replace"), dtype=np.uint32)
    hashes = np.zeros(len(letters) - _PIECE + 1, dtype=np.uint64)
    for offset in range(_PIECE):
        column = letters[offset : offset + len(hashes)].astype(np.uint64)
        hashes = (hashes ^ column) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)


def _signatures(pieces: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint32]:
    """MinHash signatures, texts × hashes."""
    import numpy as np

    generator = np.random.default_rng(0)
    factors = generator.integers(1, 2**63, size=(_HASHES, 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    signatures = np.empty((len(pieces), _HASHES), dtype=np.uint32)
    for index, hashes in enumerate(pieces):
        signatures[index] = ((hashes * factors) >> np.uint64(32)).min(axis=1)
    return signatures


def _buckets(signatures: NDArray[np.uint32]) -> Iterator[list[int]]:
    """Groups of indices, in order, whose signatures agree in at least one band."""
    width = _HASHES // _BANDS
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = {}
        for index, columns in enumerate(signatures[:, band * width : (band + 1) * width]):
            buckets.setdefault(columns.tobytes(), []).append(index)
        yield from (bucket for bucket in buckets.values() if len(bucket) > 1)


def _jaccard(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> float:
    import numpy as np

    shorter, longer = sorted((len(left), len(right)))
    if shorter < longer * 0.5:
        return 0.0
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared / (len(left) + len(right) - shared)
