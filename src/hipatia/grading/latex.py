"""LaTeX to plain notation, in one pass: ``convert(r"\\frac{1}{2}")`` is ``((1)/(2))``.

Private marks: ``⊹`` joins a mixed number, ``⁏`` separates the arguments of a function, ``⟦a&b⧵c&d⟧`` is a matrix.
"""

from __future__ import annotations

import re

MAX_DEPTH = 30


MIXED, ARGUMENT, ROW = "⊹", "⁏", "⧵"


_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω"
).split()


_COMMANDS = dict(zip(_GREEK[::2], _GREEK[1::2], strict=True)) | {
    **dict.fromkeys(["times", "cdot", "ast", "bullet"], "*"),
    **dict.fromkeys(["div", "slash"], "/"),
    **dict.fromkeys(["le", "leq", "leqslant", "leqq"], "≤"),
    **dict.fromkeys(["ge", "geq", "geqslant", "geqq"], "≥"),
    **dict.fromkeys(["ne", "neq"], "≠"),
    **dict.fromkeys(["approx", "simeq", "cong", "sim", "thickapprox"], "≈"),
    **dict.fromkeys(["emptyset", "varnothing", "O"], "∅"),
    **dict.fromkeys(["ldots", "dots", "cdots", "dotsc", "vdots"], "…"),
    **dict.fromkeys(["to", "rightarrow", "longrightarrow"], "→"),
    **dict.fromkeys(["Rightarrow", "implies", "Longrightarrow"], "⇒"),
    **dict.fromkeys(["Leftrightarrow", "iff", "leftrightarrow", "Longleftrightarrow"], "⇔"),
    **dict.fromkeys(["langle", "lparen", "lang"], "("),
    **dict.fromkeys(["rangle", "rparen", "rang"], ")"),
    **dict.fromkeys(["lvert", "rvert", "vert", "mid", "lVert", "rVert"], "|"),
    **dict.fromkeys(["degree", "circ", "textdegree", "degres"], "°"),
    **dict.fromkeys(["quad", "qquad", "space", "enspace", "thinspace", "hspace", "newline", "medspace"], " "),
    **dict.fromkeys(["land", "wedge"], " y "),
    **dict.fromkeys(["lor", "vee"], " o "),
    **dict.fromkeys(["setminus", "backslash", "smallsetminus"], "∖"),
    **dict.fromkeys(["lbrace", "{"], "{"),
    **dict.fromkeys(["rbrace", "}"], "}"),
    **dict.fromkeys(["left", "right", "displaystyle", "limits", "big", "Big", "bigg", "Bigg", "bigl", "bigr",
                     "Bigl", "Bigr", "textstyle", "nolimits", "phantom", "!", "middle", "boldmath", "bf",
                         "rm"], ""),
    **dict.fromkeys([",", ";", ":", " ", ">", "~"], " "),
    **{name: f" {name} " for name in ("sin cos tan cot sec csc ln log exp arcsin arccos arctan sinh cosh "
                                      "tanh "
       "min max gcd lcm det mod sen tg arcsen arctg cotg ctg lim deg Re Im arcctg cosec").split()},
    "pm": "±", "mp": "∓", "lt": "<", "gt": ">", "infty": "∞", "in": "∈", "notin": "∉", "cup": "∪",
        "bigcup": "∪",
    "cap": "∩", "lbrack": "[", "rbrack": "]", "prime": "'", "euro": "€", "pounds": "£", "%": "%", "#": "#",
        "_": "_",
    "&": "&", "colon": ":", "forall": "∀", "exists": "∃", "int": "∫", "sum": "∑", "prod": "∏", "partial": "∂",
    "therefore": "∴", "because": "", "checkmark": "", "square": "", "blacksquare": "", "qed": "", "ell": "l",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "nabla": "∇", "angle": "∠", "perp": "⊥",
        "R": "ℝ",
    "reals": "ℝ", "nexists": "∄", "cdotp": "*", "equiv": "≡", "propto": "∝", "parallel": "∥", "i": "i",
        "$": "$", "|": "|",
    "\\": "\n", "subset": "⊂", "bmod": " mod ", "not": "¬", "neg": "¬", "hbar": "ħ", "textbackslash": "∖",
}  # fmt: skip


