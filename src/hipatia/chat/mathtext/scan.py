"""Where a text has mathematics and where code: ``scan(text)`` gives both as spans, in order.

One pass finds every delimiter; sorted places of each kind keep the search for partners quick. A
dollar is money unless what it encloses reads as a formula. What is still open at the end of the text is
taken as a formula that goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .commands import HANDLERS
from .latex import MAX_LENGTH, convert, convert_start
from .symbols import ALIGNED, CASES, FUNCTIONS, MATRICES, SYMBOLS

_TOKEN = re.compile(
    r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(?P<fence>`{3,}[^`\n]*|~{3,}[^\n]*)$"
    r"|(?P<sum>^(?:[ \t]*(?:[-+−×x*·][ \t]*)?\d[\d., ]*\n){1,8}[ \t]*(?:-{2,}|─{2,}|_{2,}|={2,})[ \t]*$(?:\n[ \t]*\d[\d., ]*$)?)"
    r"|(?P<blank>\n[ \t]*(?=\n))"
    r"|(?P<block>^[ \t]*(?:[-*+>]|#{1,6}|\d{1,9}[.)])[ \t])"
    r"|(?P<ticks>`+)"
    r"|(?:(?<![\w\\$])[A-Za-z](?:\([a-z]\)|\^\w|\^\{-1\})?[ ]?=[ ]?)?\\(?P<side>begin|end)[ ]*\{(?P<name>[a-zA-Z]+\*?)\}"
    r"|\\\\(?P<double>[()\[\]])"
    r"|(?P<escape>\\[\\$`])"
    r"|\\(?P<delimiter>[()\[\]])"
    r"|(?P<thin>[ ]?\\[,;][ ]?)"
    r"|(?P<degrees>\^[ ]?(?:\\circ(?![a-zA-Z])|\{\\circ\}))"
    r"|(?P<script>(?<=[\w)\]])[\^_]\{[^{}\n]{1,40}\})"
    r"|(?<![:\\])(?:(?<![\w.,\\])(?:\d+(?:[.,]\d+)*|[a-zA-Z]))?(?P<bare>\\(?!(?:begin|end)\b)[a-zA-Z]{2,})"
    r"|(?P<dollar>\$)",
    re.MULTILINE,
)
_WORDS = re.compile(r"(?<![\\\w])[^\W\d_]{2,}")
_QUOTED = re.compile(r"\n[ \t]*(?:>[ \t]?)+")
_STRONG_SIGN = re.compile(r"\\[a-zA-Z{]|[\^_]")
_EQUATION = re.compile(r"[=<>≤≥≈⇒→]|\\(?:leq?|geq?|approx|implies|iff|Rightarrow|to)(?![a-zA-Z])")
_OPEN_TEXT = re.compile(r"\\(?:text[a-z]*|mbox)\s?\{[^{}$]{0,80}$")  # a dollar here begins a formula in it
_CLOSER = {"(": ")", "[": "]", "((": "))", "[[": "]]"}
_ENVIRONMENTS = {*MATRICES, *CASES, *ALIGNED}


@dataclass(frozen=True)
class Span:
    """A formula or code. ``lines``: what to show, ``None`` for the source as it stands."""

    start: int
    end: int
    lines: tuple[str, ...] | None = None
    display: bool = False
    code: bool = False
    flat: str = ""  # several lines in one, for places that have only one


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    end: int
    value: str = ""


def scan(text: str) -> list[Span]:
    """The formulas and the code of a text; what lies between is prose."""
    return list(Scanner(text).spans())


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        value = match[kind]
        if kind == "name":
            kind = match["side"]
        elif kind == "double":
            kind, value = "delimiter", value * 2
        yield _Token(kind, match.start(), match.end(), value)


class Scanner:
    """One text. ``waiting``: where display mathematics begins that has no end, known after ``spans``."""

    def __init__(self, text: str):
        self.text = text
        self.tokens = list(_tokens(text))
        self.places: dict[str, list[int]] = {}  # by kind of partner, which tokens
        self.waiting: list[int] = []
        self.partner: dict[int, int] = {}  # a begin's end, the next ticks of a length
        self._look_ahead()

    def _look_ahead(self) -> None:
        begun: dict[str, list[int]] = {}
        ticks: dict[str, int] = {}
        for i, token in enumerate(self.tokens):
            self.places.setdefault(token.value if token.kind == "delimiter" else token.kind, []).append(i)
            if token.kind == "dollar" and self._is_pair(i):
                self.places.setdefault("pair", []).append(i)
            elif token.kind == "begin":
                begun.setdefault(token.value, []).append(i)
            elif token.kind == "end" and begun.get(token.value):
                self.partner[begun[token.value].pop()] = i
            elif token.kind == "ticks":
                if token.value in ticks:
                    self.partner[ticks[token.value]] = i
                ticks[token.value] = i

    def _next(self, i: int, kind: str) -> int | None:
        """The next token of a kind behind token ``i``."""
        places = self.places.get(kind, [])
        j = bisect_right(places, i)
        return places[j] if j < len(places) else None

    def _is_pair(self, i: int) -> bool:
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return after is not None and after.kind == "dollar" and after.start == self.tokens[i].end

    def spans(self) -> Iterator[Span]:
        i, pos = 0, 0
        while i < len(self.tokens):
            token = self.tokens[i]
            span = self._span(i) if token.start >= pos else None
            if span:
                yield span
                pos = span.end
            elif token.kind == "dollar" and token.start >= pos and self._is_pair(i):
                i += 1
            i += 1

    def _span(self, i: int) -> Span | None:
        token = self.tokens[i]
        if token.kind in ("fence", "ticks"):
            return self._code(i)
        if token.kind == "delimiter":
            return self._delimited(i)
        if token.kind == "dollar":
            return self._display_dollars(i) if self._is_pair(i) else self._dollars(i)
        if token.kind == "begin":
            return self._environment(i)
        if token.kind == "sum":  # one number under the other
            return Span(token.start, token.end, display=True)
        if token.kind in ("degrees", "thin"):
            return Span(token.start, token.end, ("°" if token.kind == "degrees" else " ",))
        return self._bare(i) if token.kind in ("bare", "script") else None

    def _code(self, i: int) -> Span | None:
        token = self.tokens[i]
        if token.kind == "ticks":
            j = self.partner.get(i)
            return Span(token.start, self.tokens[j].end, code=True) if j and self._beside(i, j) else None
        fence = re.match("`+|~+", token.value)[0]  # type: ignore[index]
        j = self._next(i, "fence")
        while j is not None:
            other = self.tokens[j].value
            if other.startswith(fence) and not other.strip(fence[0] + " \t\r"):
                return Span(token.start, self.tokens[j].end, code=True)
            j = self._next(j, "fence")
        return Span(token.start, len(self.text), code=True)

    def _beside(self, i: int, j: int) -> bool:
        """Both in one paragraph."""
        return all((self._next(i, kind) or j) >= j for kind in ("blank", "fence", "block"))

    def _goes_on(self, i: int, display: bool = True) -> bool:
        """What begins here may still be being written: its paragraph is the last."""
        ends = ("blank", "fence") if display else ("blank", "fence", "block")
        return all(self._next(i, kind) is None for kind in ends)

    def _delimited(self, i: int) -> Span | None:
        token = self.tokens[i]
        if token.value not in _CLOSER:
            return None
        display = token.value[0] == "["
        j, again = self._next(i, _CLOSER[token.value]), self._next(i, token.value)
        if j is not None and (again is None or again > j) and (display or self._beside(i, j)):
            body = self.text[token.end : self.tokens[j].start]
            if len(token.value) > 1:  # escaped once too often
                body = re.sub(r"\\\\(?=[a-zA-Z{},;!])", r"\\", body)
            return _formula(token.start, body, self.tokens[j].end, display)
        if j is None and again is None and len(token.value) == 1:
            self.waiting += [token.start] if display else []
            return self._unfinished(token.start, token.end, display) if self._goes_on(i, display) else None
        return None

    def _unfinished(self, start: int, body: int, display: bool, stop: int | None = None) -> Span:
        return _formula(start, self.text[body:stop], len(self.text), display, unfinished=True)

    def _display_dollars(self, i: int) -> Span | None:
        start, begin = self.tokens[i].start, self.tokens[i + 1].end
        j = self._next(i + 1, "pair")
        if j is None:
            follows = self._next(i + 1, "dollar")
            self.waiting.append(start)
            last = follows is not None and self.tokens[follows].end == len(self.text)  # half a closing pair
            if self.text[begin:].strip("$ \n") and self._goes_on(i) and (follows is None or last):
                return self._unfinished(start, begin, True, stop=-1 if last else None)
            return None
        body = self.text[begin : self.tokens[j].start]
        fenced = (self._next(i, "fence") or j) < j
        if not body.strip() or fenced or len(body) > MAX_LENGTH:
            return None
        return _formula(start, body, self.tokens[j + 1].end, True)

    def _dollars(self, i: int) -> Span | None:
        token = self.tokens[i]
        before = self.text[token.start - 1 : token.start]
        j = self._next(i, "dollar")
        if j is None:
            return self._open_dollar(i, before)
        body = self.text[token.end : self.tokens[j].start]
        for _ in range(4):
            inner = self._next(j, "dollar") if _OPEN_TEXT.search(body[-100:]) else None
            if inner is None:
                break
            j = self._next(inner, "dollar") or inner
            body = self.text[token.end : self.tokens[j].start]
        closer = self.tokens[j]
        if not self._beside(i, j) or not is_formula(body, before, self.text[closer.end : closer.end + 1]):
            return None
        return _formula(token.start, body, closer.end, False)

    def _open_dollar(self, i: int, before: str) -> Span | None:
        """A formula that is being written, if it cannot well be a sum of money."""
        body = self.text[self.tokens[i].end :]
        certain = _STRONG_SIGN.search(body) or re.match(r"\d[\d.,]*[xyzn](?![a-zA-Z])", body)
        if len(body) > 400 or "\n" in body or not body.strip() or before.isalnum() or not self._goes_on(i):
            return None
        if body[0].isspace() or (body[0].isdecimal() and not certain):
            return None
        words = [word for word in _WORDS.findall(_without_text(body)) if word not in FUNCTIONS]
        return None if words else self._unfinished(self.tokens[i].start, self.tokens[i].end, False)

    def _environment(self, i: int) -> Span | None:
        token = self.tokens[i]
        if token.value.rstrip("*") not in _ENVIRONMENTS:
            return None
        j = self.partner.get(i)
        if j is not None:
            end = self.tokens[j].end
            return _formula(token.start, self.text[token.start : end], end, True)
        self.waiting.append(token.start)
        return self._unfinished(token.start, token.start, True) if self._goes_on(i) else None

    def _bare(self, i: int) -> Span | None:
        """LaTeX in the middle of prose, without delimiters."""
        token = self.tokens[i]
        if token.kind == "bare":
            name = token.value[1:]
            if name in ("quad", "qquad"):
                return Span(token.start, token.end, ("  ",))
            untold = token.end == len(self.text) and name in HANDLERS
            if untold or (name not in SYMBOLS and name not in HANDLERS):
                return None
        blank = self._next(i, "blank")
        limit = min(self.tokens[blank].start if blank is not None else len(self.text), token.start + 2000)
        source = self.text[token.start : limit]
        line, length = convert_start(source, unfinished=limit == len(self.text))
        end = token.start + length
        if line and self.text[token.start - 1 : token.start].isspace():
            line = line.lstrip(" ")
        if line and self.text[end : end + 1].isspace():
            line = line.rstrip(" ")
        return Span(token.start, end, None if line is None else (line,))


def _formula(start: int, body: str, end: int, display: bool, unfinished: bool = False) -> Span:
    """The span of a formula, converted."""
    if display and "\n" in body:
        body = _with_line_ends(_QUOTED.sub("\n", body).strip())
    lines = convert(body, display, unfinished) if body.strip() else ("",) if unfinished else None
    flat = convert(body, False, unfinished) if lines and len(lines) > 1 else lines
    return Span(start, end, lines, display, flat=flat[0] if flat else "")


def _with_line_ends(body: str) -> str:
    """Display mathematics whose lines were only typed as lines: each is an equation."""
    body = re.sub(r"\n[ \t]*\n\s*", r"\\\\\n", body)
    lines = body.split("\n")
    if "\\\\" in body or "\\begin" in body or not all(_EQUATION.search(line) for line in lines):
        return body
    balanced = all(line.count("{") == line.count("}") for line in lines)
    return " \\\\\n".join(lines) if balanced else body


def is_formula(body: str, before: str, after: str) -> bool:
    """Whether two dollars enclose a formula, not the distance between two prices."""
    inner = body.strip()
    open_end = inner[-1:] in tuple("+-*/=,(<:") and inner[-2:-1] not in ("^", "_")
    if not inner or open_end or after.isdecimal() or len(body) > MAX_LENGTH:
        return False
    strong = bool(_STRONG_SIGN.search(inner))
    if before.isalnum() and not strong and not (before.isdecimal() and inner.isalpha() and len(inner) < 3):
        return False
    words = [word for word in _WORDS.findall(_without_text(inner)) if word not in FUNCTIONS]
    spaces = body[0].isspace() + body[-1].isspace()
    if (
        inner[0].isdecimal()
        and len(words) > (2 if strong else 0)
        and not (len(words) == 1 and len(words[0]) < 4)
    ):
        return False
    if spaces and not strong:
        return spaces == 2 and not words and bool(re.search(r"[=+<>]|^\w$", inner))
    return strong or len(words) < 2 or "=" in inner


def _without_text(source: str) -> str:
    """A formula without the words that it is right to have."""
    return re.sub(r"\\(?:text\w*|mathrm|operatorname|mbox|begin|end)\s*\{[^{}]*\}?", " ", source)
