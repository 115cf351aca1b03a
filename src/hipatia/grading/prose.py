"""A claim inside a sentence: ``Después de 3 días le quedan 12 manzanas`` claims ``12 manzanas``.

``claimed(text)`` gives the shorter texts that the sentence may claim, best first. Nothing is given
where words around the number change it ("el doble de 6") or where several numbers could be meant.
"""

from __future__ import annotations

import re

from ..number_words import NUMBER_WORDS, alternatives, plain_word, with_numerals
from .latex import MIXED
from .times import compound
from .units import parse_unit
from .vocabulary import (
    ALTERS,
    CHANGES,
    COPULAS,
    FILLERS,
    JOINTS,
    KNOWN,
    NEGATIVE,
    PREPOSITIONS,
    UNCOUNTED,
    VERBS,
)

MAX_TEXT = 1500
MAX_PIECES = 80
_LATER = re.compile(
    r"(?:,|;|\.|\by|\band)?\s*\b(?:as[ií] que|por lo que|por (?:lo )?tanto|de modo que|de manera que|con "
    r"lo que|so|therefore|thus"
    r"|hence|which means(?: that)?|lo que (?:da|hace|significa que)|which gives|es decir que|luego)\b,?\s*",
    re.I,
)
PREMISE = re.compile(
    r"\W*(?:(?:como|as)(?! (?:una? |an? |el |the )?(?:n[uú]mero (?:mixto|decimal)|decimal|fracci[oó]n|porcentaje|tanto por|potencia|producto"
    r"|intervalo|conjunto|mixed|fraction|percent|power|product|interval|set)\w*\b(?!.*,\s))|dado que|puesto que|ya que|sabiendo que|si"
    r"|cuando|para que|since|because|if|when|given that|knowing that)\b",
    re.I,
)
SAYS_VALUE = re.compile(rf"\d|[^\W\d_]\s*=|[ℝ∅∞]|\b{alternatives(NUMBER_WORDS)}\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUN = re.compile(
    r"[\dπ√½¼¾⅓⅔∞ℝ∅]|[^\W\d_]\s*=|[a-zα-ω)]\s?[+*/^·×−-]\s?[a-zα-ω(]"
    r"|\b(?:arc)?(?:sen|sin|cos|tan|tg|cot|cotg|ctg|sec|csc|cosec|ln|log|sqrt)\b"
)
_MATH_WORDS = set(
    "sen sin cos tan tg cot cotg ctg sec csc cosec ln log sqrt mcm mcd pi lim arcsen arctan".split()
)
_MIXED = re.compile(r"(?<![\d/.,])(\d+) (?:y|and) (\d+/\d+)(?= [^\W\d_])")  # 5 y 2/3 kg
_LETTERS = ("a", "y", "e", "o", "u")
_ENDING = re.compile(r"[^\W\d_]{2,}(?:[aei]mos|aron|ieron|aran|eran|iran|aban|ian|ara|ira)$")
_INFINITIVE = re.compile(r"[^\W\d_]{1,}[aei]r")
_ONE = ("un", "una", "uno", "one")


def claimed(text: str) -> list[str]:
    """What a sentence may claim, best first; empty where that is not clear."""
    if len(text) > MAX_TEXT:
        return []
    parts = _LATER.split(text)
    if len(parts) > 1 and SAYS_VALUE.search(parts[-1]) and (found := claimed(parts[-1])):
        return found
    if len(parts) > 1 and parts[-1].strip() and not parts[0].strip():
        return [parts[-1]]
    if PREMISE.match(text):
        return after_commas(text)
    text = _MIXED.sub(rf"\1{MIXED}(\2)", with_numerals(_after_colon(text)))
    pieces = text.split()
    if len(pieces) > MAX_PIECES or ";" in text:
        return []
    sentence = _Sentence(pieces)
    if not sentence.runs:
        return sentence.wordy()
    tail = sentence.after_copula()
    return [tail, *sentence.of_runs()] if tail else sentence.of_runs()


def after_commas(text: str) -> list[str]:
    """``Como sen α = 1/2 y α es agudo, α = 30º``: what may follow the premise, longest first."""
    return [text[match.end() :] for match in re.finditer(r",\s+", text)]


def conclusion(text: str) -> str:
    """The sentence without its premise ("Como …, "); empty where it has none."""
    return next(iter(after_commas(text)), "") if PREMISE.match(text) else ""


def predicate(text: str) -> str:
    """What follows the one verb that gives a value; empty where that is not clear."""
    return _Sentence(text.split()).after_copula() if len(text) <= MAX_TEXT else ""