_TEXT = {"text", "textbf", "textit", "mathrm", "operatorname", "mbox", "textrm", "mathbf", "boldsymbol",
    "mathit",
         "rm", "bm", "mathsf", "emph", "hbox", "textnormal", "textsf", "mathtt", "texttt", "unit", "si",
             "operatorname*",
         "underline", "boxed", "fbox", "vec", "overrightarrow", "color", "mathcal", "tilde", "pmb",
             "cancel",
         "ensuremath", "underbrace", "overbrace", "mathop", "mathord", "framebox",
             "textsc"}  # fmt: skip


_BARS = set("overline bar widehat hat overparen wideparen overarc overgroup overbracket breve".split())
_ARC = re.compile(r"frown|smile|[∩⌢⌒⁀︵◠⏜¯—–-]")  # what \\overset puts above a period
_DOTS = {"·", ".", "*", "•", "˙"}
_DOT = "\u0307"


_DECIMALS = re.compile(rf"\d[.,']\d*(?:(?P<block>\(\d+\))|\d{_DOT}\d*)?$")


_MATRIX = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "array", "smallmatrix"}


_LINES = {"cases", "aligned", "align", "align*", "gathered", "split", "dcases", "equation", "equation*",
    "gather",
          "gather*", "center", "rcases", "alignat", "eqnarray", "eqnarray*", "displaymath",
              "math"}  # fmt: skip


_SETS = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ"}


class NotationError(ValueError):
    """The text is too long, nested too deep, or its LaTeX does not close."""


def proper(top: str, bottom: str) -> bool:
    return len(top) < 12 and len(bottom) < 12 and int(top) < int(bottom)


def convert(text: str) -> str:
    """The text without LaTeX. Raises NotationError when it nests too deep or does not close."""
    return _Latex(text).convert()


