"""Unicode, LaTeX and Markdown turned into one plain notation: ``plain("½ × 3²")`` is ``(1/2) * 3^(2)``.

Only the spelling changes here; what the text means is decided by the parser.
"""

from __future__ import annotations

import re
import unicodedata

from ..number_words import separated
from .latex import MIXED, ROW, NotationError, convert, proper

MAX_LENGTH = 4000


_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2060-\u2064\u00ad\ufeff\ufe0e\ufe0f\u202a-\u202e\x00-\x08\x0b-\x1f\x7f]"
)


_SUPER = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵏᵐᵃᵇ", "0123456789+-=()nixykmab", strict=True))


_SUB = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₓₖₙₘᵢ", "0123456789+-aexknmi", strict=True))


_CHARS = str.maketrans(
    {
        **dict.fromkeys("−–‐‑‒﹣－", "-"),
        **dict.fromkeys("×·⋅∗∙•✕✖⨯＊", "*"),
        **dict.fromkeys("÷⁄∕", "/"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2005\u2006\u200a\u3000", " "),
        **dict.fromkeys("’ʼ‘′", "'"),
        **dict.fromkeys("⋯⋮", "…"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("⩽≦", "≤"),
        **dict.fromkeys("⩾≧", "≥"),
        **dict.fromkeys("⟨〈", "("),
        **dict.fromkeys("⟩〉", ")"),
        "Ø": "∅", "ϕ": "φ", "∪": "∪", "⋃": "∪", "＝": "=", "＋": "+", "∶": ":", "％": "%", "∣": "|",
        "“": '"', "”": '"', "«": '"', "»": '"', "∧": " y ", "∨": " o ", "µ": "μ", "∖": "∖", "ⅇ": "e",
            "ⅈ": "i",
        "⟹": "⇒", "⟶": "→", "⟺": "⇔", "≅": "≈", "≃": "≈", "∼": "≈", "￥": "¥",
    }
)  # fmt: skip


_ASCII = [
    (re.compile(r"<=>"), "⇔"),
    (re.compile(r"=>(?!\s*-?\d)"), "⇒"),
    (re.compile(r"<=|=<"), "≤"),
    (re.compile(r">=|=>"), "≥"),
    (re.compile(r"!=|=/=|<>"), "≠"),
    (re.compile(r"={2,}"), "="),
    (re.compile(r"->"), "→"),
    (re.compile(r"\+/-|\+-|-/\+"), "±"),
    (re.compile(r"\.{3,}"), "…"),
    (re.compile(r"(?<=[\w)\]])\s*\*\*\s*(?=[\w(-])"), "^"),
]


def plain(text: str) -> str:
    """The text in plain notation. Raises NotationError when it is too long or does not close."""
    if len(text) > MAX_LENGTH:
        raise NotationError("too long")
    text = _characters(separated(text))
    text = _dollars(text)
    if "~" in text:
        text = re.sub(r"(?<=[\d})])~(?=\d{3}(?!\d)|[^\W\d_]|\\)", " ", text)
    if "\\choose" in text or "\\over" in text:
        text = re.sub(r"\{([^{}]*)\\choose\b([^{}]*)\}", r"\\binom{\1}{\2}", text)
        text = re.sub(r"\{([^{}]*)\\over\b([^{}]*)\}", r"\\frac{\1}{\2}", text)
    if "\\" in text:
        text = re.sub(r"(ℝ|\\mathbb\s*\{?R\}?|\bR)\s*\\\s*(?=\\?\{|\d)", r"\1 ∖ ", text)
    if "\\" in text or "{" in text:
        text = convert(text)
    for pattern, by in _ASCII:
        text = pattern.sub(by, text)
    text = ANGLES.sub(r"(\1)", text)
    text = _INFINITE.sub("∞", text)
    text = text.replace("**", " ").replace("`", " ")
    text = _TIMES.sub("*", text)
    if ";" in text:
        text = _ROWS.sub(_rows, text)
    if "/" in text:
        text = _MIXED.sub(lambda m: f"{m[1]}{MIXED}({m[2]}/{m[3]})" if proper(m[2], m[3]) else m[0], text)
    return _BLANKS.sub(" ", text).strip()


_TIMES = re.compile(r"(?<=[\d)])\s+[xX]\s+(?=[\d(])|(?<=\d)[xX](?=\d)")
_MIXED = re.compile(r"(?<![\d.,/^⊹])(\d+) +(\d+) ?/ ?(\d+)(?![\d/]|[.,]\d)")
_BLANKS = re.compile(r"[ \t]+")


ANGLES = re.compile(r"<(\s*-?\d[^<>=]*,[^<>=]*)>")  # <1, 2>


_INFINITE = re.compile(r"(?<=[(\[\],;+\-<≤>≥ ])(?:inf(?:inito|inity|ty)?|oo)(?=\s*[)\[\],;])", re.I)


# Matrices as programs write them: [1 2; 3 4].
_CELL = r"-?[\w./]+"


_ROWS = re.compile(rf"[\[(]\s*({_CELL}(?:,? +{_CELL})+(?:\s*;\s*{_CELL}(?:,? +{_CELL})+)+)\s*;?\s*[\])]")


def _rows(match: re.Match[str]) -> str:
    return "⟦" + ROW.join("&".join(re.split(r",? +", row.strip())) for row in match[1].split(";")) + "⟧"


def _characters(text: str) -> str:
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = re.sub(
        "[\U0001d400-\U0001d7ff０-９Ａ-Ｚａ-ｚ（）［］｛｝，；．]",
        lambda m: unicodedata.normalize("NFKC", m[0]),
        text,
    )
    text = text.translate(_CHARS)
    text = re.sub("[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]", _vulgar, text)
    text = re.sub(
        "[" + "".join(_SUPER) + "]+",
        lambda m: "^(" + "".join(_SUPER[c] for c in m[0]) + ")",
        text,
    )
    return re.sub("[" + "".join(_SUB) + "]+", lambda m: "_" + "".join(_SUB[c] for c in m[0]), text)


def _vulgar(match: re.Match[str]) -> str:
    top, bottom = unicodedata.normalize("NFKC", match[0]).split("\u2044")
    before = match.string[: match.start()].rstrip()
    return f"{MIXED if before[-1:].isdigit() else ''}({top}/{bottom})"


def _dollars(text: str) -> str:
    """Drop the dollars that open and close mathematics; keep those that are money."""
    if "$" not in text:
        return text
    if text.count("$") == 1 and re.match(r"\$\s?[^\s\d.,]", text):
        return text[1:]  # mathematics that was opened and not closed
    text = text.replace("\\$", "\0").replace("$$", " $ ") if text.count("$$") % 2 == 0 else text
    text = re.sub(r"\$ ([^$]+?) \$", r" \1 ", text) if " $ " in text else text
    text = re.sub(r"\$(?=[^\s$])([^$]*[^\s$])\$(?!\d)", r" \1 ", text)
    return text.replace("\0", "$")
