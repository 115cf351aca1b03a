"""What LaTeX's commands mean: each function reads a command's arguments and gives the pieces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from .atoms import Atom, Row, fraction, is_factor, join, root
from .environments import environment
from .layout import PLAIN, STRONG, Box, braced, bracketed, framed
from .parsing import MAX_DEPTH, Commands, Parser, Unfaithful, attach, binomial
from .symbols import (
    ACCENTS,
    ALPHABETS,
    ARROW,
    BINOMIALS,
    BOXES,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    IGNORED,
    LIMITS,
    LINES,
    NEGATED,
    OVERLINE,
    SPACES,
    STACKED,
    SYMBOLS,
    TEXT,
    TEXT_ACCENTS,
    Kind,
)

_UNITS = re.compile(r"[\w/·. ]+")


def _fraction(parser: Parser, name: str) -> Row:
    return [fraction(parser.argument(), parser.argument())]


def _binomial(parser: Parser, name: str) -> Row:
    above, below = parser.argument(), parser.argument()
    if parser.display and parser.depth == 1:
        lines = Box((join(above), join(below)))
        return [Atom(Kind.BLOCK, "", box=bracketed(lines, "(", ")"))]
    return [binomial(above, below)]


def _root(parser: Parser, name: str) -> Row:
    index = parser.inner(parser.optional())
    return [root(parser.argument(), index)]


def _boxed(parser: Parser, name: str) -> Row:
    row = parser.argument()
    alone = parser.display and parser.depth == 1 and not parser.source[parser.pos :].strip(" \n.,")
    if alone and re.match(r"\s*\\\w+\s*\{", parser.source):
        return [Atom(Kind.BLOCK, "", box=framed(parser.box(row)))]
    return [Atom(Kind.ORD if is_factor(row) else Kind.TEXT, strong(join(row)))]


def strong(line: str) -> str:
    return STRONG + line.replace(STRONG, "").replace(PLAIN, "") + PLAIN


def _braced(parser: Parser, name: str) -> Row:
    """A brace with its label, where there are several lines for it."""
    row = parser.argument()
    if not parser.display or parser.depth > 1 or not row:
        raise Unfaithful
    below, above, _ = parser.scripts()
    label = join((above if name == "overbrace" else below) or [])
    return [Atom(Kind.BLOCK, "", box=braced(parser.box(row), label, name == "overbrace"))]


def _accent(parser: Parser, name: str) -> Row:
    row = parser.argument()
    body = join(row, tight=True)
    if not body and parser.unfinished:
        return []
    letters = len(unicodedata.normalize("NFC", body).rstrip("₀₁₂₃₄₅₆₇₈₉'"))
    if letters == 1 and name in ACCENTS and (name != "bar" or not body.isdecimal()):
        return [Atom(Kind.ORD, body[0] + ACCENTS[name] + body[1:])]
    if name in ("overrightarrow", "vec") and body.isalnum():
        return [Atom(Kind.ORD, "".join(c + OVERLINE for c in body[:-1]) + body[-1] + ARROW)]
    if name == "widehat" and letters == 3 and body.isalpha():  # an angle by its vertex
        return [Atom(Kind.ORD, body[:2] + ACCENTS[name] + body[2])]
    return _line(parser, name, body)


def _line(parser: Parser, name: str, body: str | None = None) -> Row:
    body = join(parser.argument(), tight=True) if body is None else body
    if name == "underline":  # of an answer: it only stands out
        return [Atom(Kind.TEXT, strong(body) if body else "____")]
    if name not in LINES or len(body) > 60:
        raise Unfaithful
    kind = Kind.NUM if body[:1].isdecimal() else Kind.ORD
    return [Atom(kind, "".join(c + LINES[name] for c in body))]


def _font(parser: Parser, name: str) -> Row:
    if name == "operatorname" and parser.source[parser.pos : parser.pos + 1] == "*":
        parser.pos += 1
    row = parser.argument()
    word = join(row, tight=True)
    if name in ALPHABETS and len(word) == 1 and word.isalpha():
        return [Atom(Kind.ORD, _letter(word, ALPHABETS[name]))]
    if name in ("operatorname", "mathop") or word in FUNCTIONS:
        return [Atom(Kind.FUNC, word, loose=word in LIMITS)]
    upright = word.isalpha() or (name == "mathrm" and _UNITS.fullmatch(word))
    return [Atom(Kind.TEXT, word)] if len(word) > 1 and upright else row


def _letter(letter: str, alphabet: str) -> str:
    """A letter of one of Unicode's mathematical alphabets; itself where that has none."""
    size = "CAPITAL" if letter.isupper() else "SMALL"
    for pattern in ("MATHEMATICAL {0} {1} {2}", "{0} {1} {2}", "BLACK-LETTER {1} {2}"):
        try:
            return unicodedata.lookup(pattern.format(alphabet, size, letter.upper()))
        except KeyError:
            continue
    return letter


def _text(parser: Parser, name: str) -> Row:
    text = words(parser, parser.verbatim())
    return [Atom(Kind.TEXT, text)] if text else []


def words(parser: Parser, source: str) -> str:
    """What a \\text says, with the formulas inside."""
    if parser.depth > MAX_DEPTH:
        raise Unfaithful
    out: list[str] = []
    pos = 0
    for match in re.finditer(
        r"\$([^$]*)\$|\\\(((?:[^\\]|\\[^)])*)\\\)|\\([a-zA-Z]+|.)\s*|[{}~$]", source, re.DOTALL
    ):
        if match.start() < pos:
            continue
        out.append(source[pos : match.start()])
        pos = match.end()
        formula = match[1] or match[2]
        if formula is not None:
            out.append(join(parser.inner(formula)))
        elif match[3] is not None:
            shown, pos = _in_text(match[3], source, pos)
            out.append(shown)
        else:
            out.append({"~": " ", "$": "$"}.get(match[0], ""))
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", "".join(out) + source[pos:]))


