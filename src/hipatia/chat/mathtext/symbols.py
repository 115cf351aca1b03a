"""What LaTeX's names are in Unicode: ``SYMBOLS["leq"]`` is ``(Kind.REL, "≤")``. Only tables; no logic."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """What a piece of a formula is, as far as spaces and brackets beside it are concerned."""

    NUM = auto()  # 3,5
    ORD = auto()  # x, π, ∞
    TEXT = auto()  # words
    FUNC = auto()  # sin, log₂: a space and an operand follow
    BIG = auto()  # ∑, ∫, lim: a space on both sides
    BIN = auto()  # +, ×: spaces where it has two operands
    SIGN = auto()  # a minus with one operand
    REL = auto()  # =, ≤: spaces always
    PUNCT = auto()  # comma, semicolon
    TYPED = auto()  # colon, asterisk: spaces as they were typed
    SLASH = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()  # | opens or closes by its turn
    POST = auto()  # !, %, °: cling to what is before
    DOTS = auto()
    FRAC = auto()
    ROOT = auto()
    BLOCK = auto()  # several lines
    MARK = auto()  # a sign of the caller's; nothing for spaces or brackets


def _table(kind: Kind, pairs: str) -> dict[str, tuple[Kind, str]]:
    words = pairs.split()
    return {name: (kind, shown) for name, shown in zip(words[::2], words[1::2], strict=True)}


FUNCTIONS = set(
    "sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh coth ln log lg exp det gcd lcm deg dim "
    "ker hom arg Pr sen tg cotg ctg cosec arcsen arctg arccotg senh tgh mcm mcd MCM MCD max min sup inf lim "
    "limsup liminf argmax argmin sgn Re Im".split()
)
LIMITS = {"max", "min", "sup", "inf", "lim", "limsup", "liminf", "argmax", "argmin"}

SYMBOLS: dict[str, tuple[Kind, str]] = {
    **_table(
        Kind.ORD,
        "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
        "varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ "
        "upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ "
        "Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ infin ∞ emptyset ∅ varnothing ∅ O Ø partial ∂ nabla ∇ ell ℓ "
        "hbar ℏ angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ square □ Box □ blacksquare ■ qed ∎ "
        "checkmark ✓ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ aleph ℵ wp ℘ imath ı jmath ȷ "
        "complement ∁ bigstar ★ diamond ⋄ lozenge ◊ clubsuit ♣ diamondsuit ♦ heartsuit ♥ spadesuit ♠ "
        "pounds £ euro € yen ¥ S § R ℝ N ℕ Z ℤ Q ℚ C ℂ reals ℝ natnums ℕ backslash \\ textbackslash \\ "
        "bigcirc ◯ blacktriangle ▲ triangledown ▽ sharp ♯ flat ♭ natural ♮ aa å o ø ss ß # # & & _ _ $ $ "
        "textdollar $ textunderscore _ texteuro € mho ℧ eth ð surd √",
    ),
    **_table(
        Kind.REL,
        "lt < gt > le ≤ leq ≤ leqslant ≤ leqq ≤ ge ≥ geq ≥ geqslant ≥ geqq ≥ ne ≠ neq ≠ approx ≈ "
        "thickapprox ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ varpropto ∝ in ∈ isin ∈ notin ∉ ni ∋ subset ⊂ "
        "subseteq ⊆ subseteqq ⊆ supset ⊃ supseteq ⊇ nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ mid | "
        "nmid ∤ parallel ∥ nparallel ∦ perp ⊥ ll ≪ gg ≫ prec ≺ succ ≻ preceq ⪯ succeq ⪰ to → rightarrow → "
        "longrightarrow → Rightarrow ⇒ Longrightarrow ⇒ implies ⇒ iff ⇔ Leftrightarrow ⇔ "
        "Longleftrightarrow ⇔ leftrightarrow ↔ longleftrightarrow ↔ leftarrow ← longleftarrow ← gets ← "
        "Leftarrow ⇐ Longleftarrow ⇐ impliedby ⇐ mapsto ↦ longmapsto ↦ hookrightarrow ↪ uparrow ↑ downarrow ↓ "
        "updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙ "
        "rightleftharpoons ⇌ therefore ∴ because ∵ vdash ⊢ models ⊨ doteq ≐ asymp ≍ triangleq ≜ coloneqq := "
        "leadsto ⇝ rightsquigarrow ⇝ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lesssim ≲ gtrsim ≳ approxeq ≊ "
        "sqsubseteq ⊑ sqsupseteq ⊒ vDash ⊨ nRightarrow ⇏ nrightarrow ↛ ncong ≇ rightharpoonup ⇀ "
        "twoheadrightarrow ↠ rightarrowtail ↣ curvearrowright ↷ circlearrowleft ↺",
    ),
    **_table(
        Kind.BIN,
        "pm ± plusmn ± mp ∓ times × div ÷ cdot · cdotp · centerdot · bullet • star ⋆ circ ∘ cup ∪ cap ∩ "
        "setminus ∖ smallsetminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ "
        "uplus ⊎ sqcup ⊔ sqcap ⊓ bmod mod veebar ⊻ dotplus ∔ ltimes ⋉ rtimes ⋊ boxtimes ⊠ boxplus ⊞",
    ),
    **_table(
        Kind.BIG,
        "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ "
        "bigvee ⋁ bigwedge ⋀ bigsqcup ⨆ smallint ∫",
    ),
    **_table(
        Kind.DOTS,
        "ldots … dots … dotsc … dotso … hdots … mathellipsis … textellipsis … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ "
        "vdots ⋮ ddots ⋱ iddots ⋰",
    ),
    **_table(
        Kind.OPEN, "{ { lbrace { lbrack [ lparen ( langle ⟨ lang ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ("
    ),
    **_table(
        Kind.CLOSE, "} } rbrace } rbrack ] rparen ) rangle ⟩ rang ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup )"
    ),
    **_table(Kind.BAR, "| ‖ Vert ‖ vert |"),
    **_table(Kind.POST, "% % degree ° textdegree ° permil ‰ prime ' percent %"),
    **_table(Kind.TYPED, "ast * colon :"),
    **_table(Kind.SLASH, "slash /"),
    **{name: (Kind.FUNC, name) for name in FUNCTIONS},
    "limsup": (Kind.FUNC, "lim sup"),
    "liminf": (Kind.FUNC, "lim inf"),
    "argmax": (Kind.FUNC, "arg max"),
    "argmin": (Kind.FUNC, "arg min"),
}

# Characters as they are typed; a letter is ORD, all that is missing here is ORD too.
CHARACTERS: dict[str, Kind] = {
    **dict.fromkeys("=<>≤≥≠≈≡∼≃≅∝∈∉∋⊂⊆⊃⊇→⇒⇔↔←⇐↦≪≫∥⊥∴∵⟹⟺⟶≔", Kind.REL),
    **dict.fromkeys("+-−–±∓×÷·⋅∪∩∖∧∨⊕⊗∘•", Kind.BIN),
    **dict.fromkeys("∑∏∫∬∭∮⋃⋂", Kind.BIG),
    **dict.fromkeys("([⟨⌊⌈", Kind.OPEN),
    **dict.fromkeys(")]⟩⌋⌉", Kind.CLOSE),
    **dict.fromkeys(",;.", Kind.PUNCT),
    **dict.fromkeys(":*", Kind.TYPED),
    **dict.fromkeys("|‖", Kind.BAR),
    **dict.fromkeys("!%°º‰", Kind.POST),
    **dict.fromkeys("…⋯", Kind.DOTS),
    "/": Kind.SLASH,
}

NEGATED = {
    "=": "≠", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈",
    "⊇": "⊉", "≡": "≢", "∼": "≁", "≈": "≉", "≅": "≇", "∥": "∦", "|": "∤", "∃": "∄", "⇒": "⇏", "→": "↛",
    "⇔": "⇎", "↔": "↮", "⊢": "⊬", "⊨": "⊭", "≃": "≄",
}  # fmt: skip

SUPERSCRIPTS = dict(zip(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ",
    strict=True,
))  # fmt: skip
SUBSCRIPTS = dict(zip(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True
))  # fmt: skip

# Combining characters: over one letter, and over (under, through) each character of a longer piece.
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "dot": "\u0307",
    "ddot": "\u0308", "dddot": "\u20db", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a", "vec": "\u20d7", "overrightarrow": "\u20d7", "bar": "\u0304",
}  # fmt: skip
OVERLINE, ARROW = "\u0305", "\u20d7"
LINES = {
    "overline": OVERLINE, "bar": OVERLINE, "overarc": OVERLINE, "underline": "\u0332", "cancel": "\u0336",
    "bcancel": "\u0336", "xcancel": "\u0336", "sout": "\u0336",
}  # fmt: skip
TEXT_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327"}

SPACES = {**dict.fromkeys([",", ":", ">", ";", " ", "\n", "\t", "space", "thinspace", "medspace", "thickspace",
                           "enspace", "nobreakspace"], 2), "quad": 3, "qquad": 3}  # fmt: skip
IGNORED = set(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hline bigl bigr bigm "
    "Bigl Bigr Bigm biggl biggr Biggl Biggr big Big bigg Bigg mathstrut strut allowbreak noindent centering small "
    "normalsize large Large boldmath relax null rm bf it sf tt cal displaylimits negthinspace ! / hfill "
    "hfil".split()
)
IGNORED_WITH_ARGUMENT = {"label", "vspace", "vphantom", "phantom", "hphantom", "require"}
SPACE_WITH_ARGUMENT = {"hspace", "mspace", "hskip"}
TEXT = set("text textrm textbf textit textsf texttt textnormal textup textsc mbox hbox emph unit si".split())
FONTS = set(
    "mathrm mathit mathsf mathtt mathnormal mathbf boldsymbol bm pmb mathbb mathcal mathscr mathfrak".split()
)
FONTS |= {"operatorname", "mathop", "mathbin", "mathrel", "mathord", "ensuremath"}
ALPHABETS = {
    **dict.fromkeys(["mathbf", "boldsymbol", "bm", "pmb"], "BOLD"),
    "mathbb": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
}
FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
BINOMIALS = {"binom", "dbinom", "tbinom"}
BOXES = {"boxed", "fbox", "framebox"}
STACKED = {("?", "="): "≟", ("def", "="): "≝", ("△", "="): "≜", ("Δ", "="): "≜"}

# Environments: brackets of a matrix, several lines, a brace before (or behind) the lines.
MATRICES = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "array": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"),
}  # fmt: skip
CASES = {"cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"), "drcases": ("", "}")}
ALIGNED = set(
    "align aligned alignat alignedat flalign split eqnarray gather gathered equation multline multlined "
    "displaymath math".split()
)
CENTERED = {"gather", "gathered", "equation", "displaymath", "math", "multline", "multlined"}
WITH_ARGUMENT = {"array", "alignat", "alignedat"}