def _after_colon(text: str) -> str:
    """``Ana compra 3 cajas: 3 × 14 = 42 lápices``: what follows the last colon, where it has a number."""
    head, colon, rest = text.rpartition(": ")
    inside = head.count("{") > head.count("}") or head.count("(") > head.count(")")  # {x ∈ ℝ : x > 2}
    return (
        rest if colon and not inside and re.search(r"\d", rest) and re.search(r"[^\W\d_]{3}", head) else text
    )


def _word(piece: str) -> str:
    """The folded word that a piece is, or an empty text where it is mathematics."""
    bare = piece.strip("¿?¡!\"'()*_.,;:")
    folded = plain_word(bare)
    if not _WORD.fullmatch(bare) or folded in _MATH_WORDS:
        return ""
    return folded if len(bare) > 1 or folded in _LETTERS else ""


class _Sentence:
    """A sentence as pieces between spaces, their folded words (empty for mathematics), and its runs.

    A run is a place ``(start, end)`` of mathematics with a value.
    """

    def __init__(self, pieces: list[str]):
        self.pieces = pieces
        self.words = [_word(piece) for piece in pieces]
        for i, word in enumerate(self.words):  # "y = 3x" and "3 + e" have letters, not connectives
            after = pieces[i + 1][0] if i + 1 < len(pieces) else ""
            if word in _LETTERS and (after and after in "=<>≤≥+-*/^≠" or i and pieces[i - 1][-1] in "=+*/^"):
                self.words[i] = ""
        self.runs = self._runs()

    def _runs(self) -> list[tuple[int, int]]:
        runs, i = [], 0
        while i < len(self.pieces):
            j = i
            while j < len(self.pieces) and not self.words[j]:
                j += 1
                inside = self.text(i, j)
                opened = inside.count("(") + inside.count("[")
                if self.pieces[j - 1][-1] in ",;:" and opened <= inside.count(")") + inside.count("]"):
                    break
            if j > i and _RUN.search(self.text(i, j)):
                runs.append((i, j))
            i = max(j, i + 1)
        return runs

    def text(self, start: int, end: int | None = None) -> str:
        return " ".join(self.pieces[start:end])

    def after_copula(self) -> str:
        """``Los divisores de 12 son 1, 2, 3, 4, 6 y 12``: all after the one verb that gives a value."""
        verbs = [i for i, word in enumerate(self.words) if word in COPULAS]
        giving = [
            i
            for i in verbs
            if any(start > i and set(self.words[i + 1 : start]) <= FILLERS for start, _ in self.runs)
        ]
        if len(giving) != 1 or giving[0] != verbs[-1] or NEGATIVE & set(self.words[: giving[0]]):
            return ""
        return self.text(giving[0] + 1)

    def of_runs(self) -> list[str]:
        """The run of mathematics that is claimed, with what is counted or measured."""
        first = self.runs[0][0]
        suffix = self.text(first).rstrip(".,;:")
        if all(self.pieces[start][0] in "([{" for start, _ in self.runs) and self._unaltered(first):
            return [suffix]
        starts = [
            *(i + 1 for i, word in enumerate(self.words) if word in VERBS),
            *(start for start, _ in self.runs),
        ]
        for start in starts:
            if (measure := self._measure(start)) and self._unaltered(start):
                return [measure]
        if len(self.runs) > 1 and (rest := self._tail()):
            return rest
        runs = self._chosen() if len(self.runs) > 1 else self.runs
        if len(runs) != 1 or not self._unaltered(runs[0][0]):
            return []
        return list(filter(None, [self._with_unit(*runs[0])]))

    def wordy(self) -> list[str]:
        """``Dura hora y media``: what follows the verb; ``Queda una galleta``: the article is the number."""
        verbs = [i for i, word in enumerate(self.words) if _is_verb(word)]
        if not verbs or NEGATIVE & set(self.words):
            return []
        if measure := next(filter(None, (self._measure(verb + 1) for verb in verbs)), ""):
            return [measure]  # media hora en llenarse
        if ALTERS & set(self.words):
            return []
        after = [self.text(verbs[-1] + 1)]
        places = [i for i, word in enumerate(self.words) if word in _ONE]
        if len(places) != 1:
            return after
        i = places[0]
        verb = self.words[i - 1] if i else ""
        return [*after, f"1 {self.text(i + 1)}".strip()] if verb in VERBS - COPULAS else after

    def _measure(self, start: int) -> str:
        """The compound measure that begins there: ``2 kg y 300 g``; empty where none does."""
        for end in range(min(start + 8, len(self.pieces)), start + 1, -1):
            if compound(measure := self.text(start, end).rstrip(".,;:")):
                return measure
        return ""

    def _tail(self) -> list[str]:
        """``Las soluciones son 2 y 3``, ``Hay 23 gallinas y 12 conejos``: all that follows the verb."""
        first, end = self.runs[0][0], self.runs[-1][1]
        between = {word for word in self.words[first:end] if word}
        before = [word for word in self.words[:first] if word not in FILLERS]
        if (before and not _is_verb(before[-1])) or not self._unaltered(first):
            return []
        if (VERBS | ALTERS | NEGATIVE) & between:
            return []
        if not between <= JOINTS:
            # Things counted: each number but the last must be followed by its noun and a connective.
            counted = not VERBS & set(self.words[end:]) and all(
                self._joint_after(b) for _, b in self.runs[:-1]
            )
            return [self.text(first)] if counted else []
        return [self.text(first), self.text(first, end)] if before else []

    def _joint_after(self, b: int) -> bool:
        """Whether one or two words and then "y", "and" or a comma follow the number that ends at b."""
        if not self.words[b - 1 : b]:
            return False
        return any(
            self.words[i] in JOINTS or self.pieces[i - 1].endswith(",")
            for i in range(b + 1, min(b + 3, len(self.pieces)))
        )

    def _chosen(self) -> list[tuple[int, int]]:
        """Of several runs the one that is an equality, that follows a verb, or that says what is new."""
        equalities = [run for run in self.runs if "=" in self.text(*run)]
        if len(equalities) == 1 and equalities[0] == self.runs[-1]:
            return equalities
        verbal = [run for run in self.runs if self._verb_before(run[0])]
        if len(verbal) > 1:
            verbal = [run for run in verbal if self._verb_before(run[0]) != "hace"] or verbal  # hace 3 años
        if len(verbal) > 1:
            copular = [run for run in verbal if self._verb_before(run[0]) in COPULAS]
            return copular if len(copular) == 1 and copular[0] == verbal[-1] else verbal
        if verbal:
            return verbal
        new = [run for run in self.runs if not run[0] or self.words[run[0] - 1] not in KNOWN]
        return new if len(new) == 1 else [run for run in new if not self._in_phrase(run[0])]

    def _in_phrase(self, start: int) -> bool:
        """Whether a preposition governs the number: ``para 3 salones``, ``de los 30 alumnos``."""
        while start > 0 and self.words[start - 1] in KNOWN:
            start -= 1
        return start > 0 and self.words[start - 1] in PREPOSITIONS

    def _verb_before(self, start: int) -> str:
        i = start - 1
        while i >= 0 and self.words[i] in FILLERS and self.words[i] not in VERBS:
            i -= 1
        return self.words[i] if i >= 0 and _is_verb(self.words[i]) else ""

    def _unaltered(self, start: int) -> bool:
        """Whether nothing between the verb and the number changes its meaning, and nothing denies it."""
        if NEGATIVE & set(self.words[:start]):
            return False
        for i in range(start - 1, -1, -1):
            word = self.words[i]
            if word not in ALTERS and (_is_verb(word) or _INFINITIVE.fullmatch(word)):
                return True
            if word in ALTERS or (not self.words[i] and re.search(r"\w", self.pieces[i])):
                return not self.words[i] and self._in_phrase(i)
        return True

    def _changed(self, b: int) -> bool:
        """``24 al cuadrado``, ``24 menos 3``; ``24 sillas más`` is not changed."""
        for i in range(b, min(b + 3, len(self.words))):
            if self.words[i] in CHANGES:
                return self.words[i] not in ("mas", "menos") or self.words[i + 1 : i + 2] == [""]
        return False

    def _with_unit(self, a: int, b: int) -> str:
        if self.pieces[b - 1][-1] not in ",;:." and self._changed(b):
            return ""
        number = self.text(a, b)
        ended = number[-1] in ",;:"
        number = number.rstrip(",;:.")
        if ended or b >= len(self.pieces):
            return number
        after = []
        for piece in self.pieces[b : b + 4]:
            after.append(piece.rstrip(",;:.)"))
            if piece[-1] in ",;:.":
                break
        for count in range(len(after), 0, -1):
            name = " ".join(after[:count])
            if name == "in":
                continue
            unit = parse_unit(name.removeprefix("de ").removeprefix("of "))
            if unit or (after[:2] == ["por", "ciento"] and count == 2):
                return f"{number} {name}"
        if after and number[0] not in "$€£" and self.words[b] and self.words[b] not in UNCOUNTED | VERBS:
            return f"{number} {after[0]}"
        return number


def _is_verb(word: str) -> bool:
    return word in VERBS or bool(_ENDING.fullmatch(word))
