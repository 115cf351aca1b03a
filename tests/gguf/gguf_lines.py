"""A thousand deterministic lines that tokenizers disagree about: ``lines(1000)``."""

from __future__ import annotations

import random

SPANISH = (
    "¿Cuánto es {a} más {b}?",
    "La razón entre {a} y {b} es {a}/{b}; ¡cuidado con el signo!",
    "María compró {a} lápices a {c} € cada uno y pagó con un billete de {b} €.",
    "El área del triángulo es (base · altura) / 2 = {a},{b} cm².",
    "Según el enunciado, «{a} niños» equivalen al {b} % del colegio.",
    "Año {a}: la cigüeña, el pingüino y el ñandú.",
    "Paso 1.º: se despeja x; paso 2.º: x = {a} − {b}.",
)
ENGLISH = (
    "What's {a}% of {b}? It's easy, they'll see we've done it; I'd say he'S right.",
    "If Anna has {a} apples and gives away {b}, how many are left?",
    "DON'T round {c}: keep {a} significant figures...",
    "The answer isn't {a}--it's {b}!!!",
    "camelCaseIdentifier ALLCAPS MixedUPCase iPhone {a}th",
)
LATEX = (
    r"\frac{{{a}}}{{{b}}} = \sqrt[{a}]{{x^{{{b}}}}}",
    r"$$\int_{{{a}}}^{{{b}}} x^2\,dx = \left[\frac{{x^3}}{{3}}\right]$$",
    r"\[ x_{{1,2}} = \frac{{-{a} \pm \sqrt{{{a}^2 - 4\cdot {b}}}}}{{2}} \]",
    r"\begin{{align*}} {a}x + {b}y &= {c} \\ y &= {a} \end{{align*}}",
    r"\boxed{{{c}}}, \text{{así que }} \lim_{{n \to \infty}} \tfrac1n = 0",
)
NUMBERS = (
    "{a}{b}{a} {b}.{a},{b} {c}",
    "1.{a}.{b},50 € - 1,{a},{b}.50 $",
    "{a}+{b}={c}; {a}-{b}; {a}*{b}; {a}/{b}; {a}^{b}",
    "½ ¾ ² ³ Ⅷ ٣٤٥ {a}º ١٢ ｘ＝{b} ①②",
    "0{a} 00{b} 0x{a} 1e-{b} {a}:{b}:{a} +34 600 {a}",
    "3.14159265358979323846{a}",
)
CODE = (
    "def f(x):\n    return x**{a} + {b}  # suma\n\n\n    print(f({c}))",
    "for (int i = {a}; i < {b}; ++i) {{\r\n\tsum += a[i];\r\n}}",
    '{{"id": {a}, "values": [{b}, {c}], "ok": true}}',
    "SELECT * FROM t WHERE x>={a} AND y<>'{b}';",
    '<p class="m">{a}&nbsp;&lt; {b}</p> <|im_start|>user <s> </s> [INST] <unk>',
)
OTHER = (
    "👍🏽 {a} 🇪🇸 👨‍👩‍👧‍👦 ❤️ √ ∑ ∞ ≤ {b} → π≈{c}",
    "tres  espacios   y\ttab\t\t y fin   ",
    "  \n\n \n{a}.\n\n{b}.  \n   x",
    "\n\n1. {a}\n\n2. {b}\n",
    "e\u0301a\u0301n\u0303 NFD, u\u00a0{a}\u202f{b} \u200b\u200d \ufeff BOM",
    "数学 {a} と {b} 한국어 العربية עברית Ελληνικά Русский ѐ",
    "'tis 'Tis ''{a}'' “{b}” … — – ‐ ― ''' \" `{c}`",
    "...{a}!!!???\n\n\n\n{b}    \n    ",
    "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg {a}",
    "ſtraße ŉ Ǆ ǅ ﬁ ＦＵＬＬ İstanbul ΑΣ {a}",
)
FIXED = ("", " ", "  ", "\n", "\n\n1.", "\t", "a", " a", "ñ", "\x00", "\u0301", "'", "''s", "\r", "\r\n \r\n")


def lines(count: int, seed: int = 20_240_601) -> list[str]:
    """``count`` lines of Spanish, English, LaTeX, numbers, code and emoji in equal shares."""
    random_source = random.Random(seed)
    groups = (SPANISH, ENGLISH, LATEX, NUMBERS, CODE, OTHER)
    found = list(FIXED)
    while len(found) < count:
        templates = groups[len(found) % len(groups)]
        chosen = random_source.sample(templates, 1 + len(found) % 3)
        values = {
            "a": random_source.randrange(10 ** random_source.randint(1, 7)),
            "b": random_source.randrange(10 ** random_source.randint(1, 4)),
            "c": f"{random_source.uniform(0, 5000):.{random_source.randint(0, 5)}f}",
        }
        found.append(random_source.choice((" ", "\n", "")).join(text.format(**values) for text in chosen))
    return found[:count]