class _Latex:
    """One pass over LaTeX text. Braces of arguments vanish; those of sets stay."""

    def __init__(self, text: str):
        self.text = text
        self.i = 0
        self.depth = 0
        self.latex = "\\" in text

    def convert(self) -> str:
        out = self.until("")
        return "".join(out)

    def until(self, stop: str) -> list[str]:
        """Convert up to the character ``stop`` (consumed) or the end; ``stop`` missing is an error."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotationError("nested too deep")
        out: list[str] = []
        while self.i < len(self.text):
            char = self.text[self.i]
            if stop and char == stop:
                self.i += 1
                self.depth -= 1
                return out
            self.i += 1
            if char == "\\":
                self.command(out)
            elif char == "{":
                self.group(out)
            elif char in "^_":
                self.script(char, out)
            elif char == "}":
                raise NotationError("stray brace")
            elif char == "~" and self.latex:
                out.append(" ")
            else:
                out.append(char)
        if stop:
            raise NotationError("does not close")
        self.depth -= 1
        return out

    def group(self, out: list[str]) -> None:
        content = "".join(self.until("}"))
        if content in (",", "."):
            out.append(content)
        elif (
            not self.latex
            or re.search(r"[,;]\s|;|\|", content)
            or (
                re.fullmatch(r"\s*-?\w+(\s*,\s*-?\w+)+\s*", content)
                and "".join(out).rstrip()[-1:] in ("", "=", "∈", "∖")
            )
        ):
            out.append("{" + content + "}")
        else:
            out.append(content)

    def script(self, mark: str, out: list[str]) -> None:
        if self.text[self.i : self.i + 1] == "{":
            self.i += 1
            content = "".join(self.until("}")).strip()
        elif self.text[self.i : self.i + 1] == "\\":
            content = self.argument().strip()
        else:
            out.append(mark)
            return
        if content in ("°", "'"):
            out.append(content)
        elif mark == "_" and re.fullmatch(r"\w+", content) and not "".join(out[-3:]).rstrip().endswith("log"):
            out.append("_" + content)
        else:
            out.append(f"{mark}({content})")

    def argument(self) -> str:
        """The next argument: a braced group, a command or one character."""
        while self.text[self.i : self.i + 1] == " ":
            self.i += 1
        if self.i >= len(self.text):
            raise NotationError("an argument is missing")
        char = self.text[self.i]
        self.i += 1
        if char == "{":
            return "".join(self.until("}"))
        if char == "\\":
            out: list[str] = []
            self.command(out)
            return "".join(out)
        return char

    def option(self) -> str | None:
        if self.text[self.i : self.i + 1] != "[":
            return None
        self.i += 1
        return "".join(self.until("]"))

    def command(self, out: list[str]) -> None:
        match = re.compile(r"[a-zA-Z]+\*?|.", re.S).match(self.text, self.i)
        if not match:
            return
        name = match[0]
        self.i = match.end()
        if name in ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"):
            self.fraction(out)
        elif name == "sqrt":
            degree = self.option()
            inner = self.argument()
            out.append(f"nroot(({degree}){ARGUMENT}({inner}))" if degree else f"√({inner})")
        elif name in ("binom", "dbinom", "tbinom"):
            out.append(f"binom(({self.argument()}){ARGUMENT}({self.argument()}))")
        elif name in ("num", "SI", "qty"):
            out.append(self.argument())
            if self.text[self.i : self.i + 1] == "{":
                out.append(f" {self.argument()}")
        elif name in _TEXT:
            content = self.argument()
            out.append(f" {content} " if len(content) > 1 or name.startswith("text") else content)
        elif name in _BARS:
            out.append(self.period(out, self.argument()))
        elif name == "dot":
            out.append(self.dotted(out, self.argument()))
        elif name in ("overset", "stackrel", "accentset"):
            out.append(self.topped(out, self.argument().strip(), self.argument()))
        elif name in ("mathbb", "mathds", "Bbb"):
            content = self.argument()
            out.append(_SETS.get(content, content))
        elif name == "begin":
            self.environment(out)
        elif name in ("(", ")", "[", "]"):
            out.append(" ")
        elif name in ("left", "right") and self.text[self.i : self.i + 1] == ".":
            self.i += 1
        elif name in (
            "tag",
            "label",
            "hspace",
            "vspace",
            "phantom",
            "textcolor",
            "color",
            "tag*",
        ):
            self.argument()
        else:
            out.append(_COMMANDS.get(name, f"\\{name} "))

    def fraction(self, out: list[str]) -> None:
        top, bottom = self.argument(), self.argument()
        before = "".join(out).rstrip()
        mixed = re.search(r"(?<![\d.,^_/])\d+$", before) and top.isdigit() and bottom.isdigit()
        if mixed and proper(top, bottom):
            out[:] = [before, MIXED]
        out.append(f"(({top})/({bottom}))")

    def period(self, out: list[str], content: str) -> str:
        """Digits under a bar, an arc or a hat: a period where a decimal mark stands before them."""
        content, before = content.strip(), "".join(out).rstrip()
        if not content.isdigit() or not (match := _DECIMALS.search(before.replace(" ", ""))):
            return content
        if match["block"]:  # each digit has its own arc
            out[:] = [before.removesuffix(")")]
            return f"{content})"
        return f"({content})"

    def dotted(self, out: list[str], content: str) -> str:
        """A dot over the first and over the last digit of a period."""
        content, before = content.strip(), "".join(out).replace(" ", "")
        return content + _DOT if content.isdigit() and _DECIMALS.search(before) else content

    def topped(self, out: list[str], top: str, content: str) -> str:
        if top in _DOTS:
            return self.dotted(out, content)
        return self.period(out, content) if _ARC.search(top) else top + content

    def environment(self, out: list[str]) -> None:
        name = self.argument()
        close = f"\\end{{{name}}}"
        end = self.text.find(close, self.i)
        if end < 0:
            raise NotationError("does not close")
        body = self.text[self.i : end]
        self.i = end + len(close)
        if name == "array" or name.startswith("alignat"):
            body = re.sub(r"^\s*\{[^{}]*\}", "", body)
        rows = [row for row in re.split(r"\\\\(?:\[[^\]]*\])?|\\cr\b", body) if row.strip()]
        if self.depth > MAX_DEPTH:
            raise NotationError("nested too deep")
        if name == "vmatrix":
            out.append(" det ")
        if name in _MATRIX or name == "vmatrix":
            cells = [
                [_Latex(cell).convert() for cell in row.replace("\\hline", "").split("&")] for row in rows
            ]
            out.append("⟦" + ROW.join("&".join(row) for row in cells) + "⟧")
        elif name in _LINES:
            out.append(" ; ".join(_Latex(row.replace("&", " ").rstrip(" ,;.")).convert() for row in rows))
        else:
            raise NotationError(f"unknown environment {name[:20]}")