def _in_text(name: str, source: str, pos: int) -> tuple[str, int]:
    """What a command inside a text shows, and where the text goes on."""
    if name in TEXT_ACCENTS and (letter := re.compile(r"\{?\\?([a-zA-Z])\}?").match(source, pos)):
        return letter[1] + TEXT_ACCENTS[name], letter.end()
    if name in TEXT or name in FONTS or name in IGNORED:
        return "", pos
    if name in SPACES or name == "\\":
        return " ", pos
    if name in SYMBOLS and SYMBOLS[name][0] is not Kind.FUNC:
        space = " " if name.isalpha() and source[pos - 1].isspace() else ""
        return SYMBOLS[name][1] + space, pos
    raise Unfaithful


def _left(parser: Parser, name: str) -> Row:
    left = _delimiter(parser)
    row = parser.row()
    if parser.name() == "right":
        parser.pos += len("\\right")
        right = _delimiter(parser)
    elif parser.unfinished and parser.at_end():
        right = ""
    else:
        raise Unfaithful
    if any(atom.box for atom in row):
        return [Atom(Kind.BLOCK, "", box=bracketed(parser.box(row), left, right))]
    if right == "|" and not left and not is_factor(row):  # evaluated at
        row = [Atom(Kind.OPEN, "("), *row, Atom(Kind.CLOSE, ")")]
    if left == "{" and not right and not (parser.unfinished and parser.at_end()):  # a system in a line
        right = "}"
    return [Atom(Kind.OPEN, left), *row, Atom(Kind.CLOSE, right)]


def _delimiter(parser: Parser) -> str:
    parser.spaces()
    sign = parser.source[parser.pos : parser.pos + 1]
    if not sign and parser.unfinished:
        return ""
    if sign == "\\":
        name = parser.name()
        parser.pos += len(name) + 1
        if name not in SYMBOLS:
            if parser.unfinished and parser.at_end():
                return ""
            raise Unfaithful
        return SYMBOLS[name][1]
    if not sign or sign not in "()[]|/.<>⟨⟩‖⌊⌋⌈⌉":
        raise Unfaithful
    parser.pos += 1
    return {".": "", "<": "⟨", ">": "⟩"}.get(sign, sign)


def _middle(parser: Parser, name: str) -> Row:
    return [Atom(Kind.REL, _delimiter(parser))]


def _not(parser: Parser, name: str) -> Row:
    atom, *rest = parser.argument() or [Atom(Kind.ORD, "")]
    if atom.text not in NEGATED or rest:
        raise Unfaithful
    return [replace(atom, text=NEGATED[atom.text], kind=Kind.REL)]


def _stacked(parser: Parser, name: str) -> Row:
    over, base = parser.argument(), parser.argument()
    if name == "underset" and len(base) == 1:
        return attach(base, over, None, "")
    symbol = STACKED.get((join(over), join(base)))
    if symbol:
        return [Atom(Kind.REL, symbol)]
    if len(base) != 1 or base[0].kind is not Kind.REL:
        raise Unfaithful
    return attach(base, None, over, "")


def _labelled_arrow(parser: Parser, name: str) -> Row:
    below, above = parser.optional(), join(parser.argument())
    if below:
        raise Unfaithful
    tip = "→" if "right" in name else "←"
    return [Atom(Kind.REL, f"─({above})→" if tip == "→" else f"←({above})─")]


def _modulus(parser: Parser, name: str) -> Row:
    body = join(parser.argument())
    return [Atom(Kind.TEXT, f"(mod {body})" if name == "pmod" else f"mod {body}", gap=2)]


def _coloured(parser: Parser, name: str) -> Row:
    parser.verbatim()
    return parser.argument() if name == "textcolor" else []


def _tag(parser: Parser, name: str) -> Row:
    return [Atom(Kind.TEXT, f"({words(parser, parser.verbatim())})", gap=3)]


def _substack(parser: Parser, name: str) -> Row:
    parts = [join(parser.inner(part), tight=True) for part in parser.verbatim().split("\\\\")]
    return [Atom(Kind.TEXT, ", ".join(parts))]


def _quantity(parser: Parser, name: str) -> Row:
    number = parser.argument() if name != "si" else []
    unit = words(parser, parser.verbatim()) if name != "num" else ""
    return [*number, Atom(Kind.TEXT, unit, gap=2)] if unit else number


HANDLERS: Commands = {
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys(BINOMIALS, _binomial),
    **dict.fromkeys(BOXES, _boxed),
    **dict.fromkeys([*LINES, "sout"], _line),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(FONTS, _font),
    **dict.fromkeys(TEXT, _text),
    **dict.fromkeys(["xrightarrow", "xleftarrow", "xRightarrow"], _labelled_arrow),
    **dict.fromkeys(["overset", "stackrel", "underset"], _stacked),
    **dict.fromkeys(["pmod", "mod", "pod"], _modulus),
    **dict.fromkeys(["textcolor", "color"], _coloured),
    **dict.fromkeys(["SI", "qty", "num", "si", "unit"], _quantity),
    "underbrace": _braced,
    "overbrace": _braced,
    "sqrt": _root,
    "left": _left,
    "middle": _middle,
    "not": _not,
    "tag": _tag,
    "substack": _substack,
    "begin": environment,
}
